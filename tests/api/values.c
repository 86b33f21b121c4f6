// Values go in and out: numbers, strings, containers, attributes, items, calls.
#include "api_test.h"

static void scalars(CoilVM *vm) {
    int64_t i = 0;
    double d = 0;
    bool b = false;
    const char *text;
    const void *data;
    size_t size;
    CHECK(coil_read_int(vm, coil_int(vm, INT64_MIN), &i) == COIL_OK && i == INT64_MIN);
    CHECK(coil_read_int(vm, coil_int(vm, INT64_MAX), &i) == COIL_OK && i == INT64_MAX);
    CHECK(coil_read_int(vm, coil_bool(vm, true), &i) == COIL_OK && i == 1);
    CHECK(coil_read_float(vm, coil_float(vm, 1.5e300), &d) == COIL_OK && d == 1.5e300);
    CHECK(coil_read_float(vm, coil_int(vm, 3), &d) == COIL_OK && d == 3.0);
    CHECK(coil_read_bool(vm, coil_list(vm, NULL, 0), &b) == COIL_OK && !b);
    CHECK(coil_read_bool(vm, coil_str(vm, "x", 1), &b) == COIL_OK && b);
    CHECK(coil_read_str(vm, coil_str(vm, "h\xc3\xa9\0z", 5), &text, &size) == COIL_OK && size == 5 && !memcmp(text, "h\xc3\xa9\0z", 6));
    CHECK(coil_read_bytes(vm, coil_bytes(vm, "\xff\0", 2), &data, &size) == COIL_OK && size == 2 && !memcmp(data, "\xff\0", 2));
    CHECK(coil_kind(vm, coil_none(vm)) == COIL_KIND_NONE && coil_kind(vm, coil_bool(vm, 0)) == COIL_KIND_BOOL);
    CHECK(coil_kind(vm, coil_eval(vm, "10**30")) == COIL_KIND_INT && coil_kind(vm, coil_eval(vm, "1e400")) == COIL_KIND_FLOAT);
}

static void refusals(CoilVM *vm) {
    int64_t i = 77;
    double d = 7.5;
    const char *text = NULL;
    size_t size = 9;
    CHECK(coil_read_int(vm, coil_eval(vm, "2**63"), &i) == COIL_RAISED && i == 77);
    CHECK(coil_exception_matches(vm, "OverflowError"));
    CHECK(!coil_is_error(coil_exception_take(vm)) && !coil_exception_pending(vm));
    CHECK(coil_read_int(vm, coil_str(vm, "5", 1), &i) == COIL_RAISED && coil_exception_matches(vm, "TypeError"));
    coil_exception_take(vm);
    CHECK(coil_read_float(vm, coil_none(vm), &d) == COIL_RAISED && d == 7.5);
    coil_exception_take(vm);
    CHECK(coil_read_str(vm, coil_int(vm, 1), &text, &size) == COIL_RAISED && text == NULL && size == 9);
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_str(vm, "\xff", 1)));
    CHECK(coil_exception_pending(vm));
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_eval(vm, "1 +")) && coil_exception_matches(vm, "SyntaxError"));
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_get_global(vm, "nowhere")) && coil_exception_matches(vm, "NameError"));
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_import(vm, "no_such_module")) && coil_exception_matches(vm, "ModuleNotFoundError"));
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_exception_take(vm)));
}

static void containers(CoilVM *vm) {
    CoilValue items[3] = {coil_int(vm, 1), coil_str(vm, "two", 3), coil_none(vm)};
    CoilValue list = coil_list(vm, items, 3), tuple = coil_tuple(vm, items, 2), dict = coil_dict(vm);
    CHECK(coil_length(vm, list) == 3 && coil_length(vm, tuple) == 2 && coil_length(vm, dict) == 0);
    CHECK(coil_set_item(vm, dict, tuple, list) == COIL_OK);
    CHECK(coil_set_item(vm, list, coil_int(vm, -1), dict) == COIL_OK);
    const char *text;
    size_t size;
    CHECK(coil_read_str(vm, coil_repr(vm, list), &text, &size) == COIL_OK);
    CHECK(strcmp(text, "[1, 'two', {(1, 'two'): [...]}]") == 0);
    CHECK(coil_is_error(coil_get_item(vm, list, coil_int(vm, 3))) && coil_exception_matches(vm, "IndexError"));
    coil_exception_take(vm);
    CHECK(coil_set_item(vm, dict, list, list) == COIL_RAISED && coil_exception_matches(vm, "TypeError"));
    coil_exception_take(vm);
    CHECK(coil_length(vm, coil_int(vm, 1)) == -1);
    coil_exception_take(vm);
}

static void objects_and_calls(CoilVM *vm) {
    CHECK(host_run(vm, "class Point:\n    def __init__(self, x, y=0): self.x, self.y = x, y\n"
                       "    def moved(self, dx): return Point(self.x + dx, self.y)\n    def __str__(self): return f'({self.x}, {self.y})'") == COIL_OK);
    CoilValue one = coil_int(vm, 1), five = coil_int(vm, 5);
    CoilValue point = coil_call(vm, coil_get_global(vm, "Point"), &one, 1);
    CHECK(!coil_is_error(point));
    CHECK(coil_set_attr(vm, point, "y", coil_float(vm, 2.5)) == COIL_OK);
    CoilValue moved = coil_call(vm, coil_get_attr(vm, point, "moved"), &five, 1);
    const char *text;
    size_t size;
    CHECK(coil_read_str(vm, coil_to_str(vm, moved), &text, &size) == COIL_OK && strcmp(text, "(6, 2.5)") == 0);
    CHECK(coil_is_error(coil_get_attr(vm, point, "z")) && coil_exception_matches(vm, "AttributeError"));
    coil_exception_take(vm);
    CHECK(coil_is_error(coil_call(vm, point, NULL, 0)) && coil_exception_matches(vm, "TypeError"));
    coil_exception_take(vm);
    CHECK(coil_set_global(vm, "kept", moved) == COIL_OK);
    CoilValue math = coil_import(vm, "math");
    double root;
    CoilValue sixteen = coil_int(vm, 16);
    CHECK(coil_read_float(vm, coil_call(vm, coil_get_attr(vm, math, "sqrt"), &sixteen, 1), &root) == COIL_OK && root == 4.0);
    CHECK(host_run(vm, "assert kept.x == 6") == COIL_OK);
}

// Many handles in scopes that close: the values stay alive exactly as long as something holds them.
static void scopes(CoilVM *vm) {
    size_t outer = coil_scope_open(vm);
    CoilValue held = coil_list(vm, NULL, 0);
    for (int round = 0; round < 200; round++) {
        size_t inner = coil_scope_open(vm);
        for (int i = 0; i < 100; i++) CHECK(!coil_is_error(coil_str(vm, "garbage of some length", 22)));
        CoilValue number = coil_int(vm, round);
        CHECK(coil_set_item(vm, coil_eval(vm, "globals()"), coil_str(vm, "last", 4), number) == COIL_OK);
        coil_scope_close(vm, inner);
    }
    CHECK(host_run(vm, "assert last == 199\nx = [[i] for i in range(20000)]") == COIL_OK);
    CHECK(coil_length(vm, held) == 0);
    coil_scope_close(vm, outer);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(vm != NULL);
    size_t scope = coil_scope_open(vm);
    scalars(vm);
    refusals(vm);
    containers(vm);
    objects_and_calls(vm);
    scopes(vm);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
    return 0;
}
