// Built-in functions about code: compile, exec, eval, globals, locals, __import__, __build_class__.
#include "vm/builtins.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

// ---- compile

// Flags of compile() and of __future__.
enum { PY_DONT_IMPLY_DEDENT = 0x200, PY_ONLY_AST = 0x400, PY_TYPE_COMMENTS = 0x1000, PY_TOP_LEVEL_AWAIT = 0x2000, PY_ALLOW_INCOMPLETE = 0x4000,
       PY_FUTURES = 0x1fe0000 };

static Value compile_text(VM *vm, Value source, Str *filename, CompileMode mode, int flags, const char *function, const char *what) {
    const char *data;
    size_t size;
    if (is_str(source)) {
        data = str_data(vm, to_str(source));
        size = to_str(source)->size;
        flags |= COMPILE_FROM_TEXT;
        if (data == NULL) return ERROR;
    } else {
        const uint8_t *bytes;
        if (!is_bytes(source) && !is_bytearray(source) && !is_kind(source, KIND_MEMORYVIEW))
            return raise_type_error(vm, "%s() arg 1 must be a %s", function, what);
        if (!bytes_like(vm, source, &bytes, &size)) return ERROR;
        data = (const char *)bytes;
    }
    if (mode == COMPILE_EVAL && is_str(source))
        while (size > 0 && (*data == ' ' || *data == '\t')) data++, size--;
    return source_compile(vm, data, size, filename, mode, flags);
}

static Str *filename_of(VM *vm, Value v) {
    if (is_str(v)) return to_str(v);
    if (is_bytes(v)) {
        Bytes *bytes = (Bytes *)to_object(v);
        return str_from_latin1_or_utf8(vm, (const char *)bytes->data, bytes->size, "surrogateescape");
    }
    Value path = call_special(vm, v, SPECIAL_FSPATH, NULL, 0);
    if (is_str(path)) return to_str(path);
    if (!is_error(path)) raise_type_error(vm, "expected str, bytes or os.PathLike object, not %T", v);
    return NULL;
}

// The future features of the code that calls compile(), exec() or eval() hold there as well.
static int inherited_flags(VM *vm) {
    Frame *frame = frame_of_python_caller(vm);
    return frame != NULL && frame->code->flags & CODE_FUTURE_ANNOTATIONS ? COMPILE_FUTURE_ANNOTATIONS : 0;
}

static Value builtin_compile(VM *vm, const Value *args, int argc) {
    Value mode_name = args[2];
    Str *filename = filename_of(vm, args[1]);
    ptrdiff_t wanted = 0, optimize = -1;
    if (filename == NULL) return ERROR;
    if (arg_given(args, argc, 3) && !index_as_ssize(vm, args[3], &wanted)) return ERROR;
    int dont_inherit = arg_given(args, argc, 4) ? value_is_true(vm, args[4]) : 0;
    if (dont_inherit < 0) return ERROR;
    if (arg_given(args, argc, 5) && !index_as_ssize(vm, args[5], &optimize)) return ERROR;
    if (wanted & ~(ptrdiff_t)(PY_DONT_IMPLY_DEDENT | PY_ONLY_AST | PY_TYPE_COMMENTS | PY_TOP_LEVEL_AWAIT | PY_ALLOW_INCOMPLETE | PY_FUTURES | 0x10))
        return raise_value_error(vm, "compile(): unrecognised flags");
    if (optimize < -1 || optimize > 2) return raise_value_error(vm, "compile(): invalid optimize value");
    if (!is_str(mode_name)) return raise_type_error(vm, "compile() argument 'mode' must be str, not %A", mode_name);
    static const char *const modes[] = {"exec", "eval", "single"};
    int mode = 0;
    while (mode < 3 && !str_equals_c(vm, to_str(mode_name), modes[mode])) mode++;
    if (mode == 3) return raise_value_error(vm, "compile() mode must be 'exec', 'eval' or 'single'");
    if (is_kind(args[0], KIND_CODE)) return args[0];
    if (wanted & PY_ONLY_AST) return raise_value_error(vm, "compile(): syntax trees are not available");
    int flags = dont_inherit ? 0 : inherited_flags(vm);
    if (wanted & PY_TOP_LEVEL_AWAIT) flags |= COMPILE_TOP_LEVEL_AWAIT;
    if (wanted & PY_ALLOW_INCOMPLETE) flags |= COMPILE_ALLOW_INCOMPLETE;
    if (wanted & CODE_FUTURE_ANNOTATIONS) flags |= COMPILE_FUTURE_ANNOTATIONS;
    int32_t saved = vm->optimize;
    if (optimize >= 0) vm->optimize = (int32_t)optimize;
    Value code = compile_text(vm, args[0], filename, (CompileMode)mode, flags, "compile", "string, bytes or AST object");
    vm->optimize = saved;
    return code;
}

