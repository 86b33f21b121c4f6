// Calls from C, and the binding of arguments to the parameters of Python functions.
#include "vm/call.h"

#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/generator.h"
#include "vm/types/str.h"

// ---- binding: error texts

static const char *plural(int64_t count) { return count == 1 ? "" : "s"; }

// 'a', 'b', and 'c' (with `commas_only`: 'a, b, c' for the text about positional-only ones).
static Str *quoted_names(VM *vm, Str **names, uint32_t count) {
    StrBuilder b = STR_BUILDER(vm);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) str_builder_add_c(&b, count == 2 ? " and " : i + 1 == count ? ", and " : ", ");
        str_builder_add_c(&b, "'");
        str_builder_add_str(&b, names[i]);
        str_builder_add_c(&b, "'");
    }
    return str_builder_finish(&b);
}

// Collects the names of the registers in [from, to) that were not given.
static bool raise_missing(VM *vm, Function *function, const Value *out, uint32_t from, uint32_t to, const char *kind) {
    size_t size = (to - from) * sizeof(Str *);
    Str **names = buffer_new(vm, size);
    if (names == NULL) return false;
    uint32_t missing = 0;
    for (uint32_t i = from; i < to; i++)
        if (is_undefined(out[i])) names[missing++] = function->code->locals[i];
    Str *list = quoted_names(vm, names, missing);
    buffer_free(vm, names, size);
    if (list == NULL) return false;
    raise_type_error(vm, "%V() missing %u required %s argument%s: %S", function->qualname, missing, kind, plural(missing), list);
    return false;
}

static bool raise_too_many(VM *vm, Function *function, const Value *out, uint32_t given) {
    Code *code = function->code;
    uint32_t keywords_given = 0, most = code->positional, least = most - function->default_count;
    for (uint32_t i = most; i < most + code->keyword_only; i++) keywords_given += !is_undefined(out[i]);
    Str *takes = function->default_count > 0 ? str_printf(vm, "from %u to %u", least, most) : str_printf(vm, "%u", most);
    Str *extra = keywords_given == 0 ? vm->empty_str
                                     : str_printf(vm, " positional argument%s (and %u keyword-only argument%s)", plural(given), keywords_given,
                                                  plural(keywords_given));
    if (takes == NULL || extra == NULL) return false;
    raise_type_error(vm, "%V() takes %S positional argument%s but %u%S %s given", function->qualname, takes,
                     function->default_count > 0 || most != 1 ? "s" : "", given, extra, given == 1 && keywords_given == 0 ? "was" : "were");
    return false;
}

// The names among the keywords that belong to positional-only parameters: false with TypeError when there are any.
static bool check_positional_only(VM *vm, Function *function, Tuple *kwnames) {
    Code *code = function->code;
    StrBuilder b = STR_BUILDER(vm);
    bool any = false;
    for (uint32_t i = 0; i < code->positional_only; i++) {
        for (size_t k = 0; k < kwnames->count; k++) {
            if (!is_str(kwnames->items[k]) || !str_equal(vm, code->locals[i], to_str(kwnames->items[k]))) continue;
            if (any) str_builder_add_c(&b, ", ");
            str_builder_add_str(&b, code->locals[i]);
            any = true;
        }
    }
    Str *names = str_builder_finish(&b);
    if (names == NULL) return false;
    if (!any) return true;
    raise_type_error(vm, "%V() got some positional-only arguments passed as keyword arguments: '%S'", function->qualname, names);
    return false;
}

// ---- binding

static int64_t parameter_find(VM *vm, Code *code, Str *name) {
    uint32_t count = (uint32_t)code->positional + code->keyword_only;
    for (uint32_t i = code->positional_only; i < count; i++)
        if (code->locals[i] == name) return i;
    if (name->head.flags & STR_INTERNED) return -1;
    for (uint32_t i = code->positional_only; i < count; i++)
        if (str_equal(vm, code->locals[i], name)) return i;
    return -1;
}

