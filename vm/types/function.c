// Python functions.
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/frame.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

// The built-ins that a function sees: those of the caller's when it has the same globals, else what __builtins__ says there.
static Dict *builtins_for(VM *vm, Dict *globals) {
    Frame *frame = vm->frame;
    if (frame != NULL && frame->function->globals == globals) return frame->function->builtins;
    Value given = dict_get_str(vm, globals, vm->names.__builtins__);
    if (is_dict(given)) return to_dict(given);
    return is_module(given) ? to_module(given)->dict : vm->builtins;
}

Value function_new(VM *vm, Code *code, Dict *globals, const Value *cells) {
    Class *cls = vm->types.function;
    Shape *shape = cls->root_shape != NULL ? cls->root_shape : class_shape(vm, cls);
    if (shape == NULL) return ERROR;
    Function *function = object_new(vm, KIND_FUNCTION, shape, sizeof *function + code->free_count * sizeof(Value));
    if (function == NULL) return ERROR;
    function->code = code;
    function->globals = globals;
    function->builtins = builtins_for(vm, globals);
    function->defaults = NONE;
    function->keyword_defaults = NONE;
    function->name = from_object(code->name);
    function->qualname = from_object(code->qualname);
    function->doc = code->flags & CODE_HAS_DOCSTRING ? code->constants[0] : NONE;
    function->free_count = code->free_count;
    for (uint32_t i = 0; i < code->free_count; i++) function->closure[i] = cells[i];
    Value module = dict_get_str(vm, globals, vm->names.__name__);
    function->module = is_undefined(module) ? NONE : module;
    return from_object(function);
}

void function_trace(VM *vm, Object *object) {
    Function *f = (Function *)object;
    gc_mark_object(vm, f->code);
    gc_mark_object(vm, f->globals);
    gc_mark_object(vm, f->builtins);
    gc_mark_value(vm, f->defaults);
    gc_mark_value(vm, f->keyword_defaults);
    gc_mark_value(vm, f->name);
    gc_mark_value(vm, f->qualname);
    gc_mark_value(vm, f->doc);
    gc_mark_value(vm, f->module);
    gc_mark_value(vm, f->annotations);
    gc_mark_value(vm, f->attributes);
    gc_mark_value(vm, f->type_params);
    for (uint32_t i = 0; i < f->free_count; i++) gc_mark_value(vm, f->closure[i]);
}

// ---- what Python sees

static Value function_get_name(VM *vm, Value self) { return to_function(self)->name; }
static Value function_get_qualname(VM *vm, Value self) { return to_function(self)->qualname; }
static Value function_get_doc(VM *vm, Value self) { return to_function(self)->doc; }
static Value function_get_module(VM *vm, Value self) { return to_function(self)->module; }
static Value function_get_code(VM *vm, Value self) { return from_object(to_function(self)->code); }
static Value function_get_globals(VM *vm, Value self) { return from_object(to_function(self)->globals); }
static Value function_get_builtins(VM *vm, Value self) { return from_object(to_function(self)->builtins); }
static Value function_get_defaults(VM *vm, Value self) { return to_function(self)->defaults; }
static Value function_get_keyword_defaults(VM *vm, Value self) { return to_function(self)->keyword_defaults; }

