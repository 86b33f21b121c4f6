// list[int] (types.GenericAlias) and int | str (types.UnionType).
//
// Both have kind INSTANCE: their parts are member slots, which the collector knows from the shape.
#include "vm/types/class_internal.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/container_common.h"
#include "vm/types/descriptor.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

enum { ALIAS_MEMBERS = 4, UNION_MEMBERS = 2 };
typedef struct Alias { Object head; void *more; Value origin, args, parameters, starred; } Alias;
typedef struct Union { Object head; void *more; Value args, parameters; } Union;

static inline Alias *to_alias(Value v) { return (Alias *)to_object(v); }
static inline Union *to_union(Value v) { return (Union *)to_object(v); }
static bool is_alias(VM *vm, Value v) { return is_kind(v, KIND_INSTANCE) && is_instance(vm, v, vm->types.generic_alias); }
static bool is_union(VM *vm, Value v) { return is_kind(v, KIND_INSTANCE) && class_of(vm, v) == vm->types.union_type; }

static Value attr_by_c(VM *vm, Value object, const char *name) {
    Str *interned = str_intern_c(vm, name);
    return interned == NULL ? ERROR : attr_get_optional(vm, object, interned);
}

// ---- type parameters

static bool parameters_add(VM *vm, List *list, Value parameter) {
    for (size_t i = 0; i < list->count; i++)
        if (value_same(list->items[i], parameter)) return true;
    return list_append(vm, list, parameter);
}

// The type variables in the arguments, each once.
static Value parameters_of(VM *vm, Tuple *args) {
    List *found = list_new(vm, 0);
    if (found == NULL) return ERROR;
    for (size_t i = 0; i < args->count; i++) {
        Value arg = args->items[i];
        if (!is_object(arg) || is_class(arg)) continue;
        Value subst = attr_by_c(vm, arg, "__typing_subst__");
        if (is_error(subst)) return ERROR;
        if (!is_undefined(subst)) {
            if (!parameters_add(vm, found, arg)) return ERROR;
            continue;
        }
        Value inner = attr_get_optional(vm, arg, vm->names.__parameters__);
        if (is_error(inner)) return ERROR;
        if (!is_tuple(inner)) continue;
        for (size_t j = 0; j < to_tuple(inner)->count; j++)
            if (!parameters_add(vm, found, to_tuple(inner)->items[j])) return ERROR;
    }
    Tuple *result = tuple_from_list(vm, found);
    return result == NULL ? ERROR : from_object(result);
}

static size_t parameter_index(Tuple *parameters, Value parameter) {
    size_t i = 0;
    while (i < parameters->count && !value_same(parameters->items[i], parameter)) i++;
    return i;
}

// One argument with its type variables replaced.
static Value substitute_one(VM *vm, Value arg, Tuple *parameters, Tuple *items) {
    if (!is_object(arg) || is_class(arg)) return arg;
    Value subst = attr_by_c(vm, arg, "__typing_subst__");
    if (is_error(subst)) return ERROR;
    if (!is_undefined(subst)) {
        size_t i = parameter_index(parameters, arg);
        return i < items->count ? call1(vm, subst, items->items[i]) : arg;
    }
    Value inner = attr_get_optional(vm, arg, vm->names.__parameters__);
    if (is_error(inner) || !is_tuple(inner) || to_tuple(inner)->count == 0) return is_error(inner) ? ERROR : arg;
    Tuple *chosen = tuple_new(vm, to_tuple(inner)->count);
    if (chosen == NULL) return ERROR;
    for (size_t i = 0; i < chosen->count; i++) {
        size_t index = parameter_index(parameters, to_tuple(inner)->items[i]);
        chosen->items[i] = index < items->count ? items->items[index] : to_tuple(inner)->items[i];
    }
    return item_get(vm, arg, from_object(chosen));
}

