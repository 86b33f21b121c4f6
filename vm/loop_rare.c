// Operations of the dispatch loop: raising and catching, with, imports, pattern matching, and the intrinsics.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/exception_group.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

static Frame *store(Frame *frame, Word in, Value v) {
    if (UNLIKELY(is_error(v))) return NULL;
    RA(in) = v;
    return frame;
}

// ---- catching

static bool is_exception_class(VM *vm, Value v) {
    return is_kind(v, KIND_CLASS) && class_is_subclass((Class *)to_object(v), vm->exc.BaseException);
}

static bool check_match_type(VM *vm, Value type) {
    if (is_tuple(type)) {
        for (size_t i = 0; i < to_tuple(type)->count; i++)
            if (!is_exception_class(vm, to_tuple(type)->items[i])) goto refuse;
        return true;
    }
    if (is_exception_class(vm, type)) return true;
refuse:
    raise_type_error(vm, "catching classes that do not inherit from BaseException is not allowed");
    return false;
}

static bool exception_matches(VM *vm, Value exception, Value type) {
    Class *cls = class_of(vm, exception);
    if (!is_tuple(type)) return cls == (Class *)to_object(type) || class_is_subclass(cls, (Class *)to_object(type));
    for (size_t i = 0; i < to_tuple(type)->count; i++)
        if (class_is_subclass(cls, (Class *)to_object(to_tuple(type)->items[i]))) return true;
    return false;
}

Frame *loop_op_match_exc(VM *vm, Frame *frame, Word in) {
    Value type = RC(in);
    if (!check_match_type(vm, type)) return NULL;
    return store(frame, in, from_bool(exception_matches(vm, RB(in), type)));
}

Frame *loop_op_match_exc_star(VM *vm, Frame *frame, Word in) {
    Value exception = RB(in), type = RC(in), *out = &RA(in);
    Value match, rest;
    if (is_none(exception)) {
        out[0] = out[1] = NONE;
        return frame;
    }
    if (!exception_group_match(vm, exception, type, &match, &rest)) return NULL;
    out[0] = match;
    out[1] = rest;
    return frame;
}

Frame *loop_op_reraise_star(VM *vm, Frame *frame, Word in) {
    return store(frame, in, exception_reraise_star(vm, RC(in), to_list(RB(in))));
}

Frame *loop_op_end_async_for(VM *vm, Frame *frame, Word in) {
    Value exception = RA(in);
    if (is_instance(vm, exception, vm->exc.StopAsyncIteration)) {
        frame->pc += word_bc(in);
        return frame;
    }
    raised_set(vm, exception);
    return LOOP_RERAISE;
}

// ---- raising

// An instance from what stands behind `raise` or `from`; a class is called. ERROR when it is neither.
static Value exception_from(VM *vm, Value v, const char *otherwise) {
    if (is_exception(v)) return v;
    if (!is_exception_class(vm, v)) return raise_type_error(vm, "%s", otherwise);
    Value made = call0(vm, v);
    if (is_error(made) || is_exception(made)) return made;
    return raise_type_error(vm, "calling %R should have returned an instance of BaseException, not %R", v, from_object(class_of(vm, made)));
}

static Value handled_now(VM *vm) {
    for (HandledState *state = vm->handled; state != NULL; state = state->previous)
        if (!is_undefined(state->exception) && !is_none(state->exception)) return state->exception;
    return UNDEFINED;
}

Frame *loop_op_raise(VM *vm, Frame *frame, Word in) {
    if (word_x(in) == 0) {
        Value exception = handled_now(vm);
        if (is_undefined(exception)) return raise_error(vm, vm->exc.RuntimeError, "No active exception to reraise"), NULL;
        raised_set(vm, exception);
        return LOOP_RERAISE;
    }
    Value exception = exception_from(vm, RA(in), "exceptions must derive from BaseException");
    if (is_error(exception)) return NULL;
    if (word_x(in) == 2) {
        Value cause = RB(in);
        if (!is_none(cause)) {
            cause = exception_from(vm, cause, "exception causes must derive from BaseException");
            if (is_error(cause)) return NULL;
        }
        to_exception(exception)->cause = cause;
        to_exception(exception)->suppress_context = true;
        gc_write_barrier(vm, to_exception(exception));
    }
    raise_exception(vm, exception);
    return NULL;
}

// ---- with

static Value special_bound(VM *vm, Value object, Special special) {
    Class *cls = class_of(vm, object);
    Value method = class_special(vm, cls, special);
    if (is_undefined(method)) return UNDEFINED;
    return is_function(method) ? method_new(vm, method, object) : bind_descriptor(vm, method, object, cls);
}

