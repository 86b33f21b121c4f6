// type: calling classes, and what Python sees of them.
#include "vm/types/class_internal.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/container_common.h"
#include "vm/types/descriptor.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

// ---- calling a class

// A dict of keywords as names and values behind the positional ones.
static Value class_call_dict(VM *vm, Class *cls, const Value *args, int argc, Value keywords) {
    if (is_undefined(keywords) || to_dict(keywords)->count == 0) return class_instantiate(vm, cls, args, argc, NULL);
    Dict *dict = to_dict(keywords);
    size_t total = (size_t)argc + dict->count, size = total * sizeof(Value);
    Tuple *names = tuple_new(vm, dict->count);
    Value *all = names == NULL ? NULL : buffer_new(vm, size);
    if (all == NULL) return ERROR;
    if (argc) memcpy(all, args, (size_t)argc * sizeof(Value));
    size_t position = 0, i = 0;
    Value key, value;
    while (i < names->count && dict_next(dict, &position, &key, &value)) {
        names->items[i] = key;
        all[(size_t)argc + i++] = value;
    }
    Value result = class_instantiate(vm, cls, all, (int)total, names);
    buffer_free(vm, all, size);
    return result;
}

// args: self, keywords, extra positional ones
static Value type_call(VM *vm, const Value *args, int argc) {
    if (!is_class(args[0])) return raise_type_error(vm, "descriptor '__call__' requires a 'type' object but received a '%T'", args[0]);
    return class_call_dict(vm, to_class(args[0]), args + 2, argc - 2, args[1]);
}

// Names of classes are text that can be encoded.
static bool encodable(VM *vm, Value text) {
    if (!is_str(text) || to_str(text)->size == to_str(text)->length) return true;
    Str *encode = str_intern_c(vm, "encode");
    return encode != NULL && !is_error(call_method(vm, text, encode, NULL, 0));
}

// ---- type(...)

// args: metaclass, keywords, name, bases, namespace
static Value type_new(VM *vm, const Value *args, int argc) {
    if (!is_class(args[0])) return raise_type_error(vm, "type.__new__(X): X is not a type object (%T)", args[0]);
    if (!class_is_subclass(to_class(args[0]), vm->types.type))
        return raise_type_error(vm, "type.__new__(%C): %C is not a subtype of type", to_class(args[0]), to_class(args[0]));
    Class *metaclass = to_class(args[0]);
    const Value *given = args + 2;
    int count = argc - 2;
    if (count == 1 && metaclass == vm->types.type && is_undefined(args[1])) return from_object(class_of(vm, given[0]));
    if (count != 3) {
        if (metaclass == vm->types.type) return raise_type_error(vm, "type() takes 1 or 3 arguments");
        return raise_type_error(vm, "type.__new__() takes exactly 3 arguments (%d given)", count);
    }
    if (!is_str(given[0])) return raise_type_error(vm, "type.__new__() argument 1 must be str, not %A", given[0]);
    if (!is_tuple(given[1])) return raise_type_error(vm, "type.__new__() argument 2 must be tuple, not %T", given[1]);
    if (!is_dict(given[2])) return raise_type_error(vm, "type.__new__() argument 3 must be dict, not %T", given[2]);
    if (!encodable(vm, given[0]) || !encodable(vm, dict_get_str(vm, to_dict(given[2]), vm->names.__doc__))) return ERROR;
    Tuple *bases = to_tuple(given[1]);
    for (size_t i = 0; i < bases->count; i++)
        if (!is_class(bases->items[i]) &&
            !is_undefined(class_lookup(vm, class_of(vm, bases->items[i]), vm->names.__mro_entries__)))
            return raise_type_error(vm, "type() doesn't support MRO entry resolution; use types.new_class()");
    Class *winner = class_calculate_metaclass(vm, metaclass, bases);
    if (winner == NULL) return ERROR;
    if (winner != metaclass) {
        Value other_new = class_special(vm, winner, SPECIAL_NEW);
        if (!value_same(other_new, class_special(vm, vm->types.type, SPECIAL_NEW))) {
            Value callee = bind_descriptor(vm, other_new, UNDEFINED, winner);
            if (is_error(callee)) return ERROR;
            Tuple *all = tuple_pack(vm, 4, from_object(winner), given[0], given[1], given[2]);
            return all == NULL ? ERROR : call_ex(vm, callee, from_object(all), args[1]);
        }
        metaclass = winner;
    }
    Str *name = str_intern(vm, to_str(given[0]));
    if (name == NULL) return ERROR;
    if (memchr(name->data, 0, name->size) != NULL) return raise_value_error(vm, "type name must not contain null characters");
    return class_create(vm, metaclass, name, bases, to_dict(given[2]), is_undefined(args[1]) ? NULL : to_dict(args[1]));
}

