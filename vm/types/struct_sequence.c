// Struct sequences: see struct_sequence.h.
#include "vm/types/struct_sequence.h"

#include <stdio.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

// A field is a property over one of these.
// Programs can call them with anything, and make records that are too short, by way of property.fget and tuple.__new__.
static Value item_of(VM *vm, Value self, size_t index) {
    if (is_tuple(self) && index < to_tuple(self)->count) return to_tuple(self)->items[index];
    return raise_type_error(vm, "'%T' object has no field %zu", self, index);
}
#define ITEM_GETTER(index) \
    static Value get_item_##index(VM *vm, const Value *args, int argc) { return item_of(vm, args[0], index); }
ITEM_GETTER(0) ITEM_GETTER(1) ITEM_GETTER(2) ITEM_GETTER(3) ITEM_GETTER(4) ITEM_GETTER(5) ITEM_GETTER(6) ITEM_GETTER(7) ITEM_GETTER(8)
ITEM_GETTER(9) ITEM_GETTER(10) ITEM_GETTER(11) ITEM_GETTER(12) ITEM_GETTER(13) ITEM_GETTER(14) ITEM_GETTER(15) ITEM_GETTER(16) ITEM_GETTER(17)
#define GETTER_ROW(index) {"item" #index "(self, /)", get_item_##index, NULL, NATIVE_STATIC_METHOD}
static const NativeDef item_getters[] = {
    GETTER_ROW(0), GETTER_ROW(1), GETTER_ROW(2), GETTER_ROW(3), GETTER_ROW(4), GETTER_ROW(5), GETTER_ROW(6), GETTER_ROW(7), GETTER_ROW(8),
    GETTER_ROW(9), GETTER_ROW(10), GETTER_ROW(11), GETTER_ROW(12), GETTER_ROW(13), GETTER_ROW(14), GETTER_ROW(15), GETTER_ROW(16), GETTER_ROW(17),
};
enum { FIELDS_MAX = sizeof item_getters / sizeof *item_getters };

static Tuple *field_names(VM *vm, Class *cls) {
    Value names = class_get_attr(vm, cls, vm->names.__match_args__);
    bool fine = is_tuple(names);
    for (size_t i = 0; fine && i < to_tuple(names)->count; i++) fine = is_str(to_tuple(names)->items[i]);
    if (fine) return to_tuple(names);
    if (!is_error(names)) raise_type_error(vm, "%C.__match_args__ must be a tuple of str", cls);
    return NULL;
}

// name=value for each item.
static Value record_repr(VM *vm, const Value *args, int argc) {
    Tuple *self = to_tuple(args[0]), *names = field_names(vm, class_of(vm, args[0]));
    if (names == NULL) return ERROR;
    if (!stack_check(vm)) return ERROR;
    StrBuilder b = STR_BUILDER(vm);
    Class *cls = class_of(vm, args[0]);
    Value module = class_get_attr(vm, cls, vm->names.__module__);
    if (is_str(module)) {
        str_builder_add_str(&b, to_str(module));
        str_builder_add_c(&b, ".");
    }
    str_builder_add_str(&b, cls->name);
    str_builder_add_c(&b, "(");
    for (size_t i = 0; i < self->count && i < names->count; i++) {
        Str *text = value_repr(vm, self->items[i]);
        if (text == NULL) {
            str_builder_cancel(&b);
            return ERROR;
        }
        if (i != 0) str_builder_add_c(&b, ", ");
        str_builder_add_str(&b, to_str(names->items[i]));
        str_builder_add_c(&b, "=");
        str_builder_add_str(&b, text);
    }
    str_builder_add_c(&b, ")");
    Str *text = str_builder_finish(&b);
    return text != NULL ? from_object(text) : ERROR;
}

