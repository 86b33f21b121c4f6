// The arena: zeroed blocks, growth, limits, and leaving when memory runs out.
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

#include <check.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf out_of_memory;

static void leave(void *user) {
    (void)user;
    longjmp(out_of_memory, 1);
}

// A hook that counts what is out, and refuses when `allowed` calls were made.
typedef struct Counter {
    size_t bytes;
    long allowed;
} Counter;

static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Counter *counter = user;
    if (new_size == 0) {
        counter->bytes -= old_size;
        free(block);
        return NULL;
    }
    if (counter->allowed-- <= 0) return NULL;
    counter->bytes += new_size - old_size;
    return realloc(block, new_size);
}

START_TEST(blocks_are_zeroed_and_aligned) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    static const char zeros[5000];
    for (size_t size = 0; size < 5000; size += 7) {
        char *block = arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % 8, 0);
        ck_assert(memcmp(block, zeros, size) == 0);
        memset(block, 0xAA, size);
    }
    arena_free(&arena);
    ck_assert_uint_eq(arena.used_bytes, 0);
}
END_TEST

START_TEST(everything_is_given_back) {
    Counter counter = {.allowed = 1000};
    Allocator allocator = {counted_resize, &counter};
    Arena arena;
    arena_init(&arena, &allocator, SIZE_MAX);
    for (int i = 0; i < 200; i++) arena_alloc(&arena, (size_t)i * 1000);
    ck_assert_uint_eq(counter.bytes, arena.used_bytes);
    arena_free(&arena);
    ck_assert_uint_eq(counter.bytes, 0);
}
END_TEST

START_TEST(limit_and_failure_leave) {
    Counter counter = {.allowed = 3};
    Allocator allocator = {counted_resize, &counter};
    for (volatile int round = 0; round < 3; round++) {
        Arena arena;
        arena_init(&arena, &allocator, round == 0 ? 100000 : SIZE_MAX);
        arena.out_of_memory = leave;
        volatile int blocks = 0;
        if (setjmp(out_of_memory) == 0) {
            for (; blocks < 1000000; blocks++) arena_alloc(&arena, round == 2 ? SIZE_MAX - 3 : 1000);
            ck_abort_msg("no failure");
        }
        ck_assert_int_lt(blocks, 1000000);
        arena_free(&arena);
        ck_assert_uint_eq(counter.bytes, 0);
        counter.allowed = 3;
    }
}
END_TEST

START_TEST(array_products_are_checked) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    arena.out_of_memory = leave;
    if (setjmp(out_of_memory) == 0) {
        arena_alloc_array(&arena, SIZE_MAX / 2, 3);
        ck_abort_msg("the product wrapped around");
    }
    arena_free(&arena);
}
END_TEST

START_TEST(vectors_grow) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    ArenaVec(int) numbers = {0};
    ArenaVec(short) others = {0};
    for (int i = 0; i < 100000; i++) {
        arena_push(&arena, &numbers, i);
        if (i % 3 == 0) arena_push(&arena, &others, (short)i);
    }
    for (int i = 0; i < 100000; i++) ck_assert(numbers.items[i] == i);
    for (int i = 0; i < 33333; i++) ck_assert(others.items[i] == (short)(i * 3));
    arena_free(&arena);
}
END_TEST

START_TEST(texts) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    ck_assert_str_eq(arena_strndup(&arena, "abcdef", 3), "abc");
    ck_assert_str_eq(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
    arena_free(&arena);
}
END_TEST

START_TEST(buffers) {
    Buf buf = buf_of(&allocator_of_libc);
    for (int i = 0; i < 1000; i++) buf_printf(&buf, "%d,", i);
    buf_code_point(&buf, 0x20AC);
    buf_repeat(&buf, '-', 3);
    ck_assert(!buf.failed);
    ck_assert_str_eq(buf.data + buf.length - 10, "999,\xE2\x82\xAC---");
    buf_free(&buf);
    Counter counter = {.allowed = 1};
    Allocator allocator = {counted_resize, &counter};
    Buf small = buf_of(&allocator);
    for (int i = 0; i < 100; i++) buf_text(&small, "0123456789");
    ck_assert(small.failed);
    buf_free(&small);
    ck_assert_uint_eq(counter.bytes, 0);
}
END_TEST

// SipHash-1-3 of the bytes 0, 1, 2, ... under the key 00 01 ... 0F.
START_TEST(hashes_are_siphash) {
    static const struct {
        size_t length;
        uint64_t hash;
    } vectors[] = {{0, 0xabac0158050fc4dc}, {1, 0xc9f49bf37d57ca93}, {8, 0x369095118d299a8e}, {15, 0xd320d86d2a519956},
                   {63, 0x9d199062b7bbb3a8}};
    HashKey key = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
    uint8_t bytes[64];
    for (size_t i = 0; i < 64; i++) bytes[i] = (uint8_t)i;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        ck_assert_uint_eq(hash_bytes(bytes, vectors[i].length, key), vectors[i].hash);
    }
}
END_TEST

START_TEST(hashes_differ_by_key_and_text) {
    HashKey key = {1, 2}, other = {1, 3};
    uint8_t bytes[64];
    uint64_t seen[64];
    for (size_t i = 0; i < 64; i++) {
        bytes[i] = (uint8_t)i;
        seen[i] = hash_bytes(bytes, i, key);
        ck_assert_uint_eq(seen[i], hash_bytes(bytes, i, key));
        ck_assert_uint_ne(seen[i], hash_bytes(bytes, i, other));
        for (size_t j = 0; j < i; j++) ck_assert_uint_ne(seen[i], seen[j]);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, blocks_are_zeroed_and_aligned);
    tcase_add_test(tests, everything_is_given_back);
    tcase_add_test(tests, limit_and_failure_leave);
    tcase_add_test(tests, array_products_are_checked);
    tcase_add_test(tests, vectors_grow);
    tcase_add_test(tests, texts);
    tcase_add_test(tests, buffers);
    tcase_add_test(tests, hashes_are_siphash);
    tcase_add_test(tests, hashes_differ_by_key_and_text);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
