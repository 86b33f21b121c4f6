// What every function of the header answers to an error handle and to values of the wrong kind: it fails in its turn, an exception that is
// pending stays as it is, and without one there is a SystemError. scripts/check_api_tests sees to it that none is left out.
#include "api_test.h"

static void *instance_data(CoilVM *vm, const CoilClass *cls, CoilValue *out) {
    void *data = NULL;
    *out = coil_instance(vm, cls, &data);
    CHECK(!coil_is_error(*out) && data != NULL);
    return data;
}

static const CoilClass pair_class = {.name = "Pair", .data_size = 16, .slots = 2};

// The exception that is pending before a call that is given an error handle, or none.
typedef enum Pending { NOTHING, VALUE_ERROR } Pending;

static void before(CoilVM *vm, Pending pending) {
    coil_exception_clear(vm);
    if (pending == VALUE_ERROR) (void)coil_raise(vm, "ValueError", "first");
}

static void after(CoilVM *vm, Pending pending, int line) {
    bool fine = coil_exception_pending(vm) && coil_exception_matches(vm, pending == VALUE_ERROR ? "ValueError" : "SystemError");
    if (!fine) fprintf(stderr, "%s:%d: another exception, or none, is pending\n", __FILE__, line);
    CHECK(fine);
    coil_exception_clear(vm);
}

#define REFUSES(call_fails)             \
    do {                                \
        before(vm, pending);            \
        CHECK(call_fails);              \
        after(vm, pending, __LINE__);   \
    } while (0)
#define VALUE(call) REFUSES(coil_is_error(call))
#define STATUS(call) REFUSES((call) == COIL_RAISED)
#define NUMBER(call) REFUSES((call) == -1)

static void attributes_and_items(CoilVM *vm, Pending pending) {
    CoilValue bad = coil_error(), out, good = coil_int(vm, 1), list = coil_list(vm, &good, 1), dict = coil_dict(vm), set = coil_set(vm, &good, 1);
    VALUE(coil_get_attr(vm, bad, "x"));
    STATUS(coil_find_attr(vm, bad, "x", &out));
    STATUS(coil_set_attr(vm, bad, "x", good));
    STATUS(coil_set_attr(vm, coil_namespace(vm, "n"), "x", bad));
    STATUS(coil_delete_attr(vm, bad, "x"));
    VALUE(coil_get_item(vm, bad, good));
    VALUE(coil_get_item(vm, list, bad));
    STATUS(coil_find_item(vm, bad, good, &out));
    STATUS(coil_find_item(vm, dict, bad, &out));
    STATUS(coil_set_item(vm, bad, good, good));
    STATUS(coil_set_item(vm, dict, bad, good));
    STATUS(coil_set_item(vm, dict, good, bad));
    STATUS(coil_delete_item(vm, bad, good));
    STATUS(coil_delete_item(vm, dict, bad));
    VALUE(coil_get_key(vm, bad, "x"));
    STATUS(coil_find_key(vm, bad, "x", &out));
    STATUS(coil_set_key(vm, bad, "x", good));
    STATUS(coil_set_key(vm, dict, "x", bad));
    VALUE(coil_get_index(vm, bad, 0));
    STATUS(coil_set_index(vm, bad, 0, good));
    STATUS(coil_set_index(vm, list, 0, bad));
    STATUS(coil_append(vm, bad, good));
    STATUS(coil_append(vm, list, bad));
    STATUS(coil_set_add(vm, bad, good));
    STATUS(coil_set_add(vm, set, bad));
    NUMBER(coil_length(vm, bad));
    NUMBER(coil_contains(vm, bad, good));
    NUMBER(coil_contains(vm, list, bad));
    CHECK(coil_length(vm, dict) == 0 && coil_length(vm, list) == 1 && coil_length(vm, set) == 1);
    size_t position = 0;
    STATUS(coil_dict_next(vm, bad, &position, &out, &out));
    VALUE(coil_iter(vm, bad));
    STATUS(coil_next(vm, bad, &out));
}

