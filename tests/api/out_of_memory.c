// Memory that runs out: by the VM's own limit, and by an allocator that refuses. Always MemoryError, never a crash, and
// every byte comes back.
#include "api_test.h"

static const char program[] =
    "import math\n"
    "class A:\n"
    "    def __init__(self, n): self.n, self.next = n, [n] * 10\n"
    "def work():\n"
    "    d = {str(i): A(i) for i in range(300)}\n"
    "    s = ''.join(f'{k}={v.n};' for k, v in d.items())\n"
    "    big = 3 ** 2000 // 7 ** 100\n"
    "    g = sorted((x.n for x in d.values()), key=lambda v: -v)\n"
    "    try: raise ValueError(s[:10])\n"
    "    except ValueError as e: t = e\n"
    "    return len(s) + len(g) + len(str(big)) + math.floor(2.5)\n"
    "result = work()\n";

static void the_limit_is_a_memory_error(void) {
    Host host = {0};
    CoilConfig config = {.memory_limit_bytes = 16 << 20};
    CoilVM *vm = host_open(&host, &config);
    CHECK(vm != NULL);
    CHECK(host_run(vm, "x = 'a' * (1 << 40)") == COIL_RAISED && coil_exception_matches(vm, "MemoryError"));
    coil_exception_take(vm);
    size_t scope = coil_scope_open(vm);
    CHECK(host_run(vm, "l = []\nwhile True: l.append([0] * 1000)") == COIL_RAISED && coil_exception_matches(vm, "MemoryError"));
    coil_exception_take(vm);
    coil_scope_close(vm, scope);
    CHECK(host.peak < 20u << 20);
    // The host lets go of what fills the VM: for that there must be memory enough.
    CHECK(coil_set_global(vm, "l", coil_none(vm)) == COIL_OK);
    CHECK(host_run(vm, "x = [i for i in range(1000)]") == COIL_OK);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

// Grows the room step by step: every run ends at another failing allocation, until it fits.
static void every_shortage_is_survived(void) {
    Host host = {0};
    bool finished = false;
    for (size_t limit = 1 << 10; !finished; limit += limit / 16 + 512) {
        CHECK(limit < (size_t)1 << 30);
        host.limit = limit;
        CoilVM *vm = host_open(&host, NULL);
        if (vm == NULL) {
            CHECK(host.bytes == 0);
            continue;
        }
        CoilStatus status = host_run(vm, program);
        if (status == COIL_OK) finished = true;
        else CHECK(coil_exception_matches(vm, "MemoryError"));
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
}

int main(void) {
    the_limit_is_a_memory_error();
    every_shortage_is_survived();
    return 0;
}
