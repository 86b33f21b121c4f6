// object: what every object can do.
#include "vm/types/class_internal.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/weakref.h"

// ---- making

static bool special_is_objects(VM *vm, Class *cls, Special special) {
    Value method = class_special(vm, cls, special);
    return value_same(method, class_special(vm, vm->types.object, special));
}

static Value raise_abstract(VM *vm, Class *cls) {
    Value methods = attr_get(vm, from_object(cls), vm->names.__abstractmethods__);
    List *names = is_error(methods) ? NULL : list_from_iterable(vm, methods);
    if (names == NULL || !list_sort(vm, names, NONE, false)) return ERROR;
    Str *comma = str_from_c(vm, ", ");
    Str *joined = comma == NULL ? NULL : str_join(vm, comma, from_object(names));
    if (joined == NULL) return ERROR;
    return raise_type_error(vm, "Can't instantiate abstract class %C with abstract method%s %S", cls, names->count == 1 ? "" : "s", joined);
}

// object.__new__ would make an object without the native part that its methods count on.
static Value check_safe_new(VM *vm, Class *cls) {
    Class *built_in = cls;
    while (built_in->flags & CLASS_HEAP) built_in = built_in->base;
    if (built_in == vm->types.object) return NONE;
    if (!(built_in->flags & CLASS_DISALLOW_INSTANTIATION) && special_is_objects(vm, built_in, SPECIAL_NEW) && built_in->instance_kind == KIND_INSTANCE)
        return NONE;
    return raise_type_error(vm, "object.__new__(%C) is not safe, use %C.__new__()", cls, built_in);
}

// args: cls, keywords, extra positional ones
static Value object_create(VM *vm, const Value *args, int argc) {
    if (!is_class(args[0])) return raise_type_error(vm, "object.__new__(X): X is not a type object (%T)", args[0]);
    Class *cls = to_class(args[0]);
    if (argc > 2 || (argc > 1 && !is_undefined(args[1]) && to_dict(args[1])->count != 0)) {
        if (!special_is_objects(vm, cls, SPECIAL_NEW))
            return raise_type_error(vm, "object.__new__() takes exactly one argument (the type to instantiate)");
        if (special_is_objects(vm, cls, SPECIAL_INIT)) return raise_type_error(vm, "%C() takes no arguments", cls);
    }
    if (cls->flags & CLASS_ABSTRACT) return raise_abstract(vm, cls);
    if (is_error(check_safe_new(vm, cls))) return ERROR;
    return instance_new(vm, cls);
}

static Value object_initialise(VM *vm, const Value *args, int argc) {
    if (argc <= 2 && (argc < 2 || is_undefined(args[1]) || to_dict(args[1])->count == 0)) return NONE;
    Class *cls = class_of(vm, args[0]);
    if (!special_is_objects(vm, cls, SPECIAL_INIT))
        return raise_type_error(vm, "object.__init__() takes exactly one argument (the instance to initialize)");
    if (special_is_objects(vm, cls, SPECIAL_NEW))
        return raise_type_error(vm, "%C.__init__() takes exactly one argument (the instance to initialize)", cls);
    return NONE;
}

// ---- text, comparison, hash

static Value object_repr(VM *vm, const Value *args, int argc) {
    Str *text = default_repr(vm, args[0]);
    return text == NULL ? ERROR : from_object(text);
}

static Value object_str(VM *vm, const Value *args, int argc) {
    Str *text = value_repr(vm, args[0]);
    return text == NULL ? ERROR : from_object(text);
}

static Value object_format(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__format__() argument must be str, not %A", args[1]);
    if (to_str(args[1])->length != 0) return raise_type_error(vm, "unsupported format string passed to %T.__format__", args[0]);
    Str *text = value_str(vm, args[0]);
    return text == NULL ? ERROR : from_object(text);
}

static Value object_eq(VM *vm, const Value *args, int argc) { return value_same(args[0], args[1]) ? TRUE_VALUE : NOT_IMPLEMENTED; }

// The opposite of __eq__, whoever defines that.
static Value object_ne(VM *vm, const Value *args, int argc) {
    Value equal = call_special(vm, args[0], SPECIAL_EQ, args + 1, 1);
    if (is_undefined(equal) || value_same(equal, NOT_IMPLEMENTED)) return NOT_IMPLEMENTED;
    int truth = is_error(equal) ? -1 : value_is_true(vm, equal);
    return truth < 0 ? ERROR : from_bool(!truth);
}