static bool bind_keywords(VM *vm, Function *function, Value *out, const Value *values, Tuple *kwnames, Dict *extra) {
    Code *code = function->code;
    for (size_t i = 0; i < kwnames->count; i++) {
        if (!is_str(kwnames->items[i])) return raise_type_error(vm, "keywords must be strings"), false;
        Str *name = to_str(kwnames->items[i]);
        int64_t index = parameter_find(vm, code, name);
        if (index >= 0) {
            if (!is_undefined(out[index]))
                return raise_type_error(vm, "%V() got multiple values for argument '%S'", function->qualname, name), false;
            out[index] = values[i];
        } else if (extra != NULL) {
            // The registers belong to no frame yet, so no Python code may run here: __hash__ and __eq__ of a str's subclass are not asked.
            Value key = str_exact(vm, name);
            if (is_error(key) || !dict_set(vm, extra, key, values[i])) return false;
        } else {
            if (code->positional_only > 0 && !check_positional_only(vm, function, kwnames)) return false;
            return raise_type_error(vm, "%V() got an unexpected keyword argument '%S'", function->qualname, name), false;
        }
    }
    return true;
}

static bool bind_defaults(VM *vm, Function *function, Value *out) {
    Code *code = function->code;
    uint32_t least = code->positional - function->default_count;
    for (uint32_t i = 0; i < least; i++)
        if (is_undefined(out[i])) return raise_missing(vm, function, out, 0, least, "positional");
    for (uint32_t i = least; i < code->positional; i++)
        if (is_undefined(out[i])) out[i] = to_tuple(function->defaults)->items[i - least];
    bool missing = false;
    for (uint32_t i = code->positional; i < (uint32_t)code->positional + code->keyword_only; i++) {
        if (!is_undefined(out[i])) continue;
        if (is_dict(function->keyword_defaults)) out[i] = dict_get_str(vm, to_dict(function->keyword_defaults), code->locals[i]);
        missing |= is_undefined(out[i]);
    }
    if (!missing) return true;
    return raise_missing(vm, function, out, code->positional, (uint32_t)code->positional + code->keyword_only, "keyword-only");
}

// `args` does not overlap `out` but where positional ones stand in place already.
static bool bind(VM *vm, Function *function, Value *out, const Value *args, uint32_t given, Tuple *kwnames) {
    Code *code = function->code;
    uint32_t positional = given < code->positional ? given : code->positional;
    uint32_t named = (uint32_t)code->positional + code->keyword_only, next = named;
    Tuple *rest = NULL;
    Dict *extra = NULL;
    if (code->flags & CODE_VARARGS) {
        rest = given > positional ? tuple_from_values(vm, args + positional, given - positional) : vm->empty_tuple;
        if (rest == NULL) return false;
    }
    if (code->flags & CODE_VARKEYWORDS && (extra = dict_new(vm)) == NULL) return false;
    if (out != args && positional > 0) memcpy(out, args, positional * sizeof(Value));
    for (uint32_t i = positional; i < named; i++) out[i] = UNDEFINED;
    if (rest != NULL) out[next++] = from_object(rest);
    if (extra != NULL) out[next++] = from_object(extra);
    // The registers belong to no frame yet: the collector must be told of them.
    const Value *outer = vm->bound;
    uint32_t outer_count = vm->bound_count;
    vm->bound = out;
    vm->bound_count = next;
    bool bound = kwnames == NULL || bind_keywords(vm, function, out, args + given, kwnames, extra);
    if (bound && given > code->positional && rest == NULL) bound = raise_too_many(vm, function, out, given);
    bound = bound && bind_defaults(vm, function, out);
    vm->bound = outer;
    vm->bound_count = outer_count;
    return bound;
}

enum { COPY_ON_STACK = 24 };

