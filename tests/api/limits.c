// Limits: each kind is an exception that can be caught once, so that finally runs; then the scripts are ended, and the host may go on.
#include "api_test.h"

#include <pthread.h>
#include <time.h>

static const int64_t MILLISECONDS = 1000 * 1000;

static CoilVM *open_limited(Host *host, CoilLimits limits) {
    CoilConfig config = {.limits = limits, .hash_seed = 1};
    CoilVM *vm = host_open(host, &config);
    CHECK(vm != NULL);
    return vm;
}

static void close_clean(CoilVM *vm, Host *host) {
    coil_close(vm);
    CHECK(host->bytes == 0);
}

static void check_works(CoilVM *vm, Host *host) {
    host_output(vm, host);
    CHECK(host_run(vm, "print(sum(range(10)))") == COIL_OK);
    CHECK(strcmp(host_output(vm, host), "45\n") == 0);
}

// `body` breaches a limit. Caught once, its finally runs; swallowed for ever, the scripts are ended.
static void check_kind(CoilLimits limits, CoilLimit kind, const char *exception, const char *body) {
    Host host = {0};
    char source[2048];
    CoilVM *vm = open_limited(&host, limits);
    snprintf(source, sizeof source, "keep = []\ndef body():\n%s\ntry:\n    body()\nexcept %s as e:\n    keep = None\n    seen = e\nfinally:\n    cleaned = True\n", body, exception);
    CHECK(host_run(vm, source) == COIL_OK);
    CHECK(coil_usage(vm).first_breach == kind && coil_usage(vm).ended_by == COIL_LIMIT_NONE);
    close_clean(vm, &host);

    vm = open_limited(&host, limits);
    snprintf(source, sizeof source,
             "keep = []\nrounds = 0\ndef body():\n%s\ndef again():\n    global rounds\n    while True:\n        rounds += 1\n        try:\n            body()\n"
             "        except BaseException:\n            pass\n        finally:\n            try: body()\n            except BaseException: pass\n"
             "try:\n    again()\nexcept BaseException:\n    rounds = -1\nfinally:\n    rounds = -2\n", body);
    CHECK(host_run(vm, source) == COIL_RAISED);
    CHECK(coil_usage(vm).first_breach == kind && coil_usage(vm).ended_by == kind);
    CHECK(coil_exception_matches(vm, exception));
    CHECK(!coil_is_error(coil_exception_text(vm)));
    CHECK(coil_report(vm) == 1);
    CHECK(strstr(host.output[1], exception) != NULL);
    CHECK(host_run(vm, "print('no more')") == COIL_RAISED);      // until the host says so
    CHECK(!coil_is_error(coil_exception_take(vm)));
    CHECK(host_run(vm, "print('no more')") == COIL_RAISED);
    CHECK(coil_limits_set(vm, NULL) == COIL_OK);
    CHECK(coil_usage(vm).ended_by == COIL_LIMIT_NONE && coil_usage(vm).first_breach == COIL_LIMIT_NONE);
    check_works(vm, &host);
    CHECK(host_run(vm, "assert rounds > 0, rounds") == COIL_OK);
    close_clean(vm, &host);

    vm = open_limited(&host, limits);                            // ended and closed without more ado
    CHECK(host_run(vm, source) == COIL_RAISED);
    close_clean(vm, &host);
}

static void check_kinds(void) {
    check_kind((CoilLimits){.instructions = 300 * 1000}, COIL_LIMIT_INSTRUCTIONS, "TimeoutError", "    while True: pass");
    check_kind((CoilLimits){.time_ns = 40 * MILLISECONDS}, COIL_LIMIT_TIME, "TimeoutError", "    while True: pass");
    check_kind((CoilLimits){.cpu_time_ns = 40 * MILLISECONDS}, COIL_LIMIT_CPU_TIME, "TimeoutError", "    while True: pass");
    check_kind((CoilLimits){.output_bytes = 500}, COIL_LIMIT_OUTPUT, "OSError", "    while True: print('x' * 99)");
    check_kind((CoilLimits){.memory_bytes = 8 << 20}, COIL_LIMIT_MEMORY, "MemoryError", "    while True: keep.append(bytearray(10000))");
    check_kind((CoilLimits){.memory_bytes = 8 << 20}, COIL_LIMIT_MEMORY, "MemoryError", "    while True: keep.append([None])");
}

static void check_memory(void) {
    Host host = {0};
    CoilVM *vm = open_limited(&host, (CoilLimits){.memory_bytes = 8 << 20});
    // A request that is too large takes nothing, and filling and emptying is no offence.
    CHECK(host_run(vm, "for i in range(50):\n    try:\n        'x' * 10**9\n        assert False\n    except MemoryError: pass\n") == COIL_OK);
    CHECK(host_run(vm, "for i in range(5):\n    l = []\n    try:\n        while True: l.append(bytearray(100000))\n    except MemoryError: l.clear()\n") == COIL_OK);
    CHECK(host.peak <= 8 << 20 && coil_usage(vm).memory_peak_bytes <= 8 << 20);
    check_works(vm, &host);
    close_clean(vm, &host);
}