static Value object_order(VM *vm, const Value *args, int argc) { return NOT_IMPLEMENTED; }
static Value object_hash(VM *vm, const Value *args, int argc) { return int_from_i64(vm, hash_identity(vm, args[0])); }

// ---- attributes

static Str *attribute_name(VM *vm, Value v) {
    if (is_str(v)) return str_intern(vm, to_str(v));
    raise_type_error(vm, "attribute name must be string, not '%T'", v);
    return NULL;
}

static Value object_getattribute(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    return name == NULL ? ERROR : attr_get_generic(vm, args[0], name);
}

// object.__setattr__(cls, ...) must not get round the checks of type.__setattr__.
static bool set_is_allowed(VM *vm, Value self, const char *method) {
    if (!is_class(self)) return true;
    raise_type_error(vm, "can't apply this %s to %C object", method, class_of(vm, self));
    return false;
}

static Value object_setattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL || !set_is_allowed(vm, args[0], "__setattr__")) return ERROR;
    return attr_set_generic(vm, args[0], name, args[2]) ? NONE : ERROR;
}

static Value object_delattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL || !set_is_allowed(vm, args[0], "__delattr__")) return ERROR;
    return attr_set_generic(vm, args[0], name, UNDEFINED) ? NONE : ERROR;
}

Value object_get_dict(VM *vm, Value self) {
    if (!is_object(self)) return raise_attribute_error(vm, self, vm->names.__dict__, "'%T' object has no attribute '__dict__'", self);
    Dict *dict = instance_dict(vm, to_object(self));
    return dict == NULL ? ERROR : from_object(dict);
}

Value object_assign_dict(VM *vm, Value self, Value value) {
    if (!is_object(self) || to_object(self)->shape->slots_offset == 0)
        return raise_attribute_error(vm, self, vm->names.__dict__, "attribute '__dict__' of '%T' objects is not writable", self);
    if (is_undefined(value)) {
        Dict *fresh = dict_new(vm);
        if (fresh == NULL) return ERROR;
        value = from_object(fresh);
    }
    if (!is_dict(value)) return raise_type_error(vm, "__dict__ must be set to a dictionary, not a '%T'", value);
    return object_set_dict(vm, to_object(self), to_dict(value)) ? NONE : ERROR;
}

Value object_get_weakref(VM *vm, Value self) {
    List *list = weakref_list(vm, self);
    if (list == NULL) return ERROR;
    return list->count ? list->items[0] : NONE;
}

static Value object_get_class(VM *vm, Value self) { return from_object(class_of(vm, self)); }

