// Making classes: type.__new__ and its parts (metaclass, __slots__, __set_name__, __init_subclass__), and classes made by C code.
#include "vm/types/class_internal.h"

#include "base/unicode.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/descriptor.h"
#include "vm/types/exception.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

Class *class_calculate_metaclass(VM *vm, Class *metaclass, Tuple *bases) {
    Class *winner = metaclass;
    for (size_t i = 0; i < bases->count; i++) {
        Class *meta = class_of(vm, bases->items[i]);
        if (class_is_subclass(winner, meta)) continue;
        if (!class_is_subclass(meta, winner)) {
            raise_type_error(vm, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                                 "metaclasses of all its bases");
            return NULL;
        }
        winner = meta;
    }
    return winner;
}

// ---- __slots__

// 1, 0, -1 on error
static int str_is_identifier(VM *vm, Str *name) {
    if (str_data(vm, name) == NULL) return -1;
    for (size_t i = 0; i < name->length; i++) {
        uint32_t c = str_code_point_at(vm, name, i);
        if (c != '_' && !(i == 0 ? unicode_is_xid_start(c) : unicode_is_xid_continue(c))) return 0;
    }
    return name->length > 0;
}

// __slots__ as a tuple of strings; NULL with TypeError.
static Tuple *slots_tuple(VM *vm, Value slots) {
    Tuple *names = is_str(slots) ? tuple_pack(vm, 1, slots) : tuple_from_iterable(vm, slots);
    if (names == NULL) return NULL;
    for (size_t i = 0; i < names->count; i++) {
        Value name = names->items[i];
        if (!is_str(name)) {
            raise_type_error(vm, "__slots__ items must be strings, not '%T'", name);
            return NULL;
        }
        int identifier = str_is_identifier(vm, to_str(name));
        if (identifier <= 0) {
            if (identifier == 0) raise_type_error(vm, "__slots__ must be identifiers");
            return NULL;
        }
    }
    return names;
}

// _Class__name for a private name, as the compiler mangles it.
static Str *slot_mangle(VM *vm, Class *cls, Str *name) {
    const char *text = str_data(vm, name), *class_text = str_data(vm, cls->name);
    if (text == NULL || class_text == NULL) return NULL;
    size_t size = name->size, skip = 0;
    bool private = size > 2 && text[0] == '_' && text[1] == '_' && !(text[size - 1] == '_' && text[size - 2] == '_');
    while (skip < cls->name->size && class_text[skip] == '_') skip++;
    if (!private || skip == cls->name->size) return str_intern(vm, name);
    Str *rest = str_new(vm, class_text + skip, cls->name->size - skip);
    Str *mangled = rest == NULL ? NULL : str_printf(vm, "_%S%S", rest, name);
    return mangled == NULL ? NULL : str_intern(vm, mangled);
}

typedef struct SlotsPlan { bool wants_dict, wants_weakref; List *members; } SlotsPlan;

