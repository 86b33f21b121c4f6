// The attribute protocol: object.name from C and for object.__getattribute__.
//
// Types that look attributes up in their own way (classes, modules, super, bound methods) are known by kind, so that their
// __getattribute__ is called as a method only from Python or when a subclass replaces it. Looking up without raising is the
// basic form: most failing lookups (getattr with a default, hasattr, __getattr__) never need an exception.
#include "vm/ops.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/shape.h"
#include "vm/types/class.h"
#include "vm/types/class_internal.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/exception.h"
#include "vm/types/function.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/super.h"

Value raise_attribute_error(VM *vm, Value object, Str *name, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str *message = format_message(vm, format, args);
    va_end(args);
    if (message == NULL) return ERROR;
    Value text = from_object(message);
    raise_with_args(vm, vm->exc.AttributeError, 1, &text);
    if (!is_exception(vm->raised) || class_of(vm, vm->raised) != vm->exc.AttributeError) return ERROR;
    Exception *exception = to_exception(vm->raised);
    exception->fields[ATTRIBUTE_NAME] = from_object(name);
    exception->fields[ATTRIBUTE_OBJ] = object;
    gc_write_barrier(vm, exception);
    return ERROR;
}

// ---- own attributes

Value instance_get_own(VM *vm, Object *object, Str *name) {
    Shape *shape = object->shape;
    if (shape->slots_offset != 0 && object->kind != KIND_MODULE) {
        if (shape->dict_mode) {
            Dict *dict = *object_more(object, shape);
            return dict == NULL ? UNDEFINED : dict_get_str(vm, dict, name);
        }
        uint32_t slot;
        return shape_find(vm, shape, name, &slot) ? *object_slot(object, shape, slot) : UNDEFINED;
    }
    switch (object->kind) {
    case KIND_MODULE: return dict_get_str(vm, ((Module *)object)->dict, name);
    case KIND_CLASS: return dict_get_str(vm, ((Class *)object)->dict, name);
    case KIND_FUNCTION:
        return is_dict(((Function *)object)->attributes) ? dict_get_str(vm, to_dict(((Function *)object)->attributes), name) : UNDEFINED;
    default: return UNDEFINED;
    }
}

static bool has_own_attributes(const Object *object) {
    return object->kind == KIND_MODULE || object->kind == KIND_FUNCTION || object->kind == KIND_CLASS ||
           (object->shape->slots_offset != 0 && object->shape->cls->flags & CLASS_HAS_DICT);
}

static Dict *function_dict(VM *vm, Function *function) {
    if (is_dict(function->attributes)) return to_dict(function->attributes);
    Dict *dict = dict_new(vm);
    if (dict == NULL) return NULL;
    function->attributes = from_object(dict);
    gc_write_barrier(vm, function);
    return dict;
}

bool instance_set_own(VM *vm, Object *object, Str *name, Value value) {
    if (object->kind == KIND_MODULE) return dict_set_str(vm, ((Module *)object)->dict, name, value);
    if (object->kind == KIND_CLASS) return class_dict_set(vm, (Class *)object, name, value);
    if (object->kind == KIND_FUNCTION) {
        Dict *dict = function_dict(vm, (Function *)object);
        return dict != NULL && dict_set_str(vm, dict, name, value);
    }
    Shape *shape = object->shape;
    if (!shape->dict_mode) {
        uint32_t slot;
        if (shape_find(vm, shape, name, &slot)) {
            *object_slot(object, shape, slot) = value;
            gc_write_barrier(vm, object);
            return true;
        }
        Shape *next = shape_add(vm, shape, name);
        if (next != NULL) return object_add_slot(vm, object, next, value);
        if (is_raised(vm)) return false;
    }
    Dict *dict = object_to_dict_mode(vm, object);
    return dict != NULL && dict_set_str(vm, dict, name, value);
}

