// Programs: namespaces of the host's choosing, code that is compiled once, precompiled units, modules.
#include "api_test.h"

static int64_t int_of(CoilVM *vm, CoilValue v) {
    int64_t i = -1;
    CHECK(coil_read_int(vm, v, &i) == COIL_OK);
    return i;
}
static CoilValue run_in(CoilVM *vm, CoilValue space, const char *source, CoilMode mode) {
    return coil_run_in(vm, space, source, strlen(source), "<space>", mode);
}

static void namespaces_do_not_see_each_other(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    CoilValue a = coil_namespace(vm, "first"), b = coil_namespace(vm, "second"), plain = coil_dict(vm);
    CHECK(coil_is_none(vm, run_in(vm, a, "x = 1\ndef f(): return x, __name__", COIL_EXEC)));
    CHECK(coil_is_none(vm, run_in(vm, b, "x = 2", COIL_EXEC)));
    CHECK(int_of(vm, run_in(vm, a, "x + 10", COIL_EVAL)) == 11 && int_of(vm, run_in(vm, b, "x + 10", COIL_EVAL)) == 12);
    CHECK(coil_is_error(run_in(vm, plain, "x", COIL_EVAL)) && coil_exception_matches(vm, "NameError"));
    coil_exception_clear(vm);
    CHECK(coil_set_key(vm, plain, "x", coil_int(vm, 5)) == COIL_OK);
    CHECK(int_of(vm, run_in(vm, plain, "len([x]) + x", COIL_EVAL)) == 6);
    CHECK(host_run(vm, "assert 'x' not in globals()") == COIL_OK);
    CHECK(coil_compare(vm, coil_call(vm, coil_get_key(vm, a, "f"), NULL, 0), COIL_EQ, coil_eval(vm, "(1, 'first')")) == 1);
    CHECK(coil_is_error(run_in(vm, coil_int(vm, 1), "1", COIL_EVAL)) && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

static void modules_are_namespaces(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CoilValue module = coil_module(vm, "plugin");
    CHECK(coil_same(vm, module, coil_module(vm, "plugin")));
    CHECK(!coil_is_error(run_in(vm, module, "def hello(): return f'from {__name__}'", COIL_EXEC)));
    CHECK(host_run(vm, "import plugin\nprint(plugin.hello())") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "from plugin\n"));
    CHECK(coil_same(vm, coil_module(vm, "__main__"), coil_import(vm, "__main__")));
    coil_scope_close(vm, scope);
}

static void code_runs_often(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    const char *source = "n = n + step";
    CoilRef *code = coil_ref(vm, coil_compile(vm, source, strlen(source), "<step>", COIL_EXEC));
    const char *expression = "n * 2";
    CoilRef *doubled = coil_ref(vm, coil_compile(vm, expression, strlen(expression), "<double>", COIL_EVAL));
    CHECK(code != NULL && doubled != NULL);
    coil_scope_close(vm, scope);
    for (int space = 1; space <= 3; space++) {
        scope = coil_scope_open(vm);
        CoilValue names = coil_namespace(vm, "counter");
        CHECK(coil_set_key(vm, names, "n", coil_int(vm, 0)) == COIL_OK && coil_set_key(vm, names, "step", coil_int(vm, space)) == COIL_OK);
        for (int i = 0; i < 1000; i++) {
            size_t inner = coil_scope_open(vm);
            CHECK(coil_is_none(vm, coil_execute(vm, coil_deref(code), names)));
            coil_scope_close(vm, inner);
        }
        CHECK(int_of(vm, coil_execute(vm, coil_deref(doubled), names)) == 2000 * space);
        coil_scope_close(vm, scope);
    }
    coil_unref(vm, code);
    coil_unref(vm, doubled);
    scope = coil_scope_open(vm);
    CHECK(coil_is_error(coil_compile(vm, "1 +", 3, "<bad>", COIL_EVAL)) && coil_exception_matches(vm, "SyntaxError"));
    coil_exception_clear(vm);
    CHECK(coil_is_error(coil_execute(vm, coil_int(vm, 1), coil_dict(vm))) && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    CHECK(host_run(vm, "def outer():\n    x = 1\n    def inner(): return x\n    return inner.__code__\ncode = outer()") == COIL_OK);
    CHECK(coil_is_error(coil_execute(vm, coil_get_global(vm, "code"), coil_dict(vm))) && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

static const char unit_source[] =
    "import math\n"
    "class A:\n"
    "    'doc'\n"
    "    def __init__(self, *args, k=2, **kwargs): self.total = sum(args) + k\n"
    "async def co(): return [x async for x in agen()]\n"
    "def gen(n):\n"
    "    try: yield from range(n)\n"
    "    finally: done.append(n)\n"
    "done = []\n"
    "result = (A(1, 2, 3).total, list(gen(3)), {1: 2.5}, 10 ** 40, f'{math.pi:.3f}', b'\\0\\xff', 1j, done, A.__doc__, ... )\n";

static void units_come_back_as_they_were(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    CoilValue unit = coil_compile_unit(vm, unit_source, sizeof unit_source - 1, "unit.py", COIL_EXEC);
    const void *data;
    size_t size;
    CHECK(coil_read_bytes(vm, unit, &data, &size) == COIL_OK && size > 100);
    Host other_host = {0};
    CoilVM *other = host_open(&other_host, NULL);
    // The bytes are not kept: a copy that goes away at once will do.
    char *copy = malloc(size);
    memcpy(copy, data, size);
    CoilValue code = coil_load_unit(other, copy, size, "unit.py");
    free(copy);
    CHECK(!coil_is_error(code));
    CoilValue space = coil_namespace(other, "unit");
    CHECK(!coil_is_error(coil_execute(other, code, space)));
    const char *text;
    CHECK(coil_read_str(other, coil_repr(other, coil_get_key(other, space, "result")), &text, NULL) == COIL_OK);
    CHECK(!strcmp(text, "(8, [0, 1, 2], {1: 2.5}, 10000000000000000000000000000000000000000, '3.142', b'\\x00\\xff', 1j, [3], 'doc', Ellipsis)"));
    coil_close(other);
    CHECK(other_host.bytes == 0);
    coil_scope_close(vm, scope);
}

static void damaged_units_are_refused(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    const void *data;
    size_t size;
    CHECK(coil_read_bytes(vm, coil_compile_unit(vm, unit_source, sizeof unit_source - 1, "unit.py", COIL_EXEC), &data, &size) == COIL_OK);
    char *copy = malloc(size);
    for (size_t cut = 0; cut < size; cut += 7) {
        size_t inner = coil_scope_open(vm);
        memcpy(copy, data, cut);
        CHECK(coil_is_error(coil_load_unit(vm, copy, cut, "unit.py")) && coil_exception_matches(vm, "ImportError"));
        coil_exception_clear(vm);
        coil_scope_close(vm, inner);
    }
    // Whatever a turned bit does, it is refused or loads: it does not crash.
    for (size_t at = 0; at < size; at += 3) {
        size_t inner = coil_scope_open(vm);
        memcpy(copy, data, size);
        copy[at] ^= (char)(1 << at % 8);
        if (coil_is_error(coil_load_unit(vm, copy, size, "unit.py"))) coil_exception_clear(vm);
        coil_scope_close(vm, inner);
    }
    free(copy);
    CHECK(coil_is_error(coil_load_unit(vm, "", 0, "empty")) && coil_exception_matches(vm, "ImportError"));
    coil_exception_clear(vm);
    CHECK(coil_is_error(coil_compile_unit(vm, "x = = 1", 7, "bad.py", COIL_EXEC)) && coil_exception_matches(vm, "SyntaxError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    namespaces_do_not_see_each_other(vm);
    modules_are_namespaces(vm, &host);
    code_runs_often(vm);
    units_come_back_as_they_were(vm);
    damaged_units_are_refused(vm);
    coil_close(vm);
    CHECK(host.bytes == 0);
    return 0;
}