bool function_bind(VM *vm, Function *function, Value *out, const Value *args, uint32_t argc, Tuple *kwnames) {
    Code *code = function->code;
    if (kwnames != NULL && kwnames->count == 0) kwnames = NULL;
    if (kwnames == NULL && argc <= code->positional && code->keyword_only == 0 && !(code->flags & (CODE_VARARGS | CODE_VARKEYWORDS)) &&
        argc + function->default_count >= code->positional) {
        if (out != args && argc > 0) memcpy(out, args, argc * sizeof(Value));
        uint32_t least = code->positional - function->default_count;
        for (uint32_t i = argc; i < code->positional; i++) out[i] = to_tuple(function->defaults)->items[i - least];
        return true;
    }
    uint32_t given = argc - (kwnames == NULL ? 0 : (uint32_t)kwnames->count);
    bool in_place = out == args && argc > 0;
    if (!in_place || (kwnames == NULL && given <= code->positional)) return bind(vm, function, out, args, given, kwnames);
    if (argc <= COPY_ON_STACK) {
        Value copy[COPY_ON_STACK];
        memcpy(copy, args, argc * sizeof(Value));
        return bind(vm, function, out, copy, given, kwnames);
    }
    Tuple *copy = tuple_from_values(vm, args, argc);
    bool bound = copy != NULL && bind(vm, function, out, copy->items, given, kwnames);
    gc_keep(copy);   // alive until here
    return bound;
}

// ---- calls from C

static Value call_function(VM *vm, Function *function, const Value *args, uint32_t argc, Tuple *kwnames) {
    Code *code = function->code;
    if (code->flags & CODE_SUSPENDABLE) return generator_new(vm, function, args, argc, kwnames);
    if (!stack_check(vm)) return ERROR;
    Value *registers = frame_top(vm, code->register_count);
    if (registers == NULL || !function_bind(vm, function, registers, args, argc, kwnames)) return ERROR;
    Frame *frame = frame_push(vm, function, registers, code->parameter_registers, RETURN_ENTRY);
    return frame == NULL ? ERROR : interp_loop(vm, frame);
}

enum { PREPEND_ON_STACK = 12 };

// callee(first, *args)
static Value call_with_first(VM *vm, Value callee, Value first, const Value *args, uint32_t argc, Tuple *kwnames) {
    Value on_stack[PREPEND_ON_STACK];
    if (argc < PREPEND_ON_STACK) {
        on_stack[0] = first;
        if (argc > 0) memcpy(on_stack + 1, args, argc * sizeof(Value));
        return call_with_keywords(vm, callee, on_stack, (int)argc + 1, kwnames);
    }
    Tuple *all = tuple_new(vm, (size_t)argc + 1);
    if (all == NULL) return ERROR;
    all->items[0] = first;
    memcpy(all->items + 1, args, argc * sizeof(Value));
    Value result = call_with_keywords(vm, callee, all->items, (int)argc + 1, kwnames);
    gc_keep(all);
    return result;
}

Value staticmethod_unwrap(Value v) {
    return is_kind(v, KIND_STATICMETHOD) ? to_staticmethod(v)->function : v;
}

static Value raise_cannot_create(VM *vm, Class *cls) {
    Str *name = class_full_name(vm, cls);
    return name != NULL ? raise_type_error(vm, "cannot create '%S' instances", name) : ERROR;
}

Value class_make_instance(VM *vm, Class *cls, const Value *args, uint32_t argc, Tuple *kwnames) {
    Value constructor = class_special(vm, cls, SPECIAL_NEW);
    if (is_undefined(constructor) || is_none(constructor) || cls->flags & CLASS_DISALLOW_INSTANTIATION)
        return raise_cannot_create(vm, cls);
    constructor = staticmethod_unwrap(constructor);
    if (!is_function(constructor) && !is_native(constructor)) {
        constructor = class_get_attr(vm, cls, vm->names.__new__);
        if (is_error(constructor)) return ERROR;
    }
    return call_with_first(vm, constructor, from_object(cls), args, argc, kwnames);
}

Value class_init_of(VM *vm, Class *cls, Value instance) {
    Class *actual = class_of(vm, instance);
    if (actual != cls && !class_is_subclass(actual, cls)) return UNDEFINED;
    Value init = class_special(vm, actual, SPECIAL_INIT), default_init = class_special(vm, vm->types.object, SPECIAL_INIT);
    return value_same(init, default_init) ? UNDEFINED : init;
}

Value class_init_instance(VM *vm, Class *cls, Value instance, const Value *args, int argc, Tuple *kwnames) {
    Value init = class_init_of(vm, cls, instance);
    if (is_undefined(init)) return instance;
    if (!is_function(init) && !native_binds(init)) {
        init = bind_descriptor(vm, init, instance, class_of(vm, instance));
        if (is_error(init)) return ERROR;
        init = call_with_keywords(vm, init, args, argc, kwnames);
    } else {
        init = call_with_first(vm, init, instance, args, (uint32_t)argc, kwnames);
    }
    if (is_error(init)) return ERROR;
    if (!is_none(init)) return raise_type_error(vm, "__init__() should return None, not '%T'", init);
    return instance;
}

