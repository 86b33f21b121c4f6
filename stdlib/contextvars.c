// contextvars: variables whose values belong to a context, and every task runs in a context of its own.
//
// A context is a dict from variable to value that copies share until one of them is written to, so that copying one costs an object of
// three words. As long as nobody has set a variable there is no context at all: vm->context is UNDEFINED.
#include "stdlib/asyncio/asyncio.h"
#include "stdlib/modules.h"

typedef struct Context { Object head; Dict *values; bool entered; Value outer; } Context;   // values NULL: empty
typedef struct ContextVar { Object head; Str *name; Value otherwise; } ContextVar;           // UNDEFINED: no default
typedef struct Token { Object head; Context *context; ContextVar *variable; Value old; } Token;

enum { CONTEXT_SHARED = 1, TOKEN_USED = 1 };   // Object.flags; shared: the dict is another context's as well

// The classes find each other without the module: each has the next one as its host_data.
static Class *context_class(Class *variable_class) { return (Class *)(uintptr_t)variable_class->host_data; }
static Class *token_class(Class *variable_class) { return (Class *)(uintptr_t)context_class(variable_class)->host_data; }

static Context *to_context(Value v) { return (Context *)to_object(v); }
static ContextVar *to_variable(Value v) { return (ContextVar *)to_object(v); }

static void context_trace(VM *vm, Object *object) {
    gc_mark_object(vm, ((Context *)object)->values);
    gc_mark_value(vm, ((Context *)object)->outer);
}
static void variable_trace(VM *vm, Object *object) {
    gc_mark_object(vm, ((ContextVar *)object)->name);
    gc_mark_value(vm, ((ContextVar *)object)->otherwise);
}
static void token_trace(VM *vm, Object *object) {
    gc_mark_object(vm, ((Token *)object)->context);
    gc_mark_object(vm, ((Token *)object)->variable);
    gc_mark_value(vm, ((Token *)object)->old);
}

bool is_context(VM *vm, Value v) { return is_kind(v, KIND_HOST) && class_of(vm, v)->host_trace == context_trace; }

static Context *context_copy(VM *vm, Class *cls, Context *from) {
    Context *copy = object_new_of(vm, cls, sizeof *copy);
    if (copy == NULL || from == NULL || from->values == NULL) return copy;
    from->head.flags |= CONTEXT_SHARED;
    copy->head.flags |= CONTEXT_SHARED;
    copy->values = from->values;
    return copy;
}

bool context_copy_current(VM *vm, Value *out) {
    *out = UNDEFINED;
    if (is_undefined(vm->context)) return true;
    Context *copy = context_copy(vm, class_of(vm, vm->context), to_context(vm->context));
    if (copy == NULL) return false;
    *out = from_object(copy);
    return true;
}

// The dict to write to.
static Dict *context_own(VM *vm, Context *context) {
    if (context->values != NULL && !(context->head.flags & CONTEXT_SHARED)) return context->values;
    Dict *values = context->values == NULL ? dict_new(vm) : dict_copy(vm, context->values);
    if (values == NULL) return NULL;
    context->values = values;
    context->head.flags &= (uint16_t)~CONTEXT_SHARED;
    gc_write_barrier(vm, context);
    return values;
}

static Value context_find(VM *vm, Context *context, Value variable) {
    return context == NULL || context->values == NULL ? UNDEFINED : dict_get(vm, context->values, variable);
}

static Context *current(VM *vm) { return is_undefined(vm->context) ? NULL : to_context(vm->context); }

// ---- ContextVar

static Value variable_new(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "context variable name must be a str");
    Class *cls = to_class(args[0]);
    ContextVar *variable = object_new_of(vm, cls, sizeof *variable);
    if (variable == NULL) return ERROR;
    variable->name = to_str(args[1]);
    variable->otherwise = arg_or(args, argc, 2, UNDEFINED);
    return from_object(variable);
}

