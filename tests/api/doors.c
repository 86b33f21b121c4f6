// Doors: nothing outside of a VM is reachable unless the host says so; folders are granted one by one; runs can be the same to the byte.
#include "api_test.h"

#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *folder, const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(text, file) >= 0);
    fclose(file);
}

static void run_checked(CoilVM *vm, Host *host, const char *source) {
    if (host_run(vm, source) == COIL_OK) return;
    coil_report(vm);
    fprintf(stderr, "%s\n%.*s", source, (int)host->written[1], host->output[1]);
    exit(1);
}

static void check_closed(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    run_checked(vm, &host,
                "import time\n"
                "def refused(f, *args):\n"
                "    try: f(*args)\n"
                "    except PermissionError: return True\n"
                "    return False\n"
                "for path in ['/etc/passwd', 'x', '', '.', '/dev/zero', '/proc/self/environ']:\n"
                "    assert refused(open, path) and refused(open, path, 'w'), path\n"
                "assert refused(time.time) and refused(time.time_ns) and refused(time.monotonic) and refused(time.perf_counter)\n"
                "assert refused(time.process_time) and refused(time.localtime) and refused(time.ctime) and refused(time.clock_gettime, 0)\n"
                "assert time.localtime(0)[:] == (1970, 1, 1, 0, 0, 0, 3, 1, 0) and time.timezone == 0 and time.tzname == ('UTC', 'UTC')\n"
                "assert time.mktime((1970, 1, 2, 0, 0, 0, 0, 0, 0)) == 86400 and time.strftime('%Z', time.gmtime(0)) == 'UTC'\n"
                "try: import nowhere\n"
                "except ModuleNotFoundError: pass\n"
                "try: input()\n"
                "except EOFError: pass\n"
                "time.sleep(0)\n"
                "import os\n"
                "for f, *args in [(open, 0), (os.open, '/etc/passwd', 0), (os.stat, '/'), (os.read, 0, 1), (os.write, 1, b''), (os.close, 99), (os.getpid,),\n"
                "                 (os.listdir,), (os.listdir, '/'), (os.mkdir, '/tmp/x'), (os.unlink, 'x'), (os.rename, 'a', 'b'), (os.getcwd,), (os.pipe,),\n"
                "                 (os.kill, 1, 0), (os.urandom, 1), (os.uname,), (os.path.exists, '/'), (os.path.abspath, 'x'), (os.waitpid, 1, 0),\n"
                "                 (os.umask, 0), (os.fstat, 0), (os.dup, 0), (os._exit, 0), (os.cpu_count,), (os.putenv, 'a', 'b'), (os.scandir, '/')]:\n"
                "    assert refused(f, *args), f\n"
                "assert not os.environ and os.getenv('PATH') is None and os.path.join('a', 'b') == 'a/b' and refused(os.environ.__setitem__, 'a', 'b')\n");
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void check_folders(void) {
    char root[] = "/tmp/coil_doors_XXXXXX";
    CHECK(mkdtemp(root) != NULL);
    char data[256], out[256], path[512];
    snprintf(data, sizeof data, "%s/data", root);
    snprintf(out, sizeof out, "%s/out", root);
    CHECK(mkdir(data, 0700) == 0 && mkdir(out, 0700) == 0);
    snprintf(path, sizeof path, "%s/data/deep", root);
    CHECK(mkdir(path, 0700) == 0);
    write_file(root, "secret.txt", "secret");
    write_file(data, "a.txt", "inside");
    write_file(path, "b.txt", "deep inside");
    write_file(data, "helper.py", "value = 42\n");
    static const struct { const char *to, *name; } links[] = {
        {"../secret.txt", "up"}, {"/etc", "etc"}, {"a.txt", "good"}, {"deep", "down"}, {"..", "parent"}, {"loop", "loop"},
    };
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", data, links[i].name);
        CHECK(symlink(links[i].to, path) == 0);
    }
    snprintf(path, sizeof path, "%s/fifo", data);
    CHECK(mkfifo(path, 0600) == 0);

    Host host = {0};
    char single[512];
    snprintf(single, sizeof single, "%s/secret.txt", root);
    const CoilFolder folders[] = {
        {data, "/data", COIL_FOLDER_READ}, {out, "/out", COIL_FOLDER_WRITE}, {single, "/one.txt", COIL_FOLDER_READ},
        {"/nowhere/at/all", NULL, COIL_FOLDER_READ | COIL_FOLDER_WRITE}, {out, "/data/deep/both", COIL_FOLDER_READ | COIL_FOLDER_WRITE},
    };
    CoilConfig config = {.folders = folders, .folder_count = sizeof folders / sizeof folders[0], .working_folder = "/data"};
    CoilVM *vm = host_open(&host, &config);
    run_checked(vm, &host,
                "assert open('/data/a.txt').read() == open('a.txt').read() == open('./deep/../a.txt').read() == 'inside'\n"
                "assert open('//data//deep/.//b.txt').read() == 'deep inside' and open('/one.txt').read() == 'secret'\n"
                "def refused(path, mode='r'):\n"
                "    try: open(path, mode)\n"
                "    except OSError: return True\n"
                "    return False\n"
                "for path in ['up', 'etc/passwd', '/data/../secret.txt', '../data/../secret.txt', 'parent/secret.txt', 'loop', 'fifo', '.', 'deep',\n"
                "             'parent/out', '/data/deep/../../etc/passwd', '/dataset', '/', '/one.txt/x', '/nowhere/at/all/x', '/etc/passwd',\n"
                "             '/proc/self/mem', '/dev/zero', 'x' * 5000, 'a.txt/..', 'down/../../secret.txt']:\n"
                "    if path != 'a.txt/..': assert refused(path), path\n"
                "    assert refused(path, 'w') and refused(path, 'r+') and refused(path, 'a') and refused(path, 'x'), path\n"
                "for path in ['a.txt', 'new.txt', 'good', '/one.txt']:\n"
                "    assert refused(path, 'w') and refused(path, 'r+') and refused(path, 'a') and refused(path, 'x'), path\n"
                "with open('/out/new.txt', 'w') as f: f.write('written')\n"
                "assert refused('/out/new.txt') and refused('/out/new.txt', 'r+')\n"
                "assert open('/data/deep/both/new.txt').read() == 'written'\n"
                "import sys\n"
                "sys.path.append('/data')\n"
                "import helper\n"
                "assert helper.value == 42 and helper.__file__ == '/data/helper.py'\n");
    coil_close(vm);
    CHECK(host.bytes == 0);

    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", root);
    CHECK(system(command) == 0);
}