static void check_recursion(void) {
    Host host = {0};
    CoilVM *vm = open_limited(&host, (CoilLimits){.recursion_depth = 100, .recursion_errors = 10});
    CHECK(host_run(vm, "def f(): f()\ntry: f()\nexcept RecursionError: pass\n") == COIL_OK);
    CHECK(host_run(vm, "import sys\ntry: sys.setrecursionlimit(101)\nexcept ValueError: sys.setrecursionlimit(99)\n") == COIL_OK);
    CHECK(host_run(vm, "def g():\n    try: g()\n    except RecursionError: g()\ng()") == COIL_RAISED);
    CHECK(coil_usage(vm).ended_by == COIL_LIMIT_RECURSION && coil_usage(vm).recursion_errors == 11);
    CHECK(coil_exception_matches(vm, "RecursionError"));
    close_clean(vm, &host);
}

// What scripts might swallow it with.
static void check_swallowers(void) {
    static const char *const scripts[] = {
        "while True:\n    try:\n        while True: pass\n    except BaseException: continue",
        "while True:\n    try:\n        while True: pass\n    finally: continue",
        "def g():\n    while True:\n        try: yield\n        except BaseException: pass\nfor i in g(): pass",
        "class C:\n    def __enter__(s): return s\n    def __exit__(s, *a): return True\nwhile True:\n    with C():\n        while True: pass",
        "class C:\n    def __getattr__(s, n):\n        while True: pass\nwhile True: hasattr(C(), 'x')",
        "class C:\n    def __eq__(s, o):\n        while True:\n            try:\n                while True: pass\n            except: pass\n    __hash__ = None\n[C()].index(C())",
        "def key(x):\n    while True:\n        try:\n            while True: pass\n        except: pass\nsorted([1, 2], key=key)",
        "class C:\n    def __del__(s):\n        C()\n        while True: pass\nwhile True: C(); [C() for i in range(100)]",
        "import asyncio\nasync def f():\n    while True:\n        try:\n            while True: await asyncio.sleep(0)\n        except BaseException: pass\nasyncio.run(f())",
        "import asyncio\nasync def f():\n    while True:\n        try:\n            while True: await asyncio.sleep(0)\n        except BaseException: pass\n"
        "async def main():\n    while True:\n        try: await asyncio.gather(f(), f(), f(), return_exceptions=True)\n        except BaseException: pass\nasyncio.run(main())",
        "import asyncio\nloop = asyncio.new_event_loop()\ndef again():\n    loop.call_soon(again)\n    while True: pass\nloop.call_soon(again)\n"
        "while True:\n    try: loop.run_forever()\n    except BaseException: pass",
        "import asyncio\nasync def agen():\n    while True:\n        try: yield 1\n        except BaseException: pass\nasync def main():\n    async for x in agen(): pass\nasyncio.run(main())",
        "import sys\ndef hook(*a):\n    while True:\n        try:\n            while True: pass\n        except: pass\nsys.excepthook = hook\nsys.stderr = None\nwhile True: pass",
        "import weakref\nclass C: pass\ndef cb(r):\n    while True: pass\nwhile True:\n    c = C(); r = weakref.ref(c, cb); c = None",
        "class M(type):\n    def __instancecheck__(c, o):\n        while True: pass\nclass E(Exception, metaclass=M): pass\nwhile True:\n    try:\n        while True: pass\n    except E: pass\n    except: pass",
        "next(iter(int, 1), 0)\nwhile True:\n    try: sum(iter(int, 1))\n    except BaseException: pass",
        "def f():\n    try:\n        while True: pass\n    finally: f()\nwhile True:\n    try: f()\n    except BaseException: pass",
        "while True:\n    try: exec('while True: pass')\n    except BaseException: pass",
        "class D(dict):\n    def __missing__(s, k):\n        while True:\n            try:\n                while True: pass\n            except: pass\nD()['x']",
        "while True:\n    try:\n        while True: pass\n    except* TimeoutError: pass",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        Host host = {0};
        CoilVM *vm = open_limited(&host, (CoilLimits){.instructions = 200 * 1000});
        CoilStatus status = host_run(vm, scripts[i]);
        if (status != COIL_RAISED || coil_usage(vm).first_breach != COIL_LIMIT_INSTRUCTIONS) {
            fprintf(stderr, "script %zu: status %d, breach %d\n", i, status, coil_usage(vm).first_breach);
            exit(1);
        }
        CHECK(coil_usage(vm).instructions < 2000 * 1000);
        CHECK(coil_report(vm) == 1);
        close_clean(vm, &host);
    }
}

