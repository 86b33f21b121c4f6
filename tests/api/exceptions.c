// Exceptions as the host sees them: pending, taken, described with their frames, raised from C; error handles that are passed on.
#include "api_test.h"

static void descriptions_have_frames(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    CHECK(host_run(vm, "class Trouble(ValueError): pass\n"
                       "def inner(x):\n"
                       "    raise Trouble('caf\xc3\xa9', x)\n"
                       "class C:\n"
                       "    def method(self):\n"
                       "        return 1 + inner(2)\n"
                       "C().method()\n") == COIL_RAISED);
    CHECK(coil_exception_pending(vm));
    CoilError error;
    CHECK(coil_exception_describe(vm, coil_exception(vm), &error) == COIL_OK);
    CHECK(coil_exception_pending(vm));
    CHECK(!strcmp(error.type, "Trouble") && !strcmp(error.message, "('caf\xc3\xa9', 2)"));
    CHECK(strstr(error.text, "Traceback (most recent call last):\n") == error.text && strstr(error.text, "Trouble: ('caf\xc3\xa9', 2)\n"));
    CHECK(error.frame_count == 3);
    CHECK(!strcmp(error.frames[0].function, "<module>") && error.frames[0].line == 7 && error.frames[0].column == 1);
    CHECK(!strcmp(error.frames[1].function, "C.method") && error.frames[1].line == 6 && error.frames[1].column == 20 &&
          error.frames[1].end_column == 28);
    CHECK(!strcmp(error.frames[2].function, "inner") && error.frames[2].line == 3 && !strcmp(error.frames[2].file, "<test>"));
    CoilValue taken = coil_exception_take(vm);
    CHECK(!coil_exception_pending(vm) && coil_is_error(coil_exception(vm)) && coil_is_error(coil_exception_take(vm)));
    CHECK(coil_is_instance(vm, taken, coil_eval(vm, "ValueError")) == 1);
    CHECK(coil_compare(vm, coil_get_attr(vm, taken, "args"), COIL_EQ, coil_eval(vm, "('caf\xc3\xa9', 2)")) == 1);

    CHECK(host_run(vm, "x = 1\ny = (2 +\n") == COIL_RAISED && coil_exception_describe(vm, coil_exception_take(vm), &error) == COIL_OK);
    CHECK(!strcmp(error.type, "SyntaxError") && !strcmp(error.message, "'(' was never closed (<test>, line 2)"));
    CHECK(error.frame_count == 1 && error.frames[0].function == NULL && error.frames[0].line == 2 && error.frames[0].column == 5);

    CHECK(host_run(vm, "class Mean(Exception):\n    def __str__(self): raise KeyError\nraise Mean") == COIL_RAISED);
    CHECK(coil_exception_describe(vm, coil_exception_take(vm), &error) == COIL_OK && !strcmp(error.message, "") && !strcmp(error.type, "Mean"));
    CHECK(coil_exception_describe(vm, coil_int(vm, 1), &error) == COIL_RAISED && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    CHECK(host_run(vm, "def deep(n): return deep(n + 1)\ndeep(0)") == COIL_RAISED);
    CHECK(coil_exception_describe(vm, coil_exception_take(vm), &error) == COIL_OK && error.frame_count > 900);
    CHECK(!strcmp(error.type, "RecursionError"));
    coil_scope_close(vm, scope);
}

// A chain of calls needs one check, at its end: the first exception is what is pending then.
static void error_handles_are_passed_on(CoilVM *vm) {
    size_t scope = coil_scope_open(vm);
    CoilValue wrong = coil_get_attr(vm, coil_get_global(vm, "nowhere"), "attribute");
    CHECK(coil_is_error(wrong) && coil_exception_matches(vm, "NameError"));
    CoilValue one = coil_int(vm, 1), items[2] = {one, wrong}, out = one;
    int64_t i = 5;
    uint64_t u;
    double d;
    bool b;
    const char *text;
    const void *data;
    size_t size, position = 0;
#define STILL(condition) CHECK((condition) && coil_exception_matches(vm, "NameError"))
    STILL(coil_is_error(coil_list(vm, items, 2)));
    STILL(coil_is_error(coil_tuple(vm, items, 2)));
    STILL(coil_is_error(coil_set(vm, items, 2)) && coil_is_error(coil_frozenset(vm, items, 2)));
    STILL(coil_is_error(coil_call(vm, wrong, NULL, 0)) && coil_is_error(coil_call(vm, one, items, 2)));
    STILL(coil_is_error(coil_call_method(vm, wrong, "x", NULL, 0)) && coil_is_error(coil_call_method(vm, one, "x", items, 2)));
    STILL(coil_is_error(coil_call_keywords(vm, one, NULL, 0, (const char *[]){"a", "b"}, items, 2)));
    STILL(coil_read_int(vm, wrong, &i) == COIL_RAISED && i == 5 && coil_read_uint(vm, wrong, &u) == COIL_RAISED);
    STILL(coil_read_float(vm, wrong, &d) == COIL_RAISED && coil_read_bool(vm, wrong, &b) == COIL_RAISED);
    STILL(coil_read_str(vm, wrong, &text, &size) == COIL_RAISED && coil_read_bytes(vm, wrong, &data, &size) == COIL_RAISED);
    STILL(coil_read_int_bytes(vm, wrong, &u, sizeof u, true) == COIL_RAISED && coil_int_bits(vm, wrong) == -1);
    STILL(coil_is_error(coil_get_attr(vm, wrong, "x")) && coil_find_attr(vm, wrong, "x", &out) == COIL_RAISED);
    STILL(coil_set_attr(vm, one, "x", wrong) == COIL_RAISED && coil_delete_attr(vm, wrong, "x") == COIL_RAISED);
    STILL(coil_is_error(coil_get_item(vm, one, wrong)) && coil_find_item(vm, wrong, one, &out) == COIL_RAISED);
    STILL(coil_set_item(vm, one, one, wrong) == COIL_RAISED && coil_delete_item(vm, wrong, one) == COIL_RAISED);
    STILL(coil_is_error(coil_get_key(vm, wrong, "x")) && coil_find_key(vm, wrong, "x", &out) == COIL_RAISED);
    STILL(coil_set_key(vm, wrong, "x", one) == COIL_RAISED && coil_is_error(coil_get_index(vm, wrong, 0)));
    STILL(coil_set_index(vm, one, 0, wrong) == COIL_RAISED && coil_append(vm, wrong, one) == COIL_RAISED);
    STILL(coil_set_add(vm, wrong, one) == COIL_RAISED && coil_length(vm, wrong) == -1 && coil_contains(vm, one, wrong) == -1);
    STILL(coil_is_error(coil_iter(vm, wrong)) && coil_next(vm, wrong, &out) == COIL_RAISED);
    STILL(coil_dict_next(vm, wrong, &position, &out, &out) == COIL_RAISED);
    STILL(coil_compare(vm, one, COIL_LT, wrong) == -1 && !coil_same(vm, wrong, wrong));
    STILL(coil_is_error(coil_operate(vm, one, COIL_ADD, wrong)) && coil_is_error(coil_operate_unary(vm, COIL_ABS, wrong)));
    STILL(coil_is_error(coil_to_str(vm, wrong)) && coil_is_error(coil_repr(vm, wrong)) && coil_is_error(coil_format(vm, wrong, "")));
    STILL(coil_hash(vm, wrong, &i) == COIL_RAISED && coil_is_error(coil_type(vm, wrong)) && !strcmp(coil_type_name(vm, wrong), "?"));
    STILL(coil_is_instance(vm, wrong, one) == -1 && !coil_is_callable(vm, wrong) && !coil_is_none(vm, wrong));
    STILL(coil_kind(vm, wrong) == COIL_KIND_OTHER && coil_ref(vm, wrong) == NULL && coil_is_error(coil_handle(vm, wrong)));
    STILL(coil_set_global(vm, "x", wrong) == COIL_RAISED && coil_is_error(coil_execute(vm, wrong, one)));
    STILL(coil_is_error(coil_run_in(vm, wrong, "1", 1, "<>", COIL_EVAL)) && coil_is_error(coil_raise_value(vm, wrong)));
    STILL(coil_is_error(coil_get_slot(vm, wrong, 0)) && coil_set_slot(vm, one, 0, wrong) == COIL_RAISED);
    // What goes right meanwhile does not touch the pending exception; what goes wrong takes its place.
    STILL(host_run(vm, "try: 1 / 0\nexcept ZeroDivisionError: pass") == COIL_OK);
    CHECK(host_run(vm, "1 / 0") == COIL_RAISED && coil_exception_matches(vm, "ZeroDivisionError"));
    coil_exception_clear(vm);
    // An error handle from nowhere is told about.
    CHECK(coil_is_error(coil_repr(vm, coil_error())) && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

static CoilValue raise_in_many_ways(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t way = 0;
    if (coil_read_int(vm, args[0], &way) != COIL_OK) return coil_error();
    char long_text[600];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    switch (way) {
    case 0: return coil_raise(vm, "KeyError", "key");
    case 1: return coil_raise_format(vm, "ValueError", "%s is %d, not %.1f", "x", 3, 2.5);
    case 2: return coil_raise_format(vm, "ValueError", "%s", long_text);
    case 3: return coil_raise_value(vm, coil_get_global(vm, "Own"));
    case 4: return coil_raise_value(vm, coil_call(vm, coil_get_global(vm, "Own"), args, 1));
    case 5: return coil_raise_value(vm, coil_int(vm, 1));
    case 6: return coil_raise(vm, "NoSuchError", "x");
    case 7: return coil_error();
    case 8: return coil_call(vm, coil_eval(vm, "int"), (CoilValue[]){coil_text(vm, "x")}, 1);
    case 9: coil_raise(vm, "ValueError", "ignored"); return coil_int(vm, 9);
    default: return coil_none(vm);
    }
}

static void hosts_raise(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CoilValue own = coil_exception_class(vm, "game.Own", coil_error());
    CHECK(coil_set_global(vm, "Own", own) == COIL_OK);
    CHECK(coil_set_global(vm, "Special", coil_exception_class(vm, "Special", own)) == COIL_OK);
    CHECK(coil_is_error(coil_exception_class(vm, "No", coil_eval(vm, "int"))) && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    CHECK(coil_set_global(vm, "way", coil_function(vm, "way(n)", raise_in_many_ways, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "for n in range(10):\n"
                       "    try: print(way(n))\n"
                       "    except BaseException as e: print(type(e).__name__, str(e)[:30], len(str(e)))\n"
                       "print(Own.__module__, Own.__mro__[1], Special.__mro__[1], Special)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host),
                  "KeyError 'key' 5\nValueError x is 3, not 2.5 15\nValueError xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 599\nOwn  0\nOwn 4 1\n"
                  "TypeError exceptions must derive from Ba 41\nSystemError coil_raise: no exception class 44\n"
                  "SystemError host function returned an erro 56\nValueError invalid literal for int() with 43\n9\n"
                  "game <class 'Exception'> <class 'game.Own'> <class '__main__.Special'>\n"));
    CHECK(host_run(vm, "raise Own('out')") == COIL_RAISED);
    CoilError error;
    CHECK(coil_exception_describe(vm, coil_exception_take(vm), &error) == COIL_OK && !strcmp(error.type, "game.Own"));
    coil_scope_close(vm, scope);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    descriptions_have_frames(vm);
    error_handles_are_passed_on(vm);
    hosts_raise(vm, &host);
    coil_close(vm);
    CHECK(host.bytes == 0);
    return 0;
}