static Value type_initialise(VM *vm, const Value *args, int argc) {
    int count = argc - 2;
    if (!is_undefined(args[1]) && to_dict(args[1])->count != 0 && count == 1) return raise_type_error(vm, "type.__init__() takes no keyword arguments");
    if (count != 1 && count != 3) return raise_type_error(vm, "type.__init__() takes 1 or 3 arguments");
    return NONE;
}

static Value type_prepare(VM *vm, const Value *args, int argc) {
    Dict *dict = dict_new(vm);
    return dict == NULL ? ERROR : from_object(dict);
}

// ---- attributes

static Str *attribute_name(VM *vm, Value v) {
    if (is_str(v)) return str_intern(vm, to_str(v));
    raise_type_error(vm, "attribute name must be string, not '%T'", v);
    return NULL;
}

static bool need_class(VM *vm, Value v, const char *method) {
    if (is_class(v)) return true;
    raise_type_error(vm, "descriptor '%s' requires a 'type' object but received a '%T'", method, v);
    return false;
}

static Value type_getattribute(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    return name == NULL || !need_class(vm, args[0], "__getattribute__") ? ERROR : class_get_attr(vm, to_class(args[0]), name);
}

static Value type_setattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL || !need_class(vm, args[0], "__setattr__")) return ERROR;
    return class_set_attr(vm, to_class(args[0]), name, args[2]) ? NONE : ERROR;
}

static Value type_delattr(VM *vm, const Value *args, int argc) {
    Str *name = attribute_name(vm, args[1]);
    if (name == NULL || !need_class(vm, args[0], "__delattr__")) return ERROR;
    return class_set_attr(vm, to_class(args[0]), name, UNDEFINED) ? NONE : ERROR;
}

static bool class_must_be_mutable(VM *vm, Class *cls, const char *name, Value value) {
    if (!(cls->flags & CLASS_HEAP)) {
        raise_type_error(vm, "cannot set '%s' attribute of immutable type '%C'", name, cls);
        return false;
    }
    if (is_undefined(value)) {
        raise_type_error(vm, "cannot delete '%s' attribute of immutable type '%C'", name, cls);
        return false;
    }
    return true;
}

static Value type_get_name(VM *vm, Value self) { return from_object(to_class(self)->name); }

static Value type_set_name(VM *vm, Value self, Value value) {
    Class *cls = to_class(self);
    if (!class_must_be_mutable(vm, cls, "__name__", value)) return ERROR;
    if (!is_str(value)) return raise_type_error(vm, "can only assign string to %C.__name__, not '%T'", cls, value);
    const char *text = str_data(vm, to_str(value));
    if (text == NULL) return ERROR;
    if (!encodable(vm, value)) return ERROR;
    if (memchr(text, 0, to_str(value)->size) != NULL) return raise_value_error(vm, "type name must not contain null characters");
    Str *name = str_intern(vm, to_str(value));
    if (name == NULL) return ERROR;
    cls->name = name;
    gc_write_barrier(vm, cls);
    return NONE;
}

static Value type_get_qualname(VM *vm, Value self) { return from_object(to_class(self)->qualname); }

static Value type_set_qualname(VM *vm, Value self, Value value) {
    Class *cls = to_class(self);
    if (!class_must_be_mutable(vm, cls, "__qualname__", value)) return ERROR;
    if (!is_str(value)) return raise_type_error(vm, "can only assign string to %C.__qualname__, not '%T'", cls, value);
    cls->qualname = to_str(value);
    gc_write_barrier(vm, cls);
    return NONE;
}

static Value type_get_module(VM *vm, Value self) { return class_module(vm, to_class(self)); }

static Value type_set_module(VM *vm, Value self, Value value) {
    if (!class_must_be_mutable(vm, to_class(self), "__module__", value)) return ERROR;
    return class_dict_set(vm, to_class(self), vm->names.__module__, value) ? NONE : ERROR;
}

static Value type_get_bases(VM *vm, Value self) { return from_object(to_class(self)->bases); }

static Value type_set_bases(VM *vm, Value self, Value value) {
    if (!class_must_be_mutable(vm, to_class(self), "__bases__", value)) return ERROR;
    return class_assign_bases(vm, to_class(self), value) ? NONE : ERROR;
}

static Value type_get_mro(VM *vm, Value self) { return to_class(self)->mro == NULL ? NONE : from_object(to_class(self)->mro); }
static Value type_get_base(VM *vm, Value self) { return to_class(self)->base == NULL ? NONE : from_object(to_class(self)->base); }
static Value type_get_dict(VM *vm, Value self) { return mappingproxy_new(vm, from_object(to_class(self)->dict)); }