static bool slots_plan_add(VM *vm, Class *cls, Class *base, SlotsPlan *plan, Str *name) {
    if (name == vm->names.__dict__) {
        if (base->flags & CLASS_HAS_DICT || plan->wants_dict) {
            raise_type_error(vm, "__dict__ slot disallowed: we already got one");
            return false;
        }
        plan->wants_dict = true;
        return true;
    }
    if (name == vm->names.__weakref__) {
        if (base->flags & CLASS_HAS_WEAKREF || plan->wants_weakref) {
            raise_type_error(vm, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
            return false;
        }
        plan->wants_weakref = true;
        return true;
    }
    name = slot_mangle(vm, cls, name);
    if (name == NULL) return false;
    if (name != vm->names.__qualname__ && name != vm->names.__classcell__ && dict_find_str(vm, cls->dict, name) != NULL) {
        raise_value_error(vm, "'%S' in __slots__ conflicts with class variable", name);
        return false;
    }
    return list_append(vm, plan->members, from_object(name));
}

static int member_compare(VM *vm, Value a, Value b) { return str_compare(vm, to_str(a), to_str(b)); }

// CPython sorts the members of a class, so that equal sets make equal layouts.
static void members_sort(VM *vm, List *members) {
    for (size_t i = 1; i < members->count; i++)
        for (size_t j = i; j > 0 && member_compare(vm, members->items[j - 1], members->items[j]) > 0; j--) {
            Value swap = members->items[j];
            members->items[j] = members->items[j - 1];
            members->items[j - 1] = swap;
        }
}

static bool base_takes_members(Class *base) {
    uint8_t kind = base->instance_kind;
    return kind != KIND_BIGINT && kind != KIND_TUPLE && kind != KIND_BYTES && kind != KIND_CLASS && kind != KIND_FREE;
}

// Works out whether instances have a __dict__ and which members; adds the member descriptors.
static bool class_add_slots(VM *vm, Class *cls, Class *base) {
    Value slots = dict_get_str(vm, cls->dict, vm->names.__slots__);
    if (is_undefined(slots)) {
        cls->flags |= CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
        return true;
    }
    Tuple *names = slots_tuple(vm, slots);
    List *members = names == NULL ? NULL : list_new(vm, names->count);
    if (members == NULL) return false;
    if (names->count != 0 && !base_takes_members(base)) {
        bool only_dict = true;
        for (size_t i = 0; i < names->count; i++) only_dict &= str_equals_c(vm, to_str(names->items[i]), "__dict__");
        if (!only_dict) {
            raise_type_error(vm, "nonempty __slots__ not supported for subtype of '%C'", base);
            return false;
        }
    }
    SlotsPlan plan = {false, false, members};
    for (size_t i = 0; i < names->count; i++) {
        Str *name = str_intern(vm, to_str(names->items[i]));
        if (name == NULL || !slots_plan_add(vm, cls, base, &plan, name)) return false;
    }
    members_sort(vm, members);
    if ((size_t)cls->member_count + members->count > 4096) {
        raise_no_memory(vm);
        return false;
    }
    for (size_t i = 0; i < members->count; i++) {
        Str *name = to_str(members->items[i]);
        Value member = descriptor_new_member(vm, cls, name, cls->member_count++);
        if (is_error(member) || !dict_set_str(vm, cls->dict, name, member)) return false;
    }
    // Several bases, one of them with a dict: its instances' attributes must have a place as well.
    for (size_t i = 0; i < cls->bases->count; i++) cls->flags |= to_class(cls->bases->items[i])->flags & (CLASS_HAS_DICT | CLASS_HAS_WEAKREF);
    if (plan.wants_dict) cls->flags |= CLASS_HAS_DICT;
    if (plan.wants_weakref) cls->flags |= CLASS_HAS_WEAKREF;
    Tuple *slot_names = tuple_from_list(vm, members);
    if (slot_names == NULL) return false;
    cls->slot_names = from_object(slot_names);
    gc_write_barrier(vm, cls);
    return true;
}

// __dict__ and __weakref__ appear in the dict of the first class of a line that has them.
static bool class_add_dict_descriptors(VM *vm, Class *cls, Class *base) {
    static const GetSetDef dict_def = {"__dict__", object_get_dict, object_assign_dict, "dictionary for instance variables"};
    static const GetSetDef weakref_def = {"__weakref__", object_get_weakref, NULL, "list of weak references to the object"};
    const GetSetDef *defs[2] = {
        cls->flags & CLASS_HAS_DICT && !(base->flags & CLASS_HAS_DICT) ? &dict_def : NULL,
        cls->flags & CLASS_HAS_WEAKREF && !(base->flags & CLASS_HAS_WEAKREF) ? &weakref_def : NULL,
    };
    Str *names[2] = {vm->names.__dict__, vm->names.__weakref__};
    for (int i = 0; i < 2; i++) {
        if (defs[i] == NULL || class_lookup_entry(vm, base, names[i], NULL) != NULL || dict_find_str(vm, cls->dict, names[i]) != NULL) continue;
        Value descriptor = descriptor_new_getset(vm, cls, defs[i]);
        if (is_error(descriptor) || !dict_set_str(vm, cls->dict, names[i], descriptor)) return false;
    }
    return true;
}

// ---- the namespace

// Functions that are class or static methods by their name alone.
static bool wrap_special_functions(VM *vm, Class *cls) {
    Str *names[3] = {vm->names.__new__, vm->names.__init_subclass__, vm->names.__class_getitem__};
    for (int i = 0; i < 3; i++) {
        Value function = dict_get_str(vm, cls->dict, names[i]);
        if (!is_function(function)) continue;
        Value wrapped = i == 0 ? staticmethod_new(vm, function) : classmethod_new(vm, function);
        if (is_error(wrapped) || !dict_set_str(vm, cls->dict, names[i], wrapped)) return false;
    }
    return true;
}

static bool class_take_qualname(VM *vm, Class *cls) {
    Value qualname = dict_get_str(vm, cls->dict, vm->names.__qualname__);
    if (is_undefined(qualname)) return true;
    if (!is_str(qualname)) {
        raise_type_error(vm, "type __qualname__ must be a str, not %T", qualname);
        return false;
    }
    cls->qualname = to_str(qualname);
    gc_write_barrier(vm, cls);
    return dict_delete(vm, cls->dict, from_object(vm->names.__qualname__)) >= 0;
}

static bool class_take_cell(VM *vm, Class *cls) {
    Value cell = dict_get_str(vm, cls->dict, vm->names.__classcell__);
    if (is_undefined(cell)) return true;
    if (!is_kind(cell, KIND_CELL)) {
        raise_type_error(vm, "__classcell__ must be a nonlocal cell, not %R", from_object(class_of(vm, cell)));
        return false;
    }
    ((Cell *)to_object(cell))->content = from_object(cls);
    gc_write_barrier(vm, to_object(cell));
    return dict_delete(vm, cls->dict, from_object(vm->names.__classcell__)) >= 0;
}

// The module of the code that makes the class.
static bool class_set_module(VM *vm, Class *cls) {
    if (dict_find_str(vm, cls->dict, vm->names.__module__) != NULL) return true;
    Frame *frame = frame_of_python_caller(vm);
    if (frame == NULL || frame->function == NULL) return true;
    Value name = dict_get_str(vm, frame->function->globals, vm->names.__name__);
    return is_undefined(name) || dict_set_str(vm, cls->dict, vm->names.__module__, name);
}

// What most bodies of classes hold has no __set_name__, or one that is done here.
static bool is_named_without_calls(VM *vm, Value key, Value value) {
    if (!is_object(value)) return true;
    Class *cls = class_of(vm, value);
    if (cls == vm->types.property && is_str(key)) {
        to_property(value)->name = key;
        gc_write_barrier(vm, to_object(value));
        return true;
    }
    return cls == vm->types.function || cls == vm->types.str || cls == vm->types.classmethod || cls == vm->types.staticmethod ||
           is_undefined(class_lookup(vm, cls, vm->names.__set_name__));
}

static bool call_set_names(VM *vm, Class *cls) {
    size_t position = 0;
    Value key, value;
    bool plain = true;
    while (plain && dict_next(cls->dict, &position, &key, &value)) plain = is_named_without_calls(vm, key, value);
    if (plain) return true;
    Dict *names = dict_copy(vm, cls->dict);
    if (names == NULL) return false;
    position = 0;
    while (dict_next(names, &position, &key, &value)) {
        Value function = class_lookup(vm, class_of(vm, value), vm->names.__set_name__);
        if (is_undefined(function)) continue;
        Value method = bind_descriptor(vm, function, value, class_of(vm, value));
        Value result = is_error(method) ? ERROR : call2(vm, method, from_object(cls), key);
        if (!is_error(result)) continue;
        if (!raised_matches(vm, vm->exc.Exception)) return false;
        Value cause = raised_take(vm);
        raise_error(vm, vm->exc.RuntimeError, "Error calling __set_name__ on '%T' instance %R in '%C'", value, key, cls);
        if (is_exception(vm->raised)) {
            to_exception(vm->raised)->cause = cause;
            to_exception(vm->raised)->context = cause;
            to_exception(vm->raised)->suppress_context = true;
            gc_write_barrier(vm, to_object(vm->raised));
        }
        return false;
    }
    return true;
}

static bool call_init_subclass(VM *vm, Class *cls, Dict *keywords) {
    Class *owner = NULL;
    Str *name = vm->names.__init_subclass__;
    size_t at = 0;   // not 0 only where a metaclass's own mro() says so
    while (at < cls->mro->count && to_class(cls->mro->items[at]) != cls) at++;
    if (at == cls->mro->count) {
        raise_type_error(vm, "super(type, obj): obj must be an instance or subtype of type");
        return false;
    }
    // The usual case: nobody below object has one.
    DictEntry *found = NULL;
    for (size_t i = at + 1; i < cls->mro->count && found == NULL; i++) {
        owner = to_class(cls->mro->items[i]);
        found = dict_find_str(vm, owner->dict, name);
    }
    if (owner == vm->types.object && (keywords == NULL || keywords->count == 0)) return true;
    if (found == NULL) return true;
    if (owner == vm->types.object) {
        raise_type_error(vm, "%C.__init_subclass__() takes no keyword arguments", cls);
        return false;
    }
    Value method = bind_descriptor(vm, found->value, UNDEFINED, cls);
    if (is_error(method)) return false;
    Value result = keywords == NULL ? call0(vm, method) : call_ex(vm, method, from_object(vm->empty_tuple), from_object(keywords));
    return !is_error(result);
}

// ---- the class

static void class_inherit(VM *vm, Class *cls, Class *base) {
    const uint32_t patterns = CLASS_SEQUENCE | CLASS_MAPPING;
    const uint32_t inherited = CLASS_HAS_DICT | CLASS_EXCEPTION | CLASS_HAS_WEAKREF | CLASS_MATCH_SELF;
    cls->flags = CLASS_HEAP | CLASS_BASETYPE | (base->flags & inherited);
    // The first base that is one of the two decides.
    for (size_t i = 0; i < cls->bases->count && !(cls->flags & patterns); i++) cls->flags |= to_class(cls->bases->items[i])->flags & patterns;
    cls->base = base;
    cls->instance_kind = base->instance_kind;
    cls->instance_size = base->instance_size;
    cls->member_count = base->member_count;
    cls->inline_slots = base->inline_slots;
    cls->host_free = base->host_free;
    cls->host_trace = base->host_trace;
    cls->host_data = base->host_data;
    cls->host_finalize = base->host_finalize;
    cls->delegate = base->delegate;
}

static bool class_fill(VM *vm, Class *cls, Class *base, bool has_special) {
    if (!class_take_qualname(vm, cls) || !class_set_module(vm, cls)) return false;
    if (has_special) {
        if (!class_take_cell(vm, cls) || !wrap_special_functions(vm, cls) || !class_add_slots(vm, cls, base)) return false;
    } else {
        cls->flags |= CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
    }
    return class_add_dict_descriptors(vm, cls, base);
}

// How collections.abc says that `match` takes the instances for sequences or mappings: Py_TPFLAGS_SEQUENCE, Py_TPFLAGS_MAPPING.
static bool class_take_pattern_flags(VM *vm, Class *cls) {
    enum { PY_SEQUENCE = 1 << 5, PY_MAPPING = 1 << 6 };
    Str *name = vm->names.__abc_tpflags__;
    Value flags = dict_get_str(vm, cls->dict, name);
    if (!is_int(flags)) return true;
    int64_t bits = to_int(flags) & (PY_SEQUENCE | PY_MAPPING);
    if (bits == (PY_SEQUENCE | PY_MAPPING)) {
        raise_type_error(vm, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
        return false;
    }
    cls->flags |= bits == PY_SEQUENCE ? CLASS_SEQUENCE : bits == PY_MAPPING ? CLASS_MAPPING : 0;
    return dict_delete(vm, cls->dict, from_object(name)) >= 0;
}

static bool class_finish(VM *vm, Class *cls, bool has_special) {
    // A class with __eq__ and without __hash__ is not hashable; every class has a __doc__.
    if (has_special && dict_find_str(vm, cls->dict, vm->names.__eq__) != NULL && dict_find_str(vm, cls->dict, vm->names.__hash__) == NULL &&
        !dict_set_str(vm, cls->dict, vm->names.__hash__, NONE))
        return false;
    if (dict_find_str(vm, cls->dict, vm->names.__doc__) == NULL && !dict_set_str(vm, cls->dict, vm->names.__doc__, NONE)) return false;
    // How many slots instances will need: what __init__ sets, beside what those of the base do. Learned from instances afterwards.
    Value init = dict_get_str(vm, cls->dict, vm->names.__init__);
    if (is_function(init)) {
        uint32_t slots = code_self_attributes(to_function(init)->code) + (cls->base->flags & CLASS_HEAP ? cls->base->inline_slots : 0);
        if (slots > 0) cls->inline_slots = (uint16_t)(slots < SHAPE_INLINE_MAX ? slots : SHAPE_INLINE_MAX);
    }
    Value abstract = has_special ? dict_get_str(vm, cls->dict, vm->names.__abstractmethods__) : UNDEFINED;
    if (!is_undefined(abstract)) {
        int truth = value_is_true(vm, abstract);
        if (truth < 0) return false;
        if (truth) cls->flags |= CLASS_ABSTRACT;
    }
    return true;
}

Value class_create(VM *vm, Class *metaclass, Str *name, Tuple *bases, Dict *namespace, Dict *keywords) {
    if (bases->count == 0 && (bases = tuple_pack(vm, 1, from_object(vm->types.object))) == NULL) return ERROR;
    Class *base = class_best_base(vm, bases);
    if (base == NULL) return ERROR;
    // A namespace with an order of its own (an OrderedDict) is read as Python sees it.
    bool plain = class_of(vm, from_object(namespace)) == vm->types.dict;
    Dict *dict = plain ? dict_copy(vm, namespace) : dict_new(vm);
    if (!plain && dict != NULL && !dict_update(vm, dict, from_object(namespace))) return ERROR;
    Class *cls = dict == NULL ? NULL : class_alloc(vm, metaclass);
    if (cls == NULL) return ERROR;
    cls->name = cls->qualname = name;
    cls->bases = bases;
    cls->dict = dict;
    cls->module_name = cls->slot_names = UNDEFINED;
    class_inherit(vm, cls, base);
    gc_write_barrier(vm, cls);
    bool has_special = class_has_special_names(dict);   // most bodies have none of the names that take more work
    if (has_special && !class_take_pattern_flags(vm, cls)) return ERROR;
    if (!class_fill(vm, cls, base, has_special) || !class_finish(vm, cls, has_special) || !class_set_mro(vm, cls)) return ERROR;
    gc_write_barrier(vm, cls);
    for (size_t i = 0; i < bases->count; i++)
        if (!class_add_subclass(vm, to_class(bases->items[i]), cls)) return ERROR;
    class_update_flags(vm, cls);
    if (!call_set_names(vm, cls) || !call_init_subclass(vm, cls, keywords)) return ERROR;
    return from_object(cls);
}

Class *class_create_simple(VM *vm, const char *module, const char *name, Class *base, const char *doc) {
    Str *name_str = str_intern_c(vm, name), *module_str = str_intern_c(vm, module);
    Tuple *bases = name_str == NULL || module_str == NULL ? NULL : tuple_pack(vm, 1, from_object(base));
    Dict *dict = bases == NULL ? NULL : dict_new(vm);
    Class *cls = dict == NULL ? NULL : class_alloc(vm, vm->types.type);
    if (cls == NULL) return NULL;
    cls->name = cls->qualname = name_str;
    cls->bases = bases;
    cls->dict = dict;
    cls->slot_names = UNDEFINED;
    class_inherit(vm, cls, base);
    cls->module_name = from_object(module_str);
    // Built-in exceptions are as immutable as other built-in classes, but their instances take attributes.
    cls->flags &= ~(uint32_t)CLASS_HEAP;
    cls->flags |= base->flags & (CLASS_HAS_DICT | CLASS_HAS_WEAKREF);
    cls->doc = doc;
    gc_write_barrier(vm, cls);
    if (doc != NULL) {
        Str *text = str_from_c(vm, doc);
        if (text == NULL || !dict_set_str(vm, dict, vm->names.__doc__, from_object(text))) return NULL;
    }
    if (!class_set_mro(vm, cls) || !class_add_subclass(vm, base, cls)) return NULL;
    class_update_flags(vm, cls);
    return cls;
}

bool class_add_base(VM *vm, Class *cls, Class *base) {
    Tuple *bases = tuple_new(vm, cls->bases->count + 1);
    if (bases == NULL) return false;
    memcpy(bases->items, cls->bases->items, cls->bases->count * sizeof(Value));
    bases->items[cls->bases->count] = from_object(base);
    cls->bases = bases;
    gc_write_barrier(vm, cls);
    if (!class_set_mro(vm, cls) || !class_add_subclass(vm, base, cls)) return false;
    class_update_flags(vm, cls);
    return true;
}
