// Weak references and proxies, and the heap's table of them.
//
// The table maps an object to its references, which are linked. The references do not keep the object alive and the table
// keeps nothing alive: after marking, the collector asks for dead ones to be cleared (weak_table_clear_dead).
#include "vm/types/weakref.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/heap_internal.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/container_common.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

// ---- the table: open addressing by address; a removed entry keeps `object` == TOMBSTONE

static Object *const TOMBSTONE = (Object *)8;

static size_t weak_hash(const Object *object, size_t size) { return ((uintptr_t)object >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 16 & (size - 1); }

static WeakEntry *weak_entry(Heap *heap, const Object *object) {
    if (heap->weak_size == 0) return NULL;
    for (size_t i = weak_hash(object, heap->weak_size);; i = (i + 1) & (heap->weak_size - 1)) {
        WeakEntry *entry = &heap->weak_table[i];
        if (entry->object == object) return entry;
        if (entry->object == NULL) return NULL;
    }
}

static void weak_insert(WeakEntry *table, size_t size, WeakEntry entry) {
    size_t i = weak_hash(entry.object, size);
    while (table[i].object != NULL && table[i].object != TOMBSTONE) i = (i + 1) & (size - 1);
    table[i] = entry;
}

static bool weak_reserve(VM *vm) {
    Heap *heap = vm->heap;
    if ((heap->weak_used + 1) * 4 <= heap->weak_size * 3) return true;
    size_t size = heap->weak_size ? heap->weak_size : 64;
    while ((heap->weak_count + 1) * 2 > size) size *= 2;
    WeakEntry *table = heap_raw_resize(vm, NULL, 0, size * sizeof *table);
    if (table == NULL) {
        raise_no_memory(vm);
        return false;
    }
    memset(table, 0, size * sizeof *table);
    for (size_t i = 0; i < heap->weak_size; i++)
        if (heap->weak_table[i].object > TOMBSTONE) weak_insert(table, size, heap->weak_table[i]);
    if (heap->weak_table != NULL) heap_raw_resize(vm, heap->weak_table, heap->weak_size * sizeof *table, 0);
    heap->weak_table = table;
    heap->weak_size = size;
    heap->weak_used = heap->weak_count;
    return true;
}

Weakref *weak_table_find(VM *vm, Object *object) {
    if (!(object->gc & GC_WEAKREFS)) return NULL;
    WeakEntry *entry = weak_entry(vm->heap, object);
    return entry == NULL ? NULL : entry->refs;
}

bool weak_table_add(VM *vm, Object *object, Weakref *ref) {
    Heap *heap = vm->heap;
    WeakEntry *entry = object->gc & GC_WEAKREFS ? weak_entry(heap, object) : NULL;
    if (entry != NULL) {   // behind the first one, which may be the shared one
        ref->next = entry->refs->next;
        entry->refs->next = ref;
        return true;
    }
    if (!weak_reserve(vm)) return false;
    weak_insert(heap->weak_table, heap->weak_size, (WeakEntry){object, ref});
    heap->weak_used++;
    heap->weak_count++;
    object->gc |= GC_WEAKREFS;
    return true;
}

static void entry_clear_dead(VM *vm, WeakEntry *entry) {
    bool dead = !gc_is_marked(entry->object);
    Weakref **link = &entry->refs;
    for (Weakref *ref; (ref = *link) != NULL;) {
        bool ref_dead = !gc_is_marked(ref);
        if (!dead && !ref_dead) {
            link = &ref->next;
            continue;
        }
        *link = ref->next;
        ref->next = NULL;
        ref->target = NULL;
        if (!ref_dead && !is_none(ref->callback) && !gc_pending_push(vm, PENDING_CALLBACK, &ref->head)) ref->callback = NONE;
    }
    if (entry->refs != NULL) return;
    entry->object->gc &= (uint8_t)~GC_WEAKREFS;
    entry->object = TOMBSTONE;
    vm->heap->weak_count--;
}

void weak_table_clear_dead(VM *vm) {
    Heap *heap = vm->heap;
    for (size_t i = 0; i < heap->weak_size; i++)
        if (heap->weak_table[i].object > TOMBSTONE) entry_clear_dead(vm, &heap->weak_table[i]);
}

// ---- references

void weakref_trace(VM *vm, Object *object) { gc_mark_value(vm, ((Weakref *)object)->callback); }

static bool can_be_referenced(VM *vm, Value v) {
    if (!is_object(v)) return false;
    if (class_of(vm, v)->flags & CLASS_HAS_WEAKREF) return true;
    switch (to_object(v)->kind) {
    case KIND_FUNCTION: case KIND_CLASS: case KIND_METHOD: case KIND_GENERATOR: case KIND_COROUTINE: case KIND_ASYNC_GENERATOR: case KIND_SET:
    case KIND_FROZENSET: case KIND_MODULE: case KIND_CODE: case KIND_NATIVE: case KIND_MEMORYVIEW: return true;
    default: return false;
    }
}

Value weakref_new(VM *vm, Class *cls, Value object, Value callback) {
    if (!can_be_referenced(vm, object)) return raise_type_error(vm, "cannot create weak reference to '%T' object", object);
    bool exact = cls == vm->types.weakref || cls == vm->types.weakproxy;
    if (is_none(callback) && exact)
        for (Weakref *ref = weak_table_find(vm, to_object(object)); ref != NULL; ref = ref->next)
            if (is_none(ref->callback) && ref->head.shape->cls == cls) return from_object(ref);
    Weakref *ref = object_new_of(vm, cls, sizeof *ref);
    if (ref == NULL) return ERROR;
    ref->callback = callback;
    ref->target = to_object(object);
    if (weak_table_add(vm, to_object(object), ref)) return from_object(ref);
    ref->target = NULL;
    return ERROR;
}

ptrdiff_t weakref_count(VM *vm, Value object) {
    ptrdiff_t count = 0;
    if (is_object(object))
        for (Weakref *ref = weak_table_find(vm, to_object(object)); ref != NULL; ref = ref->next) count++;
    return count;
}

List *weakref_list(VM *vm, Value object) {
    List *list = list_new(vm, 2);
    if (list == NULL || !is_object(object)) return list;
    // A collection while the list grows may unlink references, but not those behind one that this loop holds.
    for (Weakref *ref = weak_table_find(vm, to_object(object)); ref != NULL; ref = ref->next)
        if (!list_append(vm, list, from_object(ref))) return NULL;
    return list;
}

// args: cls, object, callback
static Value ref_create(VM *vm, const Value *args, int argc) {
    if (argc < 2 || is_undefined(args[1])) return raise_type_error(vm, "__new__ expected at least 1 argument, got 0");
    return weakref_new(vm, to_class(args[0]), args[1], arg_or(args, argc, 2, NONE));
}

static Value ref_initialise(VM *vm, const Value *args, int argc) { return NONE; }
static Value ref_call(VM *vm, const Value *args, int argc) { return weakref_target(to_weakref(args[0])); }

static Value ref_equal(VM *vm, const Value *args, int argc) {
    if (!is_weakref(args[1]) || class_is_subclass(class_of(vm, args[1]), vm->types.weakproxy)) return NOT_IMPLEMENTED;
    Weakref *a = to_weakref(args[0]), *b = to_weakref(args[1]);
    if (a->target == NULL || b->target == NULL) return from_bool(a == b);
    int equal = values_equal(vm, from_object(a->target), from_object(b->target));
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value ref_hash(VM *vm, const Value *args, int argc) {
    Weakref *ref = to_weakref(args[0]);
    if (!ref->has_hash) {
        if (ref->target == NULL) return raise_type_error(vm, "weak object has gone away");
        int64_t hash;
        if (!hash_value(vm, from_object(ref->target), &hash)) return ERROR;
        ref->hash = hash;
        ref->has_hash = true;
    }
    return int_from_i64(vm, ref->hash);
}

static Value ref_repr(VM *vm, const Value *args, int argc) {
    Weakref *ref = to_weakref(args[0]);
    const char *what = class_is_subclass(class_of(vm, args[0]), vm->types.weakproxy) ? "weakproxy" : "weakref";
    long long own = (long long)object_id(vm, args[0]);
    if (ref->target == NULL) {
        Str *text = str_printf(vm, "<%s at 0x%llx; dead>", what, own);
        return text == NULL ? ERROR : from_object(text);
    }
    Value target = from_object(ref->target);
    Str *text = str_printf(vm, "<%s at 0x%llx; to '%T' at 0x%llx>", what, own, target, (long long)object_id(vm, target));
    return text == NULL ? ERROR : from_object(text);
}

static Value ref_get_callback(VM *vm, Value self) { return to_weakref(self)->target == NULL ? NONE : to_weakref(self)->callback; }

static const NativeDef ref_methods[] = {
    {"__new__(cls, object, callback=None, /)", ref_create, NULL, NATIVE_NEW},
    {"__init__(self, object, callback=None, /)", ref_initialise, NULL, NATIVE_METHOD},
    {"__call__(self, /)", ref_call, "Call self as a function.", NATIVE_METHOD},
    {"__eq__(self, value, /)", ref_equal, "Return self==value.", NATIVE_METHOD},
    {"__hash__(self, /)", ref_hash, "Return hash(self).", NATIVE_METHOD},
    {"__repr__(self, /)", ref_repr, "Return repr(self).", NATIVE_METHOD},
    {0},
};
static const GetSetDef ref_getsets[] = {{"__callback__", ref_get_callback, readonly_member, NULL}, {0}};

// ---- proxies: every special method goes to the object

static Value proxy_target(VM *vm, Value proxy) {
    Weakref *ref = to_weakref(proxy);
    if (ref->target != NULL) return from_object(ref->target);
    return raise_error(vm, vm->exc.ReferenceError, "weakly-referenced object no longer exists");
}

static Value proxy_unwrap(VM *vm, Value v) {
    return is_weakref(v) && class_is_subclass(class_of(vm, v), vm->types.weakproxy) ? proxy_target(vm, v) : v;
}

static Value proxy_getattribute(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    Str *name = is_str(args[1]) ? str_intern(vm, to_str(args[1])) : NULL;
    return is_error(target) || name == NULL ? ERROR : attr_get(vm, target, name);
}

static Value proxy_setattr(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    Str *name = is_str(args[1]) ? str_intern(vm, to_str(args[1])) : NULL;
    return is_error(target) || name == NULL || !attr_set(vm, target, name, args[2]) ? ERROR : NONE;
}

static Value proxy_delattr(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    Str *name = is_str(args[1]) ? str_intern(vm, to_str(args[1])) : NULL;
    return is_error(target) || name == NULL || !attr_delete(vm, target, name) ? ERROR : NONE;
}

static Value proxy_str(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    Str *text = is_error(target) ? NULL : value_str(vm, target);
    return text == NULL ? ERROR : from_object(text);
}

static Value proxy_bool(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    int truth = is_error(target) ? -1 : value_is_true(vm, target);
    return truth < 0 ? ERROR : from_bool(truth);
}

// args: self, keywords, extra positional ones
static Value proxy_call(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    Tuple *positional = is_error(target) ? NULL : tuple_from_values(vm, args + 2, argc > 2 ? (size_t)argc - 2 : 0);
    return positional == NULL ? ERROR : call_ex(vm, target, from_object(positional), argc > 1 ? args[1] : UNDEFINED);
}

static Value proxy_len(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    ptrdiff_t length = is_error(target) ? -1 : value_length(vm, target);
    return length < 0 ? ERROR : from_int(length);
}

static Value proxy_contains(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    int result = is_error(target) ? -1 : value_contains(vm, target, args[1]);
    return result < 0 ? ERROR : from_bool(result);
}

static Value proxy_getitem(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    return is_error(target) ? ERROR : item_get(vm, target, args[1]);
}

static Value proxy_setitem(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    return is_error(target) || !item_set(vm, target, args[1], args[2]) ? ERROR : NONE;
}

static Value proxy_delitem(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    return is_error(target) || !item_delete(vm, target, args[1]) ? ERROR : NONE;
}

static Value proxy_iter(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    return is_error(target) ? ERROR : iter_get(vm, target);
}

static Value proxy_next(VM *vm, const Value *args, int argc) {
    Value target = proxy_target(vm, args[0]);
    if (is_error(target)) return ERROR;
    if (is_undefined(class_special(vm, class_of(vm, target), SPECIAL_NEXT)))
        return raise_type_error(vm, "Weakref proxy referenced a non-iterator '%T' object", target);
    return iter_next_value(vm, target);
}

static Value proxy_compare(VM *vm, CompareOp op, const Value *args) {
    Value a = proxy_unwrap(vm, args[0]), b = is_error(a) ? ERROR : proxy_unwrap(vm, args[1]);
    return is_error(b) ? ERROR : compare_values(vm, op, a, b);
}

static Value proxy_binary(VM *vm, BinaryOp op, Value left, Value right) {
    Value a = proxy_unwrap(vm, left), b = is_error(a) ? ERROR : proxy_unwrap(vm, right);
    return is_error(b) ? ERROR : binary_op(vm, op, a, b, false);
}

#define PROXY_COMPARE(name, op) static Value proxy_##name(VM *vm, const Value *args, int argc) { return proxy_compare(vm, op, args); }
PROXY_COMPARE(lt, COMPARE_LT) PROXY_COMPARE(le, COMPARE_LE) PROXY_COMPARE(eq, COMPARE_EQ)
PROXY_COMPARE(ne, COMPARE_NE) PROXY_COMPARE(gt, COMPARE_GT) PROXY_COMPARE(ge, COMPARE_GE)

#define PROXY_OPERATORS(ROW) \
    ROW(add, BINARY_ADD) ROW(sub, BINARY_SUB) ROW(mul, BINARY_MUL) ROW(truediv, BINARY_TRUEDIV) ROW(floordiv, BINARY_FLOORDIV) \
    ROW(mod, BINARY_MOD) ROW(pow, BINARY_POW) ROW(matmul, BINARY_MATMUL) ROW(lshift, BINARY_LSHIFT) ROW(rshift, BINARY_RSHIFT) \
    ROW(and, BINARY_AND) ROW(or, BINARY_OR) ROW(xor, BINARY_XOR)
#define PROXY_BINARY(name, op) \
    static Value proxy_##name(VM *vm, const Value *args, int argc) { return proxy_binary(vm, op, args[0], args[1]); } \
    static Value proxy_r##name(VM *vm, const Value *args, int argc) { return proxy_binary(vm, op, args[1], args[0]); }
PROXY_OPERATORS(PROXY_BINARY)

#define OPERATOR_ROW(name, op) \
    {"__" #name "__(self, value, /)", proxy_##name, NULL, NATIVE_METHOD}, {"__r" #name "__(self, value, /)", proxy_r##name, NULL, NATIVE_METHOD},
#define COMPARE_ROW(name) {"__" #name "__(self, value, /)", proxy_##name, NULL, NATIVE_METHOD}

static const NativeDef proxy_methods[] = {
    {"__new__(cls, object, callback=None, /)", ref_create, NULL, NATIVE_NEW},
    {"__getattribute__(self, name, /)", proxy_getattribute, NULL, NATIVE_METHOD},
    {"__setattr__(self, name, value, /)", proxy_setattr, NULL, NATIVE_METHOD},
    {"__delattr__(self, name, /)", proxy_delattr, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", ref_repr, NULL, NATIVE_METHOD},
    {"__str__(self, /)", proxy_str, NULL, NATIVE_METHOD},
    {"__bool__(self, /)", proxy_bool, NULL, NATIVE_METHOD},
    {"__call__(self, /, *args, **kwargs)", proxy_call, NULL, NATIVE_METHOD},
    {"__len__(self, /)", proxy_len, NULL, NATIVE_METHOD},
    {"__contains__(self, key, /)", proxy_contains, NULL, NATIVE_METHOD},
    {"__getitem__(self, key, /)", proxy_getitem, NULL, NATIVE_METHOD},
    {"__setitem__(self, key, value, /)", proxy_setitem, NULL, NATIVE_METHOD},
    {"__delitem__(self, key, /)", proxy_delitem, NULL, NATIVE_METHOD},
    {"__iter__(self, /)", proxy_iter, NULL, NATIVE_METHOD},
    {"__next__(self, /)", proxy_next, "Implement next(self).", NATIVE_METHOD},
    COMPARE_ROW(lt), COMPARE_ROW(le), COMPARE_ROW(eq), COMPARE_ROW(ne), COMPARE_ROW(gt), COMPARE_ROW(ge),
    PROXY_OPERATORS(OPERATOR_ROW)
    {0},
};

bool weakref_init(VM *vm) {
    Str *module = str_intern_c(vm, "weakref");
    if (module == NULL) return false;
    vm->types.weakref->module_name = vm->types.weakproxy->module_name = from_object(module);
    return type_define(vm, &(TypeDef){.where = &vm->types.weakref, .instance_size = sizeof(Weakref), .methods = ref_methods,
                                      .getsets = ref_getsets, .flags = CLASS_BASETYPE}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.weakproxy, .instance_size = sizeof(Weakref), .methods = proxy_methods});
}