Frame *loop_op_with_lookup(VM *vm, Frame *frame, Word in) {
    Value object = RB(in);
    bool asynchronous = word_x(in);
    const char *protocol = asynchronous ? "the asynchronous context manager protocol" : "the context manager protocol";
    Value enter = special_bound(vm, object, asynchronous ? SPECIAL_AENTER : SPECIAL_ENTER);
    if (is_error(enter)) return NULL;
    if (is_undefined(enter)) return raise_type_error(vm, "'%T' object does not support %s", object, protocol), NULL;
    Value exit = special_bound(vm, object, asynchronous ? SPECIAL_AEXIT : SPECIAL_EXIT);
    if (is_error(exit)) return NULL;
    if (is_undefined(exit)) {
        raise_type_error(vm, "'%T' object does not support %s (missed %s method)", object, protocol, asynchronous ? "__aexit__" : "__exit__");
        return NULL;
    }
    Value *at = &RA(in);
    at[0] = exit;
    at[1] = enter;
    return frame;
}

Frame *loop_op_with_exit_exc(VM *vm, Frame *frame, Word in) {
    Value exit = RB(in), exception = RC(in);
    Value args[4] = {UNDEFINED, from_object(class_of(vm, exception)), exception, to_exception(exception)->traceback};
    if (is_kind(exit, KIND_METHOD)) {
        Method *method = (Method *)to_object(exit);
        args[0] = method->self;
        if (is_function(method->function)) return loop_call_function(vm, frame, to_function(method->function), args, 4, RETURN_PLAIN, 0, &RA(in));
    }
    return store(frame, in, call_value(vm, exit, args + 1, 3));
}

// ---- imports

Frame *loop_op_import_name(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_b(in)];
    Value fromlist = frame->code->constants[word_c(in)];
    int level = (int)word_x(in);
    Value import = dict_get_str(vm, frame->function->builtins, vm->names.__import__);
    if (is_undefined(import)) return raise_error(vm, vm->exc.ImportError, "__import__ not found"), NULL;
    if (!is_native(import)) {
        Value locals = frame->state & FRAME_HAS_NAMESPACE ? frame->namespace : NONE;
        Value args[5] = {from_object(name), from_object(frame->function->globals), locals, fromlist, from_int(level)};
        return store(frame, in, call_value(vm, import, args, 5));
    }
    return store(frame, in, import_module(vm, name, frame->function->globals, fromlist, level));
}

static Str *module_text(VM *vm, Value module, Str *name, const char *otherwise) {
    Value v = attr_get_optional(vm, module, name);
    if (is_error(v)) raised_clear(vm);
    return is_str(v) ? to_str(v) : str_from_c(vm, otherwise);
}

Frame *loop_op_import_from(VM *vm, Frame *frame, Word in) {
    return store(frame, in, import_from(vm, RB(in), frame->code->names[word_c(in)]));
}

static bool local_store(VM *vm, Frame *frame, Str *name, Value value) {
    if (!(frame->state & FRAME_HAS_NAMESPACE)) return dict_set_str(vm, frame->function->globals, name, value);
    return item_set(vm, frame->namespace, from_object(name), value);
}

static Frame *import_listed(VM *vm, Frame *frame, Value module, Value all) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, all)) return NULL;
    while (iter_step(vm, &it, &item)) {
        if (!is_str(item)) {
            Str *name = module_text(vm, module, vm->names.__name__, "?");
            if (name != NULL) raise_type_error(vm, "Item in %S.__all__ must be str, not %T", name, item);
            return NULL;
        }
        Str *name = str_intern(vm, to_str(item));
        Value v = name == NULL ? ERROR : attr_get(vm, module, name);
        if (is_error(v) || !local_store(vm, frame, name, v)) return NULL;
    }
    return it.failed ? NULL : frame;
}

Frame *loop_op_import_star(VM *vm, Frame *frame, Word in) {
    Value module = RA(in), all = attr_get_optional(vm, module, vm->names.__all__);
    if (is_error(all)) return NULL;
    if (!is_undefined(all)) return import_listed(vm, frame, module, all);
    Value dict = attr_get(vm, module, vm->names.__dict__);
    if (is_error(dict)) return NULL;
    if (!is_dict(dict)) return raise_error(vm, vm->exc.ImportError, "from-import-* object has no __dict__ and no __all__"), NULL;
    Dict *copy = dict_copy(vm, to_dict(dict));   // the target may be the same dict
    if (copy == NULL) return NULL;
    size_t position = 0;
    Value key, value;
    while (dict_next(copy, &position, &key, &value)) {
        if (!is_str(key)) continue;
        const char *data = str_data(vm, to_str(key));
        if (data == NULL) return NULL;
        if (to_str(key)->size > 0 && data[0] == '_') continue;
        Str *name = str_intern(vm, to_str(key));
        if (name == NULL || !local_store(vm, frame, name, value)) return NULL;
    }
    return frame;
}

