// The public API: calls from C into Python.
#include "vm/api_internal.h"

#include "vm/call.h"

enum { ARGUMENTS_ON_STACK = 8 };

// The values behind handles, in `few` or in a tuple when there are more; the handles keep them alive. NULL without memory.
static Value *values_of(VM *vm, Value *few, const CoilValue *handles, size_t count) {
    Value *values = few;
    if (count > ARGUMENTS_ON_STACK) {
        if (count > INT32_MAX / 4) return (void)raise_no_memory(vm), NULL;
        Tuple *tuple = tuple_new(vm, count);
        if (tuple == NULL) return NULL;
        values = tuple->items;
    }
    for (size_t i = 0; i < count; i++) values[i] = value_of(vm, handles[i]);
    return values;
}

// False: an error handle was among them.
static bool handles_are_given(VM *vm, const CoilValue *handles, size_t count, const char *function) {
    for (size_t i = 0; i < count; i++) {
        Value v = value_of(vm, handles[i]);
        if (UNLIKELY(!is_given(v))) return refuse(vm, v, function), false;
    }
    return true;
}

static Value call_with_many(VM *vm, Value function, const CoilValue *args, size_t argc) {
    Value *values = values_of(vm, NULL, args, argc);
    return values == NULL ? ERROR : call_value(vm, function, values, (int)argc);
}

CoilValue coil_call(CoilVM *coil, CoilValue callee, const CoilValue *args, size_t argc) {
    VM *vm = vm_of(coil);
    GIVEN(function, callee, NO_HANDLE);
    Value few[ARGUMENTS_ON_STACK];
    for (size_t i = 0; i < argc; i++) {
        Value v = value_of(vm, args[i]);
        if (UNLIKELY(!is_given(v))) return refuse(vm, v, __func__), NO_HANDLE;
        if (i < ARGUMENTS_ON_STACK) few[i] = v;
    }
    ENTER(vm);
    CoilValue result = handle(vm, LIKELY(argc <= ARGUMENTS_ON_STACK) ? call_value(vm, function, few, (int)argc) : call_with_many(vm, function, args, argc));
    LEAVE_WITH(vm, result);
}

static Value call_named(VM *vm, Value callee, const CoilValue *args, size_t argc, const char *const *names, const CoilValue *values, size_t count) {
    if (argc > INT32_MAX / 4 || count > INT32_MAX / 4) return raise_no_memory(vm);
    Tuple *all = tuple_new(vm, argc + count), *keywords = all == NULL ? NULL : tuple_new(vm, count);
    if (keywords == NULL) return ERROR;
    for (size_t i = 0; i < argc; i++) all->items[i] = value_of(vm, args[i]);
    for (size_t i = 0; i < count; i++) {
        all->items[argc + i] = value_of(vm, values[i]);
        Str *name = str_intern_c(vm, names[i]);
        if (name == NULL) return ERROR;
        keywords->items[i] = from_object(name);
    }
    gc_write_barrier(vm, all);
    gc_write_barrier(vm, keywords);
    Value result = call_with_keywords(vm, callee, all->items, (int)(argc + count), count == 0 ? NULL : keywords);
    __asm__ volatile("" : : "r"(all), "r"(keywords) : "memory");   // alive until here
    return result;
}

CoilValue coil_call_keywords(CoilVM *coil, CoilValue callee, const CoilValue *args, size_t argc, const char *const *names, const CoilValue *values,
                             size_t count) {
    VM *vm = vm_of(coil);
    GIVEN(function, callee, NO_HANDLE);
    if (!handles_are_given(vm, args, argc, __func__) || !handles_are_given(vm, values, count, __func__)) return NO_HANDLE;
    API_VALUE(call_named(vm, function, args, argc, names, values, count));
}

CoilValue coil_call_method(CoilVM *coil, CoilValue object, const char *name, const CoilValue *args, size_t argc) {
    VM *vm = vm_of(coil);
    GIVEN(self, object, NO_HANDLE);
    if (!handles_are_given(vm, args, argc, __func__)) return NO_HANDLE;
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    Value few[ARGUMENTS_ON_STACK], *values = key == NULL ? NULL : values_of(vm, few, args, argc);
    CoilValue result = handle(vm, values == NULL ? ERROR : call_method(vm, self, key, values, (int)argc));
    LEAVE_WITH(vm, result);
}