// The same program takes the same number of steps.
static void check_steps_repeat(void) {
    uint64_t steps[2];
    for (int i = 0; i < 2; i++) {
        Host host = {0};
        CoilVM *vm = open_limited(&host, (CoilLimits){.instructions = 1000 * 1000});
        CHECK(host_run(vm, "d = {}\nfor i in range(3000): d[str(i)] = sorted(str(i * i))\nprint(len(repr(d)))") == COIL_OK);
        steps[i] = coil_usage(vm).instructions;
        CHECK(steps[i] > 6000 && steps[i] < 600 * 1000);
        close_clean(vm, &host);
    }
    CHECK(steps[0] == steps[1]);
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 * MILLISECONDS + now.tv_nsec;
}

// Whoever sleeps wakes for the deadline, and what finally does is done.
static void check_sleepers(void) {
    static const char *const scripts[] = {
        "import asyncio\ncleaned = 0\nasync def f():\n    global cleaned\n    try: await asyncio.sleep(1000)\n    finally: cleaned += 1\n"
        "async def main():\n    await asyncio.gather(f(), f())\nasyncio.run(main())",
        "import time\ntry: time.sleep(1000)\nfinally: cleaned = 2\n",
    };
    for (size_t i = 0; i < 2; i++) {
        Host host = {0};
        // The reserve for `finally` is an eighth, which is enough on a busy machine as well; what takes long besides is done before.
        CoilVM *vm = open_limited(&host, (CoilLimits){0});
        CHECK(host_run(vm, "import asyncio, time\nasyncio.run(asyncio.sleep(0))\n") == COIL_OK);
        CHECK(coil_limits_set(vm, &(CoilLimits){.time_ns = 400 * MILLISECONDS}) == COIL_OK);
        int64_t begun = now_ns();
        CHECK(host_run(vm, scripts[i]) == COIL_RAISED);
        CHECK(now_ns() - begun < 20000 * MILLISECONDS);
        CHECK(coil_exception_matches(vm, "TimeoutError") && coil_usage(vm).ended_by == COIL_LIMIT_NONE);
        CHECK(coil_report(vm) == 1);
        CHECK(coil_limits_set(vm, NULL) == COIL_OK);
        CHECK(host_run(vm, "assert cleaned == 2") == COIL_OK);
        close_clean(vm, &host);
    }
}

static void *terminate_later(void *vm) {
    nanosleep(&(struct timespec){.tv_nsec = 20 * MILLISECONDS}, NULL);
    coil_terminate(vm);
    return NULL;
}

static void *interrupt_later(void *vm) {
    nanosleep(&(struct timespec){.tv_nsec = 20 * MILLISECONDS}, NULL);
    coil_interrupt(vm);
    return NULL;
}

static void check_other_threads(void) {
    Host host = {0};
    CoilVM *vm = open_limited(&host, (CoilLimits){0});
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, interrupt_later, vm) == 0);
    CHECK(host_run(vm, "try:\n    while True: pass\nexcept KeyboardInterrupt: print('interrupted')") == COIL_OK);
    pthread_join(thread, NULL);
    CHECK(strcmp(host_output(vm, &host), "interrupted\n") == 0);

    CHECK(pthread_create(&thread, NULL, terminate_later, vm) == 0);
    CHECK(host_run(vm, "while True:\n    try:\n        while True: pass\n    except BaseException: pass") == COIL_RAISED);
    pthread_join(thread, NULL);
    CHECK(coil_usage(vm).ended_by == COIL_LIMIT_TERMINATED && coil_exception_matches(vm, "SystemError"));
    CHECK(coil_report(vm) == 1);
    CHECK(coil_limits_set(vm, NULL) == COIL_OK);
    check_works(vm, &host);
    coil_terminate(vm);
    CHECK(host_run(vm, "while True: pass") == COIL_RAISED);
    close_clean(vm, &host);
}

// A host function may look at what is used and give a new allowance.
static CoilValue refill(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    (void)args;
    (void)argc;
    CHECK(coil_usage(vm).instructions > 0);
    if (coil_limits_set(vm, &(CoilLimits){.instructions = 100 * 1000}) != COIL_OK) return (CoilValue){NULL};
    ++*(int *)user;
    return coil_none(vm);
}

static void check_refill(void) {
    Host host = {0};
    int refills = 0;
    CoilVM *vm = open_limited(&host, (CoilLimits){.instructions = 100 * 1000});
    CoilValue function = coil_function(vm, "refill()", refill, NULL, &refills);
    CHECK(!coil_is_error(function) && coil_set_global(vm, "refill", function) == COIL_OK);
    CHECK(host_run(vm, "for i in range(10):\n    for j in range(50000): pass\n    refill()\n") == COIL_OK);
    CHECK(refills == 10);
    close_clean(vm, &host);
}

int main(void) {
    check_kinds();
    check_memory();
    check_recursion();
    check_swallowers();
    check_steps_repeat();
    check_sleepers();
    check_other_threads();
    check_refill();
    puts("limits: ok");
    return 0;
}
