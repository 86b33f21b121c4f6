// Characters: properties, case, normal forms and names, at the corners where simple tables go wrong.
#include "base/unicode.h"
#include "base/unicode_names.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(kinds) {
    ck_assert(unicode_is_alpha('a') && unicode_is_alpha(0xE9) && unicode_is_alpha(0x4E00));
    ck_assert(!unicode_is_alpha('1') && !unicode_is_alpha('_') && !unicode_is_alpha(0x660));
    ck_assert(unicode_is_decimal(0x660) && !unicode_is_decimal(0xB2));
    ck_assert(unicode_is_digit(0xB2) && !unicode_is_digit(0xBD));
    ck_assert(unicode_is_numeric(0xBD) && unicode_is_numeric(0x4E00) && !unicode_is_numeric('x'));
    ck_assert(unicode_is_space(' ') && unicode_is_space(0x1C) && unicode_is_space(0x85) && unicode_is_space(0x3000));
    ck_assert(!unicode_is_space(0x200B) && !unicode_is_space(0x08) && !unicode_is_space(0x0E));
    ck_assert(unicode_is_linebreak('\n') && unicode_is_linebreak(0x2028) && !unicode_is_linebreak(0x1F));
    ck_assert(unicode_is_printable(' ') && !unicode_is_printable(0xA0) && !unicode_is_printable(0xAD));
    ck_assert(!unicode_is_printable(0xD800) && !unicode_is_printable(0x10FFFF) && unicode_is_printable(0x1F600));
    ck_assert(unicode_is_upper(0x2160) && unicode_is_lower(0xAA) && unicode_is_title(0x1C5));
    ck_assert(unicode_is_xid_start(0x2118) && unicode_is_xid_continue(0xB7) && !unicode_is_xid_start(0xB7));
    ck_assert_str_eq(unicode_category(0xD800), "Cs");
    ck_assert_str_eq(unicode_category(0x378), "Cn");
    ck_assert_str_eq(unicode_bidirectional(0x5D0), "R");
    ck_assert_int_eq(unicode_combining(0x301), 230);
    ck_assert(unicode_is_mirrored('('));
}
END_TEST

START_TEST(values) {
    double value;
    ck_assert_int_eq(unicode_decimal_value('7'), 7);
    ck_assert_int_eq(unicode_decimal_value(0x1D7FF), 9);
    ck_assert_int_eq(unicode_decimal_value(0xB2), -1);
    ck_assert_int_eq(unicode_digit_value(0xB2), 2);
    ck_assert(unicode_numeric_value(0xBD, &value) && value == 0.5);
    ck_assert(unicode_numeric_value(0x4E94, &value) && value == 5);
    ck_assert(unicode_numeric_value(0x16B61, &value) && value == 1e12);
    ck_assert(!unicode_numeric_value('x', &value));
}
END_TEST

static void assert_case(size_t (*map)(uint32_t, uint32_t *), uint32_t from, const uint32_t *to, size_t count) {
    uint32_t out[UNICODE_CASE_MAX];
    ck_assert_uint_eq(map(from, out), count);
    ck_assert_mem_eq(out, to, count * sizeof *to);
}

#define CASE(map, from, ...)                                                                                         \
    assert_case(map, from, (const uint32_t[]){__VA_ARGS__}, sizeof(uint32_t[]){__VA_ARGS__} / sizeof(uint32_t))

START_TEST(cases) {
    CASE(unicode_to_upper, 'a', 'A');
    CASE(unicode_to_upper, 0xDF, 'S', 'S');
    CASE(unicode_to_title, 0xDF, 'S', 's');
    CASE(unicode_to_upper, 0x390, 0x399, 0x308, 0x301);
    CASE(unicode_to_lower, 0x130, 'i', 0x307);
    CASE(unicode_to_lower, 0x3A3, 0x3C3);
    CASE(unicode_to_title, 0x1C4, 0x1C5);
    CASE(unicode_fold_case, 0xDF, 's', 's');
    CASE(unicode_fold_case, 0x3C2, 0x3C3);
    CASE(unicode_fold_case, 0x13A0, 0x13A0);
    CASE(unicode_fold_case, 'Q', 'q');
}
END_TEST