// The hidden fields that the sequence was too short for. Other names in the dict do not matter.
static bool hidden_from_dict(VM *vm, Class *cls, Value record, Dict *by_name, size_t given) {
    Value hidden = class_get_attr(vm, cls, str_intern_c(vm, "_hidden_fields"));
    if (is_error(hidden)) return false;
    for (size_t i = given; is_list(hidden) && i < to_list(hidden)->count; i++) {
        Value name = to_list(hidden)->items[i], value = is_str(name) ? dict_get(vm, by_name, name) : UNDEFINED;
        if (is_error(value) || (!is_undefined(value) && !instance_set_own(vm, to_object(record), to_str(name), value))) return false;
    }
    return true;
}

// cls(sequence[, dict]): the items, then hidden fields; the dict may give the latter by name.
static Value record_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    if (!is_iterable(vm, args[1])) return raise_type_error(vm, "constructor requires a sequence");
    Tuple *names = field_names(vm, cls), *items = names == NULL ? NULL : tuple_from_iterable(vm, args[1]);
    if (items == NULL) return ERROR;
    Value most_value = class_get_attr(vm, cls, str_intern_c(vm, "n_fields"));
    if (!is_int(most_value)) return ERROR;
    size_t least = names->count, most = (size_t)to_int(most_value);
    if (items->count < least)
        return raise_type_error(vm, most > least ? "%V.%S() takes an at least %zu-sequence (%zu-sequence given)" : "%V.%S() takes a %zu-sequence (%zu-sequence given)",
                                class_get_attr(vm, cls, vm->names.__module__), cls->name, least, items->count);
    if (items->count > most)
        return raise_type_error(vm, most > least ? "%V.%S() takes an at most %zu-sequence (%zu-sequence given)" : "%V.%S() takes a %zu-sequence (%zu-sequence given)",
                                class_get_attr(vm, cls, vm->names.__module__), cls->name, most, items->count);
    Value by_name = arg_or(args, argc, 2, UNDEFINED), record = struct_sequence_new(vm, cls, items->items, items->count);
    if (is_error(record) || is_undefined(by_name)) return record;
    if (!is_dict(by_name))
        return raise_type_error(vm, "%V.%S() takes a dict as second arg, if any", class_get_attr(vm, cls, vm->names.__module__), cls->name);
    return hidden_from_dict(vm, cls, record, to_dict(by_name), items->count - least) ? record : ERROR;
}

static Dict *hidden_to_dict(VM *vm, Value record) {
    Dict *dict = dict_new(vm);
    Value hidden = class_get_attr(vm, class_of(vm, record), str_intern_c(vm, "_hidden_fields"));
    if (dict == NULL || is_error(hidden)) return NULL;
    for (size_t i = 0; is_list(hidden) && i < to_list(hidden)->count; i++) {
        Value name = to_list(hidden)->items[i], value = is_str(name) ? attr_get_optional(vm, record, to_str(name)) : UNDEFINED;
        if (is_error(value) || (!is_undefined(value) && !dict_set(vm, dict, name, value))) return NULL;
    }
    return dict;
}

static Value record_reduce(VM *vm, const Value *args, int argc) {
    Tuple *self = to_tuple(args[0]), *plain = tuple_from_values(vm, self->items, self->count);
    Dict *by_name = plain == NULL ? NULL : hidden_to_dict(vm, args[0]);
    Tuple *arguments = by_name == NULL ? NULL : tuple_pack(vm, 2, from_object(plain), from_object(by_name));
    Tuple *result = arguments == NULL ? NULL : tuple_pack(vm, 2, from_object(class_of(vm, args[0])), from_object(arguments));
    return result != NULL ? from_object(result) : ERROR;
}

static const NativeDef record_methods[] = {
    {"__new__(cls, sequence, dict=?)", record_new, "Create and return a new object.", NATIVE_NEW},
    {"__repr__(self, /)", record_repr, "Return repr(self).", 0},
    {"__reduce__(self, /)", record_reduce, NULL, 0},
    {0},
};

