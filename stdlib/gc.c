// gc: the collector as programs see it.
#include "stdlib/modules.h"
#include "vm/errors.h"
#include "vm/heap_internal.h"
#include "vm/ops.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/module.h"

static Value gc_method_collect(VM *vm, const Value *args, int argc) {
    int64_t generation = 2;
    if (arg_given(args, argc, 0) && !value_as_i64(vm, args[0], &generation)) return ERROR;
    if (generation < 0 || generation > 2) return raise_value_error(vm, "invalid generation");
    gc_collect_for_python(vm, gc_method_collect);
    return is_raised(vm) ? ERROR : from_int(0);
}
static Value gc_enable(VM *vm, const Value *args, int argc) { return gc_set_enabled(vm, true), NONE; }
static Value gc_disable(VM *vm, const Value *args, int argc) { return gc_set_enabled(vm, false), NONE; }
static Value gc_isenabled(VM *vm, const Value *args, int argc) { return from_bool(vm->heap->enabled); }
static Value gc_is_tracked(VM *vm, const Value *args, int argc) { return from_bool(is_object(args[0]) && !is_kind(args[0], KIND_STR)); }
static Value gc_get_threshold(VM *vm, const Value *args, int argc) {
    Tuple *tuple = tuple_pack(vm, 3, from_int(700), from_int(10), from_int(10));
    return tuple != NULL ? from_object(tuple) : ERROR;
}
static Value gc_get_count(VM *vm, const Value *args, int argc) {
    Tuple *tuple = tuple_pack(vm, 3, from_int(0), from_int(0), from_int(0));
    return tuple != NULL ? from_object(tuple) : ERROR;
}
static Value gc_ignored(VM *vm, const Value *args, int argc) { return NONE; }

static const NativeDef gc_functions[] = {
    {"collect(generation=2)", gc_method_collect, "Run the garbage collector; generations 0 and 1 are the young objects.", 0},
    {"enable()", gc_enable, "Enable automatic garbage collection.", 0},
    {"disable()", gc_disable, "Disable automatic garbage collection.", 0},
    {"isenabled()", gc_isenabled, "Returns true if automatic garbage collection is enabled.", 0},
    {"is_tracked(obj, /)", gc_is_tracked, "Returns true if the object may refer to others.", 0},
    {"get_threshold()", gc_get_threshold, "CPython's defaults: this collector has thresholds of its own.", 0},
    {"set_threshold(threshold0, threshold1=?, threshold2=?, /)", gc_ignored, "Accepted: this collector has thresholds of its own.", 0},
    {"get_count()", gc_get_count, "Zeros: this collector counts bytes.", 0},
    {"freeze()", gc_ignored, "Accepted.", 0},
    {"unfreeze()", gc_ignored, "Accepted.", 0},
    {0},
};

static bool gc_module_init(VM *vm, Module *module) {
    List *garbage = list_new(vm, 0), *callbacks = list_new(vm, 0);
    return garbage != NULL && callbacks != NULL && module_add(vm, module, "garbage", from_object(garbage)) && module_add(vm, module, "callbacks", from_object(callbacks));
}

const ModuleDef module_gc = {"gc", "This module provides access to the garbage collector.", gc_functions, gc_module_init};
