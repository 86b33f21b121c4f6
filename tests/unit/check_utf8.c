// UTF-8: every code point there and back, every kind of fault, counting.
#include "base/charmap.h"
#include "base/utf8.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(every_code_point_round_trips) {
    for (uint32_t code_point = 0; code_point < 0x110000; code_point++) {
        char bytes[4];
        uint32_t back;
        size_t size = utf8_encode(code_point, bytes), position, faulty;
        ck_assert_uint_eq(size, utf8_size(code_point));
        ck_assert_uint_eq(size, utf8_sequence_size((uint8_t)bytes[0]));
        ck_assert_uint_eq(utf8_decode(bytes, &back), size);
        ck_assert_uint_eq(back, code_point);
        bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
        ck_assert_int_eq(utf8_check(bytes, size, &position, &faulty) == UTF8_OK, !is_surrogate);
        ck_assert_int_eq(utf8_has_surrogate(bytes, size), is_surrogate);
    }
}
END_TEST

// Positions, sizes and words as bytes.decode() reports them.
START_TEST(faults) {
    static const struct {
        const char *text;
        size_t length, position, size;
        Utf8Fault fault;
    } rows[] = {
        {"abc", 3, 0, 0, UTF8_OK},
        {"", 0, 0, 0, UTF8_OK},
        {"a\xFF", 2, 1, 1, UTF8_INVALID_START},
        {"\x80", 1, 0, 1, UTF8_INVALID_START},
        {"\xC0\x80", 2, 0, 1, UTF8_INVALID_START},
        {"\xF5\x80\x80\x80", 4, 0, 1, UTF8_INVALID_START},
        {"ab\xC3", 3, 2, 1, UTF8_TRUNCATED},
        {"\xE2\x82", 2, 0, 2, UTF8_TRUNCATED},
        {"\xF0\x9F\x98", 3, 0, 3, UTF8_TRUNCATED},
        {"\xC3(", 2, 0, 1, UTF8_INVALID_CONTINUATION},
        {"\xE2\x82(", 3, 0, 2, UTF8_INVALID_CONTINUATION},
        {"\xED\xA0\x80", 3, 0, 1, UTF8_INVALID_CONTINUATION},
        {"\xE0\x80\x80", 3, 0, 1, UTF8_INVALID_CONTINUATION},
        {"\xF4\x90\x80\x80", 4, 0, 1, UTF8_INVALID_CONTINUATION},
        {"0123456789012345678901234567890123456789\xFF", 41, 40, 1, UTF8_INVALID_START},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t position = 0, size = 0;
        ck_assert_int_eq(utf8_check(rows[i].text, rows[i].length, &position, &size), rows[i].fault);
        if (rows[i].fault == UTF8_OK) continue;
        ck_assert_uint_eq(position, rows[i].position);
        ck_assert_uint_eq(size, rows[i].size);
    }
    ck_assert_str_eq(utf8_fault_text(UTF8_TRUNCATED), "unexpected end of data");
}
END_TEST

START_TEST(counting_and_offsets) {
    const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z0123456789\xC3\xA9";
    size_t length = strlen(text);
    ck_assert_uint_eq(utf8_count(text, length), 16);
    ck_assert_uint_eq(utf8_offset(text, length, 0), 0);
    ck_assert_uint_eq(utf8_offset(text, length, 2), 3);
    ck_assert_uint_eq(utf8_offset(text, length, 4), 10);
    ck_assert_uint_eq(utf8_offset(text, length, 99), length);
    ck_assert_uint_eq(utf8_ascii_prefix(text, length), 1);
    ck_assert(utf8_is_ascii("0123456789012345678901234567890123456789", 40));
    ck_assert_ptr_eq(utf8_previous(text + 10), text + 6);
}
END_TEST

START_TEST(charmaps) {
    const Charmap *western = charmap_find("Windows-1252", 12);
    ck_assert_ptr_nonnull(western);
    ck_assert_str_eq(western->name, "cp1252");
    ck_assert_uint_eq(western->high[0], 0x20AC);
    ck_assert_uint_eq(western->high[1], 0);
    ck_assert_ptr_nonnull(charmap_find("ISO_8859-15", 11));
    ck_assert_ptr_null(charmap_find("nonsense", 8));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("utf8");
    TCase *tests = tcase_create("utf8");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_code_point_round_trips);
    tcase_add_test(tests, faults);
    tcase_add_test(tests, counting_and_offsets);
    tcase_add_test(tests, charmaps);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
