// The public API: classes of the host's.
//
// An instance is an object of kind HOST:
//
//     [ header ][ data, data_size bytes ][ slot 0 ][ slot 1 ] ... [ attributes of Python subclasses ]
//
// The class's host_data is its HostClass, which Python subclasses inherit: so it says of every instance where its parts are and what
// frees them. host_class_trace as the class's trace function is how such a class is told from others of that kind.
#include "vm/api_internal.h"

#include "vm/api_function.h"
#include "vm/call.h"
#include "vm/heap_internal.h"
#include "vm/types/descriptor.h"
#include "vm/types/function.h"

enum { DATA_SIZE_MAX = 16000, SLOTS_MAX = 1000 };

typedef struct HostClass {
    const CoilClass *def;
    struct HostClass *base;
    struct HostClass *next;
    Class *cls;
    uint32_t data_size, slot_offset, slot_count;   // slot_offset: from the beginning of the object
} HostClass;

static void *data_of(Object *object) { return object + 1; }
static Value *slots_of(Object *object, const HostClass *host) { return (Value *)(void *)((char *)object + host->slot_offset); }

// ---- the collector's part

static void host_class_trace(VM *vm, Object *object) {
    const HostClass *host = object->shape->cls->host_data;
    const Value *slots = slots_of(object, host);
    for (uint32_t i = 0; i < host->slot_count; i++) gc_mark_value(vm, slots[i]);
}

static void host_class_free(VM *vm, Object *object) {
    for (const HostClass *host = object->shape->cls->host_data; host != NULL; host = host->base)
        if (host->def->finalize != NULL) host->def->finalize(data_of(object), host->def->user);
}

static const HostClass *host_class_of(VM *vm, Value v) {
    if (!is_kind(v, KIND_HOST)) return NULL;
    const Class *cls = to_object(v)->shape->cls;
    return cls->host_trace == host_class_trace ? cls->host_data : NULL;
}

// ---- making the class

// __new__(cls, /, *args, **kwargs). args: class, keywords, extra positional ones
static Value host_new(VM *vm, const Value *args, int argc) {
    Class *cls = to_class(args[0]);
    bool given = argc > 2 || (argc > 1 && !is_undefined(args[1]) && to_dict(args[1])->count != 0);
    if (given && value_same(class_special(vm, cls, SPECIAL_INIT), class_special(vm, vm->types.object, SPECIAL_INIT)))
        return raise_type_error(vm, "%C() takes no arguments", cls);
    return instance_new(vm, cls);
}

static bool method_add(VM *vm, Class *cls, const CoilFunction *row) {
    if ((unsigned)row->kind > COIL_STATIC_METHOD) return raise_value_error(vm, "%C: unknown kind of method: %s", cls, row->signature), false;
    Value method = host_function_new(vm, row, cls, UNDEFINED, false);
    if (is_error(method)) return false;
    Str *name = to_native(method)->name;
    if (row->kind == COIL_STATIC_METHOD) method = staticmethod_new(vm, method);
    return !is_error(method) && dict_set_str(vm, cls->dict, name, method);
}

// A native function "name(self, ...)" for one half of a property.
static Value property_half(VM *vm, Class *cls, const CoilProperty *row, CoilNative function, const char *parameters) {
    if (function == NULL) return NONE;
    Str *signature = str_printf(vm, "%s(%s)", row->name, parameters);
    if (signature == NULL) return ERROR;
    CoilFunction half = {.signature = str_data(vm, signature), .function = function, .doc = row->doc, .user = row->user};
    if (half.signature == NULL) return ERROR;
    Value made = host_function_new(vm, &half, cls, UNDEFINED, true);
    gc_keep(signature);
    return made;
}

