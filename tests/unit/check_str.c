// str: appending, prepending and slicing agree with a plain array of code points; interning; searches against the obvious ones; formats.
#include "base/utf8.h"
#include "vm/codecs.h"
#include "vm/types/containers.h"
#include "vm/types/format.h"
#include "vm/types/str.h"
#include "vm/types/str_parts.h"

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

static const uint32_t some_code_points[] = {'a', 'b', ' ', 0xE9, 0x20AC, 0xD800, 0x1F600};

static Str *random_text(uint32_t *state, uint32_t *model, size_t count, bool ascii) {
    StrBuilder b = STR_BUILDER(vm);
    for (size_t i = 0; i < count; i++) {
        model[i] = some_code_points[random_next(state) % (ascii ? 3 : 7)];
        str_builder_add_char(&b, model[i]);
    }
    Str *s = str_builder_finish(&b);
    ck_assert_ptr_nonnull(s);
    return s;
}

static void check_same(Str *s, const uint32_t *model, size_t count) {
    ck_assert_uint_eq(s->length, count);
    ck_assert_ptr_nonnull(str_data(vm, s));
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c;
        at += utf8_decode(s->data + at, &c);
        ck_assert_uint_eq(c, model[i]);
    }
    ck_assert_uint_eq(at, s->size);
}

enum { MODEL_MAX = 200000 };

// Both ends grow, older strings stay what they were, and code points are found by their index.
START_VM_TEST(concatenation_agrees_with_a_model) {
    uint32_t *model = malloc(2 * MODEL_MAX * sizeof *model), state = 1;
    for (int round = 0; round < 40; round++) {
        bool ascii = round % 2 == 0;
        size_t start = MODEL_MAX, end = MODEL_MAX, kept_start = 0, kept_end = 0;
        Str *s = vm->empty_str, *kept = NULL;
        for (int step = 0; step < 400; step++) {
            uint32_t piece_model[64];
            size_t count = random_next(&state) % 40;
            Str *piece = random_text(&state, piece_model, count, ascii);
            bool at_end = round % 4 < 2 || random_next(&state) % 3 != 0;
            if (at_end) {
                memcpy(model + end, piece_model, count * sizeof *model);
                end += count;
                s = str_concat(vm, s, piece);
            } else {
                start -= count;
                memcpy(model + start, piece_model, count * sizeof *model);
                s = str_concat(vm, piece, s);
            }
            ck_assert_ptr_nonnull(s);
            if (step % 50 == 20) {
                kept = s;
                kept_start = start;
                kept_end = end;
            }
            if (step % 100 == 99) gc_collect(vm, step % 200 == 199);
        }
        check_same(s, model + start, end - start);
        check_same(kept, model + kept_start, kept_end - kept_start);
        for (int i = 0; i < 200; i++) {
            size_t index = random_next(&state) % s->length, offset = str_byte_offset(vm, s, index);
            ck_assert_uint_eq(str_code_point_at(vm, s, index), model[start + index]);
            ck_assert_uint_eq(str_index_of_byte(vm, s, offset), index);
            size_t to = index + random_next(&state) % 100;
            if (to > s->length) to = s->length;
            check_same(str_slice(vm, s, index, to), model + start + index, to - index);
        }
    }
    free(model);
}

START_VM_TEST(long_appends_are_linear) {
    Str *s = vm->empty_str, *piece = str_from_c(vm, "0123456789");
    for (int i = 0; i < 300000; i++) s = str_concat(vm, s, piece);
    ck_assert_uint_eq(s->size, 3000000);
    ck_assert_int_eq(s->data[2999999], '9');
    s = vm->empty_str;
    for (int i = 0; i < 300000; i++) s = str_concat(vm, piece, s);
    ck_assert_ptr_nonnull(str_data(vm, s));
    ck_assert_int_eq(s->data[1234567], '7');
}