// Next name of a list separated by spaces, interned; moves *at; NULL at the end or without memory (then raised).
static Str *next_name(VM *vm, const char **at) {
    while (**at == ' ') (*at)++;
    size_t size = strcspn(*at, " ");
    if (size == 0) return NULL;
    Str *name = str_new(vm, *at, size);
    *at += size;
    return name != NULL ? str_intern(vm, name) : NULL;
}

static bool add_field(VM *vm, Dict *namespace, Str *name, size_t index) {
    Value getter = native_new(vm, &item_getters[index], NULL, NONE);
    Value property = is_error(getter) ? ERROR : call1(vm, from_object(vm->types.property), getter);
    return !is_error(property) && dict_set_str(vm, namespace, name, property);
}

Class *struct_sequence_class(VM *vm, const char *full_name, const char *fields, const char *hidden) {
    Dict *namespace = dict_new(vm);
    List *names = list_new(vm, FIELDS_MAX);
    Tuple *bases = tuple_pack(vm, 1, from_object(vm->types.tuple));
    if (namespace == NULL || names == NULL || bases == NULL) return NULL;
    const char *at = fields;
    for (Str *name; (name = next_name(vm, &at)) != NULL;)
        if (names->count >= FIELDS_MAX || !add_field(vm, namespace, name, names->count) || !list_append(vm, names, from_object(name))) return NULL;
    Tuple *match_args = tuple_from_list(vm, names);
    if (match_args == NULL || is_raised(vm)) return NULL;
    size_t total = names->count;
    List *hidden_names = list_new(vm, 2);
    if (hidden_names == NULL) return NULL;
    for (at = hidden; at != NULL && *at != 0;) {
        Str *name = next_name(vm, &at);
        if (name == NULL || !list_append(vm, hidden_names, from_object(name))) return NULL;
        // Seen on the class as well, so that instances without a value have None.
        if (!dict_set_str(vm, namespace, name, NONE)) return NULL;
        total++;
    }
    const char *dot = strrchr(full_name, '.');
    Str *module = str_new(vm, full_name, (size_t)(dot - full_name)), *name = str_intern_c(vm, dot + 1);
    if (module == NULL || name == NULL) return NULL;
    Str *hidden_key = str_intern_c(vm, "_hidden_fields");
    bool ok = hidden_key != NULL && dict_set_str(vm, namespace, vm->names.__match_args__, from_object(match_args)) &&
              dict_set_str(vm, namespace, vm->names.__module__, from_object(module)) && dict_set_str(vm, namespace, hidden_key, from_object(hidden_names)) &&
              dict_set_str(vm, namespace, str_intern_c(vm, "n_sequence_fields"), from_int((int64_t)names->count)) &&
              dict_set_str(vm, namespace, str_intern_c(vm, "n_fields"), from_int((int64_t)total)) &&
              dict_set_str(vm, namespace, str_intern_c(vm, "n_unnamed_fields"), from_int(0));
    Value cls = ok ? class_create(vm, vm->types.type, name, bases, namespace, NULL) : ERROR;
    if (is_error(cls) || !class_add_members(vm, (Class *)to_object(cls), record_methods, NULL)) return NULL;
    return (Class *)to_object(cls);
}

Value struct_sequence_new(VM *vm, Class *cls, const Value *values, size_t count) {
    Tuple *names = field_names(vm, cls);
    if (names == NULL) return ERROR;
    size_t visible = count < names->count ? count : names->count;
    Tuple *record = object_new_of(vm, cls, sizeof(Tuple) + visible * sizeof(Value));
    if (record == NULL) return ERROR;
    record->count = visible;
    memcpy(record->items, values, visible * sizeof *values);
    if (count == visible) return from_object(record);
    Value hidden = class_get_attr(vm, cls, str_intern_c(vm, "_hidden_fields"));
    for (size_t i = visible; i < count && is_list(hidden) && i - visible < to_list(hidden)->count; i++)
        if (is_str(to_list(hidden)->items[i - visible]) && !instance_set_own(vm, &record->head, to_str(to_list(hidden)->items[i - visible]), values[i])) return ERROR;
    return from_object(record);
}
