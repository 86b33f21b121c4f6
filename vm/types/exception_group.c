// Exception groups (PEP 654): construction, split and subgroup, and what `except*` needs.
#include "vm/types/exception_group.h"

#include "vm/call.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

static bool is_group(VM *vm, Value v) { return is_exception(v) && class_is_subclass(class_of(vm, v), vm->exc.BaseExceptionGroup); }
static Tuple *group_exceptions(Value group) { return to_tuple(to_exception(group)->fields[GROUP_EXCEPTIONS]); }

// ---- construction

Class *exception_group_class(VM *vm, Class *cls, Tuple *args) {
    if (args->count != 2) {
        raise_type_error(vm, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", args->count);
        return NULL;
    }
    if (!is_str(args->items[0])) {
        raise_type_error(vm, "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args->items[0]);
        return NULL;
    }
    Value source = args->items[1];
    Class *source_class = class_of(vm, source);
    if (is_undefined(class_special(vm, source_class, SPECIAL_GETITEM)) || is_dict(source)) {
        raise_type_error(vm, "second argument (exceptions) must be a sequence");
        return NULL;
    }
    Tuple *exceptions = tuple_from_iterable(vm, source);
    if (exceptions == NULL) return NULL;
    if (exceptions->count == 0) {
        raise_value_error(vm, "second argument (exceptions) must be a non-empty sequence");
        return NULL;
    }
    bool only_exceptions = true;
    for (size_t i = 0; i < exceptions->count; i++) {
        if (!is_exception(exceptions->items[i])) {
            raise_value_error(vm, "Item %zu of second argument (exceptions) is not an exception", i);
            return NULL;
        }
        only_exceptions &= class_is_subclass(class_of(vm, exceptions->items[i]), vm->exc.Exception);
    }
    if (cls == vm->exc.BaseExceptionGroup) return only_exceptions ? vm->exc.ExceptionGroup : cls;
    if (only_exceptions || !class_is_subclass(cls, vm->exc.Exception)) return cls;
    if (cls == vm->exc.ExceptionGroup) raise_type_error(vm, "Cannot nest BaseExceptions in an ExceptionGroup");
    else raise_type_error(vm, "Cannot nest BaseExceptions in '%C'", cls);
    return NULL;
}

bool exception_group_fill(VM *vm, Exception *group, Tuple *args) {
    if (args->count != 2) return true;                 // a subclass's own __init__ may call on with anything
    if (!is_undefined(group->fields[GROUP_EXCEPTIONS])) return true;   // __new__ has done it
    Tuple *exceptions = tuple_from_iterable(vm, args->items[1]);
    if (exceptions == NULL) return false;
    group->fields[GROUP_MESSAGE] = args->items[0];
    group->fields[GROUP_EXCEPTIONS] = from_object(exceptions);
    gc_write_barrier(vm, group);
    return true;
}

// ---- splitting

// group.derive(exceptions) with the group's traceback, context, cause and notes.
static Value derive_with_links(VM *vm, Value group, Value exceptions) {
    Str *derive = str_intern_c(vm, "derive");
    Value part = derive == NULL ? ERROR : call_method(vm, group, derive, &exceptions, 1);
    if (is_error(part)) return ERROR;
    if (!is_group(vm, part)) return raise_type_error(vm, "derive must return an instance of BaseExceptionGroup");
    Exception *from = to_exception(group), *to = to_exception(part);
    to->traceback = from->traceback;
    to->context = from->context;
    to->cause = from->cause;
    to->suppress_context = from->suppress_context;
    gc_write_barrier(vm, to);
    Value notes = attr_get_optional(vm, group, vm->names.__notes__);
    if (is_error(notes)) return ERROR;
    if (is_list(notes)) {
        List *copy = list_copy(vm, to_list(notes));
        if (copy == NULL || !attr_set(vm, part, vm->names.__notes__, from_object(copy))) return ERROR;
    }
    return part;
}

// The condition of split and subgroup: exception class, tuple of them, or a callable.
typedef struct Condition { Value test; bool by_type; } Condition;

static bool is_exception_class(VM *vm, Value v) { return is_kind(v, KIND_CLASS) && class_is_subclass((Class *)to_object(v), vm->exc.BaseException); }

static bool condition_read(VM *vm, Value v, Condition *out) {
    out->test = v;
    out->by_type = is_exception_class(vm, v);
    if (is_tuple(v)) {
        out->by_type = true;
        for (size_t i = 0; i < to_tuple(v)->count; i++) out->by_type &= is_exception_class(vm, to_tuple(v)->items[i]);
    }
    if (out->by_type || (!is_kind(v, KIND_CLASS) && !is_tuple(v) && is_callable(vm, v))) return true;
    raise_type_error(vm, "expected a function, exception type or tuple of exception types");
    return false;
}

static int condition_matches(VM *vm, const Condition *condition, Value exception) {
    if (condition->by_type) return value_is_instance(vm, exception, condition->test);
    Value result = call1(vm, condition->test, exception);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

// The part of `exception` that meets the condition and the rest, each NONE when empty. Without want_rest the rest is not made.
static bool split(VM *vm, Value exception, const Condition *condition, bool want_rest, Value *out_match, Value *out_rest) {
    *out_match = *out_rest = NONE;
    if (!stack_check(vm)) return false;
    int matches = condition_matches(vm, condition, exception);
    if (matches < 0) return false;
    if (matches) return *out_match = exception, true;
    if (!is_group(vm, exception)) return *out_rest = exception, true;
    Tuple *children = group_exceptions(exception);
    List *matched = list_new(vm, 0), *rest = list_new(vm, 0);
    if (matched == NULL || rest == NULL) return false;
    for (size_t i = 0; i < children->count; i++) {
        Value child_match, child_rest;
        if (!split(vm, children->items[i], condition, want_rest, &child_match, &child_rest)) return false;
        if (!is_none(child_match) && !list_append(vm, matched, child_match)) return false;
        if (!is_none(child_rest) && !list_append(vm, rest, child_rest)) return false;
    }
    if (matched->count != 0 && is_error(*out_match = derive_with_links(vm, exception, from_object(matched)))) return false;
    if (want_rest && rest->count != 0 && is_error(*out_rest = derive_with_links(vm, exception, from_object(rest)))) return false;
    return true;
}

static Value group_split(VM *vm, const Value *args, int argc) {
    Condition condition;
    Value match, rest;
    if (!condition_read(vm, args[1], &condition) || !split(vm, args[0], &condition, true, &match, &rest)) return ERROR;
    Tuple *pair = tuple_pack(vm, 2, match, rest);
    return pair != NULL ? from_object(pair) : ERROR;
}

static Value group_subgroup(VM *vm, const Value *args, int argc) {
    Condition condition;
    Value match, rest;
    if (!condition_read(vm, args[1], &condition) || !split(vm, args[0], &condition, false, &match, &rest)) return ERROR;
    return match;
}

static Value group_derive(VM *vm, const Value *args, int argc) {
    Value arguments[2] = {to_exception(args[0])->fields[GROUP_MESSAGE], args[1]};
    return call_value(vm, from_object(vm->exc.BaseExceptionGroup), arguments, 2);
}

static Value group_str(VM *vm, const Value *args, int argc) {
    size_t count = group_exceptions(args[0])->count;
    Str *text = str_printf(vm, "%V (%zu sub-exception%s)", to_exception(args[0])->fields[GROUP_MESSAGE], count, count == 1 ? "" : "s");
    return text != NULL ? from_object(text) : ERROR;
}

static Value get_message(VM *vm, Value self) { return to_exception(self)->fields[GROUP_MESSAGE]; }
static Value get_exceptions(VM *vm, Value self) { return to_exception(self)->fields[GROUP_EXCEPTIONS]; }

const NativeDef exception_group_methods[] = {
    {"__str__(self, /)", group_str, "Return str(self).", 0},
    {"__class_getitem__(cls, item, /)", generic_class_getitem, "See PEP 585", NATIVE_CLASS_METHOD},
    {"derive(self, excs, /)", group_derive, "A group like this one, with other exceptions: what split() makes its parts with.", 0},
    {"split(self, condition, /)", group_split, "A pair: the part of the group that meets the condition, and the rest.", 0},
    {"subgroup(self, condition, /)", group_subgroup, "The part of the group that meets the condition, or None.", 0},
    {0},
};
const GetSetDef exception_group_getsets[] = {
    {"message", get_message, NULL, "exception message"},
    {"exceptions", get_exceptions, NULL, "nested exceptions"},
    {0},
};

bool exception_group_init(VM *vm) {
    Str *name = str_intern_c(vm, "ExceptionGroup");
    Tuple *bases = tuple_pack(vm, 2, from_object(vm->exc.BaseExceptionGroup), from_object(vm->exc.Exception));
    Dict *namespace = dict_new(vm);
    Str *module = str_intern_c(vm, "builtins");
    if (name == NULL || bases == NULL || namespace == NULL || module == NULL) return false;
    if (!dict_set_str(vm, namespace, vm->names.__module__, from_object(module))) return false;
    Value cls = class_create(vm, vm->types.type, name, bases, namespace, NULL);
    if (is_error(cls)) return false;
    vm->exc.ExceptionGroup = (Class *)to_object(cls);
    vm->exc.ExceptionGroup->flags &= ~(uint32_t)CLASS_HEAP;
    return true;
}

// ---- except*

static bool check_star_type(VM *vm, Value type) {
    Tuple *types = is_tuple(type) ? to_tuple(type) : NULL;
    size_t count = types != NULL ? types->count : 1;
    for (size_t i = 0; i < count; i++) {
        Value item = types != NULL ? types->items[i] : type;
        if (!is_exception_class(vm, item)) {
            raise_type_error(vm, "catching classes that do not inherit from BaseException is not allowed");
            return false;
        }
        if (class_is_subclass((Class *)to_object(item), vm->exc.BaseExceptionGroup)) {
            raise_type_error(vm, "catching ExceptionGroup with except* is not allowed. Use except instead.");
            return false;
        }
    }
    return true;
}

bool exception_group_match(VM *vm, Value exception, Value type, Value *out_match, Value *out_rest) {
    *out_match = NONE;
    *out_rest = exception;
    if (is_none(exception)) return true;
    if (!check_star_type(vm, type)) return false;
    if (is_group(vm, exception)) return split(vm, exception, &(Condition){type, true}, true, out_match, out_rest);
    int matches = value_is_instance(vm, exception, type);
    if (matches < 0) return false;
    if (!matches) return true;
    // A naked exception that matches is handled as a group of one.
    Tuple *one = tuple_from_values(vm, &exception, 1);
    if (one == NULL) return false;
    Value arguments[2] = {from_object(vm->empty_str), from_object(one)};
    *out_match = call_value(vm, from_object(vm->exc.BaseExceptionGroup), arguments, 2);
    *out_rest = NONE;
    if (is_error(*out_match)) return false;
    // The wrapper continues where the exception comes from, so that the traceback shows this frame.
    to_exception(*out_match)->traceback = NONE;
    return true;
}

// Whether `exception` is a part that split() took from `original` (and not one newly raised in a clause): they share traceback, context
// and cause, which split() copies.
static bool is_part_of(VM *vm, Value exception, Value original) {
    if (!is_group(vm, original)) return false;
    Exception *part = to_exception(exception), *whole = to_exception(original);
    return is_group(vm, exception) && value_same(part->traceback, whole->traceback) && value_same(part->context, whole->context) &&
           value_same(part->cause, whole->cause);
}

// The leaf exceptions of a group, to see which of the original's are still unhandled.
static bool collect_leaves(VM *vm, Value exception, Set *leaves) {
    if (!stack_check(vm)) return false;
    if (!is_group(vm, exception)) return set_add(vm, leaves, from_int(object_id(vm, exception)));
    Tuple *children = group_exceptions(exception);
    for (size_t i = 0; i < children->count; i++)
        if (!collect_leaves(vm, children->items[i], leaves)) return false;
    return true;
}

// The original group with only those leaves, nested as they were. NONE when nothing stays.
static Value project(VM *vm, Value original, Set *leaves) {
    if (!stack_check(vm)) return ERROR;
    if (!is_group(vm, original)) {
        int kept = set_contains(vm, leaves, from_int(object_id(vm, original)));
        return kept < 0 ? ERROR : kept ? original : NONE;
    }
    Tuple *children = group_exceptions(original);
    List *kept = list_new(vm, 0);
    if (kept == NULL) return ERROR;
    for (size_t i = 0; i < children->count; i++) {
        Value part = project(vm, children->items[i], leaves);
        if (is_error(part) || (!is_none(part) && !list_append(vm, kept, part))) return ERROR;
    }
    if (kept->count == 0) return NONE;
    return derive_with_links(vm, original, from_object(kept));
}

Value exception_reraise_star(VM *vm, Value original, List *exceptions) {
    List *raised = list_new(vm, 0);
    Set *unhandled = set_new(vm, false);
    if (raised == NULL || unhandled == NULL) return ERROR;
    bool any_unhandled = false;
    for (size_t i = 0; i < exceptions->count; i++) {
        Value e = exceptions->items[i];
        if (is_none(e)) continue;
        if (!is_group(vm, original)) {
            // One naked exception was tried: it comes back itself when no clause took it.
            if (value_same(e, original)) return original;
            if (!list_append(vm, raised, e)) return ERROR;
        } else if (is_part_of(vm, e, original)) {
            any_unhandled = true;
            if (!collect_leaves(vm, e, unhandled)) return ERROR;
        } else if (!list_append(vm, raised, e)) {
            return ERROR;
        }
    }
    Value rest = any_unhandled ? project(vm, original, unhandled) : NONE;
    if (is_error(rest)) return ERROR;
    if (raised->count == 0) return rest;
    if (!is_none(rest) && !list_append(vm, raised, rest)) return ERROR;
    if (raised->count == 1) return raised->items[0];
    Value arguments[2] = {from_object(vm->empty_str), from_object(raised)};
    return call_value(vm, from_object(vm->exc.BaseExceptionGroup), arguments, 2);
}