int instance_delete_own(VM *vm, Object *object, Str *name) {
    switch (object->kind) {
    case KIND_MODULE: return dict_delete(vm, ((Module *)object)->dict, from_object(name));
    case KIND_FUNCTION:
        return is_dict(((Function *)object)->attributes) ? dict_delete(vm, to_dict(((Function *)object)->attributes), from_object(name)) : 0;
    case KIND_CLASS:
        if (dict_find_str(vm, ((Class *)object)->dict, name) == NULL) return 0;
        return class_dict_set(vm, (Class *)object, name, UNDEFINED) ? 1 : -1;
    }
    if (is_undefined(instance_get_own(vm, object, name))) return 0;
    Dict *dict = object_to_dict_mode(vm, object);
    return dict == NULL ? -1 : dict_delete(vm, dict, from_object(name));
}

Dict *instance_dict(VM *vm, Object *object) {
    if (object->kind == KIND_MODULE) return ((Module *)object)->dict;
    if (object->kind == KIND_FUNCTION) return function_dict(vm, (Function *)object);
    if (has_own_attributes(object) && object->kind != KIND_CLASS) return object_to_dict_mode(vm, object);
    raise_attribute_error(vm, from_object(object), vm->names.__dict__, "'%T' object has no attribute '__dict__'", from_object(object));
    return NULL;
}

// ---- binding

// attribute.__get__(object, cls), asked of the attribute's class.
static Value bind_by_protocol(VM *vm, Value attribute, Value object, Class *cls) {
    Class *attribute_class = class_of(vm, attribute);
    if (is_undefined(class_special(vm, attribute_class, SPECIAL_GET))) return attribute;
    Value args[2] = {is_undefined(object) ? NONE : object, from_object(cls)};
    Value result = call_special(vm, attribute, SPECIAL_GET, args, 2);
    return is_undefined(result) ? attribute : result;
}

enum { CLASS_METHODS_DEEP = 1000 };

static Value bind_classmethod(VM *vm, Value function, Class *cls) {
    // One may wrap another, or itself: then it never comes to a function.
    for (int depth = 0; is_kind(function, KIND_CLASSMETHOD) && !(to_object(function)->shape->cls->flags & CLASS_HEAP); depth++) {
        if (depth == CLASS_METHODS_DEEP) return raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded");
        function = ((StaticMethod *)to_object(function))->function;
    }
    if (is_function(function)) return method_new(vm, function, from_object(cls));
    if (is_object(function) && !is_undefined(class_special(vm, class_of(vm, function), SPECIAL_GET)))
        return bind_descriptor(vm, function, from_object(cls), cls);
    return method_new(vm, function, from_object(cls));
}

static Value bind_native(VM *vm, Value attribute, Value object, Class *cls) {
    Native *native = to_native(attribute);
    if (native->owner == NULL || native->def == NULL) return attribute;
    if (native->def->role == NATIVE_METHOD) return is_undefined(object) ? attribute : method_new(vm, attribute, object);
    if (native->def->role == NATIVE_CLASS_METHOD) return method_new(vm, attribute, from_object(cls));
    return attribute;
}

Value bind_descriptor(VM *vm, Value attribute, Value object, Class *cls) {
    if (!is_object(attribute)) return attribute;
    Object *descriptor = to_object(attribute);
    // A Python subclass of property and the like may have its own __get__.
    if (UNLIKELY(descriptor->shape->cls->flags & CLASS_HEAP)) return bind_by_protocol(vm, attribute, object, cls);
    switch (descriptor->kind) {
    case KIND_FUNCTION: return is_undefined(object) ? attribute : method_new(vm, attribute, object);
    case KIND_NATIVE: return bind_native(vm, attribute, object, cls);
    case KIND_STATICMETHOD: return ((StaticMethod *)descriptor)->function;
    case KIND_CLASSMETHOD: return bind_classmethod(vm, ((StaticMethod *)descriptor)->function, cls);
    case KIND_PROPERTY: return is_undefined(object) ? attribute : property_get(vm, (Property *)descriptor, object);
    case KIND_DESCRIPTOR: return is_undefined(object) ? attribute : descriptor_get(vm, (Descriptor *)descriptor, object);
    case KIND_STR: case KIND_LIST: case KIND_TUPLE: case KIND_DICT: case KIND_FLOAT: case KIND_BIGINT: case KIND_SET:
    case KIND_METHOD: case KIND_MODULE: return attribute;
    }
    return bind_by_protocol(vm, attribute, object, cls);
}