static void reading_and_operators(CoilVM *vm, Pending pending) {
    CoilValue bad = coil_error(), good = coil_int(vm, 1);
    bool truth;
    int64_t integer;
    uint64_t natural;
    double real;
    const char *text;
    const void *data;
    size_t size;
    uint8_t bytes[8];
    STATUS(coil_read_bool(vm, bad, &truth));
    STATUS(coil_read_int(vm, bad, &integer));
    STATUS(coil_read_uint(vm, bad, &natural));
    STATUS(coil_read_int_bytes(vm, bad, bytes, sizeof bytes, true));
    NUMBER(coil_int_bits(vm, bad));
    STATUS(coil_read_float(vm, bad, &real));
    STATUS(coil_read_str(vm, bad, &text, &size));
    STATUS(coil_read_bytes(vm, bad, &data, &size));
    NUMBER(coil_compare(vm, bad, COIL_EQ, good));
    NUMBER(coil_compare(vm, good, COIL_EQ, bad));
    VALUE(coil_operate(vm, bad, COIL_ADD, good));
    VALUE(coil_operate(vm, good, COIL_ADD, bad));
    VALUE(coil_operate_unary(vm, COIL_ABS, bad));
    VALUE(coil_to_str(vm, bad));
    VALUE(coil_repr(vm, bad));
    VALUE(coil_format(vm, bad, ""));
    STATUS(coil_hash(vm, bad, &integer));
    VALUE(coil_type(vm, bad));
    NUMBER(coil_is_instance(vm, bad, coil_eval(vm, "int")));
    NUMBER(coil_is_instance(vm, good, bad));
    // These only look: nothing is raised.
    before(vm, pending);
    CHECK(coil_kind(vm, bad) == COIL_KIND_OTHER && !coil_is_none(vm, bad) && !coil_is_callable(vm, bad) && !coil_is_missing(vm, bad));
    CHECK(!coil_same(vm, bad, good) && !coil_same(vm, good, bad) && !coil_is_a(vm, bad, &pair_class) && strcmp(coil_type_name(vm, bad), "?") == 0);
    CHECK(coil_exception_pending(vm) == (pending == VALUE_ERROR));
    coil_exception_clear(vm);
}

static void calls_programs_and_classes(CoilVM *vm, Pending pending) {
    CoilValue bad = coil_error(), good = coil_int(vm, 1), function = coil_eval(vm, "max"), pair, out;
    const char *names[] = {"key"};
    CoilValue both[2] = {good, bad};
    VALUE(coil_call(vm, bad, &good, 1));
    VALUE(coil_call(vm, function, both, 2));
    CoilValue many[20];
    for (int i = 0; i < 20; i++) many[i] = i == 19 ? bad : good;
    VALUE(coil_call(vm, function, many, 20));
    VALUE(coil_call_keywords(vm, bad, &good, 1, names, &good, 1));
    VALUE(coil_call_keywords(vm, function, both, 2, names, &good, 1));
    VALUE(coil_call_keywords(vm, function, &good, 1, names, &bad, 1));
    VALUE(coil_call_method(vm, bad, "bit_length", NULL, 0));
    VALUE(coil_call_method(vm, good, "__add__", &bad, 1));
    VALUE(coil_run_in(vm, bad, "1", 1, "<test>", COIL_EVAL));
    VALUE(coil_execute(vm, bad, coil_namespace(vm, "n")));
    VALUE(coil_execute(vm, coil_compile(vm, "1", 1, "<test>", COIL_EVAL), bad));
    STATUS(coil_set_global(vm, "x", bad));
    VALUE(coil_handle(vm, bad));
    REFUSES(coil_ref(vm, bad) == NULL);
    CoilRef *ref = coil_ref(vm, good);
    STATUS(coil_ref_set(vm, ref, bad));
    CHECK(coil_same(vm, coil_deref(ref), good));
    coil_unref(vm, ref);
    VALUE(coil_raise_value(vm, bad));
    CoilError described;
    STATUS(coil_exception_describe(vm, bad, &described));
    instance_data(vm, &pair_class, &pair);
    REFUSES(coil_data(vm, bad, &pair_class) == NULL);
    VALUE(coil_get_slot(vm, bad, 0));
    STATUS(coil_set_slot(vm, bad, 0, good));
    STATUS(coil_set_slot(vm, pair, 0, bad));
    VALUE(coil_list(vm, both, 2));
    VALUE(coil_tuple(vm, both, 2));
    VALUE(coil_set(vm, both, 2));
    VALUE(coil_frozenset(vm, both, 2));
    STATUS(coil_run_until(vm, bad, 0, &out));
    VALUE(coil_start(vm, bad, NULL, NULL));
    // A future takes the pending exception; without one it is as good as dropped.
    before(vm, pending);
    CoilFuture *future = coil_future(vm, &out);
    CHECK(future != NULL && coil_future_set(vm, future, bad) == COIL_OK && !coil_exception_pending(vm));
    CoilValue awaited;
    CHECK(coil_run_until(vm, out, 0, &awaited) == COIL_RAISED && coil_exception_matches(vm, pending == VALUE_ERROR ? "ValueError" : "RuntimeError"));
    // The error handle stands for Exception here.
    before(vm, NOTHING);
    CHECK(!coil_is_error(coil_exception_class(vm, "Own", bad)));
}