static bool property_add(VM *vm, Class *cls, const CoilProperty *row) {
    Value halves[4] = {property_half(vm, cls, row, row->get, "self, /"), NONE, NONE, NONE};
    if (is_error(halves[0])) return false;
    halves[1] = property_half(vm, cls, row, row->set, "self, value, /");
    if (is_error(halves[1])) return false;
    Value property = call_value(vm, from_object(vm->types.property), halves, 4);
    Str *name = is_error(property) ? NULL : str_intern_c(vm, row->name);
    if (name == NULL) return false;
    to_property(property)->name = from_object(name);
    gc_write_barrier(vm, to_object(property));
    return dict_set_str(vm, cls->dict, name, property);
}

static bool members_add(VM *vm, Class *cls, const CoilClass *def) {
    static const NativeDef constructor[] = {{"__new__(cls, /, *args, **kwargs)", host_new, NULL, NATIVE_NEW}, {0}};
    for (const CoilFunction *row = def->methods; row != NULL && row->signature != NULL; row++)
        if (!method_add(vm, cls, row)) return false;
    for (const CoilProperty *row = def->properties; row != NULL && row->name != NULL; row++)
        if (!property_add(vm, cls, row)) return false;
    if (!constants_add(vm, cls->dict, def->constants)) return false;
    // What cannot be hashed in Python, because it says what equals it, cannot be here.
    if (dict_find_str(vm, cls->dict, vm->names.__eq__) != NULL && dict_find_str(vm, cls->dict, vm->names.__hash__) == NULL &&
        !dict_set_str(vm, cls->dict, vm->names.__hash__, NONE))
        return false;
    if (dict_find_str(vm, cls->dict, vm->names.__doc__) == NULL && !dict_set_str(vm, cls->dict, vm->names.__doc__, NONE)) return false;
    return class_add_members(vm, cls, def->flags & COIL_CLASS_NO_NEW ? NULL : constructor, NULL);
}

static bool layout_set(VM *vm, HostClass *host) {
    const CoilClass *def = host->def;
    const HostClass *base = host->base;
    size_t least = base == NULL ? 0 : base->data_size;
    bool fits = def->data_size <= DATA_SIZE_MAX && def->slots >= 0 && def->slots <= SLOTS_MAX;
    if (!fits || (def->data_size < least && def->data_size != 0)) {
        raise_value_error(vm, fits ? "class %s: data_size is less than that of its base" : "class %s: data_size or slots out of range", def->name);
        return false;
    }
    host->data_size = (uint32_t)(def->data_size == 0 ? least : def->data_size);
    host->slot_offset = (uint32_t)((sizeof(Object) + host->data_size + 7) & ~(size_t)7);
    host->slot_count = (uint32_t)def->slots + (base == NULL ? 0 : base->slot_count);
    return true;
}

static Class *class_of_layout(VM *vm, const HostClass *host, const char *module) {
    const CoilClass *def = host->def;
    const char *dot = strrchr(def->name, '.');
    char named[128];
    if (dot != NULL && (size_t)(dot - def->name) < sizeof named) {
        memcpy(named, def->name, (size_t)(dot - def->name));
        named[dot - def->name] = 0;
        module = named;
    }
    Class *base = host->base != NULL ? host->base->cls : vm->types.object;
    Class *cls = class_create_simple(vm, module, dot == NULL ? def->name : dot + 1, base, def->doc);
    if (cls == NULL) return NULL;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)(host->slot_offset + host->slot_count * sizeof(Value));
    cls->inline_slots = 0;
    cls->host_trace = host_class_trace;
    cls->host_free = host_class_free;
    cls->host_data = host;
    cls->flags |= CLASS_HAS_WEAKREF;
    if (def->flags & COIL_CLASS_ATTRIBUTES) cls->flags |= CLASS_HAS_DICT;
    if (def->flags & COIL_CLASS_FINAL) cls->flags &= ~(uint32_t)CLASS_BASETYPE;
    if (def->flags & COIL_CLASS_NO_NEW) cls->flags |= CLASS_DISALLOW_INSTANTIATION;
    return cls;
}

