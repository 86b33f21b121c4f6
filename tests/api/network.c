// Event loops and the outside world: doors, both backends, hosts that wait by themselves, descriptors that run out, closing in the middle,
// shortage of memory.
#define _GNU_SOURCE
#include "api_test.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static size_t open_descriptors(void) {
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL) return 0;
    while (readdir(folder) != NULL) count++;
    closedir(folder);
    return count;
}

// A thread that looks a name up when its loop is closed goes on for a moment.
static bool descriptors_settle_at(size_t wanted) {
    for (int i = 0; i < 500 && open_descriptors() != wanted; i++) usleep(10000);
    return open_descriptors() == wanted;
}

static void run_checked(CoilVM *vm, Host *host, const char *source) {
    if (host_run(vm, source) == COIL_OK) return;
    coil_report(vm);
    fprintf(stderr, "%s\n%.*s", source, (int)host->written[1], host->output[1]);
    exit(1);
}

static CoilVM *open_vm(Host *host, bool plain) {
    CoilConfig config = {.open_network = true, .open_processes = true, .open_clock = true, .plain_loop = plain};
    return host_open(host, &config);
}

static const char echo[] =
    "import asyncio, socket\n"
    "async def serve(reader, writer):\n"
    "    while data := await reader.read(100000):\n"
    "        writer.write(data)\n"
    "        await writer.drain()\n"
    "    writer.close()\n"
    "async def client(address, size):\n"
    "    reader, writer = await asyncio.open_connection(*address)\n"
    "    writer.write(bytes(size))\n"
    "    got = await reader.readexactly(size)\n"
    "    writer.close()\n"
    "    await writer.wait_closed()\n"
    "    return len(got)\n"
    "async def main(n, size):\n"
    "    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
    "    address = server.sockets[0].getsockname()\n"
    "    print(sum(await asyncio.gather(*[client(address, size) for _ in range(n)])))\n"
    "    server.close()\n"
    "    await server.wait_closed()\n";

static void closed_doors_stay_closed(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    run_checked(vm, &host,
                "import asyncio, socket, signal\n"
                "def refused(f, *args):\n"
                "    try: f(*args)\n"
                "    except PermissionError: return True\n"
                "    return False\n"
                "assert refused(socket.socket) and refused(socket.socketpair) and refused(socket.getaddrinfo, 'localhost', 1)\n"
                "assert refused(socket.create_connection, ('localhost', 1)) and refused(socket.gethostname) and refused(socket.close, 0)\n"
                "assert refused(signal.signal, 10, print) and refused(signal.raise_signal, 10) and refused(signal.alarm, 1)\n"
                "async def refuses(awaitable):\n"
                "    try: await awaitable\n"
                "    except PermissionError: return True\n"
                "    return False\n"
                "async def main():\n"
                "    loop = asyncio.get_running_loop()\n"
                "    assert await refuses(asyncio.open_connection('localhost', 1))\n"
                "    assert await refuses(asyncio.start_server(print, 'localhost', 0))\n"
                "    assert await refuses(asyncio.open_unix_connection('/tmp/x')) and await refuses(asyncio.start_unix_server(print, '/tmp/x'))\n"
                "    assert await refuses(loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=('127.0.0.1', 0)))\n"
                "    assert await refuses(loop.getaddrinfo('localhost', 1)) and await refuses(loop.getnameinfo(('127.0.0.1', 1)))\n"
                "    assert await refuses(asyncio.create_subprocess_exec('true')) and await refuses(asyncio.create_subprocess_shell('true'))\n"
                "    assert refused(loop.add_reader, 0, print) and refused(loop.add_signal_handler, 10, print)\n"
                "asyncio.run(main())\n");
    coil_close(vm);
    CHECK(host.bytes == 0);
}

// The first round makes what libuv keeps for the process: where there are no descriptors of processes, a pipe for signals.
static void both_backends_carry_data(void) {
    for (int round = 0; round < 3; round++) {
        int plain = round == 2;
        Host host = {0};
        size_t before = open_descriptors();
        CoilVM *vm = open_vm(&host, plain);
        run_checked(vm, &host, echo);
        run_checked(vm, &host, "asyncio.run(main(10, 100000))\nasyncio.run(main(1, 2000000))\n");
        CHECK(strcmp(host_output(vm, &host), "1000000\n2000000\n") == 0);
        run_checked(vm, &host,
                    "async def run():\n"
                    "    process = await asyncio.create_subprocess_shell('cat; exit 3', stdin=-1, stdout=-1)\n"
                    "    print(await process.communicate(b'text'), process.returncode)\n"
                    "asyncio.run(run())\n");
        CHECK(strcmp(host_output(vm, &host), "(b'text', None) 3\n") == 0);
        coil_close(vm);
        CHECK(host.bytes == 0);
        CHECK(round == 0 || descriptors_settle_at(before));
    }
}

