// The heap and the collector: accounting, limits, failing allocations, what survives and what is finalized.
#include "vm/errors.h"
#include "vm/heap.h"
#include "vm/heap_internal.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"
#include "vm/types/weakref.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

// Counts what is out, and refuses from the `allowed`-th request for memory on; negative: never.
typedef struct Counter { size_t bytes; long allowed; } Counter;

static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Counter *counter = user;
    if (new_size == 0) {
        counter->bytes -= old_size;
        free(block);
        return NULL;
    }
    if (counter->allowed == 0 && new_size > old_size) return NULL;
    if (counter->allowed > 0) counter->allowed--;
    void *result = realloc(block, new_size);
    counter->bytes += new_size - old_size;
    return result;
}

static Counter counter;
static VM *vm;
static VMEntry entry;
static char *stack_base;   // in main()'s frame: the tests' locals lie below it

static void open_vm(void) {
    counter = (Counter){0, -1};
    vm = vm_new(&(VMConfig){.allocator = {counted_resize, &counter}, .hash_seed = 1});
    ck_assert_ptr_nonnull(vm);
    vm_enter(vm, &entry);
    vm->c_stack_base = stack_base;
}

static void close_vm(void) {
    vm_leave(vm, &entry);
    vm_close(vm);
    ck_assert_uint_eq(counter.bytes, 0);
}

// In a frame of its own, so that no copy stays on the stack of the test.
static __attribute__((noinline)) void fill_with_garbage(size_t count) {
    for (size_t i = 0; i < count; i++) ck_assert_ptr_nonnull(tuple_new(vm, 3));
    for (size_t i = 0; i < 50; i++) ck_assert_ptr_nonnull(tuple_new(vm, 1000));
}

START_TEST(objects_are_zeroed_and_aligned) {
    for (size_t size = 16; size < 5000; size += 24) {
        unsigned char *object = object_new(vm, KIND_TUPLE, class_shape(vm, vm->types.tuple), size);
        ck_assert_ptr_nonnull(object);
        ck_assert_uint_eq((uintptr_t)object % 16, 0);
        for (size_t i = sizeof(Object); i < size; i++) ck_assert_uint_eq(object[i], 0);
        ck_assert_uint_ge(heap_object_size((Object *)object), size);
    }
}
END_TEST

START_TEST(garbage_is_given_back) {
    gc_collect(vm, true);
    size_t before = heap_stats(vm).bytes;
    for (int i = 0; i < 5; i++) {
        fill_with_garbage(50000);
        gc_collect(vm, true);
    }
    ck_assert_uint_le(heap_stats(vm).bytes, before + (1 << 20));
}
END_TEST

START_TEST(what_the_stack_names_survives) {
    List *list = list_new(vm, 0);
    for (int i = 0; i < 2000; i++) {
        Str *text = str_printf(vm, "item %d", i);
        ck_assert(list_append(vm, list, from_object(text)));
        if (i % 100 == 0) gc_collect(vm, i % 300 == 0);
    }
    for (int i = 0; i < 2000; i++) {
        char expected[20];
        snprintf(expected, sizeof expected, "item %d", i);
        ck_assert(str_equals_c(vm, to_str(list->items[i]), expected));
    }
}
END_TEST

START_TEST(interior_pointers_count) {
    Tuple *tuple = tuple_new(vm, 1000);
    for (size_t i = 0; i < tuple->count; i++) tuple->items[i] = from_int((int64_t)i);
    Value *inside = &tuple->items[500];
    tuple = NULL;
    fill_with_garbage(1000);
    gc_collect(vm, true);
    fill_with_garbage(1000);
    ck_assert(value_same(*inside, from_int(500)));
    ck_assert_ptr_eq(heap_find_object(vm->heap, (uintptr_t)inside), (Object *)((char *)(inside - 500) - offsetof(Tuple, items)));
}
END_TEST