// ---- exec and eval

// The caller's globals and the mapping of its local names (UNDEFINED: the globals).
static bool caller_namespaces(VM *vm, Value *out_globals, Value *out_namespace) {
    Frame *frame = frame_of_python_caller(vm);
    if (frame == NULL) {
        raise_error(vm, vm->exc.SystemError, "globals and locals cannot be NULL");
        return false;
    }
    *out_globals = from_object(frame->function->globals);
    *out_namespace = frame_locals(vm, frame);
    if (is_error(*out_namespace)) return false;
    if (value_same(*out_namespace, *out_globals)) *out_namespace = UNDEFINED;
    return true;
}

static bool add_builtins(VM *vm, Dict *globals) {
    if (!is_undefined(dict_get_str(vm, globals, vm->names.__builtins__))) return true;
    Value builtins = dict_get_str(vm, vm->modules, vm->names.builtins);
    Frame *frame = frame_of_python_caller(vm);
    if (frame != NULL && frame->function->builtins != vm->builtins) builtins = from_object(frame->function->builtins);
    return is_undefined(builtins) || dict_set_str(vm, globals, vm->names.__builtins__, builtins);
}

static bool is_mapping(VM *vm, Value v) {
    return is_dict(v) || !is_undefined(class_special(vm, class_of(vm, v), SPECIAL_GETITEM));
}

static bool closure_fits(VM *vm, Value closure, size_t count) {
    bool fits = is_tuple(closure) && class_of(vm, closure) == vm->types.tuple && to_tuple(closure)->count == count;
    for (size_t i = 0; i < count && fits; i++) fits = is_kind(to_tuple(closure)->items[i], KIND_CELL);
    return fits;
}

static Value run_text(VM *vm, const Value *args, int argc, CompileMode mode, const char *function, Value closure) {
    Value source = args[0], globals = arg_or(args, argc, 1, NONE), namespace = arg_or(args, argc, 2, NONE);
    if (!is_none(globals) && !is_dict(globals)) {
        if (mode == COMPILE_EVAL && is_mapping(vm, globals)) return raise_type_error(vm, "globals must be a real dict; try eval(code, {}, mapping)");
        return raise_type_error(vm, mode == COMPILE_EVAL ? "globals must be a dict" : "exec() globals must be a dict, not %T", globals);
    }
    if (!is_none(namespace) && !is_mapping(vm, namespace))
        return raise_type_error(vm, mode == COMPILE_EVAL ? "locals must be a mapping" : "locals must be a mapping or None, not %T", namespace);
    if (is_none(globals)) {
        Value own;
        if (!caller_namespaces(vm, &globals, &own)) return ERROR;
        if (is_none(namespace)) namespace = own;
    } else if (is_none(namespace)) {
        namespace = UNDEFINED;
    }
    if (value_same(namespace, globals)) namespace = UNDEFINED;
    if (is_undefined(namespace) && class_of(vm, globals)->flags & CLASS_HEAP) namespace = globals;   // its __getitem__ is asked for names
    if (!add_builtins(vm, to_dict(globals))) return ERROR;
    Value code = source;
    if (!is_kind(source, KIND_CODE)) {
        if (!is_none(closure)) return raise_type_error(vm, "closure can only be used when source is a code object");
        Str *filename = str_intern_c(vm, "<string>");
        if (filename == NULL) return ERROR;
        code = compile_text(vm, source, filename, mode, inherited_flags(vm), function, "string, bytes or code object");
        if (is_error(code)) return ERROR;
    }
    Code *loaded = (Code *)to_object(code);
    if (loaded->free_count > 0) {
        if (mode == COMPILE_EVAL) return raise_type_error(vm, "code object passed to %s() may not contain free variables", function);
        if (!closure_fits(vm, closure, loaded->free_count))
            return raise_type_error(vm, "code object requires a closure of exactly length %u", loaded->free_count);
        Value made = function_new(vm, loaded, to_dict(globals), to_tuple(closure)->items);
        return is_error(made) ? ERROR : function_run_in(vm, to_function(made), namespace);
    }
    if (!is_none(closure)) return raise_type_error(vm, "cannot use a closure with this code object");
    return code_run(vm, loaded, to_dict(globals), namespace);
}

