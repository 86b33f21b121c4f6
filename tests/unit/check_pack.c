// What is built in packed comes out as it went in, and damaged streams are refused or at least stay in their bounds.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scripts/packer.c"

static void check_round_trip(const PackInput *inputs, size_t count) {
    PackOutput packed[4];
    PackCodes codes;
    ck_assert(pack_all(inputs, packed, count, &codes));
    for (size_t i = 0; i < count; i++) {
        uint8_t *again = malloc(inputs[i].size + 1);
        ck_assert(unpack(&codes, packed[i].bytes, packed[i].size, again, inputs[i].size));
        ck_assert(inputs[i].size == 0 || memcmp(again, inputs[i].bytes, inputs[i].size) == 0);
        for (size_t bit = 0; bit < packed[i].size * 8; bit += 149) {
            packed[i].bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            (void)unpack(&codes, packed[i].bytes, packed[i].size, again, inputs[i].size);
            packed[i].bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        free(again);
        free(packed[i].bytes);
    }
}

START_TEST(bytes_survive_packing) {
    static uint8_t noise[6000], steps[5000], zeros[3000];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (uint8_t)((state = state * 1664525u + 1013904223u) >> 24);
    for (size_t i = 0; i < sizeof steps; i++) steps[i] = (uint8_t)(i / 40 + i % 13 * (i % 7));
    check_round_trip((PackInput[]){{noise, sizeof noise}, {steps, sizeof steps}, {zeros, sizeof zeros}, {zeros, 0}}, 4);
    check_round_trip((PackInput[]){{zeros, sizeof zeros}}, 1);
    check_round_trip((PackInput[]){{noise, 1}, {noise, 2}, {steps, 3}}, 3);
}
END_TEST

START_TEST(repetition_takes_little_room) {
    static uint8_t text[4000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (uint8_t)"a module of the library\n"[i % 24];
    PackOutput packed;
    PackCodes codes;
    ck_assert(pack_all(&(PackInput){text, sizeof text}, &packed, 1, &codes));
    ck_assert_uint_lt(packed.size, 40);
    free(packed.bytes);
}
END_TEST

START_TEST(lengths_that_are_no_code_are_refused) {
    PackCodes codes;
    memset(&codes, 1, sizeof codes);
    uint8_t out[4];
    ck_assert(!unpack(&codes, (const uint8_t *)"abcd", 4, out, sizeof out));
    memset(&codes, 0, sizeof codes);
    ck_assert(!unpack(&codes, (const uint8_t *)"abcd", 4, out, sizeof out));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pack");
    TCase *cases = tcase_create("pack");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, bytes_survive_packing);
    tcase_add_test(cases, repetition_takes_little_room);
    tcase_add_test(cases, lengths_that_are_no_code_are_refused);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