int descriptor_set_any(VM *vm, Value attribute, Value object, Value value) {
    if (!is_object(attribute)) return 0;
    Object *descriptor = to_object(attribute);
    Class *cls = descriptor->shape->cls;
    if (LIKELY(!(cls->flags & CLASS_HEAP))) {
        switch (descriptor->kind) {
        case KIND_PROPERTY: return property_set(vm, (Property *)descriptor, object, value) ? 1 : -1;
        case KIND_DESCRIPTOR: return descriptor_set(vm, (Descriptor *)descriptor, object, value) ? 1 : -1;
        case KIND_FUNCTION: case KIND_NATIVE: case KIND_STATICMETHOD: case KIND_CLASSMETHOD: case KIND_STR: case KIND_TUPLE: case KIND_LIST:
        case KIND_DICT: return 0;
        }
    }
    bool has_set = !is_undefined(class_special(vm, cls, SPECIAL_SET)), has_delete = !is_undefined(class_special(vm, cls, SPECIAL_DELETE));
    if (!has_set && !has_delete) return 0;
    bool deleting = is_undefined(value);
    if (deleting ? !has_delete : !has_set) {
        raise_error(vm, vm->exc.AttributeError, deleting ? "__delete__" : "__set__");
        return -1;
    }
    Value args[2] = {object, value};
    Value result = deleting ? call_special(vm, attribute, SPECIAL_DELETE, args, 1) : call_special(vm, attribute, SPECIAL_SET, args, 2);
    return is_error(result) ? -1 : 1;
}

// Does the attribute of a class take precedence over the instance's own when it is read? One without __get__ does not.
static bool is_data_descriptor(VM *vm, Value attribute) {
    if (!is_object(attribute)) return false;
    Object *descriptor = to_object(attribute);
    Class *cls = descriptor->shape->cls;
    if (LIKELY(!(cls->flags & CLASS_HEAP))) {
        switch (descriptor->kind) {
        case KIND_PROPERTY: case KIND_DESCRIPTOR: return true;
        case KIND_FUNCTION: case KIND_NATIVE: case KIND_STATICMETHOD: case KIND_CLASSMETHOD: case KIND_STR: case KIND_TUPLE: case KIND_LIST:
        case KIND_DICT: case KIND_BIGINT: case KIND_FLOAT: return false;
        }
    }
    if (is_undefined(class_special(vm, cls, SPECIAL_GET))) return false;
    return !is_undefined(class_special(vm, cls, SPECIAL_SET)) || !is_undefined(class_special(vm, cls, SPECIAL_DELETE));
}

// ---- getting

// What object.__getattribute__ does; UNDEFINED instead of AttributeError.
static Value generic_get(VM *vm, Value object, Class *cls, Str *name) {
    Value found = class_lookup(vm, cls, name);
    if (!is_undefined(found) && is_data_descriptor(vm, found)) return bind_descriptor(vm, found, object, cls);
    if (is_object(object)) {
        Value own = instance_get_own(vm, to_object(object), name);
        if (!is_undefined(own)) return own;
    }
    return is_undefined(found) ? UNDEFINED : bind_descriptor(vm, found, object, cls);
}

static Value module_get(VM *vm, Value object, Class *cls, Str *name) {
    Value found = generic_get(vm, object, cls, name);
    if (!is_undefined(found)) return found;
    Value fallback = dict_get_str(vm, to_module(object)->dict, vm->names.__getattr__);
    return is_undefined(fallback) ? UNDEFINED : call1(vm, fallback, from_object(name));
}

static Value method_get(VM *vm, Value object, Class *cls, Str *name) {
    Value found = generic_get(vm, object, cls, name);
    return is_undefined(found) ? attr_get_optional(vm, ((Method *)to_object(object))->function, name) : found;
}

