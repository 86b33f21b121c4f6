// The built-in functions about objects and classes.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/loop_enter.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static Str *attribute_name(VM *vm, Value v) {
    if (is_str(v)) return str_intern(vm, to_str(v));
    raise_type_error(vm, "attribute name must be string, not '%T'", v);
    return NULL;
}

// The Python function in which access to an attribute begins gets a frame. UNDEFINED: there is none; *out_known is the attribute where the
// search for one has found it.
static __attribute__((noinline)) Value enter_load(VM *vm, const Value *args, Str *name, CallStep last, CallStep first, Value *out_known) {
    AttributeCall call;
    if (!attribute_load_call(vm, args[0], name, &call, out_known)) return UNDEFINED;
    return enter_function(vm, args, call.function, call.args, call.argc, call.then_getattr ? first : last);
}

static __attribute__((noinline)) Value enter_store(VM *vm, const Value *args, Str *name, Value value) {
    AttributeCall call;
    if (!attribute_store_call(vm, args[0], name, value, &call)) return UNDEFINED;
    return enter_function(vm, args, call.function, call.args, call.argc, CALL_NONE);
}

static Value builtin_getattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL) return ERROR;
    Value known = UNDEFINED;
    if (may_enter(args[0])) {
        Value entered = enter_load(vm, args, name, CALL_GETATTR, CALL_GETATTR_FIRST, &known);
        if (!is_undefined(entered)) return entered;
        if (!is_undefined(known)) return known;
    }
    if (!arg_given(args, argc, 2)) return attr_get(vm, args[0], name);
    Value found = attr_get_optional(vm, args[0], name);
    return is_undefined(found) ? args[2] : found;
}

static Value builtin_hasattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL) return ERROR;
    Value known = UNDEFINED;
    if (may_enter(args[0])) {
        Value entered = enter_load(vm, args, name, CALL_HASATTR, CALL_HASATTR_FIRST, &known);
        if (!is_undefined(entered)) return entered;
    }
    Value found = is_undefined(known) ? attr_get_optional(vm, args[0], name) : known;
    return is_error(found) ? ERROR : from_bool(!is_undefined(found));
}

static Value builtin_setattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL) return ERROR;
    if (may_enter(args[0])) {
        Value entered = enter_store(vm, args, name, args[2]);
        if (!is_undefined(entered)) return entered;
    }
    return attr_set(vm, args[0], name, args[2]) ? NONE : ERROR;
}

static Value builtin_delattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL) return ERROR;
    if (may_enter(args[0])) {
        Value entered = enter_store(vm, args, name, UNDEFINED);
        if (!is_undefined(entered)) return entered;
    }
    return attr_delete(vm, args[0], name) ? NONE : ERROR;
}

static Value truth_or_error(int truth) { return truth < 0 ? ERROR : from_bool(truth); }

// The class that is asked has a metaclass in Python, which may have an __instancecheck__ or __subclasscheck__.
static __attribute__((noinline)) Value check_by_method(VM *vm, const Value *args, Special special) {
    bool instance = special == SPECIAL_INSTANCECHECK;
    if (!instance || !value_same(from_object(class_of(vm, args[0])), args[1])) {
        Value method = class_special(vm, class_of(vm, args[1]), special), check_args[2] = {args[1], args[0]};
        Value entered = is_function(method) ? enter_function(vm, args, to_function(method), check_args, 2, CALL_TRUTH) : UNDEFINED;
        if (!is_undefined(entered)) return entered;
    }
    return truth_or_error(instance ? value_is_instance(vm, args[0], args[1]) : value_is_subclass(vm, args[0], args[1]));
}

static Value builtin_isinstance(VM *vm, const Value *args, int argc) {
    return may_enter(args[1]) ? check_by_method(vm, args, SPECIAL_INSTANCECHECK) : truth_or_error(value_is_instance(vm, args[0], args[1]));
}