// The VM is closed while connections are open, a child runs, and names are looked up.
static void closing_in_the_middle_leaves_nothing(void) {
    for (int plain = 0; plain < 2; plain++) {
        Host host = {0};
        size_t before = open_descriptors();
        CoilVM *vm = open_vm(&host, plain);
        run_checked(vm, &host, echo);
        run_checked(vm, &host,
                    "loop = asyncio.new_event_loop()\n"
                    "async def begin():\n"
                    "    global kept\n"
                    "    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
                    "    streams = [await asyncio.open_connection(*server.sockets[0].getsockname()) for _ in range(5)]\n"
                    "    streams[0][1].write(bytes(10000000))\n"
                    "    waiting = [asyncio.create_task(reader.read()) for reader, _ in streams]\n"
                    "    child = await asyncio.create_subprocess_exec('sleep', '0.2', stdin=-1, stdout=-1)\n"
                    "    lookup = asyncio.create_task(loop.getaddrinfo('localhost', 'http'))\n"
                    "    a, b = socket.socketpair()\n"
                    "    loop.add_reader(a, print)\n"
                    "    await asyncio.sleep(0.01)\n"
                    "    kept = server, streams, waiting, child, lookup, a, b\n"
                    "loop.run_until_complete(begin())\n");
        coil_close(vm);
        CHECK(host.bytes == 0);
        CHECK(descriptors_settle_at(before));
    }
}