// The arguments of alias[item]; NULL with TypeError.
static Tuple *substitute(VM *vm, Value self, Tuple *args, Tuple *parameters, Value item) {
    if (parameters->count == 0) {
        raise_type_error(vm, "%R is not a generic class", self);
        return NULL;
    }
    Value items = item;
    for (size_t i = 0; i < parameters->count; i++) {
        Value prepare = attr_by_c(vm, parameters->items[i], "__typing_prepare_subst__");
        if (is_error(prepare)) return NULL;
        if (is_undefined(prepare) || is_none(prepare)) continue;
        if (!is_tuple(items)) {
            Tuple *wrapped = tuple_pack(vm, 1, items);
            if (wrapped == NULL) return NULL;
            items = from_object(wrapped);
        }
        items = call2(vm, prepare, self, items);
        if (is_error(items)) return NULL;
    }
    Tuple *given = is_tuple(items) ? to_tuple(items) : tuple_pack(vm, 1, items);
    if (given == NULL) return NULL;
    if (given->count != parameters->count) {
        raise_type_error(vm, "Too %s arguments for %R; actual %zd, expected %zd", given->count > parameters->count ? "many" : "few", self,
                         (ptrdiff_t)given->count, (ptrdiff_t)parameters->count);
        return NULL;
    }
    Tuple *result = tuple_new(vm, args->count);
    for (size_t i = 0; result != NULL && i < args->count; i++) {
        Value replaced = substitute_one(vm, args->items[i], parameters, given);
        if (is_error(replaced)) return NULL;
        result->items[i] = replaced;
        gc_write_barrier(vm, result);
    }
    return result;
}

// ---- repr, shared

static bool repr_item(VM *vm, StrBuilder *b, Value item);

static bool repr_list(VM *vm, StrBuilder *b, List *list) {
    str_builder_add_c(b, "[");
    for (size_t i = 0; i < list->count; i++) {
        if (i) str_builder_add_c(b, ", ");
        if (!repr_item(vm, b, list->items[i])) return false;
    }
    return str_builder_add_c(b, "]");
}

static bool repr_item(VM *vm, StrBuilder *b, Value item) {
    if (value_same(item, ELLIPSIS)) return str_builder_add_c(b, "...");
    if (is_list(item) && stack_check(vm)) return repr_list(vm, b, to_list(item));
    if (is_class(item)) {
        Str *name = class_full_name(vm, to_class(item));
        return name != NULL && str_builder_add_str(b, name);
    }
    Value origin = is_object(item) ? attr_get_optional(vm, item, vm->names.__origin__) : UNDEFINED;
    Value qualname = is_object(item) && is_undefined(origin) ? attr_get_optional(vm, item, vm->names.__qualname__) : UNDEFINED;
    Value module = is_undefined(qualname) || is_error(qualname) ? UNDEFINED : attr_get_optional(vm, item, vm->names.__module__);
    if (is_error(origin) || is_error(qualname) || is_error(module)) return false;
    Str *text;
    if (is_undefined(module) || is_none(module)) text = value_repr(vm, item);
    else if (value_same(module, from_object(vm->names.builtins))) text = value_str(vm, qualname);
    else text = str_printf(vm, "%V.%V", module, qualname);
    return text != NULL && str_builder_add_str(b, text);
}

// ---- GenericAlias

static Value alias_new(VM *vm, Class *cls, Value origin, Value args, bool starred) {
    Tuple *tuple = is_tuple(args) ? to_tuple(args) : tuple_pack(vm, 1, args);
    if (tuple == NULL) return ERROR;
    Value parameters = parameters_of(vm, tuple);
    if (is_error(parameters)) return ERROR;
    Alias *alias = object_new_of(vm, cls, sizeof *alias);
    if (alias == NULL) return ERROR;
    alias->origin = origin;
    alias->args = from_object(tuple);
    alias->parameters = parameters;
    alias->starred = from_bool(starred);
    return from_object(alias);
}

Value generic_alias_new(VM *vm, Value origin, Value args) { return alias_new(vm, vm->types.generic_alias, origin, args, false); }

static Value alias_create(VM *vm, const Value *args, int argc) { return alias_new(vm, to_class(args[0]), args[1], args[2], false); }

static Value alias_repr(VM *vm, const Value *args, int argc) {
    Alias *alias = to_alias(args[0]);
    StrBuilder b = STR_BUILDER(vm);
    if (is_true_value(alias->starred)) str_builder_add_c(&b, "*");
    bool done = stack_check(vm) && repr_item(vm, &b, alias->origin) && str_builder_add_c(&b, "[");
    Tuple *items = to_tuple(alias->args);
    for (size_t i = 0; done && i < items->count; i++) {
        if (i) str_builder_add_c(&b, ", ");
        done = repr_item(vm, &b, items->items[i]);
    }
    if (done && items->count == 0) str_builder_add_c(&b, "()");
    str_builder_add_c(&b, "]");
    Str *text = done ? str_builder_finish(&b) : NULL;
    if (!done) str_builder_cancel(&b);
    return text == NULL ? ERROR : from_object(text);
}