// By the class's __getattribute__, whoever's that is. UNDEFINED where that is known without raising.
static Value custom_get(VM *vm, Value object, Class *cls, Str *name) {
    Value function = class_special(vm, cls, SPECIAL_GETATTRIBUTE);
    if (is_native(function) && is_object(object)) {
        Class *owner = to_native(function)->owner;
        if (owner == vm->types.object) return generic_get(vm, object, cls, name);
        if (owner == vm->types.type) return class_get_attr_optional(vm, to_class(object), name);
        if (owner == vm->types.module) return module_get(vm, object, cls, name);
        if (owner == vm->types.super) return super_get(vm, (Super *)to_object(object), name);
        if (owner == vm->types.method) return method_get(vm, object, cls, name);
    }
    Value argument = from_object(name);
    return call_special(vm, object, SPECIAL_GETATTRIBUTE, &argument, 1);
}

// UNDEFINED or AttributeError: the attribute is not there.
static Value attr_find(VM *vm, Value object, Class *cls, Str *name) {
    if (is_kind(object, KIND_MODULE) && !(cls->flags & CLASS_HEAP)) return module_get(vm, object, cls, name);
    if (LIKELY(!(cls->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR)))) return generic_get(vm, object, cls, name);
    Value found = cls->flags & CLASS_CUSTOM_GETATTRIBUTE ? custom_get(vm, object, cls, name) : generic_get(vm, object, cls, name);
    if (!(cls->flags & CLASS_HAS_GETATTR)) return found;
    if (is_error(found)) {
        if (!raised_matches(vm, vm->exc.AttributeError)) return ERROR;
        raised_clear(vm);
    } else if (!is_undefined(found)) {
        return found;
    }
    Value argument = from_object(name);
    return call_special(vm, object, SPECIAL_GETATTR, &argument, 1);
}

Value attr_get_before_hook(VM *vm, Value object, Str *name) {
    Value found = generic_get(vm, object, class_of(vm, object), name);
    if (!is_error(found) || !raised_matches(vm, vm->exc.AttributeError)) return found;
    raised_clear(vm);
    return UNDEFINED;
}

static bool module_is_initializing(VM *vm, Module *module) {
    Value spec = dict_get_str(vm, module->dict, vm->names.__spec__);
    if (is_undefined(spec) || is_none(spec)) return false;
    Str *name = str_intern_c(vm, "_initializing");
    Value flag = name == NULL ? ERROR : attr_get_optional(vm, spec, name);
    if (is_error(flag)) raised_clear(vm);
    return is_true_value(flag);
}

static Value raise_missing(VM *vm, Value object, Str *name) {
    // A bound method has the attributes of its function.
    if (is_kind(object, KIND_METHOD) && is_function(((Method *)to_object(object))->function)) object = ((Method *)to_object(object))->function;
    if (is_class(object)) return raise_attribute_error(vm, object, name, "type object '%C' has no attribute '%S'", to_class(object), name);
    if (is_module(object)) {
        Module *module = to_module(object);
        Value module_name = dict_get_str(vm, module->dict, vm->names.__name__);
        if (!is_str(module_name)) return raise_attribute_error(vm, object, name, "module has no attribute '%S'", name);
        if (module_is_initializing(vm, module))
            return raise_attribute_error(vm, object, name,
                                         "partially initialized module '%V' has no attribute '%S' (most likely due to a circular import)",
                                         module_name, name);
        return raise_attribute_error(vm, object, name, "module '%V' has no attribute '%S'", module_name, name);
    }
    return raise_attribute_error(vm, object, name, "'%T' object has no attribute '%S'", object, name);
}

// An AttributeError that somebody's getter or __getattr__ raised without saying of what: suggestions need it.
void attr_note_missing(VM *vm, Value object, Str *name) {
    if (!is_exception(vm->raised) || !raised_matches(vm, vm->exc.AttributeError)) return;
    Exception *exception = to_exception(vm->raised);
    if (!is_undefined(exception->fields[ATTRIBUTE_NAME]) || !is_undefined(exception->fields[ATTRIBUTE_OBJ])) return;
    exception->fields[ATTRIBUTE_NAME] = from_object(name);
    exception->fields[ATTRIBUTE_OBJ] = object;
    gc_write_barrier(vm, exception);
}

