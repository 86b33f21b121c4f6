// Threads that scripts start, seen by the host: a door that is closed by default, host functions called from any of them, and a VM that is
// closed while they run, whatever they catch.
#include "api_test.h"

#include <poll.h>
#include <unistd.h>

static CoilValue twice(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    CoilValue result = coil_call(vm, args[0], NULL, 0);
    if (coil_is_error(result)) return result;
    ++*(int *)user;
    return coil_call(vm, args[0], NULL, 0);
}

static void door_is_closed(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(host_run(vm, "import threading, asyncio, concurrent.futures\n"
                       "for start in (threading.Thread(target=print).start, lambda: asyncio.run(asyncio.to_thread(print)),\n"
                       "              lambda: concurrent.futures.ThreadPoolExecutor(1).submit(print)):\n"
                       "    try: start()\n"
                       "    except PermissionError as e: print(e.strerror)\n"
                       "with threading.Lock(): print(threading.active_count())") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "starting threads is closed to this program\nstarting threads is closed to this program\n"
                                         "starting threads is closed to this program\n1\n") == 0);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void host_functions_in_threads(void) {
    Host host = {0};
    CoilConfig config = {.open_threads = true};
    CoilVM *vm = host_open(&host, &config);
    int calls = 0;
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "twice", coil_function(vm, "twice(f)", twice, NULL, &calls)) == COIL_OK);
    CoilValue kept = coil_str(vm, "kept", 4);
    CHECK(host_run(vm, "import threading, time\n"
                       "found = []\n"
                       "def deep(n): return twice(lambda: deep(n - 1)) if n else (time.sleep(0.0002), n)[1]\n"
                       "def work(n):\n"
                       "    found.append(deep(5))\n"
                       "    try: twice(lambda: 1 / 0)\n"
                       "    except ZeroDivisionError: found.append('error')\n"
                       "threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]\n"
                       "for t in threads: t.start()\n"
                       "for t in threads: t.join()\n"
                       "print(sorted(map(str, found)))") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "['0', '0', '0', '0', 'error', 'error', 'error', 'error']\n") == 0);
    CHECK(calls == 4 * 31);
    const char *text;
    size_t size;
    CHECK(coil_read_str(vm, kept, &text, &size) == COIL_OK && strcmp(text, "kept") == 0);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void closing_ends_them(void) {
    Host host = {0};
    CoilConfig config = {.open_threads = true};
    CoilVM *vm = host_open(&host, &config);
    CHECK(host_run(vm, "import threading, time, queue\n"
                       "def stubborn():\n"
                       "    while True:\n"
                       "        try: time.sleep(0.001)\n"
                       "        except BaseException: pass\n"
                       "def busy():\n"
                       "    while True:\n"
                       "        try:\n"
                       "            while True: pass\n"
                       "        finally:\n"
                       "            continue\n"
                       "def waiting(lock): lock.acquire()\n"
                       "lock = threading.Lock()\nlock.acquire()\n"
                       "for f, args in ((stubborn, ()), (busy, ()), (waiting, (lock,)), (queue.Queue().get, ())):\n"
                       "    threading.Thread(target=f, args=args, daemon=True).start()\n"
                       "time.sleep(0.01)\nprint(threading.active_count())\n"
                       "late = threading.Thread(target=lambda: (time.sleep(0.02), print('waited for')))\nlate.start()") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "5\n") == 0);
    coil_close(vm);
    CHECK(host.bytes == 0);
    CHECK(strncmp(host.output[0], "waited for\n", 11) == 0);
}

static CoilValue tell(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    __atomic_store_n((bool *)user, true, __ATOMIC_SEQ_CST);
    return coil_none(vm);
}

static void wait_until_told(void *user) {
    for (int i = 0; i < 20000 && !__atomic_load_n((bool *)user, __ATOMIC_SEQ_CST); i++) usleep(1000);
}

static void wait_for_descriptors(void *user) {
    const CoilLoopStep *step = user;
    struct pollfd polls[8];
    CHECK(step->descriptor_count <= 8);
    for (size_t i = 0; i < step->descriptor_count; i++)
        polls[i] = (struct pollfd){.fd = step->descriptors[i].fd, .events = step->descriptors[i].read ? POLLIN : POLLOUT};
    CHECK(poll(polls, (nfds_t)step->descriptor_count, 20000) > 0);
}

static void they_run_while_the_host_waits(void) {
    Host host = {0};
    CoilConfig config = {.open_threads = true};
    CoilVM *vm = host_open(&host, &config);
    bool told = false;
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "tell", coil_function(vm, "tell()", tell, NULL, &told)) == COIL_OK);
    CHECK(host_run(vm, "import threading, time\n"
                       "threading.Thread(target=lambda: (time.sleep(0.002), tell())).start()") == COIL_OK);
    coil_while_outside(vm, wait_until_told, &told);
    CHECK(told);
    // What they give the loop ends the host's wait for it.
    CHECK(host_run(vm, "import asyncio\n"
                       "loop = asyncio.get_event_loop()\n"
                       "task = loop.create_task(asyncio.to_thread(lambda: (time.sleep(0.002), print('slept'))))") == COIL_OK);
    CoilLoopStep step;
    for (int i = 0; i < 100; i++) {
        CHECK(coil_loop_step(vm, 0, &step) == COIL_OK);
        if (step.tasks == 0) break;
        if (step.state == COIL_LOOP_WAIT) coil_while_outside(vm, wait_for_descriptors, &step);
    }
    CHECK(step.tasks == 0);
    CHECK(strcmp(host_output(vm, &host), "slept\n") == 0);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

int main(void) {
    they_run_while_the_host_waits();
    door_is_closed();
    host_functions_in_threads();
    closing_ends_them();
    return 0;
}