// args: self, keywords, extra positional ones
static Value alias_call(VM *vm, const Value *args, int argc) {
    Tuple *positional = tuple_from_values(vm, args + 2, argc > 2 ? (size_t)argc - 2 : 0);
    if (positional == NULL) return ERROR;
    Value result = call_ex(vm, to_alias(args[0])->origin, from_object(positional), argc > 1 ? args[1] : UNDEFINED);
    if (is_error(result)) return ERROR;
    Str *name = str_intern_c(vm, "__orig_class__");
    if (name == NULL) return ERROR;
    if (is_object(result) && class_of(vm, result)->flags & CLASS_HAS_DICT && !attr_set(vm, result, name, args[0])) {
        if (!raised_matches(vm, vm->exc.AttributeError) && !raised_matches(vm, vm->exc.TypeError)) return ERROR;
        raised_clear(vm);
    }
    return result;
}

static bool alias_keeps_name(VM *vm, Str *name) {
    static const char *const kept[] = {
        "__class__", "__origin__", "__args__", "__parameters__", "__unpacked__", "__typing_unpacked_tuple_args__", "__mro_entries__",
        "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__",
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (str_equals_c(vm, name, kept[i])) return true;
    return false;
}

// All else is the origin's.
static Value alias_getattribute(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "attribute name must be string, not '%T'", args[1]);
    Str *name = str_intern(vm, to_str(args[1]));
    if (name == NULL) return ERROR;
    bool own = alias_keeps_name(vm, name) || !is_undefined(instance_get_own(vm, to_object(args[0]), name));
    return own ? attr_get_generic(vm, args[0], name) : attr_get(vm, to_alias(args[0])->origin, name);
}

static Value alias_getitem(VM *vm, const Value *args, int argc) {
    Alias *alias = to_alias(args[0]);
    Tuple *replaced = substitute(vm, args[0], to_tuple(alias->args), to_tuple(alias->parameters), args[1]);
    if (replaced == NULL) return ERROR;
    return alias_new(vm, class_of(vm, args[0]), alias->origin, from_object(replaced), is_true_value(alias->starred));
}

static Value alias_mro_entries(VM *vm, const Value *args, int argc) {
    Tuple *entries = tuple_pack(vm, 1, to_alias(args[0])->origin);
    return entries == NULL ? ERROR : from_object(entries);
}