Value class_instantiate(VM *vm, Class *cls, const Value *args, int argc, Tuple *kwnames) {
    if (cls == vm->types.type && argc == 1 && kwnames == NULL) return from_object(class_of(vm, args[0]));
    if (cls->construct != NULL) {
        Value quick = cls->construct(vm, args, argc, kwnames);
        if (!is_undefined(quick)) return quick;
    }
    Value instance = class_make_instance(vm, cls, args, (uint32_t)argc, kwnames);
    return is_error(instance) ? ERROR : class_init_instance(vm, cls, instance, args, argc, kwnames);
}

static Value call_class(VM *vm, Class *cls, const Value *args, uint32_t argc, Tuple *kwnames) {
    Class *metaclass = class_of(vm, from_object(cls));
    if (metaclass != vm->types.type) {
        Value call = class_special(vm, metaclass, SPECIAL_CALL);
        if (!value_same(call, class_special(vm, vm->types.type, SPECIAL_CALL)))
            return call_with_first(vm, call, from_object(cls), args, argc, kwnames);
    }
    return class_instantiate(vm, cls, args, (int)argc, kwnames);
}

static Value raise_not_callable(VM *vm, Value callee) {
    return raise_type_error(vm, "'%T' object is not callable", callee);
}

static Value call_object(VM *vm, Value callee, const Value *args, uint32_t argc, Tuple *kwnames) {
    Class *cls = class_of(vm, callee);
    Value call = class_special(vm, cls, SPECIAL_CALL);
    if (is_undefined(call) || is_none(call)) return raise_not_callable(vm, is_none(call) ? call : callee);
    if (!stack_check(vm)) return ERROR;
    if (is_function(call) || native_binds(call)) return call_with_first(vm, call, callee, args, argc, kwnames);
    call = bind_descriptor(vm, call, callee, cls);
    return is_error(call) ? ERROR : call_with_keywords(vm, call, args, (int)argc, kwnames);
}

enum { STATIC_METHODS_DEEP = 1000 };

// One that wraps itself never comes to a function. Compilers make a loop of the recursion, so stack_check() would not see it.
static Value call_static_method(VM *vm, Value callee, const Value *args, int argc, Tuple *kwnames) {
    for (int depth = 0; is_kind(callee, KIND_STATICMETHOD); depth++) {
        if (depth == STATIC_METHODS_DEEP)
            return raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded while calling a Python object");
        callee = to_staticmethod(callee)->function;
    }
    return stack_check(vm) ? call_with_keywords(vm, callee, args, argc, kwnames) : ERROR;
}

Value call_with_keywords(VM *vm, Value callee, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL && kwnames->count == 0) kwnames = NULL;
    switch (kind_of(callee)) {
    case KIND_FUNCTION: return call_function(vm, to_function(callee), args, (uint32_t)argc, kwnames);
    case KIND_NATIVE: return stack_check(vm) ? native_call(vm, callee, args, argc, kwnames) : ERROR;
    case KIND_METHOD: {
        Method *method = (Method *)to_object(callee);
        return call_with_first(vm, method->function, method->self, args, (uint32_t)argc, kwnames);
    }
    case KIND_CLASS: return stack_check(vm) ? call_class(vm, (Class *)to_object(callee), args, (uint32_t)argc, kwnames) : ERROR;
    case KIND_STATICMETHOD: return call_static_method(vm, callee, args, argc, kwnames);
    default: return call_object(vm, callee, args, (uint32_t)argc, kwnames);
    }
}

// The usual call of a Python function: nothing to bind, the stacks have room, and it is not time for anything else.
static inline Value call_plain(VM *vm, Function *function, const Value *args, uint32_t argc) {
    bool in_time = vm->ticks > 1 && !interrupt_is_requested(vm) && (char *)__builtin_frame_address(0) > vm->c_stack_limit;
    Frame *frame = LIKELY(in_time) ? frame_push_plain(vm, function, args, argc, RETURN_ENTRY) : NULL;
    if (UNLIKELY(frame == NULL)) return call_function(vm, function, args, argc, NULL);
    vm->ticks--;
    return interp_loop(vm, frame);
}