static Value variable_get(VM *vm, const Value *args, int argc) {
    Value value = context_find(vm, current(vm), args[0]);
    if (!is_undefined(value)) return value;
    if (arg_given(args, argc, 1)) return args[1];
    if (!is_undefined(to_variable(args[0])->otherwise)) return to_variable(args[0])->otherwise;
    return raise_with_args(vm, vm->exc.LookupError, 1, args);
}

static Value variable_set(VM *vm, const Value *args, int argc) {
    Class *cls = class_of(vm, args[0]);
    if (is_undefined(vm->context)) {
        Context *context = context_copy(vm, context_class(cls), NULL);
        if (context == NULL) return ERROR;
        vm->context = from_object(context);
    }
    Context *context = current(vm);
    Value old = context_find(vm, context, args[0]);
    Token *token = is_error(old) ? NULL : object_new_of(vm, token_class(cls), sizeof *token);
    Dict *values = token == NULL ? NULL : context_own(vm, context);
    if (values == NULL || !dict_set(vm, values, args[0], args[1])) return ERROR;
    token->context = context;
    token->variable = to_variable(args[0]);
    token->old = old;
    return from_object(token);
}

static Value variable_reset(VM *vm, const Value *args, int argc) {
    if (!is_kind(args[1], KIND_HOST) || class_of(vm, args[1]) != token_class(class_of(vm, args[0])))
        return raise_type_error(vm, "expected an instance of Token, got %R", args[1]);
    Token *token = (Token *)to_object(args[1]);
    if (token->head.flags & TOKEN_USED) return raise_error(vm, vm->exc.RuntimeError, "%R has already been used once", args[1]);
    if (token->variable != to_variable(args[0])) return raise_value_error(vm, "%R was created by a different ContextVar", args[1]);
    if (token->context != current(vm)) return raise_value_error(vm, "%R was created in a different Context", args[1]);
    token->head.flags |= TOKEN_USED;
    Dict *values = context_own(vm, token->context);
    if (values == NULL) return ERROR;
    bool done = is_undefined(token->old) ? dict_delete(vm, values, args[0]) >= 0 : dict_set(vm, values, args[0], token->old);
    return done ? NONE : ERROR;
}