static Value builtin_issubclass(VM *vm, const Value *args, int argc) {
    return may_enter(args[1]) ? check_by_method(vm, args, SPECIAL_SUBCLASSCHECK) : truth_or_error(value_is_subclass(vm, args[0], args[1]));
}

static Value builtin_callable(VM *vm, const Value *args, int argc) { return from_bool(is_callable(vm, args[0])); }
static Value builtin_id(VM *vm, const Value *args, int argc) { return int_from_i64(vm, object_id(vm, args[0])); }

static Value builtin_hash(VM *vm, const Value *args, int argc) {
    if (may_enter(args[0])) {
        Value entered = enter_special(vm, args, SPECIAL_HASH, UNDEFINED, CALL_HASH);
        if (!is_undefined(entered)) return entered;
    }
    int64_t hash;
    return hash_value(vm, args[0], &hash) ? int_from_i64(vm, hash) : ERROR;
}

static Value local_names(VM *vm) {
    Frame *frame = frame_of_python_caller(vm);
    if (frame == NULL) return raise_error(vm, vm->exc.SystemError, "frame does not exist");
    return frame_locals(vm, frame);
}

static Value builtin_vars(VM *vm, const Value *args, int argc) {
    if (!arg_given(args, argc, 0)) return local_names(vm);
    Value dict = attr_get_optional(vm, args[0], vm->names.__dict__);
    return is_undefined(dict) ? raise_type_error(vm, "vars() argument must have __dict__ attribute") : dict;
}

static Value builtin_dir(VM *vm, const Value *args, int argc) {
    Value names;
    if (arg_given(args, argc, 0)) {
        names = call_special(vm, args[0], SPECIAL_DIR, NULL, 0);
        if (is_undefined(names)) return raise_type_error(vm, "object does not provide __dir__");
    } else {
        names = local_names(vm);
        if (!is_error(names)) names = call_method(vm, names, vm->names.keys, NULL, 0);
    }
    if (is_error(names)) return ERROR;
    List *list = list_from_iterable(vm, names);
    return list != NULL && list_sort(vm, list, NONE, false) ? from_object(list) : ERROR;
}

const NativeDef builtins_objects[] = {
    {"callable(obj, /)", builtin_callable, "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are "
                                           "callable, as are instances of classes with a\n__call__() method.", NATIVE_METHOD},
    {"delattr(obj, name, /)", builtin_delattr, "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to "
                                               "``del x.y``", NATIVE_METHOD},
    {"dir(object=?, /)", builtin_dir, "Without an argument, the names in the current scope; else the attributes of the object.", NATIVE_METHOD},
    {"getattr(object, name, default=?, /)", builtin_getattr, "Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\n"
                                                             "When a default argument is given, it is returned when the attribute doesn't\n"
                                                             "exist; without it, an exception is raised in that case.", NATIVE_METHOD},
    {"hasattr(obj, name, /)", builtin_hasattr, "Return whether the object has an attribute with the given name.", NATIVE_METHOD},
    {"hash(obj, /)", builtin_hash, "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same "
                                   "hash value, but the\nreverse is not necessarily true.", NATIVE_METHOD},
    {"id(obj, /)", builtin_id, "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing "
                               "objects.", NATIVE_METHOD},
    {"isinstance(obj, class_or_tuple, /)", builtin_isinstance, "Return whether an object is an instance of a class or of a subclass "
                                                               "thereof.", NATIVE_METHOD},
    {"issubclass(cls, class_or_tuple, /)", builtin_issubclass, "Return whether 'cls' is derived from another class or is the same class.",
     NATIVE_METHOD},
    {"setattr(obj, name, value, /)", builtin_setattr, "Sets the named attribute on the given object to the specified value.\n\n"
                                                      "setattr(x, 'y', v) is equivalent to ``x.y = v``", NATIVE_METHOD},
    {"vars(object=?, /)", builtin_vars, "Without arguments, equivalent to locals(); with an argument, equivalent to object.__dict__.",
     NATIVE_METHOD},
    {0},
};