static Value builtin_exec(VM *vm, const Value *args, int argc) {
    Value result = run_text(vm, args, argc, COMPILE_EXEC, "exec", arg_or(args, argc, 3, NONE));
    return is_error(result) ? ERROR : NONE;
}

static Value builtin_eval(VM *vm, const Value *args, int argc) { return run_text(vm, args, argc, COMPILE_EVAL, "eval", NONE); }

static Value builtin_globals(VM *vm, const Value *args, int argc) {
    Frame *frame = frame_of_python_caller(vm);
    return frame == NULL ? NONE : from_object(frame->function->globals);
}

static Value builtin_locals(VM *vm, const Value *args, int argc) {
    Frame *frame = frame_of_python_caller(vm);
    return frame == NULL ? raise_error(vm, vm->exc.SystemError, "frame does not exist") : frame_locals(vm, frame);
}

static Value builtin_import(VM *vm, const Value *args, int argc) {
    Value name = args[0], globals = arg_or(args, argc, 1, NONE), fromlist = arg_or(args, argc, 3, from_object(vm->empty_tuple));
    ptrdiff_t level = 0;
    if (!is_str(name)) return raise_type_error(vm, "module name must be a string");
    if (arg_given(args, argc, 4) && !index_as_ssize(vm, args[4], &level)) return ERROR;
    if (level < 0) return raise_value_error(vm, "level must be >= 0");
    Str *interned = str_intern(vm, to_str(name));
    if (interned == NULL) return ERROR;
    return import_module(vm, interned, is_dict(globals) ? to_dict(globals) : NULL, fromlist, (int)level);
}

// ---- __build_class__

// Bases that are no classes say with __mro_entries__ what to put in their place. The tuple itself when there are none.
static Tuple *bases_resolve(VM *vm, Tuple *bases) {
    List *resolved = NULL;
    for (size_t i = 0; i < bases->count; i++) {
        Value base = bases->items[i], entries = UNDEFINED;
        if (!is_kind(base, KIND_CLASS)) {
            Value method = attr_get_optional(vm, base, vm->names.__mro_entries__);
            if (is_error(method)) return NULL;
            if (!is_undefined(method)) entries = call1(vm, method, from_object(bases));
            if (is_error(entries)) return NULL;
        }
        if (!is_undefined(entries) && !is_tuple(entries)) {
            raise_type_error(vm, "__mro_entries__ must return a tuple");
            return NULL;
        }
        if (!is_undefined(entries) && resolved == NULL && (resolved = list_from_values(vm, bases->items, i)) == NULL) return NULL;
        if (is_undefined(entries)) {
            if (resolved != NULL && !list_append(vm, resolved, base)) return NULL;
        } else {
            for (size_t k = 0; k < to_tuple(entries)->count; k++)
                if (!list_append(vm, resolved, to_tuple(entries)->items[k])) return NULL;
        }
    }
    return resolved == NULL ? bases : tuple_from_list(vm, resolved);
}

// The most derived of the metaclasses; NULL with TypeError when they do not fit together.
static Class *metaclass_of(VM *vm, Class *winner, Tuple *bases) {
    for (size_t i = 0; i < bases->count; i++) {
        Class *candidate = class_of(vm, bases->items[i]);
        if (class_is_subclass(winner, candidate)) continue;
        if (!class_is_subclass(candidate, winner)) {
            raise_type_error(vm, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its "
                                 "bases");
            return NULL;
        }
        winner = candidate;
    }
    return winner;
}

// callee(name, bases, third, **keywords), or without the third.
static Value call_metaclass(VM *vm, Value callee, Value name, Tuple *bases, Value third, Dict *keywords) {
    Tuple *args = is_undefined(third) ? tuple_pack(vm, 2, name, from_object(bases)) : tuple_pack(vm, 3, name, from_object(bases), third);
    if (args == NULL) return ERROR;
    return call_ex(vm, callee, from_object(args), keywords == NULL ? UNDEFINED : from_object(keywords));
}