Value attr_get(VM *vm, Value object, Str *name) {
    Value found = attr_find(vm, object, class_of(vm, object), name);
    if (UNLIKELY(is_undefined(found))) return raise_missing(vm, object, name);
    if (UNLIKELY(is_error(found))) attr_note_missing(vm, object, name);
    return found;
}

Value attr_get_optional(VM *vm, Value object, Str *name) {
    Value found = attr_find(vm, object, class_of(vm, object), name);
    if (!is_error(found) || !raised_matches(vm, vm->exc.AttributeError)) return found;
    raised_clear(vm);
    return UNDEFINED;
}

Value attr_get_generic(VM *vm, Value object, Str *name) {
    Class *cls = class_of(vm, object);
    Value found = is_module(object) ? module_get(vm, object, cls, name) : generic_get(vm, object, cls, name);
    return is_undefined(found) ? raise_missing(vm, object, name) : found;
}

int attr_get_method(VM *vm, Value object, Str *name, Value *out) {
    Class *cls = class_of(vm, object);
    if (LIKELY(!(cls->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR)))) {
        Value found = class_lookup(vm, cls, name);
        bool method = is_function(found) || native_binds(found);
        if (method && (!is_object(object) || is_undefined(instance_get_own(vm, to_object(object), name)))) {
            *out = found;
            return 1;
        }
    }
    *out = attr_get(vm, object, name);
    return is_error(*out) ? -1 : 0;
}

// ---- setting and deleting

bool attr_set_generic(VM *vm, Value object, Str *name, Value value) {
    Class *cls = class_of(vm, object);
    Value found = class_lookup(vm, cls, name);
    if (!is_undefined(found)) {
        int set = descriptor_set_any(vm, found, object, value);
        if (set != 0) return set > 0;
    }
    if (is_object(object) && has_own_attributes(to_object(object))) {
        if (!is_undefined(value)) return instance_set_own(vm, to_object(object), name, value);
        int deleted = instance_delete_own(vm, to_object(object), name);
        if (deleted != 0) return deleted > 0;
    } else if (!is_undefined(found)) {
        raise_error(vm, vm->exc.AttributeError, "'%T' object attribute '%S' is read-only", object, name);
        return false;
    }
    // Without name and obj: CPython suggests nothing here.
    raise_error(vm, vm->exc.AttributeError, "'%T' object has no attribute '%S'", object, name);
    return false;
}

// By the class's __setattr__ or __delattr__, whoever's that is.
static bool custom_set(VM *vm, Value object, Class *cls, Str *name, Value value) {
    Special special = is_undefined(value) ? SPECIAL_DELATTR : SPECIAL_SETATTR;
    Value function = class_special(vm, cls, special);
    if (is_native(function)) {
        Class *owner = to_native(function)->owner;
        if (owner == vm->types.object) return attr_set_generic(vm, object, name, value);
        if (owner == vm->types.type && is_class(object)) return class_set_attr(vm, to_class(object), name, value);
    }
    Value args[2] = {from_object(name), value};
    return !is_error(call_special(vm, object, special, args, is_undefined(value) ? 1 : 2));
}

bool attr_set(VM *vm, Value object, Str *name, Value value) {
    Class *cls = class_of(vm, object);
    if (UNLIKELY(cls->flags & CLASS_CUSTOM_SETATTR)) return custom_set(vm, object, cls, name, value);
    return attr_set_generic(vm, object, name, value);
}

bool attr_delete(VM *vm, Value object, Str *name) {
    Class *cls = class_of(vm, object);
    if (UNLIKELY(cls->flags & CLASS_CUSTOM_SETATTR)) return custom_set(vm, object, cls, name, UNDEFINED);
    return attr_set_generic(vm, object, name, UNDEFINED);
}