HostClass *host_class_get(VM *vm, const CoilClass *def, const char *module) {
    for (HostClass *host = vm->api->classes; host != NULL; host = host->next)
        if (host->def == def) return host;
    HostClass *base = NULL;
    if (!stack_check(vm) || (def->base != NULL && (base = host_class_get(vm, def->base, module)) == NULL)) return NULL;
    HostClass *host = buffer_new(vm, sizeof *host);
    if (host == NULL) return NULL;
    *host = (HostClass){.def = def, .base = base};
    // The record stays when the class cannot be finished: a half-made class may still refer to it.
    if (!layout_set(vm, host)) return NULL;
    Class *cls = class_of_layout(vm, host, module);
    if (cls == NULL || !members_add(vm, cls, def)) return NULL;
    host->cls = cls;
    gc_make_immortal(vm, cls);
    host->next = vm->api->classes;
    vm->api->classes = host;
    return host;
}

Value host_class_value(HostClass *host) { return host == NULL ? ERROR : from_object(host->cls); }

CoilValue coil_class(CoilVM *coil, const CoilClass *cls) {
    VM *vm = vm_of(coil);
    API_VALUE(host_class_value(host_class_get(vm, cls, "__main__")));
}

// ---- instances

CoilValue coil_instance(CoilVM *coil, const CoilClass *cls, void **out_data) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    HostClass *host = host_class_get(vm, cls, "__main__");
    Value instance = host == NULL ? ERROR : instance_new(vm, host->cls);
    CoilValue result = handle(vm, instance);
    if (!coil_is_error(result) && out_data != NULL) *out_data = data_of(to_object(instance));
    LEAVE_WITH(vm, result);
}

static bool is_a(VM *vm, Value v, const CoilClass *cls) {
    for (const HostClass *host = host_class_of(vm, v); host != NULL; host = host->base)
        if (host->def == cls) return true;
    return false;
}

bool coil_is_a(CoilVM *coil, CoilValue v, const CoilClass *cls) { return is_a(vm_of(coil), value_of(vm_of(coil), v), cls); }

void *coil_data(CoilVM *coil, CoilValue v, const CoilClass *cls) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NULL);
    if (LIKELY(is_a(vm, value, cls))) return data_of(to_object(value));
    ENTER(vm);
    const char *dot = strrchr(cls->name, '.');
    raise_type_error(vm, "expected %s, not %T", dot == NULL ? cls->name : dot + 1, value);
    LEAVE_WITH(vm, NULL);
}

// The slot, or NULL with the exception raised.
static Value *slot_find(VM *vm, Value instance, int slot) {
    const HostClass *host = host_class_of(vm, instance);
    if (host == NULL) return raise_type_error(vm, "expected an instance of a host class, not %T", instance), NULL;
    if (slot < 0 || (uint32_t)slot >= host->slot_count)
        return raise_error(vm, vm->exc.IndexError, "%T has %u slots, and not number %d", instance, host->slot_count, slot), NULL;
    return slots_of(to_object(instance), host) + slot;
}

CoilValue coil_get_slot(CoilVM *coil, CoilValue instance, int slot) {
    VM *vm = vm_of(coil);
    GIVEN(value, instance, NO_HANDLE);
    ENTER(vm);
    const Value *place = slot_find(vm, value, slot);
    CoilValue result = handle(vm, place == NULL ? ERROR : is_undefined(*place) ? NONE : *place);
    LEAVE_WITH(vm, result);
}

CoilStatus coil_set_slot(CoilVM *coil, CoilValue instance, int slot, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, instance, COIL_RAISED);
    GIVEN(content, v, COIL_RAISED);
    ENTER(vm);
    Value *place = slot_find(vm, value, slot);
    if (place != NULL) {
        *place = content;
        gc_write_barrier(vm, to_object(value));
    }
    LEAVE_WITH(vm, status_of(place != NULL));
}

CoilValue coil_not_implemented(CoilVM *coil) { return handle(vm_of(coil), NOT_IMPLEMENTED); }
CoilValue coil_stop(CoilVM *coil) { return handle(vm_of(coil), STOP); }
