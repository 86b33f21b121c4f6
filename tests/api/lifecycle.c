// VMs are made, used and closed, several at once; nothing is shared and every byte comes back.
#include "api_test.h"

static void one_vm_gives_back_every_byte(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(vm != NULL);
    CHECK(host_run(vm, "class A: pass\nkept = [A() for _ in range(1000)]\nkept.append(kept)\nprint(len(kept))") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "1001\n") == 0);
    CHECK(host.bytes > 0);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void vms_do_not_see_each_other(void) {
    Host a = {0}, b = {0};
    CoilVM *first = host_open(&a, NULL), *second = host_open(&b, NULL);
    CHECK(first && second);
    CHECK(host_run(first, "import sys\nx = 1\nsys.marker = 1\nint_type = int") == COIL_OK);
    CHECK(host_run(second, "import sys\nprint('x' in globals(), hasattr(sys, 'marker'))\nx = 2") == COIL_OK);
    CHECK(host_run(first, "print(x)") == COIL_OK);
    CHECK(strcmp(host_output(second, &b), "False False\n") == 0);
    CHECK(strcmp(host_output(first, &a), "1\n") == 0);
    coil_close(first);
    CHECK(a.bytes == 0);
    CHECK(host_run(second, "print(x, [i for i in range(3)])") == COIL_OK);
    CHECK(strcmp(host_output(second, &b), "2 [0, 1, 2]\n") == 0);
    coil_close(second);
    CHECK(b.bytes == 0);
}

static void many_short_lives(void) {
    Host host = {0};
    for (int i = 0; i < 50; i++) {
        CoilVM *vm = host_open(&host, NULL);
        CHECK(vm != NULL);
        if (i % 2) CHECK(host_run(vm, "def f(n): return n and f(n - 1)\nf(50)\ng = (i for i in range(3)); next(g)") == COIL_OK);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
    coil_close(NULL);
}

static void state_lasts_between_runs(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(host_run(vm, "n = 0\ndef up():\n    global n\n    n += 1\n    return n") == COIL_OK);
    for (int i = 0; i < 5; i++) CHECK(host_run(vm, "up()") == COIL_OK);
    CHECK(host_run(vm, "this is no program") == COIL_RAISED);
    CHECK(coil_exception_matches(vm, "SyntaxError"));
    coil_report(vm);
    CHECK(host_run(vm, "raise ValueError('x')") == COIL_RAISED);
    CHECK(coil_report(vm) == 1);
    CHECK(host_run(vm, "print(n)") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "5\n") == 0);
    host.output[1][host.written[1]] = 0;
    CHECK(strstr(host.output[1], "Traceback (most recent call last):\n  File \"<test>\", line 1, in <module>\nValueError: x\n"));
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void suspended_things_are_freed(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(host_run(vm, "async def c(): await d()\nasync def d(): pass\nx = c()\ndef g():\n    try: yield\n    finally: pass\n"
                       "gs = [g() for _ in range(10)]\nfor i in gs: next(i)\nm = map(str, gs)\nit = iter({}.items())") == COIL_OK);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

int main(void) {
    one_vm_gives_back_every_byte();
    vms_do_not_see_each_other();
    many_short_lives();
    state_lasts_between_runs();
    suspended_things_are_freed();
    return 0;
}
