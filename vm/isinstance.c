// isinstance() and issubclass(): real inheritance, __instancecheck__ and __subclasscheck__, tuples, unions, and objects that only pretend to
// be classes by having __bases__.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class_internal.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"

static const char *const not_a_class[2] = {
    "isinstance() arg 2 must be a type, a tuple of types, or a union",
    "issubclass() arg 2 must be a class, a tuple of classes, or a union",
};

// The __bases__ of something that is no class: a tuple, UNDEFINED or ERROR.
static Value abstract_bases(VM *vm, Value v) {
    Value bases = attr_get_optional(vm, v, vm->names.__bases__);
    return is_error(bases) || is_tuple(bases) ? bases : UNDEFINED;
}

static int abstract_is_subclass(VM *vm, Value derived, Value cls) {
    for (;;) {
        if (value_same(derived, cls)) return 1;
        Value bases = abstract_bases(vm, derived);
        if (is_error(bases)) return -1;
        if (is_undefined(bases) || to_tuple(bases)->count == 0) return 0;
        if (to_tuple(bases)->count == 1) {
            derived = to_tuple(bases)->items[0];
            if (!vm_charge(vm, 1)) return -1;
            continue;
        }
        if (!stack_check(vm)) return -1;
        for (size_t i = 0; i < to_tuple(bases)->count; i++) {
            int result = abstract_is_subclass(vm, to_tuple(bases)->items[i], cls);
            if (result != 0) return result;
        }
        return 0;
    }
}

// inst.__class__ where the class of inst has its own idea of it; UNDEFINED otherwise.
static Value pretended_class(VM *vm, Value v) {
    Class *cls = class_of(vm, v);
    bool own = cls->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR);
    if (!own && value_same(class_lookup(vm, cls, vm->names.__class__), class_lookup(vm, vm->types.object, vm->names.__class__))) return UNDEFINED;
    return attr_get_optional(vm, v, vm->names.__class__);
}

int value_is_instance_plain(VM *vm, Value v, Value cls) {
    if (is_class(cls)) {
        if (class_is_subclass(class_of(vm, v), to_class(cls))) return 1;
        Value pretended = pretended_class(vm, v);
        if (is_error(pretended)) return -1;
        return is_class(pretended) && class_is_subclass(to_class(pretended), to_class(cls));
    }
    Value bases = abstract_bases(vm, cls);
    if (is_error(bases)) return -1;
    if (is_undefined(bases)) {
        raise_type_error(vm, "%s", not_a_class[0]);
        return -1;
    }
    Value own = attr_get_optional(vm, v, vm->names.__class__);
    if (is_error(own) || is_undefined(own)) return is_error(own) ? -1 : 0;
    return abstract_is_subclass(vm, own, cls);
}

int value_is_subclass_plain(VM *vm, Value derived, Value cls) {
    if (is_class(derived) && is_class(cls)) return class_is_subclass(to_class(derived), to_class(cls));
    Value bases = is_class(derived) ? NONE : abstract_bases(vm, derived);
    if (is_undefined(bases)) raise_type_error(vm, "issubclass() arg 1 must be a class");
    if (is_undefined(bases) || is_error(bases)) return -1;
    bases = is_class(cls) ? NONE : abstract_bases(vm, cls);
    if (is_undefined(bases)) raise_type_error(vm, "%s", not_a_class[1]);
    if (is_undefined(bases) || is_error(bases)) return -1;
    return abstract_is_subclass(vm, derived, cls);
}

static int check(VM *vm, Value v, Value cls, Special special) {
    bool instance = special == SPECIAL_INSTANCECHECK;
    if (is_class(cls)) {
        if (instance && class_of(vm, v) == to_class(cls)) return 1;
        if (to_object(cls)->shape->cls == vm->types.type)
            return instance ? value_is_instance_plain(vm, v, cls) : value_is_subclass_plain(vm, v, cls);
    }
    if (is_tuple(cls)) {
        if (!stack_check(vm)) return -1;
        for (size_t i = 0; i < to_tuple(cls)->count; i++) {
            int result = check(vm, v, to_tuple(cls)->items[i], special);
            if (result != 0) return result;
        }
        return 0;
    }
    Value method = class_special(vm, class_of(vm, cls), special);
    if (is_undefined(method) || is_none(method) || (is_native(method) && to_native(method)->owner == vm->types.type))
        return instance ? value_is_instance_plain(vm, v, cls) : value_is_subclass_plain(vm, v, cls);
    Value result = call_special(vm, cls, special, &v, 1);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

int value_is_instance(VM *vm, Value v, Value class_or_tuple) { return check(vm, v, class_or_tuple, SPECIAL_INSTANCECHECK); }
int value_is_subclass(VM *vm, Value cls, Value class_or_tuple) { return check(vm, cls, class_or_tuple, SPECIAL_SUBCLASSCHECK); }