static Value type_get_doc(VM *vm, Value self) {
    Class *cls = to_class(self);
    Value doc = dict_get_str(vm, cls->dict, vm->names.__doc__);
    if (is_undefined(doc)) return NONE;
    return is_object(doc) && !is_str(doc) ? bind_descriptor(vm, doc, UNDEFINED, cls) : doc;
}

static Value type_set_doc(VM *vm, Value self, Value value) {
    Class *cls = to_class(self);
    if (!class_must_be_mutable(vm, cls, "__doc__", value)) return ERROR;
    return class_dict_set(vm, cls, vm->names.__doc__, value) ? NONE : ERROR;
}

static Value type_get_abstract(VM *vm, Value self) {
    Class *cls = to_class(self);
    Value methods = cls == vm->types.type ? UNDEFINED : dict_get_str(vm, cls->dict, vm->names.__abstractmethods__);
    if (!is_undefined(methods)) return methods;
    return raise_attribute_error(vm, self, vm->names.__abstractmethods__, "type object '%C' has no attribute '__abstractmethods__'", cls);
}

static Value type_set_abstract(VM *vm, Value self, Value value) {
    Class *cls = to_class(self);
    if (!(cls->flags & CLASS_HEAP)) return raise_type_error(vm, "cannot set '__abstractmethods__' attribute of immutable type '%C'", cls);
    int truth = is_undefined(value) ? 0 : value_is_true(vm, value);
    if (truth < 0) return ERROR;
    if (is_undefined(value) && is_undefined(dict_get_str(vm, cls->dict, vm->names.__abstractmethods__))) return type_get_abstract(vm, self);
    if (!class_dict_set(vm, cls, vm->names.__abstractmethods__, value)) return ERROR;
    if (truth) cls->flags |= CLASS_ABSTRACT;
    else cls->flags &= ~(uint32_t)CLASS_ABSTRACT;
    return NONE;
}

static Value type_get_annotations(VM *vm, Value self) {
    Class *cls = to_class(self);
    if (!(cls->flags & CLASS_HEAP))
        return raise_attribute_error(vm, self, vm->names.__annotations__, "type object '%C' has no attribute '__annotations__'", cls);
    Value annotations = dict_get_str(vm, cls->dict, vm->names.__annotations__);
    if (!is_undefined(annotations)) return bind_descriptor(vm, annotations, UNDEFINED, cls);
    Dict *dict = dict_new(vm);
    if (dict == NULL || !class_dict_set(vm, cls, vm->names.__annotations__, from_object(dict))) return ERROR;
    return from_object(dict);
}

static Value type_set_annotations(VM *vm, Value self, Value value) {
    Class *cls = to_class(self);
    if (!(cls->flags & CLASS_HEAP)) return raise_type_error(vm, "cannot set '__annotations__' attribute of immutable type '%C'", cls);
    if (is_undefined(value) && is_undefined(dict_get_str(vm, cls->dict, vm->names.__annotations__)))
        return raise_attribute_error(vm, self, vm->names.__annotations__, "__annotations__");
    return class_dict_set(vm, cls, vm->names.__annotations__, value) ? NONE : ERROR;
}

// As CPython says it of what it calls members.

static Value type_get_basicsize(VM *vm, Value self) { return from_int(to_class(self)->instance_size); }
static Value type_get_text_signature(VM *vm, Value self) { return NONE; }
static Value type_get_flags(VM *vm, Value self) {
    uint32_t flags = to_class(self)->flags;   // the bits of CPython's tp_flags that programs look at
    int64_t bits = (flags & CLASS_HEAP ? 1 << 9 : 1 << 8) | (flags & CLASS_BASETYPE ? 1 << 10 : 0) | (flags & CLASS_ABSTRACT ? 1 << 20 : 0) |
                   (flags & CLASS_SEQUENCE ? 1 << 5 : 0) | (flags & CLASS_MAPPING ? 1 << 6 : 0) | 1 << 12;
    return from_int(bits);
}

// ---- methods

static Value type_repr(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "__repr__")) return ERROR;
    Str *name = class_full_name(vm, to_class(args[0]));
    Str *text = name == NULL ? NULL : str_printf(vm, "<class '%S'>", name);
    return text == NULL ? ERROR : from_object(text);
}

static Value type_mro(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "mro")) return ERROR;
    Tuple *mro = class_compute_mro(vm, to_class(args[0]));
    List *list = mro == NULL ? NULL : list_from_values(vm, mro->items, mro->count);
    return list == NULL ? ERROR : from_object(list);
}

static Value type_subclasses(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "__subclasses__")) return ERROR;
    Class *cls = to_class(args[0]);
    List *list = list_new(vm, cls->subclass_count);
    if (list == NULL) return ERROR;
    for (uint32_t i = 0; i < cls->subclass_count; i++)
        if (!list_append(vm, list, from_object(cls->subclasses[i]))) return ERROR;
    return from_object(list);
}