START_TEST(old_objects_keep_young_ones_by_the_barrier) {
    List *small = list_new(vm, 0), *large = list_new(vm, 0);
    Dict *dict = dict_new(vm);
    for (int i = 0; i < 5000; i++) ck_assert(list_append(vm, large, NONE));
    gc_collect(vm, true);
    gc_collect(vm, false);
    for (int i = 0; i < 3000; i++) {
        Value text = from_object(str_printf(vm, "young %d", i));
        ck_assert(list_append(vm, i % 2 ? small : large, text));
        ck_assert(dict_set(vm, dict, from_int(i), text));
        if (i % 500 == 0) gc_collect(vm, false);
    }
    gc_collect(vm, false);
    fill_with_garbage(20000);
    for (int i = 0; i < 3000; i++) {
        char expected[20];
        snprintf(expected, sizeof expected, "young %d", i);
        ck_assert(str_equals_c(vm, to_str(dict_get(vm, dict, from_int(i))), expected));
    }
    ck_assert(str_equals_c(vm, to_str(large->items[5000 + 100]), "young 200"));
}
END_TEST

START_TEST(deep_structures_need_no_c_stack) {
    Value inner = NONE;
    for (int i = 0; i < 300000; i++) {
        Tuple *outer = tuple_pack(vm, 1, inner);
        ck_assert_ptr_nonnull(outer);
        inner = from_object(outer);
    }
    gc_collect(vm, true);
    int depth = 0;
    for (Value v = inner; is_tuple(v); v = to_tuple(v)->items[0]) depth++;
    ck_assert_int_eq(depth, 300000);
}
END_TEST

START_TEST(marking_goes_on_when_the_mark_stack_cannot_grow) {
    List *list = list_new(vm, 0);
    for (int i = 0; i < 20000; i++) {
        Tuple *pair = tuple_pack(vm, 2, from_object(list_new(vm, 1)), NONE);
        ck_assert(list_append(vm, to_list(pair->items[0]), from_object(str_printf(vm, "%d", i))));
        ck_assert(list_append(vm, list, from_object(pair)));
    }
    object_stack_free(vm, &vm->heap->marks);
    counter.allowed = 0;
    gc_collect(vm, true);
    counter.allowed = -1;
    gc_collect(vm, false);
    for (int i = 0; i < 20000; i += 777) {
        char expected[20];
        snprintf(expected, sizeof expected, "%d", i);
        Value inner = to_list(to_tuple(list->items[i])->items[0])->items[0];
        ck_assert(str_equals_c(vm, to_str(inner), expected));
    }
}
END_TEST

static __attribute__((noinline)) Weakref *weakly_kept(Value *out_kept) {
    Set *set = set_new(vm, false);
    Set *kept = set_new(vm, false);
    *out_kept = from_object(kept);
    Value ref = weakref_new(vm, vm->types.weakref, from_object(set), NONE);
    Value kept_ref = weakref_new(vm, vm->types.weakref, from_object(kept), NONE);
    ck_assert(!is_error(ref) && !is_error(kept_ref));
    ck_assert(value_same(kept_ref, weakref_new(vm, vm->types.weakref, from_object(kept), NONE)));
    return to_weakref(ref);
}

static __attribute__((noinline)) void wipe_stack(void) {
    volatile char space[4096];
    for (size_t i = 0; i < sizeof space; i++) space[i] = 0;
}

START_TEST(weak_references_die_with_their_object) {
    Value kept;
    Weakref *ref = weakly_kept(&kept);
    ck_assert_int_eq(weakref_count(vm, kept), 1);
    wipe_stack();
    gc_collect(vm, true);
    ck_assert(is_none(weakref_target(ref)));
    Weakref *other = weak_table_find(vm, to_object(kept));
    if (other != NULL) ck_assert(value_same(weakref_target(other), kept));
}
END_TEST