static Value object_set_class(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_type_error(vm, "can't delete __class__ attribute");
    if (!is_class(value)) return raise_type_error(vm, "__class__ must be set to a class, not '%T' object", value);
    Class *from = class_of(vm, self), *to = to_class(value);
    bool modules = class_is_subclass(from, vm->types.module) && class_is_subclass(to, vm->types.module);
    if (!modules && (!(from->flags & CLASS_HEAP) || !(to->flags & CLASS_HEAP)))
        return raise_type_error(vm, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    if (from == to) return NONE;
    if (!modules && !class_layouts_fit(from, to))
        return raise_type_error(vm, "__class__ assignment: '%C' object layout differs from '%C'", to, from);
    if (to->flags & CLASS_HAS_DEL) gc_track_finalizer(vm, to_object(self));
    return object_change_class(vm, to_object(self), to) ? NONE : ERROR;
}

// Keys of the instance's dict and the names of its class.
static Value object_dir(VM *vm, const Value *args, int argc) {
    Dict *names = dict_new(vm);
    if (names == NULL) return ERROR;
    Value own = attr_get_optional(vm, args[0], vm->names.__dict__);
    if (is_error(own) || (is_dict(own) && !dict_update(vm, names, own))) return ERROR;
    Value cls = attr_get_optional(vm, args[0], vm->names.__class__);
    if (is_error(cls) || (is_class(cls) && !class_collect_names(vm, to_class(cls), names))) return ERROR;
    List *list = list_from_iterable(vm, from_object(names));
    return list == NULL ? ERROR : from_object(list);
}

// ---- copying and pickling

// Values of __slots__ members, by name.
static bool collect_members(VM *vm, Value self, Dict *members) {
    Tuple *mro = class_of(vm, self)->mro;
    for (size_t i = 0; mro != NULL && i < mro->count; i++) {
        Class *cls = to_class(mro->items[i]);
        if (!is_tuple(cls->slot_names)) continue;
        Tuple *names = to_tuple(cls->slot_names);
        for (size_t j = 0; j < names->count; j++) {
            Value value = attr_get_optional(vm, self, to_str(names->items[j]));
            if (is_error(value) || (!is_undefined(value) && !dict_set(vm, members, names->items[j], value))) return false;
        }
    }
    return true;
}

static Value object_getstate(VM *vm, const Value *args, int argc) {
    Value self = args[0], state = NONE;
    if (is_object(self) && class_of(vm, self)->flags & CLASS_HAS_DICT) {
        Value own = attr_get_optional(vm, self, vm->names.__dict__);
        if (is_error(own)) return ERROR;
        if (is_dict(own) && to_dict(own)->count != 0) {
            Dict *copy = dict_copy(vm, to_dict(own));
            if (copy == NULL) return ERROR;
            state = from_object(copy);
        }
    }
    if (class_of(vm, self)->member_count == 0) return state;
    Dict *members = dict_new(vm);
    if (members == NULL || !collect_members(vm, self, members)) return ERROR;
    if (members->count == 0) return state;
    Tuple *pair = tuple_pack(vm, 2, state, from_object(members));
    return pair == NULL ? ERROR : from_object(pair);
}

static Value copyreg_function(VM *vm, const char *name) {
    Str *module_name = str_intern_c(vm, "copyreg"), *function = str_intern_c(vm, name);
    if (module_name == NULL || function == NULL) return ERROR;
    Value module = import_module(vm, module_name, NULL, NONE, 0);
    return is_error(module) ? ERROR : attr_get(vm, module, function);
}

// The arguments for cls.__new__, those by keyword in *out_keywords (or NULL).
static Value new_arguments(VM *vm, Value self, Dict **out_keywords) {
    *out_keywords = NULL;
    Str *with_keywords = str_intern_c(vm, "__getnewargs_ex__");
    if (with_keywords == NULL) return ERROR;
    if (!is_undefined(class_lookup(vm, class_of(vm, self), with_keywords))) {
        Value both = call_method(vm, self, with_keywords, NULL, 0);
        if (is_error(both)) return ERROR;
        if (!is_tuple(both)) return raise_type_error(vm, "__getnewargs_ex__ should return a tuple, not '%T'", both);
        Tuple *pair = to_tuple(both);
        if (pair->count != 2) return raise_value_error(vm, "__getnewargs_ex__ should return a tuple of length 2, not %zu", pair->count);
        if (!is_tuple(pair->items[0]))
            return raise_type_error(vm, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'", pair->items[0]);
        if (!is_dict(pair->items[1]))
            return raise_type_error(vm, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'", pair->items[1]);
        if (to_dict(pair->items[1])->count != 0) *out_keywords = to_dict(pair->items[1]);
        return pair->items[0];
    }
    Value function = class_lookup(vm, class_of(vm, self), vm->names.__getnewargs__);
    if (is_undefined(function)) {
        Class *cls = class_of(vm, self);
        if (cls->instance_kind == KIND_INSTANCE || cls->instance_kind == KIND_LIST || cls->instance_kind == KIND_DICT || cls->instance_kind == KIND_EXCEPTION)
            return from_object(vm->empty_tuple);
        return raise_type_error(vm, "cannot pickle '%C' object", cls);
    }
    Value args = call_method(vm, self, vm->names.__getnewargs__, NULL, 0);
    if (!is_error(args) && !is_tuple(args)) return raise_type_error(vm, "__getnewargs__ should return a tuple, not '%T'", args);
    return args;
}

static Value object_reduce_new(VM *vm, Value self) {
    Dict *keywords;
    Value args = new_arguments(vm, self, &keywords);
    Value function = is_error(args) ? ERROR : copyreg_function(vm, keywords == NULL ? "__newobj__" : "__newobj_ex__");
    Value state = is_error(function) ? ERROR : call_method(vm, self, vm->names.__getstate__, NULL, 0);
    if (is_error(state)) return ERROR;
    Tuple *cls = tuple_pack(vm, 1, from_object(class_of(vm, self)));
    Tuple *all = cls == NULL ? NULL : keywords == NULL ? tuple_concat(vm, cls, to_tuple(args))
                                                       : tuple_pack(vm, 3, cls->items[0], args, from_object(keywords));
    if (all == NULL) return ERROR;
    Value list_items = NONE, dict_items = NONE;
    if (is_list(self)) list_items = iter_get(vm, self);
    if (is_dict(self)) {
        Value items = call_method(vm, self, vm->names.items, NULL, 0);
        dict_items = is_error(items) ? ERROR : iter_get(vm, items);
    }
    if (is_error(list_items) || is_error(dict_items)) return ERROR;
    Tuple *result = tuple_pack(vm, 5, function, from_object(all), state, list_items, dict_items);
    return result == NULL ? ERROR : from_object(result);
}

static Value object_reduce(VM *vm, const Value *args, int argc) {
    Value function = copyreg_function(vm, "_reduce_ex");
    return is_error(function) ? ERROR : call2(vm, function, args[0], from_int(0));
}

static Value object_reduce_ex(VM *vm, const Value *args, int argc) {
    ptrdiff_t protocol;
    if (!index_as_ssize(vm, args[1], &protocol)) return ERROR;
    Value reduce = class_lookup(vm, class_of(vm, args[0]), vm->names.__reduce__);
    if (!value_same(reduce, class_lookup(vm, vm->types.object, vm->names.__reduce__)))
        return call_method(vm, args[0], vm->names.__reduce__, NULL, 0);
    return protocol >= 2 ? object_reduce_new(vm, args[0]) : object_reduce(vm, args, 1);
}

static Value object_sizeof(VM *vm, const Value *args, int argc) {
    if (!is_object(args[0])) return from_int(sizeof(Value));
    return from_int((int64_t)heap_object_size(to_object(args[0])));
}

static Value object_init_subclass(VM *vm, const Value *args, int argc) {
    if (argc < 2 || is_undefined(args[1]) || to_dict(args[1])->count == 0) return NONE;
    return raise_type_error(vm, "%C.__init_subclass__() takes no keyword arguments", to_class(args[0]));
}
static Value object_subclasshook(VM *vm, const Value *args, int argc) { return NOT_IMPLEMENTED; }

static const NativeDef object_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", object_create, "Create and return a new object.  See help(type) for accurate signature.", NATIVE_NEW},
    {"__init__(self, /, *args, **kwargs)", object_initialise, "Initialize self.  See help(type(self)) for accurate signature.", NATIVE_METHOD},
    {"__repr__(self, /)", object_repr, "Return repr(self).", NATIVE_METHOD},
    {"__str__(self, /)", object_str, "Return str(self).", NATIVE_METHOD},
    {"__format__(self, format_spec, /)", object_format, "Default object formatter.", NATIVE_METHOD},
    {"__eq__(self, value, /)", object_eq, "Return self==value.", NATIVE_METHOD},
    {"__ne__(self, value, /)", object_ne, "Return self!=value.", NATIVE_METHOD},
    {"__lt__(self, value, /)", object_order, "Return self<value.", NATIVE_METHOD},
    {"__le__(self, value, /)", object_order, "Return self<=value.", NATIVE_METHOD},
    {"__gt__(self, value, /)", object_order, "Return self>value.", NATIVE_METHOD},
    {"__ge__(self, value, /)", object_order, "Return self>=value.", NATIVE_METHOD},
    {"__hash__(self, /)", object_hash, "Return hash(self).", NATIVE_METHOD},
    {"__getattribute__(self, name, /)", object_getattribute, "Return getattr(self, name).", NATIVE_METHOD},
    {"__setattr__(self, name, value, /)", object_setattr, "Implement setattr(self, name, value).", NATIVE_METHOD},
    {"__delattr__(self, name, /)", object_delattr, "Implement delattr(self, name).", NATIVE_METHOD},
    {"__dir__(self, /)", object_dir, "Default dir() implementation.", NATIVE_METHOD},
    {"__getstate__(self, /)", object_getstate, "Helper for pickle.", NATIVE_METHOD},
    {"__reduce__(self, /)", object_reduce, "Helper for pickle.", NATIVE_METHOD},
    {"__reduce_ex__(self, protocol, /)", object_reduce_ex, "Helper for pickle.", NATIVE_METHOD},
    {"__sizeof__(self, /)", object_sizeof, "Size of object in memory, in bytes.", NATIVE_METHOD},
    {"__init_subclass__(cls, /, **kwargs)", object_init_subclass, "This method is called when a class is subclassed.", NATIVE_CLASS_METHOD},
    {"__subclasshook__(cls, subclass, /)", object_subclasshook, "Abstract classes can override this to customize issubclass().", NATIVE_CLASS_METHOD},
    {0},
};

static const GetSetDef object_getsets[] = {
    {"__class__", object_get_class, object_set_class, "the object's class"},
    {0},
};

bool object_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.object, .instance_size = sizeof(Object), .methods = object_methods,
                                      .getsets = object_getsets, .flags = CLASS_BASETYPE,
                                      .doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new "
                                             "featureless\ninstance that has no instance attributes and cannot be given any.\n"});
}