static Value type_instancecheck(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "__instancecheck__")) return ERROR;
    int result = value_is_instance_plain(vm, args[1], args[0]);
    return result < 0 ? ERROR : from_bool(result);
}

static Value type_subclasscheck(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "__subclasscheck__")) return ERROR;
    int result = value_is_subclass_plain(vm, args[1], args[0]);
    return result < 0 ? ERROR : from_bool(result);
}

// Names of a class and its bases, as dir(cls) lists them.
bool class_collect_names(VM *vm, Class *cls, Dict *names) {
    for (size_t i = 0; cls->mro != NULL && i < cls->mro->count; i++) {   // NULL: a class under construction
        Dict *dict = to_class(cls->mro->items[i])->dict;
        size_t position = 0;
        Value key, value;
        while (dict_next(dict, &position, &key, &value))
            if (!dict_set(vm, names, key, NONE)) return false;
    }
    return true;
}

static Value type_dir(VM *vm, const Value *args, int argc) {
    if (!need_class(vm, args[0], "__dir__")) return ERROR;
    Dict *names = dict_new(vm);
    if (names == NULL || !class_collect_names(vm, to_class(args[0]), names)) return ERROR;
    List *list = list_from_iterable(vm, from_object(names));
    return list == NULL ? ERROR : from_object(list);
}

static Value type_or(VM *vm, const Value *args, int argc) { return union_new(vm, args[0], args[1]); }
static Value type_ror(VM *vm, const Value *args, int argc) { return union_new(vm, args[1], args[0]); }

static Value type_sizeof(VM *vm, const Value *args, int argc) { return from_int((int64_t)sizeof(Class)); }

static const NativeDef type_methods[] = {
    {"__new__(metaclass, /, *args, **kwds)", type_new, "Create and return a new object.  See help(type) for accurate signature.", NATIVE_NEW},
    {"__init__(self, /, *args, **kwargs)", type_initialise, "Initialize self.  See help(type(self)) for accurate signature.", NATIVE_METHOD},
    {"__call__(self, /, *args, **kwargs)", type_call, "Call self as a function.", NATIVE_METHOD},
    {"__prepare__(metaclass, /, *args, **kwargs)", type_prepare, "Used to create the namespace for the class statement", NATIVE_CLASS_METHOD},
    {"__repr__(self, /)", type_repr, "Return repr(self).", NATIVE_METHOD},
    {"__getattribute__(self, name, /)", type_getattribute, "Return getattr(self, name).", NATIVE_METHOD},
    {"__setattr__(self, name, value, /)", type_setattr, "Implement setattr(self, name, value).", NATIVE_METHOD},
    {"__delattr__(self, name, /)", type_delattr, "Implement delattr(self, name).", NATIVE_METHOD},
    {"mro(self, /)", type_mro, "Return a type's method resolution order.", NATIVE_METHOD},
    {"__subclasses__(self, /)", type_subclasses, "Return a list of immediate subclasses.", NATIVE_METHOD},
    {"__instancecheck__(self, instance, /)", type_instancecheck, "Check if an object is an instance.", NATIVE_METHOD},
    {"__subclasscheck__(self, subclass, /)", type_subclasscheck, "Check if a class is a subclass.", NATIVE_METHOD},
    {"__dir__(self, /)", type_dir, "Specialized __dir__ implementation for types.", NATIVE_METHOD},
    {"__or__(self, value, /)", type_or, "Return self|value.", NATIVE_METHOD},
    {"__ror__(self, value, /)", type_ror, "Return value|self.", NATIVE_METHOD},
    {"__sizeof__(self, /)", type_sizeof, "Return memory consumption of the type object.", NATIVE_METHOD},
    {0},
};

static const GetSetDef type_getsets[] = {
    {"__name__", type_get_name, type_set_name, NULL},
    {"__qualname__", type_get_qualname, type_set_qualname, NULL},
    {"__module__", type_get_module, type_set_module, NULL},
    {"__bases__", type_get_bases, type_set_bases, NULL},
    {"__base__", type_get_base, readonly_member, NULL},
    {"__mro__", type_get_mro, readonly_member, NULL},
    {"__dict__", type_get_dict, NULL, NULL},
    {"__doc__", type_get_doc, type_set_doc, NULL},
    {"__abstractmethods__", type_get_abstract, type_set_abstract, NULL},
    {"__annotations__", type_get_annotations, type_set_annotations, NULL},
    {"__basicsize__", type_get_basicsize, readonly_member, NULL},
    {"__text_signature__", type_get_text_signature, NULL, NULL},
    {"__flags__", type_get_flags, readonly_member, NULL},
    {0},
};

bool type_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.type, .instance_size = sizeof(Class), .methods = type_methods, .getsets = type_getsets,
                                      .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
                                      .flags = CLASS_BASETYPE | CLASS_HAS_WEAKREF});
}