START_VM_TEST(interned_strings_are_one) {
    Str *a = str_intern_c(vm, "a rather long name"), *b = str_intern(vm, str_from_c(vm, "a rather long name"));
    ck_assert_ptr_eq(a, b);
    ck_assert_ptr_eq(str_intern_c(vm, "x"), vm->ascii_strs['x']);
    ck_assert_ptr_eq(str_intern_c(vm, "__init__"), vm->names.__init__);
    for (int i = 0; i < 20000; i++) {
        char text[20];
        snprintf(text, sizeof text, "name%d", i);
        ck_assert_ptr_nonnull(str_intern_c(vm, text));
    }
    gc_collect(vm, true);
    gc_collect(vm, true);
    ck_assert_ptr_eq(str_intern_c(vm, "a rather long name"), a);
    ck_assert_str_eq(str_intern_c(vm, "name77")->data, "name77");
}

static ptrdiff_t find_simply(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size, bool last) {
    ptrdiff_t found = -1;
    for (size_t i = 0; i + part_size <= size && (last || found < 0); i++) {
        if (memcmp(text + i, part, part_size) == 0) found = (ptrdiff_t)i;
    }
    return found;
}

START_VM_TEST(searches_agree_with_simple_ones) {
    uint32_t state = 5;
    uint8_t text[3000], part[600];
    for (int round = 0; round < 3000; round++) {
        size_t size = random_next(&state) % sizeof text,
               part_size = random_next(&state) % (round % 3 == 0 ? 4 : sizeof part);
        for (size_t i = 0; i < size; i++) text[i] = (uint8_t)('a' + (random_next(&state) % 50 == 0));
        for (size_t i = 0; i < part_size; i++) part[i] = (uint8_t)('a' + (random_next(&state) % 200 == 0));
        ck_assert_int_eq(bytes_find(text, size, part, part_size), find_simply(text, size, part, part_size, false));
        ck_assert_int_eq(bytes_rfind(text, size, part, part_size), find_simply(text, size, part, part_size, true));
    }
}

static const char *formatted(Value v, const char *spec) {
    Value text = value_format(vm, v, str_from_c(vm, spec));
    if (is_error(text)) raised_clear(vm);
    return is_error(text) ? "error" : str_intern(vm, to_str(text))->data;
}

START_VM_TEST(formats) {
    static const struct {
        int64_t i;
        const char *spec, *text;
    } ints[] = {
        {1234567, ",",    "1,234,567" },
        {1234,    "010,", "00,001,234"},
        {123,     "05,",  "0,123"     },
        {255,     "#06x", "0x00ff"    },
        {-5,      "+",    "-5"        },
        {5,       " ",    " 5"        },
        {65,      "c",    "A"         },
        {65,      "^5c",  "  A  "     },
        {10,      "b",    "1010"      },
        {3,       ".2f",  "3.00"      },
        {1,       "s",    "error"     },
        {1,       ".3",   "error"     },
    };
    for (size_t i = 0; i < sizeof ints / sizeof ints[0]; i++)
        ck_assert_str_eq(formatted(from_int(ints[i].i), ints[i].spec), ints[i].text);
    static const char *const codecs[] = {"utf-8", "utf-16", "utf-32-be", "unicode_escape", "utf-7"};
    Str *s = str_from_c(vm, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\\+-");
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
        Value bytes = codec_encode(vm, s, codecs[i], NULL);
        ck_assert(!is_error(bytes));
        Value back = codec_decode(vm, bytes, to_bytes(bytes)->data, to_bytes(bytes)->size, codecs[i], NULL);
        ck_assert(!is_error(back) && str_equal(vm, to_str(back), s));
    }
}

int main(void) {
    Suite *suite = suite_create("str");
    TCase *tests = tcase_create("str");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, open_vm, close_vm);
    tcase_add_test(tests, concatenation_agrees_with_a_model);
    tcase_add_test(tests, long_appends_are_linear);
    tcase_add_test(tests, interned_strings_are_one);
    tcase_add_test(tests, searches_agree_with_simple_ones);
    tcase_add_test(tests, formats);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