Value call_value(VM *vm, Value callee, const Value *args, int argc) {
    if (LIKELY(is_function(callee)) && LIKELY(to_function(callee)->code->plain_arity == (uint32_t)argc)) return call_plain(vm, to_function(callee), args, (uint32_t)argc);
    return call_with_keywords(vm, callee, args, argc, NULL);
}

Value call_method(VM *vm, Value object, Str *name, const Value *args, int argc) {
    Value function;
    int found = attr_get_method(vm, object, name, &function);
    if (found < 0) return ERROR;
    return found ? call_with_first(vm, function, object, args, (uint32_t)argc, NULL) : call_value(vm, function, args, argc);
}

Value call_special(VM *vm, Value self, Special special, const Value *args, int argc) {
    Class *cls = class_of(vm, self);
    Value function = class_special(vm, cls, special);
    if (is_undefined(function)) return UNDEFINED;
    if (is_none(function)) return raise_not_callable(vm, function);   // blocked; whoever has other words for it asks first
    if (is_function(function) || native_binds(function)) return call_with_first(vm, function, self, args, (uint32_t)argc, NULL);
    function = bind_descriptor(vm, function, self, cls);
    if (is_error(function) && special >= SPECIAL_LT && special <= SPECIAL_GE) return raised_clear(vm), NOT_IMPLEMENTED;   // as in CPython
    return is_error(function) ? ERROR : call_value(vm, function, args, argc);
}

bool is_callable(VM *vm, Value v) {
    switch (kind_of(v)) {
    case KIND_FUNCTION: case KIND_NATIVE: case KIND_METHOD: case KIND_CLASS: case KIND_STATICMETHOD: return true;
    default: {
        Value call = class_special(vm, class_of(vm, v), SPECIAL_CALL);
        return !is_undefined(call) && !is_none(call);
    }
    }
}

// ---- f(*iterable, **mapping)

// How CPython names the callee in texts about * and **.
static Str *callee_name(VM *vm, Value callee) {
    Value name = is_function(callee) ? to_function(callee)->qualname : UNDEFINED;
    if (!is_str(name)) {
        name = attr_get_optional(vm, callee, vm->names.__qualname__);
        if (is_error(name)) raised_clear(vm);
    }
    if (!is_str(name)) return value_str(vm, callee);
    Value module = attr_get_optional(vm, callee, vm->names.__module__);
    if (is_error(module)) raised_clear(vm);
    if (is_str(module) && !str_equals_c(vm, to_str(module), "builtins")) return str_printf(vm, "%V.%V()", module, name);
    return str_printf(vm, "%V()", name);
}

static bool merge_keyword(VM *vm, Value callee, Dict *into, Value key, Value value) {
    int there = dict_contains(vm, into, key);
    if (there == 0) return dict_set(vm, into, key, value);
    Str *name = there < 0 ? NULL : callee_name(vm, callee), *text = name == NULL ? NULL : value_str(vm, key);
    if (text != NULL) raise_type_error(vm, "%S got multiple values for keyword argument '%S'", name, text);
    return false;
}

bool call_merge_keywords(VM *vm, Value callee, Dict *into, Value mapping) {
    Value key, value;
    if (is_dict(mapping) && class_keeps_special(vm, mapping, vm->types.dict, SPECIAL_ITER)) {
        for (size_t position = 0; dict_next(to_dict(mapping), &position, &key, &value);)
            if (!merge_keyword(vm, callee, into, key, value)) return false;
        return true;
    }
    if (is_undefined(class_lookup(vm, class_of(vm, mapping), vm->names.keys))) {
        Str *name = callee_name(vm, callee);
        if (name != NULL) raise_type_error(vm, "%S argument after ** must be a mapping, not %T", name, mapping);
        return false;
    }
    Value keys = call_method(vm, mapping, vm->names.keys, NULL, 0);
    Iteration it;
    if (is_error(keys)) return false;
    if (!is_iterable(vm, keys)) return raise_type_error(vm, "%T.keys() returned a non-iterable (type %T)", mapping, keys), false;
    if (!iter_begin(vm, &it, keys)) return false;
    while (iter_step(vm, &it, &key)) {
        value = item_get(vm, mapping, key);
        if (is_error(value) || !merge_keyword(vm, callee, into, key, value)) return false;
    }
    return !it.failed;
}