Frame *loop_op_setup_annotations(VM *vm, Frame *frame, Word in) {
    Str *name = vm->names.__annotations__;
    if (frame->state & FRAME_HAS_NAMESPACE) {
        if (!is_error(item_get(vm, frame->namespace, from_object(name)))) return frame;
        if (!raised_matches(vm, vm->exc.KeyError)) return NULL;
        raised_clear(vm);
    } else if (!is_undefined(dict_get_str(vm, frame->function->globals, name))) {
        return frame;
    }
    Dict *dict = dict_new(vm);
    return dict != NULL && local_store(vm, frame, name, from_object(dict)) ? frame : NULL;
}

Frame *loop_op_print_expr(VM *vm, Frame *frame, Word in) {
    Value hook = attr_get_optional(vm, from_object(vm->sys_module), vm->names.displayhook);
    if (is_undefined(hook)) raise_error(vm, vm->exc.RuntimeError, "lost sys.displayhook");
    if (is_undefined(hook) || is_error(hook)) return NULL;
    return is_error(call1(vm, hook, RA(in))) ? NULL : frame;
}

// ---- match

// Keys that only show at run time may repeat; a repetition counts only as far as the keys before it were found.
static bool check_duplicate_key(VM *vm, Set *seen, Value key) {
    int there = set_contains(vm, seen, key);
    if (there > 0) raise_value_error(vm, "mapping pattern checks duplicate key (%R)", key);
    return there == 0 && set_add(vm, seen, key);
}

Frame *loop_op_match_keys(VM *vm, Frame *frame, Word in) {
    Value mapping = RB(in);
    Tuple *keys = to_tuple(RC(in)), *values = tuple_new(vm, keys->count);
    Set *seen = keys->count > 1 ? set_new(vm, false) : NULL;
    if (values == NULL || (keys->count > 1 && seen == NULL)) return NULL;
    Value missing = from_object(keys);   // nobody's value: the pattern's own keys
    for (size_t i = 0; i < keys->count; i++) {
        Value v;
        if (seen != NULL && !check_duplicate_key(vm, seen, keys->items[i])) return NULL;
        if (is_dict(mapping) && to_object(mapping)->shape->cls == vm->types.dict) {
            v = dict_get(vm, to_dict(mapping), keys->items[i]);
            if (is_undefined(v)) v = missing;
        } else {
            Value args[2] = {keys->items[i], missing};
            v = call_method(vm, mapping, vm->names.get, args, 2);
        }
        if (is_error(v)) return NULL;
        if (value_same(v, missing)) return store(frame, in, NONE);
        values->items[i] = v;
        gc_write_barrier(vm, values);
    }
    return store(frame, in, from_object(values));
}

Frame *loop_op_match_rest(VM *vm, Frame *frame, Word in) {
    Tuple *keys = to_tuple(RC(in));
    Dict *rest = dict_new(vm);
    if (rest == NULL || !dict_update(vm, rest, RB(in))) return NULL;
    for (size_t i = 0; i < keys->count; i++)
        if (dict_delete(vm, rest, keys->items[i]) < 0) return NULL;
    return store(frame, in, from_object(rest));
}

// The attribute for a sub-pattern: UNDEFINED when the subject does not have it.
static Value match_attribute(VM *vm, Value subject, Value cls, Value name, Set *seen) {
    int there = set_contains(vm, seen, name);
    if (there < 0) return ERROR;
    if (there) return raise_type_error(vm, "%C() got multiple sub-patterns for attribute %R", (Class *)to_object(cls), name);
    if (!set_add(vm, seen, name)) return ERROR;
    Str *interned = str_intern(vm, to_str(name));
    return interned == NULL ? ERROR : attr_get_optional(vm, subject, interned);
}