static void a_host_may_wait_by_itself(void) {
    for (int plain = 0; plain < 2; plain++) {
        Host host = {0};
        CoilVM *vm = open_vm(&host, plain);
        run_checked(vm, &host, echo);
        run_checked(vm, &host,
                    "async def both():\n"
                    "    await main(5, 300000)\n"
                    "    child = await asyncio.create_subprocess_exec('sleep', '0.02')\n"
                    "    print(await child.wait())\n");
        size_t scope = coil_scope_open(vm);
        CoilValue coroutine = coil_eval(vm, "both()");
        CHECK(!coil_is_error(coroutine) && !coil_is_error(coil_start(vm, coroutine, NULL, NULL)));
        CoilLoopStep step;
        size_t waits = 0;
        do {
            CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
            if (step.state != COIL_LOOP_WAIT) continue;
            struct pollfd polls[64];
            CHECK(step.descriptor_count > 0 && step.descriptor_count <= 64);
            for (size_t i = 0; i < step.descriptor_count; i++) {
                int events = (step.descriptors[i].read ? POLLIN : 0) | (step.descriptors[i].write ? POLLOUT : 0);
                polls[i] = (struct pollfd){step.descriptors[i].fd, (short)events, 0};
            }
            CHECK(poll(polls, (nfds_t)step.descriptor_count, 5000) > 0);
            waits++;
        } while (step.state == COIL_LOOP_READY || step.state == COIL_LOOP_WAIT);
        CHECK(waits > 0 && step.state == COIL_LOOP_DONE);
        CHECK(strcmp(host_output(vm, &host), "1500000\n0\n") == 0);
        coil_scope_close(vm, scope);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
}

static const char exhaustion[] =
    "def exhaust():\n"
    "    taken = []\n"
    "    try:\n"
    "        while True: taken.append(socket.socket())\n"
    "    except OSError as error: print('exhausted', error.errno)\n"
    "    return taken\n"
    "async def starve():\n"
    "    loop = asyncio.get_running_loop()\n"
    "    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
    "    address = server.sockets[0].getsockname()\n"
    "    taken = exhaust()\n"
    "    for call in (lambda: asyncio.open_connection(*address), lambda: asyncio.create_subprocess_exec('true', stdout=-1),\n"
    "                 lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=('127.0.0.1', 0))):\n"
    "        try: await call()\n"
    "        except OSError as error: print(error.errno)\n"
    "    loop.set_exception_handler(lambda loop, context: print(context['message'], context['exception'].errno))\n"
    "    taken.pop().close()\n"
    "    client = socket.socket()\n"
    "    client.setblocking(False)\n"
    "    await loop.sock_connect(client, address)\n"
    "    await asyncio.sleep(0.01)\n"
    "    for sock in taken: sock.close()\n"
    "    client.close()\n"
    "    server.close()\n"
    "asyncio.run(starve())\n"
    "asyncio.run(main(3, 10))\n"
    "taken = exhaust()\n"
    "asyncio.run(asyncio.sleep(0.001))\n"
    "for sock in taken: sock.close()\n";

static void descriptors_that_run_out_are_errors(void) {
    struct rlimit before, few;
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    few = before;
    few.rlim_cur = 64;
    for (int plain = 0; plain < 2; plain++) {
        Host host = {0};
        size_t open_before = open_descriptors();
        CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
        CoilVM *vm = open_vm(&host, plain);
        run_checked(vm, &host, echo);
        run_checked(vm, &host, exhaustion);
        CHECK(strcmp(host_output(vm, &host), "exhausted 24\n24\n24\n24\nsocket.accept() out of system resource 24\n30\nexhausted 24\n") == 0);
        coil_close(vm);
        CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
        CHECK(host.bytes == 0);
        CHECK(open_descriptors() == open_before);
    }
}

// What scripts do with descriptors behind the loop's back must not end the process.
static void closed_descriptors_do_no_harm(void) {
    for (int plain = 0; plain < 2; plain++) {
        Host host = {0};
        CoilVM *vm = open_vm(&host, plain);
        run_checked(vm, &host,
                    "import asyncio, socket\n"
                    "async def main():\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    for close in (lambda s: s.close(), lambda s: socket.close(s.detach())):\n"
                    "        a, b = socket.socketpair()\n"
                    "        number = a.fileno()\n"
                    "        loop.add_reader(a, print, 'never')\n"
                    "        await asyncio.sleep(0)\n"
                    "        close(a)\n"
                    "        await asyncio.sleep(0.001)\n"
                    "        c, d = socket.socketpair()\n"
                    "        done = loop.create_future()\n"
                    "        loop.add_reader(c, done.set_result, 'came')\n"
                    "        d.send(b'x')\n"
                    "        print(await asyncio.wait_for(done, 5))\n"
                    "        loop.remove_reader(c)\n"
                    "        loop.remove_reader(number)\n"
                    "        for sock in (b, c, d): sock.close()\n"
                    "        await asyncio.sleep(0.001)\n"
                    "    loop.add_writer(1000, print)\n"
                    "try: asyncio.run(main())\n"
                    "except OSError as error: print(error.errno)\n");
        CHECK(strcmp(host_output(vm, &host), "came\ncame\n9\n") == 0);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
}

static void every_shortage_is_survived(void) {
    Host host = {0};
    bool finished = false;
    size_t before = open_descriptors();
    for (size_t limit = 600 << 10; !finished; limit += limit / 30 + 4096) {
        CHECK(limit < (size_t)1 << 30);
        host.limit = limit;
        CoilVM *vm = open_vm(&host, (limit >> 12) & 1);
        if (vm == NULL) {
            CHECK(host.bytes == 0);
            continue;
        }
        CoilStatus status = host_run(vm, echo);
        // A task that was short of memory may leave its peer waiting.
        const char *run = limit < 4 << 20 ? "asyncio.run(asyncio.wait_for(main(2, 100000), 0.01))\n" : "asyncio.run(main(2, 100000))\n";
        if (status == COIL_OK) status = host_run(vm, run);
        if (status == COIL_OK) finished = strstr(host_output(vm, &host), "200000") != NULL;
        host.written[0] = host.written[1] = 0;
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
    CHECK(open_descriptors() == before);
}

// ---- signals

static CoilVM *signalled;
static int asked[3];

static void on_signal(int number) { coil_signal(signalled, number); }

static int signal_action(void *user, int number, int action) {
    (void)user;
    if (action < 3) asked[action]++;
    if (number == SIGKILL) return 22;
    signal(number, action == COIL_SIGNAL_DELIVER ? on_signal : action == COIL_SIGNAL_IGNORE ? SIG_IGN : SIG_DFL);
    return 0;
}

static void signals_go_through_the_host(void) {
    Host host = {0};
    CoilConfig config = {.open_processes = true, .signal_action = signal_action};
    CoilVM *vm = signalled = host_open(&host, &config);
    run_checked(vm, &host,
                "import asyncio, signal\n"
                "signal.signal(signal.SIGUSR1, lambda number, frame: print('handler', number))\n"
                "signal.raise_signal(signal.SIGUSR1)\n"
                "async def main():\n"
                "    loop = asyncio.get_running_loop()\n"
                "    came = asyncio.Event()\n"
                "    loop.add_signal_handler(signal.SIGUSR2, came.set)\n"
                "    signal.raise_signal(signal.SIGUSR2)\n"
                "    await came.wait()\n"
                "    print('loop')\n"
                "asyncio.run(main())\n");
    CHECK(strcmp(host_output(vm, &host), "handler 10\nloop\n") == 0);
    CHECK(asked[COIL_SIGNAL_DELIVER] == 2 && asked[COIL_SIGNAL_DEFAULT] == 1);
    coil_close(vm);
    CHECK(asked[COIL_SIGNAL_DEFAULT] == 2);   // what was set is taken back
    CHECK(host.bytes == 0);
}

// libuv keeps a few descriptors for the process once it has been used.
static void warm_up(void) {
    Host host = {0};
    CoilVM *vm = open_vm(&host, false);
    run_checked(vm, &host, "import asyncio\nasyncio.run(asyncio.sleep(0.001))\n");
    coil_close(vm);
}

int main(void) {
    warm_up();
    closed_doors_stay_closed();
    both_backends_carry_data();
    closing_in_the_middle_leaves_nothing();
    a_host_may_wait_by_itself();
    descriptors_that_run_out_are_errors();
    closed_descriptors_do_no_harm();
    every_shortage_is_survived();
    signals_go_through_the_host();
    return 0;
}
