// dict: agrees with a plain model through random insertions, deletions and clears, at all widths of the index table.
#include "vm/types/containers.h"
#include "vm/types/str.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static VM *vm;

static void open_vm(void) {
    vm = vm_new(&(VMConfig){.hash_seed = 7});
    ck_assert_ptr_nonnull(vm);
}

static void close_vm(void) { vm_close(vm); }

// A test that is inside the VM: its locals are on the part of the C stack that the collector scans.
#define START_VM_TEST(name)       \
    static void name##_body(void); \
    START_TEST(name) {            \
        VMEntry entry;            \
        vm_enter(vm, &entry);     \
        name##_body();            \
        vm_leave(vm, &entry);     \
    }                             \
    END_TEST                      \
    static void name##_body(void)

static uint32_t random_next(uint32_t *state) { return *state = *state * 1664525u + 1013904223u, *state >> 8; }

typedef enum KeyKind { KEYS_INT, KEYS_SPREAD_INT, KEYS_STR } KeyKind;

static Value key_of(KeyKind kind, uint32_t i) {
    if (kind == KEYS_INT) return from_int(i);
    if (kind == KEYS_SPREAD_INT) return from_int((int64_t)i << 32);
    char text[16];
    snprintf(text, sizeof text, "k%u", i);
    return from_object(str_from_c(vm, text));
}

// What a dict should hold: the value of each key (0: absent), and the keys in order of insertion.
typedef struct Model { uint32_t *values, *order; size_t count; } Model;

static void model_set(Model *model, uint32_t key, uint32_t value) {
    if (model->values[key] == 0) model->order[model->count++] = key;
    model->values[key] = value;
}

static void model_delete(Model *model, uint32_t key) {
    if (model->values[key] == 0) return;
    model->values[key] = 0;
    size_t kept = 0;
    for (size_t i = 0; i < model->count; i++)
        if (model->order[i] != key) model->order[kept++] = model->order[i];
    model->count = kept;
}

static void compare(Dict *dict, const Model *model, KeyKind kind) {
    ck_assert_uint_eq(dict->count, model->count);
    size_t position = 0, i = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) {
        ck_assert_int_eq(values_equal(vm, key, key_of(kind, model->order[i])), 1);
        ck_assert_int_eq(to_int(value), model->values[model->order[i]]);
        i++;
    }
    ck_assert_uint_eq(i, model->count);
}

static void run_model(KeyKind kind, uint32_t keys, uint32_t seed) {
    Dict *dict = dict_new(vm);
    Model model = {calloc(keys, sizeof(uint32_t)), calloc(keys, sizeof(uint32_t)), 0};
    for (uint32_t step = 0; step < keys * 8 + 40; step++) {
        uint32_t i = random_next(&seed) % keys, what = random_next(&seed) % 8;
        Value key = key_of(kind, i);
        if (what < 4) {
            ck_assert(dict_set(vm, dict, key, from_int(step + 1)));
            model_set(&model, i, step + 1);
        } else if (what < 6) {
            ck_assert_int_eq(dict_delete(vm, dict, key), model.values[i] != 0);
            model_delete(&model, i);
        } else {
            Value value = dict_get(vm, dict, key);
            ck_assert_int_eq(is_undefined(value) ? 0 : to_int(value), model.values[i]);
        }
    }
    compare(dict, &model, kind);
    Dict *copy = dict_copy(vm, dict);
    compare(copy, &model, kind);
    ck_assert_int_eq(dict_equal(vm, dict, copy), 1);
    dict_clear(vm, dict);
    ck_assert_uint_eq(dict->count, 0);
    compare(copy, &model, kind);
    free(model.values);
    free(model.order);
}

START_VM_TEST(agrees_with_a_model) {
    static const uint32_t sizes[] = {1, 3, 8, 9, 20, 130, 300};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (KeyKind kind = KEYS_INT; kind <= KEYS_STR; kind++) run_model(kind, sizes[i], (uint32_t)(i * 3 + kind + 1));
}

START_VM_TEST(holds_many_keys) {
    Dict *dict = dict_new(vm);
    for (int64_t i = 0; i < 100000; i++) ck_assert(dict_set(vm, dict, from_int(i * 7), from_int(i)));
    for (int64_t i = 0; i < 100000; i++) ck_assert_int_eq(to_int(dict_get(vm, dict, from_int(i * 7))), i);
    ck_assert(is_undefined(dict_get(vm, dict, from_int(3))));
}

// What caches of globals rely on.
START_VM_TEST(version_follows_the_keys) {
    Dict *dict = dict_new(vm), *other = dict_new(vm);
    ck_assert_uint_ne(dict->keys_version, other->keys_version);
    ck_assert(dict_set(vm, dict, from_int(1), NONE));
    uint64_t version = dict->keys_version;
    ck_assert(dict_set(vm, dict, from_int(1), TRUE_VALUE));
    ck_assert_uint_eq(dict->keys_version, version);
    ck_assert(dict_set(vm, dict, from_int(2), NONE));
    ck_assert_uint_ne(dict->keys_version, version);
    version = dict->keys_version;
    ck_assert_int_eq(dict_delete(vm, dict, from_int(2)), 1);
    ck_assert_uint_ne(dict->keys_version, version);
}

START_VM_TEST(equal_keys_of_different_types_are_one) {
    Dict *dict = dict_new(vm);
    Value one;
    ck_assert(float_inline(1.0, &one));
    ck_assert(dict_set(vm, dict, from_int(1), from_int(10)));
    ck_assert(dict_set(vm, dict, TRUE_VALUE, from_int(20)));
    ck_assert(dict_set(vm, dict, one, from_int(30)));
    ck_assert_uint_eq(dict->count, 1);
    ck_assert_int_eq(to_int(dict_get(vm, dict, from_int(1))), 30);
}

// Taking the oldest key again and again must not look at all the holes in front each time.
START_VM_TEST(first_in_first_out_is_quick) {
    Dict *dict = dict_new(vm);
    for (int64_t i = 0; i < 50000; i++) ck_assert(dict_set(vm, dict, from_int(i), NONE));
    for (int64_t i = 50000; i < 250000; i++) {
        size_t position = 0;
        Value key;
        ck_assert(dict_next(dict, &position, &key, NULL));
        ck_assert_int_eq(to_int(key), i - 50000);
        ck_assert_int_eq(dict_delete(vm, dict, key), 1);
        ck_assert(dict_set(vm, dict, from_int(i), NONE));
    }
}

int main(void) {
    Suite *suite = suite_create("dict");
    TCase *tests = tcase_create("dict");
    tcase_add_checked_fixture(tests, open_vm, close_vm);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, agrees_with_a_model);
    tcase_add_test(tests, holds_many_keys);
    tcase_add_test(tests, version_follows_the_keys);
    tcase_add_test(tests, equal_keys_of_different_types_are_one);
    tcase_add_test(tests, first_in_first_out_is_quick);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