static Value namespace_prepare(VM *vm, Value metaclass, Value name, Tuple *bases, Dict *keywords) {
    Value prepare = attr_get_optional(vm, metaclass, vm->names.__prepare__);
    if (is_error(prepare)) return ERROR;
    if (is_undefined(prepare) || value_same(metaclass, from_object(vm->types.type))) {
        Dict *dict = dict_new(vm);
        return dict == NULL ? ERROR : from_object(dict);
    }
    Value namespace = call_metaclass(vm, prepare, name, bases, UNDEFINED, keywords);
    if (is_error(namespace) || is_mapping(vm, namespace)) return namespace;
    if (is_kind(metaclass, KIND_CLASS))
        return raise_type_error(vm, "%C.__prepare__() must return a mapping, not %T", (Class *)to_object(metaclass), namespace);
    return raise_type_error(vm, "<metaclass>.__prepare__() must return a mapping, not %T", namespace);
}

// What a class body's __class__ cell holds must be the class that came of it.
static bool class_cell_check(VM *vm, Value content, Value name, Value cls) {
    if (value_same(content, cls)) return true;
    if (is_undefined(content))
        raise_error(vm, vm->exc.RuntimeError, "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name, cls);
    else
        raise_type_error(vm, "__class__ set to %R defining %R as %R", content, name, cls);
    return false;
}

static Value builtin_build_class(VM *vm, const Value *args, int argc) {
    Value function = args[0], name = args[1], given = args[2];
    if (!is_function(function)) return raise_type_error(vm, "__build_class__: func must be a function");
    if (!is_str(name)) return raise_type_error(vm, "__build_class__: name is not a string");
    Tuple *original = tuple_from_values(vm, args + 3, argc > 3 ? (size_t)argc - 3 : 0);
    Tuple *bases = original == NULL ? NULL : bases_resolve(vm, original);
    if (bases == NULL) return ERROR;
    Dict *keywords = NULL;
    Value metaclass = UNDEFINED;
    if (is_dict(given)) {
        keywords = dict_copy(vm, to_dict(given));
        if (keywords == NULL) return ERROR;
        metaclass = dict_pop(vm, keywords, from_object(vm->names.metaclass));
        if (is_error(metaclass)) return ERROR;
        if (keywords->count == 0) keywords = NULL;
    }
    if (is_undefined(metaclass)) metaclass = bases->count > 0 ? from_object(class_of(vm, bases->items[0])) : from_object(vm->types.type);
    if (is_kind(metaclass, KIND_CLASS)) {
        Class *winner = metaclass_of(vm, (Class *)to_object(metaclass), bases);
        if (winner == NULL) return ERROR;
        metaclass = from_object(winner);
    }
    Value namespace = namespace_prepare(vm, metaclass, name, bases, keywords);
    if (is_error(namespace)) return ERROR;
    Value cell = function_run_in(vm, to_function(function), namespace);
    if (is_error(cell)) return ERROR;
    if (bases != original && !item_set(vm, namespace, from_object(vm->names.__orig_bases__), from_object(original))) return ERROR;
    Value cls = call_metaclass(vm, metaclass, name, bases, namespace, keywords);
    if (is_kind(cell, KIND_CELL) && is_kind(cls, KIND_CLASS) && !class_cell_check(vm, ((Cell *)to_object(cell))->content, name, cls)) return ERROR;
    return cls;
}

const NativeDef builtins_code[] = {
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)", builtin_compile, "Compiles source into a code object.", NATIVE_METHOD},
    {"eval(source, globals=None, locals=None, /)", builtin_eval, "The value of an expression given as text or code.", NATIVE_METHOD},
    {"exec(source, globals=None, locals=None, /, *, closure=None)", builtin_exec, "Runs statements given as text or code.", NATIVE_METHOD},
    {"globals()", builtin_globals, "The dictionary of the current module's names.", NATIVE_METHOD},
    {"locals()", builtin_locals, "A dictionary of the current local names.", NATIVE_METHOD},
    {"__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtin_import, "What the import statement calls.", NATIVE_METHOD},
    {"__build_class__(func, name, /, *bases, **kwds)", builtin_build_class, "What the class statement calls.", NATIVE_METHOD},
    {0},
};