static Value text_set(VM *vm, Value self, Value value, Value *where, const char *what) {
    if (!is_str(value)) return raise_type_error(vm, "%s must be set to a string object", what);
    *where = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_set_name(VM *vm, Value self, Value value) {
    return text_set(vm, self, value, &to_function(self)->name, "__name__");
}

static Value function_set_qualname(VM *vm, Value self, Value value) {
    return text_set(vm, self, value, &to_function(self)->qualname, "__qualname__");
}

static Value function_set_doc(VM *vm, Value self, Value value) {
    to_function(self)->doc = is_undefined(value) ? NONE : value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_set_module(VM *vm, Value self, Value value) {
    to_function(self)->module = is_undefined(value) ? NONE : value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_set_code(VM *vm, Value self, Value value) {
    Function *f = to_function(self);
    if (!is_kind(value, KIND_CODE)) return raise_type_error(vm, "__code__ must be set to a code object");
    Code *code = (Code *)to_object(value);
    if (code->free_count != f->free_count)
        return raise_value_error(vm, "%V() requires a code object with %u free vars, not %u", f->name, f->free_count, code->free_count);
    f->code = code;
    gc_write_barrier(vm, f);
    return NONE;
}

static Value function_set_defaults(VM *vm, Value self, Value value) {
    Function *f = to_function(self);
    if (is_undefined(value)) value = NONE;
    if (!is_none(value) && !is_tuple(value)) return raise_type_error(vm, "__defaults__ must be set to a tuple object");
    f->defaults = value;
    f->default_count = is_none(value) ? 0 : (uint32_t)to_tuple(value)->count;
    gc_write_barrier(vm, f);
    return NONE;
}

static Value function_set_keyword_defaults(VM *vm, Value self, Value value) {
    if (is_undefined(value)) value = NONE;
    if (!is_none(value) && !is_dict(value)) return raise_type_error(vm, "__kwdefaults__ must be set to a dict object");
    to_function(self)->keyword_defaults = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_get_annotations(VM *vm, Value self) {
    Function *f = to_function(self);
    if (is_undefined(f->annotations)) {
        Dict *dict = dict_new(vm);
        if (dict == NULL) return ERROR;
        f->annotations = from_object(dict);
        gc_write_barrier(vm, f);
    }
    return f->annotations;
}

static Value function_set_annotations(VM *vm, Value self, Value value) {
    if (is_none(value)) value = UNDEFINED;
    if (!is_undefined(value) && !is_dict(value)) return raise_type_error(vm, "__annotations__ must be set to a dict object");
    to_function(self)->annotations = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_get_dict(VM *vm, Value self) {
    Function *f = to_function(self);
    if (is_undefined(f->attributes)) {
        Dict *dict = dict_new(vm);
        if (dict == NULL) return ERROR;
        f->attributes = from_object(dict);
        gc_write_barrier(vm, f);
    }
    return f->attributes;
}

static Value function_set_dict(VM *vm, Value self, Value value) {
    if (!is_dict(value)) return raise_type_error(vm, "__dict__ must be set to a dictionary, not a '%T'", value);
    to_function(self)->attributes = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_get_type_params(VM *vm, Value self) {
    Function *f = to_function(self);
    return is_undefined(f->type_params) ? from_object(vm->empty_tuple) : f->type_params;
}

static Value function_set_type_params(VM *vm, Value self, Value value) {
    if (!is_tuple(value)) return raise_type_error(vm, "__type_params__ must be set to a tuple");
    to_function(self)->type_params = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value function_get_closure(VM *vm, Value self) {
    Function *f = to_function(self);
    if (f->free_count == 0) return NONE;
    Tuple *tuple = tuple_from_values(vm, f->closure, f->free_count);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static Value function_repr(VM *vm, const Value *args, int argc) {
    Str *s = str_printf(vm, "<function %V at 0x%llx>", to_function(args[0])->qualname, (long long)object_id(vm, args[0]));
    return s == NULL ? ERROR : from_object(s);
}

static Value function_descriptor_get(VM *vm, const Value *args, int argc) {
    Value object = arg_or(args, argc, 1, NONE);
    if (is_none(object)) return args[0];
    return method_new(vm, args[0], object);
}

static Value closure_check(VM *vm, Code *code, Value closure) {
    if (is_none(closure) && code->free_count > 0) return raise_type_error(vm, "arg 5 (closure) must be tuple");
    if (!is_none(closure) && !is_tuple(closure)) return raise_type_error(vm, "arg 5 (closure) must be None or tuple");
    size_t given = is_none(closure) ? 0 : to_tuple(closure)->count;
    if (given != code->free_count)
        return raise_value_error(vm, "%S requires closure of length %u, not %zu", code->name, code->free_count, given);
    for (size_t i = 0; i < given; i++)
        if (!is_kind(to_tuple(closure)->items[i], KIND_CELL))
            return raise_type_error(vm, "arg 5 (closure) expected cell, found %T", to_tuple(closure)->items[i]);
    return NONE;
}

static Value function_create(VM *vm, const Value *args, int argc) {
    Value code = args[1], globals = args[2], name = arg_or(args, argc, 3, NONE), defaults = arg_or(args, argc, 4, NONE);
    Value closure = arg_or(args, argc, 5, NONE);
    if (!is_kind(code, KIND_CODE)) return raise_type_error(vm, "function() argument 'code' must be code, not %T", code);
    if (!is_dict(globals)) return raise_type_error(vm, "function() argument 'globals' must be dict, not %T", globals);
    if (!is_none(name) && !is_str(name)) return raise_type_error(vm, "arg 3 (name) must be None or string");
    if (!is_none(defaults) && !is_tuple(defaults)) return raise_type_error(vm, "arg 4 (defaults) must be None or tuple");
    if (is_error(closure_check(vm, (Code *)to_object(code), closure))) return ERROR;
    Value function = function_new(vm, (Code *)to_object(code), to_dict(globals), is_none(closure) ? NULL : to_tuple(closure)->items);
    if (is_error(function)) return ERROR;
    if (!is_none(name)) to_function(function)->name = name;
    if (is_error(function_set_defaults(vm, function, defaults))) return ERROR;
    return function;
}

static const NativeDef function_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__new__(cls, code, globals, name=None, argdefs=None, closure=None)", function_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", function_repr, NULL, NATIVE_METHOD},
    {"__get__(self, instance, owner=None, /)", function_descriptor_get, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef function_getsets[] = {
    {"__name__", function_get_name, function_set_name, NULL},
    {"__qualname__", function_get_qualname, function_set_qualname, NULL},
    {"__doc__", function_get_doc, function_set_doc, NULL},
    {"__module__", function_get_module, function_set_module, NULL},
    {"__code__", function_get_code, function_set_code, NULL},
    {"__globals__", function_get_globals, readonly_member, NULL},
    {"__builtins__", function_get_builtins, readonly_member, NULL},
    {"__defaults__", function_get_defaults, function_set_defaults, NULL},
    {"__kwdefaults__", function_get_keyword_defaults, function_set_keyword_defaults, NULL},
    {"__annotations__", function_get_annotations, function_set_annotations, NULL},
    {"__dict__", function_get_dict, function_set_dict, NULL},
    {"__closure__", function_get_closure, readonly_member, NULL},
    {"__type_params__", function_get_type_params, function_set_type_params, NULL},
    {0},
};

bool function_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.function, .instance_size = sizeof(Function), .methods = function_methods,
                                      .getsets = function_getsets});
}