bool call_ex_arguments(VM *vm, Value callee, Value *args, Value *kwargs) {
    if (!is_tuple(*args) || to_object(*args)->shape->cls != vm->types.tuple) {
        Value given = *args;
        bool iterable = !is_undefined(class_special(vm, class_of(vm, given), SPECIAL_ITER)) ||
                        !is_undefined(class_special(vm, class_of(vm, given), SPECIAL_GETITEM));
        if (!iterable) {
            Str *name = callee_name(vm, callee);
            if (name != NULL) raise_type_error(vm, "%S argument after * must be an iterable, not %T", name, given);
            return false;
        }
        Tuple *tuple = tuple_from_iterable(vm, given);
        if (tuple == NULL) return false;
        *args = from_object(tuple);
    }
    if (!is_undefined(*kwargs) && !(is_dict(*kwargs) && class_keeps_special(vm, *kwargs, vm->types.dict, SPECIAL_ITER))) {
        Dict *dict = dict_new(vm);
        if (dict == NULL || !call_merge_keywords(vm, callee, dict, *kwargs)) return false;
        *kwargs = from_object(dict);
    }
    return true;
}

Value call_ex(VM *vm, Value callee, Value args, Value kwargs) {
    if (!call_ex_arguments(vm, callee, &args, &kwargs)) return ERROR;
    Tuple *positional = to_tuple(args);
    if (positional->count > INT32_MAX / 2) return raise_no_memory(vm);
    if (is_undefined(kwargs) || to_dict(kwargs)->count == 0) {
        Value result = call_value(vm, callee, positional->items, (int)positional->count);
        gc_keep(positional);
        return result;
    }
    Dict *dict = to_dict(kwargs);
    Tuple *all = tuple_new(vm, positional->count + dict->count), *names = tuple_new(vm, dict->count);
    if (all == NULL || names == NULL) return ERROR;
    memcpy(all->items, positional->items, positional->count * sizeof(Value));
    size_t position = 0, count = 0;
    Value key, value;
    while (count < names->count && dict_next(dict, &position, &key, &value)) {
        if (!is_str(key)) {
            return raise_type_error(vm, "keywords must be strings");
        }
        names->items[count] = key;
        all->items[positional->count + count++] = value;
    }
    gc_write_barrier(vm, all);
    gc_write_barrier(vm, names);
    Value result = call_with_keywords(vm, callee, all->items, (int)all->count, names);
    gc_keep(all);
    gc_keep(names);
    return result;
}

// ---- running code objects

Value code_run(VM *vm, Code *code, Dict *globals, Value namespace) {
    if (!stack_check(vm)) return ERROR;
    Value function = function_new(vm, code, globals, NULL);
    if (is_error(function)) return ERROR;
    return function_run_in(vm, to_function(function), namespace);
}

Value function_run_in(VM *vm, Function *function, Value namespace) {
    Code *code = function->code;
    if (!stack_check(vm)) return ERROR;
    if (code->flags & CODE_SUSPENDABLE) {
        Value generator = generator_new(vm, function, NULL, 0, NULL);
        if (is_error(generator) || is_undefined(namespace)) return generator;
        to_generator(generator)->frame.namespace = namespace;
        to_generator(generator)->frame.state |= FRAME_HAS_NAMESPACE;
        return generator;
    }
    Value *registers = frame_top(vm, code->register_count);
    if (registers == NULL) return ERROR;
    Frame *frame = frame_push(vm, function, registers, 0, RETURN_ENTRY);
    if (frame == NULL) return ERROR;
    if (!is_undefined(namespace)) {
        frame->namespace = namespace;
        frame->state |= FRAME_HAS_NAMESPACE;
    }
    return interp_loop(vm, frame);
}