START_TEST(normal_forms) {
    uint32_t out[8];
    uint32_t e_acute[] = {0xE9}, marks[] = {'a', 0x301, 0x323}, ligature[] = {0xFB01}, hangul[] = {0xAC01};
    ck_assert_uint_eq(unicode_decompose(e_acute, 1, false, out, 8), 2);
    ck_assert_uint_eq(unicode_compose(out, 2), 1);
    ck_assert_uint_eq(out[0], 0xE9);
    ck_assert_uint_eq(unicode_decompose(marks, 3, false, out, 8), 3);
    ck_assert_uint_eq(out[1], 0x323);
    ck_assert_uint_eq(unicode_decompose(ligature, 1, false, out, 8), 1);
    ck_assert_uint_eq(unicode_decompose(ligature, 1, true, out, 8), 2);
    ck_assert_uint_eq(unicode_decompose(hangul, 1, false, out, 2), 3);
    ck_assert_uint_eq(unicode_decompose(hangul, 1, false, out, 8), 3);
    ck_assert_uint_eq(unicode_compose(out, 3), 1);
    ck_assert_uint_eq(out[0], 0xAC01);
}
END_TEST

START_TEST(names_both_ways) {
    static const struct {
        uint32_t code_point;
        const char *name;
    } rows[] = {
        {'A', "LATIN CAPITAL LETTER A"},
        {0x1F600, "GRINNING FACE"},
        {0xAC01, "HANGUL SYLLABLE GAG"},
        {0x4E00, "CJK UNIFIED IDEOGRAPH-4E00"},
        {0xF900, "CJK COMPATIBILITY IDEOGRAPH-F900"},
        {0xFD0, "TIBETAN MARK BSKA- SHOG GI MGO RGYAN"},
        {0xD800, NULL},
        {0x0A, NULL},
    };
    if (!unicode_names_are_known()) return;
    UnicodeNames names;
    names.block = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[UNICODE_NAME_MAX];
        size_t length = unicode_name_of(rows[i].code_point, name, &names);
        if (rows[i].name == NULL) {
            ck_assert_uint_eq(length, 0);
            continue;
        }
        ck_assert_str_eq(name, rows[i].name);
        uint32_t found;
        ck_assert(unicode_name_find(name, length, &found));
        ck_assert_uint_eq(found, rows[i].code_point);
    }
    uint32_t found, named = 0;
    for (uint32_t c = 0; c < 0x110000; c += c < 0x3400 ? 7 : 101) {
        char name[UNICODE_NAME_MAX];
        size_t length = unicode_name_of(c, name, &names);
        if (length == 0) continue;
        ck_assert(unicode_name_find(name, length, &found));
        ck_assert_uint_eq(found, c);
        named++;
    }
    ck_assert_uint_gt(named, 2500);
    ck_assert(unicode_name_find("latin small letter a", 20, &found) && found == 'a');
    ck_assert(unicode_name_find("LF", 2, &found) && found == '\n');
    ck_assert(unicode_name_find("NO-BREAK SPACE", 14, &found) && found == 0xA0);
    ck_assert(!unicode_name_find("LATIN SMALL LETTER", 18, &found));
    ck_assert(!unicode_name_find("CJK UNIFIED IDEOGRAPH-0041", 26, &found));
    ck_assert(!unicode_name_find("", 0, &found));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("unicode");
    TCase *tests = tcase_create("unicode");
    tcase_add_test(tests, kinds);
    tcase_add_test(tests, values);
    tcase_add_test(tests, cases);
    tcase_add_test(tests, normal_forms);
    tcase_add_test(tests, names_both_ways);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