// How many positional sub-patterns the class takes: its __match_args__, or the subject itself. -1 on error.
static int match_args_of(VM *vm, Value cls, unsigned positional, Value *out_names, bool *out_self) {
    *out_self = false;
    *out_names = attr_get_optional(vm, cls, vm->names.__match_args__);
    if (is_error(*out_names)) return -1;
    size_t most = 0;
    if (is_undefined(*out_names)) {
        *out_self = ((Class *)to_object(cls))->flags & CLASS_MATCH_SELF;
        most = *out_self;
    } else if (!is_tuple(*out_names)) {
        raise_type_error(vm, "%C.__match_args__ must be a tuple (got %T)", (Class *)to_object(cls), *out_names);
        return -1;
    } else {
        most = to_tuple(*out_names)->count;
    }
    if (positional <= most) return 0;
    raise_type_error(vm, "%C() accepts %d positional sub-pattern%s (%d given)", (Class *)to_object(cls), (int)most, most == 1 ? "" : "s",
                     (int)positional);
    return -1;
}

Frame *loop_op_match_class(VM *vm, Frame *frame, Word in) {
    Value subject = RB(in), cls = (&RC(in))[0], names = UNDEFINED;
    Tuple *keywords = to_tuple((&RC(in))[1]);
    unsigned positional = word_x(in);
    bool itself = false;
    if (!is_kind(cls, KIND_CLASS)) return raise_type_error(vm, "called match pattern must be a type"), NULL;
    int matches = value_is_instance(vm, subject, cls);
    if (matches < 0) return NULL;
    if (!matches) return store(frame, in, NONE);
    if (positional > 0 && match_args_of(vm, cls, positional, &names, &itself) < 0) return NULL;
    Tuple *found = tuple_new(vm, positional + keywords->count);
    Set *seen = set_new(vm, false);
    if (found == NULL || seen == NULL) return NULL;
    for (size_t i = 0; i < positional + keywords->count; i++) {
        Value v = subject;
        if (i >= positional || !itself) {
            Value name = i < positional ? to_tuple(names)->items[i] : keywords->items[i - positional];
            if (!is_str(name)) return raise_type_error(vm, "__match_args__ elements must be strings (got %T)", name), NULL;
            v = match_attribute(vm, subject, cls, name, seen);
        }
        if (is_error(v)) return NULL;
        if (is_undefined(v)) return store(frame, in, NONE);
        found->items[i] = v;
        gc_write_barrier(vm, found);
    }
    return store(frame, in, from_object(found));
}

// ---- intrinsics

// typing.NAME(*args), for the syntax of type parameters.
static Value typing_call(VM *vm, const char *name, const Value *args, int argc) {
    Str *module_name = str_intern_c(vm, "typing"), *attribute = str_intern_c(vm, name);
    if (module_name == NULL || attribute == NULL) return ERROR;
    Value module = import_module(vm, module_name, NULL, from_object(vm->empty_tuple), 0);
    if (is_error(module)) return ERROR;
    Value callee = attr_get(vm, module, attribute);
    return is_error(callee) ? ERROR : call_value(vm, callee, args, argc);
}

static Value intrinsic(VM *vm, Frame *frame, Intrinsic which, const Value *args, unsigned count) {
    switch (which) {
    case INTRINSIC_TYPE_VAR: return typing_call(vm, "_type_var", args, (int)count);
    case INTRINSIC_PARAM_SPEC: return typing_call(vm, "ParamSpec", args, 1);
    case INTRINSIC_TYPE_VAR_TUPLE: return typing_call(vm, "TypeVarTuple", args, 1);
    case INTRINSIC_TYPE_ALIAS: return typing_call(vm, "TypeAliasType", args, (int)count);
    case INTRINSIC_SET_TYPE_PARAMS: return attr_set(vm, args[0], vm->names.__type_params__, args[1]) ? args[0] : ERROR;
    case INTRINSIC_GENERIC_BASE: {
        Str *module_name = str_intern_c(vm, "typing"), *generic = str_intern_c(vm, "Generic");
        if (module_name == NULL || generic == NULL) return ERROR;
        Value module = import_module(vm, module_name, NULL, from_object(vm->empty_tuple), 0);
        if (is_error(module)) return ERROR;
        Value base = attr_get(vm, module, generic);
        return is_error(base) ? ERROR : item_get(vm, base, args[0]);
    }
    case INTRINSIC_NAMESPACE:
        return frame->state & FRAME_HAS_NAMESPACE ? frame->namespace : from_object(frame->function->globals);
    case INTRINSIC_NAMESPACE_GET: {
        Value v = item_get(vm, args[0], args[1]);
        if (!is_error(v) || !raised_matches(vm, vm->exc.KeyError)) return v;
        raised_clear(vm);
        return UNDEFINED;
    }
    }
    return raise_error(vm, vm->exc.SystemError, "unknown intrinsic");
}

Frame *loop_op_intrinsic(VM *vm, Frame *frame, Word in) {
    return store(frame, in, intrinsic(vm, frame, (Intrinsic)word_x(in), &RB(in), word_c(in)));
}
