// A VM for each thread at the same time; VMs that go from one thread to another; interrupts and completions from other threads. Made for
// ThreadSanitizer (`make tsan`), which sees what is shared though it should not be.
#include "api_test.h"

#include <pthread.h>

static const char program[] =
    "import math, asyncio\n"
    "class A:\n"
    "    def __init__(self, n): self.n = n\n"
    "    def __eq__(self, other): return self.n == other.n\n"
    "async def co(n):\n"
    "    await asyncio.sleep(0)\n"
    "    return n\n"
    "async def main(): return sum(await asyncio.gather(*[co(i) for i in range(10)]))\n"
    "d = {str(i): A(i) for i in range(200)}\n"
    "text = ''.join(sorted(d)) + f'{math.pi:.3f}' + str(2 ** 200)\n"
    "try: raise ValueError(text)\n"
    "except ValueError as e: n = len(str(e))\n"
    "result = n + asyncio.run(main())\n";

static void *one_vm(void *user) {
    for (int round = 0; round < 3; round++) {
        Host host = {0};
        CoilConfig config = {.virtual_time = true};
        CoilVM *vm = host_open(&host, &config);
        CHECK(vm != NULL);
        size_t scope = coil_scope_open(vm);
        if (host_run(vm, program) != COIL_OK) {
            coil_report(vm);
            fprintf(stderr, "%s\n", host.output[1]);
            CHECK(!"the program failed");
        }
        CHECK(coil_read_int(vm, coil_get_global(vm, "result"), user) == COIL_OK);
        coil_scope_close(vm, scope);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
    return NULL;
}

static void vms_side_by_side(void) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int64_t results[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, one_vm, &results[i]) == 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) CHECK(results[i] == results[0] && results[i] > 100);
}

// ---- one VM, one thread after the other

static void *go_on(void *user) {
    CoilVM *vm = user;
    CHECK(host_run(vm, "n += 1\nkept.append([n] * 100)\ndef deep(i): return i and deep(i - 1)\ndeep(300)") == COIL_OK);
    return NULL;
}

static void a_vm_changes_threads(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(host_run(vm, "n = 0\nkept = []") == COIL_OK);
    for (int i = 0; i < 5; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, go_on, vm) == 0);
        pthread_join(thread, NULL);
        go_on(vm);
    }
    CHECK(host_run(vm, "print(n, len(kept), kept[3][5])") == COIL_OK);
    CHECK(!strcmp(host_output(vm, &host), "10 10 4\n"));
    coil_close(vm);
    CHECK(host.bytes == 0);
}

// Threads with small stacks of different sizes: deep recursion is RecursionError there as well.
static void *recurse(void *user) {
    CoilVM *vm = user;
    CHECK(host_run(vm, "class R:\n    def __repr__(self): return repr([self])\n"
                       "try: repr(R())\nexcept RecursionError: print('RecursionError')") == COIL_OK);
    return NULL;
}

static void stacks_differ(void) {
    Host host = {0};
    CoilConfig config = {.recursion_limit = 1000000};
    CoilVM *vm = host_open(&host, &config);
    for (int i = 0; i < 2; i++) {
        pthread_attr_t attributes;
        pthread_t thread;
        pthread_attr_init(&attributes);
        CHECK(pthread_attr_setstacksize(&attributes, (size_t)1 << (19 + i)) == 0);
        CHECK(pthread_create(&thread, &attributes, recurse, vm) == 0);
        pthread_join(thread, NULL);
        pthread_attr_destroy(&attributes);
    }
    CHECK(!strcmp(host_output(vm, &host), "RecursionError\nRecursionError\n"));
    coil_close(vm);
    CHECK(host.bytes == 0);
}

// ---- interrupts

typedef struct Running {
    CoilVM *vm;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int rounds;
} Running;

static CoilValue begun(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Running *running = user;
    pthread_mutex_lock(&running->mutex);
    running->rounds++;
    pthread_cond_signal(&running->changed);
    pthread_mutex_unlock(&running->mutex);
    return coil_none(vm);
}

static void *interrupt_often(void *user) {
    Running *running = user;
    for (int i = 1; i <= 20; i++) {
        pthread_mutex_lock(&running->mutex);
        while (running->rounds < i) pthread_cond_wait(&running->changed, &running->mutex);
        pthread_mutex_unlock(&running->mutex);
        coil_interrupt(running->vm);
    }
    return NULL;
}

static void interrupts_come_from_anywhere(void) {
    Host host = {0};
    Running running = {.vm = host_open(&host, NULL), .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    size_t scope = coil_scope_open(running.vm);
    CHECK(coil_set_global(running.vm, "begun", coil_function(running.vm, "begun()", begun, NULL, &running)) == COIL_OK);
    coil_scope_close(running.vm, scope);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, interrupt_often, &running) == 0);
    for (int i = 0; i < 10; i++) {
        CHECK(host_run(running.vm, "begun()\nwhile True: pass") == COIL_RAISED && coil_exception_matches(running.vm, "KeyboardInterrupt"));
        coil_exception_clear(running.vm);
        CHECK(host_run(running.vm, "begun()\nx = sorted(range(10 ** 8), key=lambda n: -n)") == COIL_RAISED);
        CHECK(coil_exception_matches(running.vm, "KeyboardInterrupt"));
        coil_exception_clear(running.vm);
    }
    pthread_join(thread, NULL);
    CHECK(host_run(running.vm, "print('still there')") == COIL_OK);
    coil_close(running.vm);
    CHECK(host.bytes == 0);
}

int main(void) {
    vms_side_by_side();
    a_vm_changes_threads();
    stacks_differ();
    interrupts_come_from_anywhere();
    return 0;
}