// Time stands still unless the program sleeps.
static void check_virtual_time(void) {
    Host host = {0};
    CoilConfig config = {.virtual_time = true};
    CoilVM *vm = host_open(&host, &config);
    run_checked(vm, &host,
                "import time, asyncio\n"
                "assert time.time() == time.monotonic() == 0\n"
                "time.sleep(3600)\n"
                "assert time.time() == 3600 and time.gmtime()[:5] == (1970, 1, 1, 1, 0)\n"
                "async def main():\n"
                "    await asyncio.sleep(100)\n"
                "asyncio.run(main())\n"
                "assert 3699.9 < time.time() < 3700.1\n");
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void check_deterministic(void) {
    static const char program[] =
        "import asyncio, time, sys\n"
        "print({'a', 'bb', 'ccc', 'dddd', 'x' * 100}, hash('abc'), hash(b'x'), hash((1, 'x')), hash(1.5))\n"
        "class C: pass\n"
        "print(C(), id(C()), print, hash(C()), [object() for i in range(3)])\n"
        "async def worker(n):\n"
        "    await asyncio.sleep(n * 0.1)\n"
        "    return asyncio.current_task()\n"
        "async def main(): return await asyncio.gather(*(worker(n) for n in range(5)))\n"
        "print(asyncio.run(main()), time.time(), time.ctime(), sys.argv, sys.path)\n"
        "print(sorted(vars(sys), key=hash)[:9])\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError as e: print(repr(e), e.__traceback__)\n";
    char first[8192];
    for (int i = 0; i < 3; i++) {
        Host host = {0};
        CoilConfig config = {.hash_seed = 7, .virtual_time = true};
        CoilVM *vm = host_open(&host, &config);
        run_checked(vm, &host, program);
        const char *output = host_output(vm, &host);
        if (i == 0) strcpy(first, output);
        if (strcmp(first, output) != 0) fprintf(stderr, "first:\n%s\nnow:\n%s\n", first, output);
        CHECK(strcmp(first, output) == 0);
        coil_close(vm);
    }
}

int main(void) {
    check_closed();
    check_folders();
    check_virtual_time();
    check_deterministic();
    puts("doors: ok");
    return 0;
}
