// Shapes and instances: slots, growth, dict mode, members, changing an object's class.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

#include <check.h>
#include <stdio.h>

static VM *vm;
static VMEntry entry;
static char *stack_base;   // in main()'s frame: the tests' locals lie below it

static void open_vm(void) {
    vm = vm_new(&(VMConfig){.hash_seed = 1});
    ck_assert_ptr_nonnull(vm);
    vm_enter(vm, &entry);
    vm->c_stack_base = stack_base;
}

static void close_vm(void) {
    vm_leave(vm, &entry);
    vm_close(vm);
}

static Str *name(const char *text) { return str_intern_c(vm, text); }

static Str *numbered(int i) {
    char text[20];
    snprintf(text, sizeof text, "x%d", i);
    return name(text);
}

static Class *make_class(const char *class_name, Class *base, const char *const *slots) {
    Dict *namespace = dict_new(vm);
    if (slots != NULL) {
        List *list = list_new(vm, 0);
        for (; *slots != NULL; slots++) ck_assert(list_append(vm, list, from_object(name(*slots))));
        ck_assert(dict_set_str(vm, namespace, vm->names.__slots__, from_object(list)));
    }
    Tuple *bases = tuple_pack(vm, 1, from_object(base));
    Value cls = class_create(vm, vm->types.type, name(class_name), bases, namespace, NULL);
    ck_assert(!is_error(cls));
    return to_class(cls);
}

START_TEST(equal_orders_share_shapes) {
    Class *cls = make_class("A", vm->types.object, NULL);
    Object *a = to_object(instance_new(vm, cls)), *b = to_object(instance_new(vm, cls));
    for (int i = 0; i < 3; i++) ck_assert(instance_set_own(vm, a, numbered(i), from_int(i)) && instance_set_own(vm, b, numbered(i), from_int(-i)));
    ck_assert_ptr_eq(a->shape, b->shape);
    uint32_t slot;
    ck_assert(shape_find(vm, a->shape, numbered(1), &slot));
    ck_assert(value_same(*(Value *)((char *)b + shape_slot_offset(b->shape, slot)), from_int(-1)));
    ck_assert(!shape_find(vm, a->shape, numbered(3), &slot));
}
END_TEST

START_TEST(attributes_in_any_number_are_found) {
    for (int count = 1; count < 400; count = count * 2 + 1) {
        Class *cls = make_class("A", vm->types.object, NULL);
        for (int round = 0; round < 2; round++) {
            Object *object = to_object(instance_new(vm, cls));
            for (int i = 0; i < count; i++) ck_assert(instance_set_own(vm, object, numbered(i), from_int(i)));
            for (int i = 0; i < count; i++) ck_assert(value_same(instance_get_own(vm, object, numbered(i)), from_int(i)));
            ck_assert_int_eq(object->shape->dict_mode, count > SHAPE_SLOTS_MAX);
            if (round == 1 && count <= SHAPE_INLINE_MAX) ck_assert_uint_ge(object->shape->inline_count, (unsigned)count);
        }
    }
}
END_TEST

START_TEST(deleting_leads_to_dict_mode) {
    Class *cls = make_class("A", vm->types.object, NULL);
    Object *object = to_object(instance_new(vm, cls));
    for (int i = 0; i < 10; i++) ck_assert(instance_set_own(vm, object, numbered(i), from_int(i)));
    ck_assert_int_eq(instance_delete_own(vm, object, numbered(4)), 1);
    ck_assert_int_eq(instance_delete_own(vm, object, numbered(4)), 0);
    ck_assert(object->shape->dict_mode);
    ck_assert(is_undefined(instance_get_own(vm, object, numbered(4))));
    ck_assert(value_same(instance_get_own(vm, object, numbered(9)), from_int(9)));
    ck_assert_uint_eq(instance_dict(vm, object)->count, 9);
}
END_TEST

START_TEST(members_stand_beside_attributes) {
    static const char *const slots[] = {"p", "q", NULL};
    Class *base = make_class("Base", vm->types.object, slots), *derived = make_class("Derived", base, NULL);
    Value only_members = instance_new(vm, base), both = instance_new(vm, derived);
    ck_assert(attr_set(vm, both, name("p"), from_int(1)) && attr_set(vm, both, name("other"), from_int(2)));
    ck_assert(attr_set(vm, only_members, name("q"), from_int(3)));
    ck_assert(!attr_set(vm, only_members, name("other"), from_int(4)));
    ck_assert(raised_matches(vm, vm->exc.AttributeError));
    raised_clear(vm);
    ck_assert_uint_eq(instance_dict(vm, to_object(both))->count, 1);
    ck_assert(value_same(attr_get(vm, both, name("p")), from_int(1)));
    ck_assert(value_same(attr_get(vm, both, name("other")), from_int(2)));
    ck_assert(is_undefined(attr_get_optional(vm, both, name("q"))));
}
END_TEST

START_TEST(subclasses_of_every_layout_take_attributes) {
    Class *bases[] = {vm->types.list, vm->types.dict, vm->types.tuple, vm->types.str, vm->types.int_, vm->types.float_, vm->types.bytes,
                      vm->types.set, vm->exc.ValueError};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        Class *cls = make_class("Sub", bases[i], NULL);
        Value object = call0(vm, from_object(cls));
        ck_assert(!is_error(object));
        for (int j = 0; j < 20; j++) ck_assert(attr_set(vm, object, numbered(j), from_object(str_printf(vm, "%d", j))));
        gc_collect(vm, true);
        for (int j = 0; j < 20; j++) {
            char expected[20];
            snprintf(expected, sizeof expected, "%d", j);
            ck_assert(str_equals_c(vm, to_str(attr_get(vm, object, numbered(j))), expected));
        }
    }
}
END_TEST

START_TEST(changing_the_class_keeps_attributes) {
    Class *a = make_class("A", vm->types.object, NULL), *b = make_class("B", vm->types.object, NULL);
    Value object = instance_new(vm, a);
    for (int i = 0; i < 6; i++) ck_assert(attr_set(vm, object, numbered(i), from_int(i)));
    ck_assert(attr_set(vm, object, vm->names.__class__, from_object(b)));
    ck_assert_ptr_eq(class_of(vm, object), b);
    for (int i = 0; i < 6; i++) ck_assert(value_same(attr_get(vm, object, numbered(i)), from_int(i)));
    ck_assert(attr_set(vm, object, name("more"), NONE));
}
END_TEST

START_TEST(dead_shapes_leave_their_parents) {
    Class *cls = make_class("A", vm->types.object, NULL);
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 50; i++) {
            Object *object = to_object(instance_new(vm, cls));
            ck_assert(instance_set_own(vm, object, numbered(round * 50 + i), NONE));
        }
        gc_collect(vm, true);
    }
    Object *object = to_object(instance_new(vm, cls));
    ck_assert(instance_set_own(vm, object, name("last"), TRUE_VALUE));
    ck_assert(is_true_value(instance_get_own(vm, object, name("last"))));
}
END_TEST

int main(void) {
    char base;
    stack_base = &base;
    Suite *suite = suite_create("shape");
    TCase *tests = tcase_create("shape");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, open_vm, close_vm);
    tcase_add_test(tests, equal_orders_share_shapes);
    tcase_add_test(tests, attributes_in_any_number_are_found);
    tcase_add_test(tests, deleting_leads_to_dict_mode);
    tcase_add_test(tests, members_stand_beside_attributes);
    tcase_add_test(tests, subclasses_of_every_layout_take_attributes);
    tcase_add_test(tests, changing_the_class_keeps_attributes);
    tcase_add_test(tests, dead_shapes_leave_their_parents);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