// ---- values of the wrong kind

#define RAISES(call_fails, name)                          \
    do {                                                  \
        CHECK(call_fails);                                \
        CHECK(coil_exception_matches(vm, name));          \
        coil_exception_clear(vm);                         \
    } while (0)

static void wrong_kinds(CoilVM *vm) {
    CoilValue one = coil_int(vm, 1), text = coil_text(vm, "text"), list = coil_list(vm, &one, 1), tuple = coil_tuple(vm, &one, 1), out, pair;
    int64_t integer = 7;
    uint64_t natural = 7;
    double real = 7;
    const char *read = "before";
    const void *data = NULL;
    size_t size = 7, position = 0;
    uint8_t bytes[2];
    RAISES(coil_read_int(vm, text, &integer) == COIL_RAISED, "TypeError");
    RAISES(coil_read_int(vm, coil_eval(vm, "1 << 63"), &integer) == COIL_RAISED, "OverflowError");
    RAISES(coil_read_uint(vm, coil_int(vm, -1), &natural) == COIL_RAISED, "OverflowError");
    RAISES(coil_read_uint(vm, coil_eval(vm, "1 << 64"), &natural) == COIL_RAISED, "OverflowError");
    RAISES(coil_read_uint(vm, text, &natural) == COIL_RAISED, "TypeError");
    RAISES(coil_read_int_bytes(vm, coil_int(vm, 70000), bytes, 2, false) == COIL_RAISED, "OverflowError");
    RAISES(coil_read_int_bytes(vm, text, bytes, 2, false) == COIL_RAISED, "TypeError");
    RAISES(coil_int_bits(vm, text) == -1, "TypeError");
    RAISES(coil_read_float(vm, text, &real) == COIL_RAISED, "TypeError");
    RAISES(coil_read_str(vm, one, &read, &size) == COIL_RAISED, "TypeError");
    RAISES(coil_read_bytes(vm, one, &data, &size) == COIL_RAISED, "TypeError");
    CHECK(integer == 7 && natural == 7 && real == 7 && strcmp(read, "before") == 0 && data == NULL && size == 7);
    RAISES(coil_append(vm, tuple, one) == COIL_RAISED, "TypeError");
    RAISES(coil_set_add(vm, list, one) == COIL_RAISED, "TypeError");
    RAISES(coil_set_add(vm, coil_set(vm, NULL, 0), list) == COIL_RAISED, "TypeError");
    RAISES(coil_dict_next(vm, list, &position, &out, &out) == COIL_RAISED, "TypeError");
    RAISES(coil_length(vm, one) == -1, "TypeError");
    RAISES(coil_contains(vm, one, one) == -1, "TypeError");
    RAISES(coil_is_error(coil_iter(vm, one)), "TypeError");
    RAISES(coil_next(vm, list, &out) == COIL_RAISED, "TypeError");
    RAISES(coil_is_error(coil_get_attr(vm, one, "nowhere")), "AttributeError");
    CHECK(coil_find_attr(vm, one, "nowhere", &out) == COIL_ABSENT && !coil_exception_pending(vm));
    RAISES(coil_set_attr(vm, one, "nowhere", one) == COIL_RAISED, "AttributeError");
    RAISES(coil_delete_attr(vm, one, "nowhere") == COIL_RAISED, "AttributeError");
    RAISES(coil_is_error(coil_get_item(vm, one, one)), "TypeError");
    RAISES(coil_is_error(coil_get_index(vm, list, 5)), "IndexError");
    RAISES(coil_set_index(vm, tuple, 0, one) == COIL_RAISED, "TypeError");
    RAISES(coil_is_error(coil_get_key(vm, coil_dict(vm), "x")), "KeyError");
    CHECK(coil_find_key(vm, coil_dict(vm), "x", &out) == COIL_ABSENT && coil_find_item(vm, list, coil_int(vm, 9), &out) == COIL_ABSENT);
    RAISES(coil_find_item(vm, one, one, &out) == COIL_RAISED, "TypeError");
    RAISES(coil_set_item(vm, coil_dict(vm), list, one) == COIL_RAISED, "TypeError");
    RAISES(coil_delete_item(vm, coil_dict(vm), one) == COIL_RAISED, "KeyError");
    RAISES(coil_compare(vm, one, COIL_LT, text) == -1, "TypeError");
    RAISES(coil_is_error(coil_operate(vm, one, COIL_DIVMOD, coil_int(vm, 0))), "ZeroDivisionError");
    RAISES(coil_is_error(coil_operate_unary(vm, COIL_INVERT, text)), "TypeError");
    RAISES(coil_is_error(coil_format(vm, one, "q")), "ValueError");
    RAISES(coil_hash(vm, list, &integer) == COIL_RAISED, "TypeError");
    RAISES(coil_is_instance(vm, one, one) == -1, "TypeError");
    RAISES(coil_is_error(coil_call(vm, one, NULL, 0)), "TypeError");
    RAISES(coil_is_error(coil_call_method(vm, one, "nowhere", NULL, 0)), "AttributeError");
    RAISES(coil_is_error(coil_run_in(vm, one, "1", 1, "<test>", COIL_EVAL)), "TypeError");
    RAISES(coil_is_error(coil_execute(vm, one, coil_namespace(vm, "n"))), "TypeError");
    RAISES(coil_is_error(coil_compile(vm, "1 +", 3, "<test>", COIL_EVAL)), "SyntaxError");
    RAISES(coil_is_error(coil_load_unit(vm, "no unit", 7, "<test>")), "ImportError");
    RAISES(coil_is_error(coil_import(vm, "no_such_module")), "ModuleNotFoundError");
    RAISES(coil_is_error(coil_get_global(vm, "nowhere")), "NameError");
    RAISES(coil_is_error(coil_raise_value(vm, one)), "TypeError");
    RAISES(coil_is_error(coil_exception_class(vm, "Own", one)), "TypeError");
    instance_data(vm, &pair_class, &pair);
    RAISES(coil_data(vm, one, &pair_class) == NULL, "TypeError");
    RAISES(coil_is_error(coil_get_slot(vm, pair, 2)), "IndexError");
    RAISES(coil_set_slot(vm, pair, -1, one) == COIL_RAISED, "IndexError");
    RAISES(coil_is_error(coil_start(vm, one, NULL, NULL)), "TypeError");
    RAISES(coil_run_until(vm, one, 0, &out) == COIL_RAISED, "TypeError");
    RAISES(coil_is_error(coil_str(vm, "\xff", 1)), "UnicodeDecodeError");
    RAISES(coil_run_file(vm, "nowhere.py") == COIL_RAISED, "FileNotFoundError");
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    for (Pending pending = NOTHING; pending <= VALUE_ERROR; pending++) {
        size_t scope = coil_scope_open(vm);
        attributes_and_items(vm, pending);
        reading_and_operators(vm, pending);
        calls_programs_and_classes(vm, pending);
        coil_scope_close(vm, scope);
    }
    wrong_kinds(vm);
    // After all that, the VM works.
    CHECK(host_run(vm, "assert sum(range(4)) == 6") == COIL_OK);
    coil_close(vm);
    CHECK(host.bytes == 0);
    puts("errors: ok");
    return 0;
}