static Value alias_eq(VM *vm, const Value *args, int argc) {
    if (!is_alias(vm, args[1])) return NOT_IMPLEMENTED;
    Alias *a = to_alias(args[0]), *b = to_alias(args[1]);
    if (!value_same(a->starred, b->starred)) return FALSE_VALUE;
    int equal = values_equal(vm, a->origin, b->origin);
    if (equal > 0) equal = values_equal(vm, a->args, b->args);
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value alias_hash(VM *vm, const Value *args, int argc) {
    int64_t origin, arguments;
    if (!hash_value(vm, to_alias(args[0])->origin, &origin) || !hash_value(vm, to_alias(args[0])->args, &arguments)) return ERROR;
    return int_from_i64(vm, origin ^ arguments);
}

static Value alias_instancecheck(VM *vm, const Value *args, int argc) {
    return raise_type_error(vm, "isinstance() argument 2 cannot be a parameterized generic");
}
static Value alias_subclasscheck(VM *vm, const Value *args, int argc) {
    return raise_type_error(vm, "issubclass() argument 2 cannot be a parameterized generic");
}

// *tuple[int]
static Value alias_iter(VM *vm, const Value *args, int argc) {
    Alias *alias = to_alias(args[0]);
    Value starred = alias_new(vm, class_of(vm, args[0]), alias->origin, alias->args, true);
    Tuple *one = is_error(starred) ? NULL : tuple_pack(vm, 1, starred);
    return one == NULL ? ERROR : iter_get(vm, from_object(one));
}

static Value alias_reduce(VM *vm, const Value *args, int argc) {
    Alias *alias = to_alias(args[0]);
    Tuple *pair = tuple_pack(vm, 2, alias->origin, alias->args);
    Tuple *result = pair == NULL ? NULL : tuple_pack(vm, 2, from_object(vm->types.generic_alias), from_object(pair));
    return result == NULL ? ERROR : from_object(result);
}

static Value alias_dir(VM *vm, const Value *args, int argc) {
    Value names = call_special(vm, to_alias(args[0])->origin, SPECIAL_DIR, NULL, 0);
    List *list = is_error(names) || is_undefined(names) ? NULL : list_from_iterable(vm, names);
    static const char *const own[] = {"__origin__", "__args__", "__parameters__", "__mro_entries__", "__unpacked__"};
    for (size_t i = 0; list != NULL && i < sizeof own / sizeof *own; i++) {
        Str *name = str_intern_c(vm, own[i]);
        if (name == NULL || !list_append(vm, list, from_object(name))) return ERROR;
    }
    return list == NULL ? ERROR : from_object(list);
}

static Value alias_or(VM *vm, const Value *args, int argc) { return union_new(vm, args[0], args[1]); }
static Value alias_ror(VM *vm, const Value *args, int argc) { return union_new(vm, args[1], args[0]); }

static Value alias_get_origin(VM *vm, Value self) { return to_alias(self)->origin; }
static Value alias_get_args(VM *vm, Value self) { return to_alias(self)->args; }
static Value alias_get_parameters(VM *vm, Value self) { return to_alias(self)->parameters; }
static Value alias_get_unpacked(VM *vm, Value self) { return to_alias(self)->starred; }
static Value alias_get_tuple_args(VM *vm, Value self) {
    Alias *alias = to_alias(self);
    return is_true_value(alias->starred) && value_same(alias->origin, from_object(vm->types.tuple)) ? alias->args : NONE;
}

static const NativeDef alias_methods[] = {
    {"__new__(cls, origin, args, /)", alias_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", alias_repr, NULL, NATIVE_METHOD},
    {"__call__(self, /, *args, **kwargs)", alias_call, NULL, NATIVE_METHOD},
    {"__getattribute__(self, name, /)", alias_getattribute, NULL, NATIVE_METHOD},
    {"__getitem__(self, key, /)", alias_getitem, NULL, NATIVE_METHOD},
    {"__mro_entries__(self, bases, /)", alias_mro_entries, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", alias_eq, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", alias_hash, NULL, NATIVE_METHOD},
    {"__instancecheck__(self, instance, /)", alias_instancecheck, NULL, NATIVE_METHOD},
    {"__subclasscheck__(self, cls, /)", alias_subclasscheck, NULL, NATIVE_METHOD},
    {"__iter__(self, /)", alias_iter, NULL, NATIVE_METHOD},
    {"__reduce__(self, /)", alias_reduce, NULL, NATIVE_METHOD},
    {"__dir__(self, /)", alias_dir, NULL, NATIVE_METHOD},
    {"__or__(self, value, /)", alias_or, NULL, NATIVE_METHOD},
    {"__ror__(self, value, /)", alias_ror, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef alias_getsets[] = {
    {"__origin__", alias_get_origin, readonly_member, NULL},
    {"__args__", alias_get_args, readonly_member, NULL},
    {"__parameters__", alias_get_parameters, NULL, NULL},
    {"__unpacked__", alias_get_unpacked, readonly_member, NULL},
    {"__typing_unpacked_tuple_args__", alias_get_tuple_args, NULL, NULL},
    {0},
};

// ---- UnionType

static bool is_union_part(VM *vm, Value v) { return is_none(v) || is_class(v) || is_alias(vm, v) || is_union(vm, v); }

static bool union_add(VM *vm, List *parts, Value part) {
    if (is_none(part)) part = from_object(vm->types.none);
    if (is_union(vm, part)) {
        Tuple *inner = to_tuple(to_union(part)->args);
        for (size_t i = 0; i < inner->count; i++)
            if (!union_add(vm, parts, inner->items[i])) return false;
        return true;
    }
    for (size_t i = 0; i < parts->count; i++) {
        if (value_same(parts->items[i], part)) return true;
        if (is_class(parts->items[i]) && is_class(part)) continue;
        int equal = values_equal(vm, parts->items[i], part);
        if (equal != 0) return equal > 0;
    }
    return list_append(vm, parts, part);
}

static Value union_from_list(VM *vm, List *parts) {
    if (parts->count == 1) return parts->items[0];
    Tuple *args = tuple_from_list(vm, parts);
    Value parameters = args == NULL ? ERROR : parameters_of(vm, args);
    if (is_error(parameters)) return ERROR;
    Union *result = object_new_of(vm, vm->types.union_type, sizeof *result);
    if (result == NULL) return ERROR;
    result->args = from_object(args);
    result->parameters = parameters;
    return from_object(result);
}

Value union_new(VM *vm, Value left, Value right) {
    if (!is_union_part(vm, left) || !is_union_part(vm, right)) return NOT_IMPLEMENTED;
    List *parts = list_new(vm, 2);
    return parts != NULL && union_add(vm, parts, left) && union_add(vm, parts, right) ? union_from_list(vm, parts) : ERROR;
}

static Value union_repr(VM *vm, const Value *args, int argc) {
    Tuple *parts = to_tuple(to_union(args[0])->args);
    StrBuilder b = STR_BUILDER(vm);
    bool done = stack_check(vm);
    for (size_t i = 0; done && i < parts->count; i++) {
        if (i) str_builder_add_c(&b, " | ");
        done = value_same(parts->items[i], from_object(vm->types.none)) ? str_builder_add_c(&b, "None") : repr_item(vm, &b, parts->items[i]);
    }
    Str *text = done ? str_builder_finish(&b) : NULL;
    if (!done) str_builder_cancel(&b);
    return text == NULL ? ERROR : from_object(text);
}

static Value union_set(VM *vm, Value v) {
    Set *set = set_new(vm, true);
    Tuple *parts = to_tuple(to_union(v)->args);
    for (size_t i = 0; set != NULL && i < parts->count; i++)
        if (!set_add(vm, set, parts->items[i])) return ERROR;
    return set == NULL ? ERROR : from_object(set);
}

static Value union_eq(VM *vm, const Value *args, int argc) {
    if (!is_union(vm, args[1])) return NOT_IMPLEMENTED;
    Value a = union_set(vm, args[0]), b = is_error(a) ? ERROR : union_set(vm, args[1]);
    int equal = is_error(b) ? -1 : values_equal(vm, a, b);
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value union_hash(VM *vm, const Value *args, int argc) {
    Value set = union_set(vm, args[0]);
    int64_t hash;
    return !is_error(set) && hash_value(vm, set, &hash) ? int_from_i64(vm, hash) : ERROR;
}

// isinstance(x, int | list[int]) is an error only when no earlier part matches.
static Value union_check(VM *vm, Value self, Value v, bool instance) {
    Tuple *parts = to_tuple(to_union(self)->args);
    for (size_t i = 0; i < parts->count; i++) {
        int result = instance ? value_is_instance(vm, v, parts->items[i]) : value_is_subclass(vm, v, parts->items[i]);
        if (result != 0) return result < 0 ? ERROR : TRUE_VALUE;
    }
    return FALSE_VALUE;
}

static Value union_instancecheck(VM *vm, const Value *args, int argc) { return union_check(vm, args[0], args[1], true); }
static Value union_subclasscheck(VM *vm, const Value *args, int argc) {
    if (!is_class(args[1])) return raise_type_error(vm, "issubclass() arg 1 must be a class");
    return union_check(vm, args[0], args[1], false);
}

static Value union_getitem(VM *vm, const Value *args, int argc) {
    Union *self = to_union(args[0]);
    Tuple *replaced = substitute(vm, args[0], to_tuple(self->args), to_tuple(self->parameters), args[1]);
    if (replaced == NULL || replaced->count == 0) return ERROR;
    Value result = replaced->items[0];
    for (size_t i = 1; i < replaced->count && !is_error(result); i++) result = binary_op(vm, BINARY_OR, result, replaced->items[i], false);
    return result;
}

static Value union_or(VM *vm, const Value *args, int argc) { return union_new(vm, args[0], args[1]); }
static Value union_ror(VM *vm, const Value *args, int argc) { return union_new(vm, args[1], args[0]); }
static Value union_get_args(VM *vm, Value self) { return to_union(self)->args; }
static Value union_get_parameters(VM *vm, Value self) { return to_union(self)->parameters; }

static const NativeDef union_methods[] = {
    {"__repr__(self, /)", union_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", union_eq, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", union_hash, NULL, NATIVE_METHOD},
    {"__instancecheck__(self, instance, /)", union_instancecheck, NULL, NATIVE_METHOD},
    {"__subclasscheck__(self, cls, /)", union_subclasscheck, NULL, NATIVE_METHOD},
    {"__getitem__(self, key, /)", union_getitem, NULL, NATIVE_METHOD},
    {"__or__(self, value, /)", union_or, NULL, NATIVE_METHOD},
    {"__ror__(self, value, /)", union_ror, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef union_getsets[] = {
    {"__args__", union_get_args, readonly_member, NULL},
    {"__parameters__", union_get_parameters, NULL, NULL},
    {0},
};

bool generic_alias_init(VM *vm) {
    Str *module = str_intern_c(vm, "types");
    if (module == NULL) return false;
    vm->types.generic_alias->module_name = vm->types.union_type->module_name = from_object(module);
    vm->types.generic_alias->member_count = ALIAS_MEMBERS;
    vm->types.union_type->member_count = UNION_MEMBERS;
    _Static_assert(offsetof(Alias, origin) == 24 && offsetof(Union, args) == 24, "the members are the first inline slots");
    return type_define(vm, &(TypeDef){.where = &vm->types.generic_alias, .methods = alias_methods, .getsets = alias_getsets,
                                      .flags = CLASS_BASETYPE | CLASS_HAS_WEAKREF}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.union_type, .methods = union_methods, .getsets = union_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION | CLASS_HAS_WEAKREF});
}