static Value variable_repr(VM *vm, const Value *args, int argc) {
    ContextVar *variable = to_variable(args[0]);
    Value name = from_object(variable->name);
    Str *text = is_undefined(variable->otherwise) ? str_printf(vm, "<ContextVar name=%R at 0x%llx>", name, (long long)object_id(vm, args[0]))
                                                  : str_printf(vm, "<ContextVar name=%R default=%R at 0x%llx>", name, variable->otherwise,
                                                               (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value generic_alias(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }
static Value variable_name(VM *vm, Value self) { return from_object(to_variable(self)->name); }

static const NativeDef variable_methods[] = {
    {"__new__(cls, name, /, *, default=?)", variable_new, NULL, NATIVE_NEW},
    {"get(self, default=?, /)", variable_get, "The value in the current context, else the default given here, else the variable's own.", 0},
    {"set(self, value, /)", variable_set, "Set a value in the current context; the token is for reset().", 0},
    {"reset(self, token, /)", variable_reset, "Back to what it was before the set() that gave the token.", 0},
    {"__repr__(self, /)", variable_repr, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_alias, NULL, NATIVE_CLASS_METHOD},
    {0},
};
static const GetSetDef variable_getsets[] = {{"name", variable_name, NULL, NULL}, {0}};

// ---- Token

static Value token_repr(VM *vm, const Value *args, int argc) {
    Token *token = (Token *)to_object(args[0]);
    Str *text = str_printf(vm, "<Token%s var=%R at 0x%llx>", token->head.flags & TOKEN_USED ? " used" : "", from_object(token->variable),
                           (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}
static Value token_variable(VM *vm, Value self) { return from_object(((Token *)to_object(self))->variable); }
static Value token_old_value(VM *vm, Value self) {
    Token *token = (Token *)to_object(self);
    if (!is_undefined(token->old)) return token->old;
    return class_get_attr(vm, class_of(vm, self), str_intern_c(vm, "MISSING"));
}
static const NativeDef token_methods[] = {
    {"__repr__(self, /)", token_repr, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_alias, NULL, NATIVE_CLASS_METHOD},
    {0},
};
static const GetSetDef token_getsets[] = {
    {"var", token_variable, NULL, NULL},
    {"old_value", token_old_value, NULL, NULL},
    {0},
};

// ---- Context: a mapping that cannot be changed from outside

static Value context_new(VM *vm, const Value *args, int argc) {
    if (argc > 2 || (argc > 1 && !is_undefined(args[1]))) return raise_type_error(vm, "Context() does not accept any arguments");
    Context *context = context_copy(vm, to_class(args[0]), NULL);
    return context == NULL ? ERROR : from_object(context);
}

static Value raise_entered(VM *vm, Value self) { return raise_error(vm, vm->exc.RuntimeError, "cannot enter context: %R is already entered", self); }

// run(callable, *args, **kwargs): args are self, kwargs, callable, rest...
static Value context_run(VM *vm, const Value *given, int argc) {
    if (argc < 3) return raise_type_error(vm, "run() missing 1 required positional argument");
    const Value args[3] = {given[0], given[2], given[1]}, *rest_args = given + 3;
    Context *context = to_context(args[0]);
    if (context->entered) return raise_entered(vm, args[0]);
    Value outer = vm->context, result;
    context->entered = true;
    context->outer = outer;
    gc_write_barrier(vm, context);
    vm->context = args[0];
    if (is_undefined(args[2])) {
        result = call_value(vm, args[1], rest_args, argc - 3);
    } else {
        Tuple *rest = tuple_from_values(vm, rest_args, (size_t)(argc - 3));
        result = rest == NULL ? ERROR : call_ex(vm, args[1], from_object(rest), args[2]);
    }
    vm->context = outer;
    context->outer = UNDEFINED;
    context->entered = false;
    return result;
}

static Value context_method_copy(VM *vm, const Value *args, int argc) {
    Context *copy = context_copy(vm, class_of(vm, args[0]), to_context(args[0]));
    return copy == NULL ? ERROR : from_object(copy);
}

static bool check_variable(VM *vm, Value v) {
    if (is_kind(v, KIND_HOST) && class_of(vm, v)->host_trace == variable_trace) return true;
    raise_type_error(vm, "a ContextVar key was expected, got %R", v);
    return false;
}

static Value context_getitem(VM *vm, const Value *args, int argc) {
    if (!check_variable(vm, args[1])) return ERROR;
    Value value = context_find(vm, to_context(args[0]), args[1]);
    return is_undefined(value) ? raise_key_error(vm, args[1]) : value;
}

static Value context_get(VM *vm, const Value *args, int argc) {
    if (!check_variable(vm, args[1])) return ERROR;
    Value value = context_find(vm, to_context(args[0]), args[1]);
    return is_undefined(value) ? arg_or(args, argc, 2, NONE) : value;
}

static Value context_contains(VM *vm, const Value *args, int argc) {
    if (!check_variable(vm, args[1])) return ERROR;
    return from_bool(!is_undefined(context_find(vm, to_context(args[0]), args[1])));
}

static Dict *context_dict(VM *vm, Value self) { return to_context(self)->values != NULL ? to_context(self)->values : dict_new(vm); }

static Value context_len(VM *vm, const Value *args, int argc) {
    Dict *values = to_context(args[0])->values;
    return from_int(values == NULL ? 0 : (int64_t)values->count);
}

static Value context_view(VM *vm, Value self, Class *cls) {
    Dict *dict = context_dict(vm, self);
    return dict == NULL ? ERROR : dict_view_new(vm, cls, from_object(dict));
}
static Value context_keys(VM *vm, const Value *args, int argc) { return context_view(vm, args[0], vm->types.dict_keys); }
static Value context_values(VM *vm, const Value *args, int argc) { return context_view(vm, args[0], vm->types.dict_values); }
static Value context_items(VM *vm, const Value *args, int argc) { return context_view(vm, args[0], vm->types.dict_items); }
static Value context_iter(VM *vm, const Value *args, int argc) {
    Value keys = context_keys(vm, args, argc);
    return is_error(keys) ? ERROR : iter_get(vm, keys);
}
static Value context_eq(VM *vm, const Value *args, int argc) {
    if (!is_context(vm, args[1])) return NOT_IMPLEMENTED;
    Dict *a = context_dict(vm, args[0]), *b = context_dict(vm, args[1]);
    int equal = a == NULL || b == NULL ? -1 : dict_equal(vm, a, b);
    return equal < 0 ? ERROR : from_bool(equal);
}

static const NativeDef context_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", context_new, NULL, NATIVE_NEW},
    {"run(self, /, *args, **kwargs)", context_run, "Call callable(*args, **kwargs) in this context.", 0},
    {"copy(self, /)", context_method_copy, "A copy of the context.", 0},
    {"get(self, key, default=None, /)", context_get, "The value of a variable, or default.", 0},
    {"keys(self, /)", context_keys, "The variables.", 0},
    {"values(self, /)", context_values, "The values.", 0},
    {"items(self, /)", context_items, "Pairs of a variable and its value.", 0},
    {"__getitem__(self, key, /)", context_getitem, NULL, 0},
    {"__contains__(self, key, /)", context_contains, NULL, 0},
    {"__len__(self, /)", context_len, NULL, 0},
    {"__iter__(self, /)", context_iter, NULL, 0},
    {"__eq__(self, value, /)", context_eq, NULL, 0},
    {0},
};

// ---- the module

static Value copy_context(VM *vm, const Value *args, int argc) {
    Value copy;
    if (!context_copy_current(vm, &copy)) return ERROR;
    if (!is_undefined(copy)) return copy;
    // None yet: the module's own class makes an empty one.
    Str *module_name = str_intern_c(vm, "contextvars"), *name = str_intern_c(vm, "Context");
    Value module = module_name == NULL || name == NULL ? ERROR : dict_get(vm, vm->modules, from_object(module_name));
    Value cls = is_module(module) ? dict_get_str(vm, to_module(module)->dict, name) : ERROR;
    return is_class(cls) ? call0(vm, cls) : raise_error(vm, vm->exc.RuntimeError, "lost contextvars.Context");
}

static const NativeDef contextvars_functions[] = {
    {"copy_context()", copy_context, "A copy of the current context.", 0},
    {0},
};

static Class *class_make(VM *vm, const char *module, const char *name, size_t size, void (*trace)(VM *vm, Object *object), const NativeDef *methods,
                         const GetSetDef *getsets, const void *data) {
    Class *cls = class_create_simple(vm, module, name, vm->types.object, NULL);
    if (cls == NULL) return NULL;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)size;
    cls->flags &= ~(unsigned)CLASS_BASETYPE;
    cls->host_trace = trace;
    cls->host_data = data;
    gc_make_immortal(vm, cls);
    return class_add_members(vm, cls, methods, getsets) ? cls : NULL;
}

static bool contextvars_init(VM *vm, Module *module) {
    Class *token = class_make(vm, "_contextvars", "Token", sizeof(Token), token_trace, token_methods, token_getsets, NULL);
    if (token == NULL) return false;
    Value missing = instance_new(vm, vm->types.object);
    Str *missing_name = str_intern_c(vm, "MISSING");
    if (is_error(missing) || missing_name == NULL || !dict_set_str(vm, token->dict, missing_name, missing)) return false;
    token->flags |= CLASS_DISALLOW_INSTANTIATION;
    Class *context = class_make(vm, "_contextvars", "Context", sizeof(Context), context_trace, context_methods, NULL, token);
    Class *variable = context == NULL ? NULL
                                      : class_make(vm, "_contextvars", "ContextVar", sizeof(ContextVar), variable_trace, variable_methods, variable_getsets, context);
    return variable != NULL && module_add(vm, module, "Token", from_object(token)) && module_add(vm, module, "Context", from_object(context)) &&
           module_add(vm, module, "ContextVar", from_object(variable));
}

const ModuleDef module_contextvars = {"contextvars", "Variables whose values belong to a context.", contextvars_functions, contextvars_init};
