// Functions of the host: signatures, keyword arguments, errors both ways, re-entry.
#include "api_test.h"

static CoilValue move(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t x, dx = 0;
    bool relative = true;
    if (coil_read_int(vm, args[0], &x) != COIL_OK) return (CoilValue){0};
    if (argc > 1 && !coil_is_missing(vm, args[1]) && coil_read_int(vm, args[1], &dx) != COIL_OK) return (CoilValue){0};
    if (argc > 2 && !coil_is_missing(vm, args[2]) && coil_read_bool(vm, args[2], &relative) != COIL_OK) return (CoilValue){0};
    ++*(int *)user;
    return coil_int(vm, relative ? x + dx : dx);
}

static CoilValue call_twice(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    CoilValue first = coil_call(vm, args[0], NULL, 0);
    if (coil_is_error(first)) return first;
    return coil_call(vm, args[0], NULL, 0);
}

static CoilValue refuse(CoilVM *vm, const CoilValue *args, int argc, void *user) { return coil_raise(vm, "LookupError", "refused by the host"); }

static void define(CoilVM *vm, const char *name, const char *signature, CoilNative native, void *user) {
    CoilValue function = coil_function(vm, signature, native, "documented", user);
    CHECK(!coil_is_error(function));
    CHECK(coil_set_global(vm, name, function) == COIL_OK);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    int calls = 0;
    size_t scope = coil_scope_open(vm);
    define(vm, "move", "move(x, dx=0, *, relative=True)", move, &calls);
    define(vm, "call_twice", "call_twice(function, /)", call_twice, NULL);
    define(vm, "refuse", "refuse()", refuse, NULL);
    coil_scope_close(vm, scope);

    CHECK(host_run(vm, "print(move(1), move(1, 2), move(dx=3, x=4), move(5, 6, relative=False), move.__name__, move.__doc__)") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "1 3 7 6 move documented\n") == 0);
    CHECK(calls == 4);
    CHECK(host_run(vm, "for wrong in (lambda: move(), lambda: move(1, 2, 3), lambda: move(1, z=2), lambda: move('a'), lambda: refuse(),\n"
                       "              lambda: call_twice(function=1), lambda: call_twice(lambda: 1 / 0)):\n"
                       "    try: wrong()\n"
                       "    except Exception as e: print(type(e).__name__)\n") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "TypeError\nTypeError\nTypeError\nTypeError\nLookupError\nTypeError\nZeroDivisionError\n") == 0);
    CHECK(host_run(vm, "n = 0\ndef up():\n    global n\n    n += 1\n    return n if n % 2 or n > 6 else call_twice(up)\n"
                       "print(call_twice(up), n, list(map(move, range(3))), sorted([3, 1], key=move))") == COIL_OK);
    host_output(vm, &host);
    CHECK(host_run(vm, "def loop(): return call_twice(loop)\ntry: loop()\nexcept RecursionError: print('RecursionError')") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "RecursionError\n") == 0);
    CHECK(host_run(vm, "def g():\n    yield call_twice(lambda: 5)\n    yield refuse()\ni = g()\nprint(next(i))\ntry: next(i)\nexcept LookupError as e: print(e)") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "5\nrefused by the host\n") == 0);
    coil_close(vm);
    CHECK(host.bytes == 0);
    return 0;
}