START_TEST(buffers_grow_and_shrink) {
    size_t size = 1;
    unsigned char *buffer = buffer_new(vm, size);
    for (int i = 0; i < 60; i++) {
        size_t next = i < 30 ? size * 3 / 2 + 1 : size / 2 + 1;
        for (size_t j = 0; j < size; j++) buffer[j] = (unsigned char)j;
        buffer = buffer_resize(vm, buffer, size, next);
        ck_assert_ptr_nonnull(buffer);
        for (size_t j = 0; j < next; j++) ck_assert_uint_eq(buffer[j], j < size ? (unsigned char)j : 0);
        size = next;
    }
    buffer_free(vm, buffer, size);
}
END_TEST

// In a frame of its own: a compiler may keep the list in a register that the test's own frame saves, which counts as a reference.
static __attribute__((noinline)) void fill_to_the_limit(void) {
    List *list = list_new(vm, 0);
    for (;;) {
        Tuple *tuple = tuple_new(vm, 100);
        if (tuple == NULL || !list_append(vm, list, from_object(tuple))) break;
    }
    ck_assert(raised_matches(vm, vm->exc.MemoryError));
    raised_clear(vm);
}

START_TEST(the_limit_gives_memory_error) {
    heap_set_limit(vm, heap_stats(vm).bytes + (8 << 20));
    ck_assert_ptr_null(buffer_new(vm, 64 << 20));
    ck_assert(raised_matches(vm, vm->exc.MemoryError));
    raised_clear(vm);
    ck_assert(!heap_would_fit(vm, 64 << 20));
    raised_clear(vm);
    fill_to_the_limit();
    wipe_stack();
    gc_collect(vm, true);
    ck_assert_ptr_nonnull(tuple_new(vm, 100));
}
END_TEST

START_TEST(every_failing_allocation_of_a_new_vm_is_clean) {
    for (long allowed = 0;; allowed++) {
        Counter failing = {0, allowed};
        VM *other = vm_new(&(VMConfig){.allocator = {counted_resize, &failing}, .hash_seed = 1});
        bool made = other != NULL;
        if (made) vm_close(other);
        ck_assert_uint_eq(failing.bytes, 0);
        if (made && failing.allowed > 0) break;
    }
}
END_TEST

START_TEST(stress_collects_at_every_allocation) {
    heap_set_stress(vm, 1);
    size_t before = heap_stats(vm).young_collections;
    Dict *dict = dict_new(vm);
    for (int i = 0; i < 200; i++) {
        Str *key = str_printf(vm, "key %d", i);
        ck_assert(dict_set(vm, dict, from_object(key), from_object(tuple_pack(vm, 1, from_object(key)))));
    }
    ck_assert_uint_ge(heap_stats(vm).young_collections, before + 200);
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) ck_assert(value_same(to_tuple(value)->items[0], key));
    heap_set_stress(vm, 0);
}
END_TEST

int main(void) {
    char base;
    stack_base = &base;
    Suite *suite = suite_create("heap");
    TCase *tests = tcase_create("heap");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, open_vm, close_vm);
    tcase_add_test(tests, objects_are_zeroed_and_aligned);
    tcase_add_test(tests, garbage_is_given_back);
    tcase_add_test(tests, what_the_stack_names_survives);
    tcase_add_test(tests, interior_pointers_count);
    tcase_add_test(tests, old_objects_keep_young_ones_by_the_barrier);
    tcase_add_test(tests, deep_structures_need_no_c_stack);
    tcase_add_test(tests, marking_goes_on_when_the_mark_stack_cannot_grow);
    tcase_add_test(tests, weak_references_die_with_their_object);
    tcase_add_test(tests, buffers_grow_and_shrink);
    tcase_add_test(tests, the_limit_gives_memory_error);
    tcase_add_test(tests, every_failing_allocation_of_a_new_vm_is_clean);
    tcase_add_test(tests, stress_collects_at_every_allocation);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
