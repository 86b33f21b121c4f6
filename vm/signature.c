// Signatures of native functions: parsing "name(a, b=1, /, *, c=None)", and binding a call's arguments by them with CPython's error texts.
//
// A signature is parsed when it is first needed: most of the natives of a VM are never called.
#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/str.h"
#include "vm/signature.h"

// ---- parsing

// The end of a parameter: a comma or the closing parenthesis outside brackets and quotes.
static const char *parameter_end(const char *at) {
    int depth = 0;
    for (; *at != '\0'; at++) {
        if (*at == '\'' || *at == '"') {
            char quote = *at++;
            while (*at != '\0' && *at != quote) at += *at == '\\' && at[1] != '\0' ? 2 : 1;
            if (*at == '\0') return at;
        } else if (*at == '(' || *at == '[' || *at == '{') {
            depth++;
        } else if (*at == ')' || *at == ']' || *at == '}') {
            if (depth-- == 0) return at;
        } else if (*at == ',' && depth == 0) {
            return at;
        }
    }
    return at;
}

static size_t parameter_count(const char *at) {
    size_t count = 0;
    while (*at != '\0' && *at != ')') {
        count++;
        at = parameter_end(at);
        if (*at == ',') at++;
    }
    return count;
}

static size_t name_length(const char *at) {
    size_t length = 0;
    while (at[length] == '_' || (at[length] >= 'a' && at[length] <= 'z') || (at[length] >= 'A' && at[length] <= 'Z') ||
           (at[length] >= '0' && at[length] <= '9'))
        length++;
    return length;
}

static bool signature_add(VM *vm, Native *native, Signature *signature, const char *at, const char *end, bool keyword_only) {
    size_t length = name_length(at);
    Str *name = str_new(vm, at, length);
    if (name == NULL || (name = str_intern(vm, name)) == NULL) return false;
    bool optional = at + length < end && at[length] == '=';
    uint32_t index = (uint32_t)signature->positional + signature->keyword_only;
    signature->parameters[index] = (Parameter){name, optional};
    gc_write_barrier(vm, native);
    if (keyword_only) {
        signature->keyword_only++;
    } else {
        signature->positional++;
        if (!optional) signature->required = signature->positional;
    }
    return true;
}

static bool signature_parse(VM *vm, Native *native, Signature *signature, const char *at) {
    bool keyword_only = false;
    while (*at != '\0' && *at != ')') {
        while (*at == ' ') at++;
        const char *end = parameter_end(at);
        if (at[0] == '/' && at + 1 == end) {
            signature->positional_only = signature->positional;
        } else if (at[0] == '*' && at[1] == '*') {
            signature->var_keyword = true;
        } else if (at[0] == '*') {
            signature->var_positional = at + 1 != end;
            keyword_only = true;
        } else if (at != end && !signature_add(vm, native, signature, at, end, keyword_only)) {
            return false;
        }
        at = *end == ',' ? end + 1 : end;
    }
    return true;
}

Signature *native_signature(VM *vm, Native *native) {
    if (native->signature != NULL) return native->signature;
    const char *open = strchr(native->def->signature, '(');
    const char *parameters = open == NULL ? "" : open + 1;
    size_t count = parameter_count(parameters), size;
    if (!size_for(vm, count, sizeof(Parameter), sizeof(Signature), &size)) return NULL;
    Signature *signature = buffer_new(vm, size);
    if (signature == NULL) return NULL;
    signature->parameters = (Parameter *)(signature + 1);
    signature->size = size;
    native->signature = signature;
    if (!signature_parse(vm, native, signature, parameters)) {
        native->signature = NULL;
        buffer_free(vm, signature, size);
        return NULL;
    }
    signature->plain = signature->keyword_only == 0 && !signature->var_keyword;
    if (signature->plain) {
        native->head.flags = signature->required;
        native->head.aux = signature->var_positional ? UINT32_MAX - UINT16_MAX : (uint32_t)(signature->positional - signature->required);
    }
    return signature;
}

bool native_allow_bare(VM *vm, Native *native) {
    Signature *signature = native_signature(vm, native);
    if (signature == NULL) return false;
    native->head.flags = signature->required;
    native->head.aux = (uint32_t)(signature->positional - signature->required);
    return true;
}

void signature_trace(VM *vm, Native *native) {
    Signature *signature = native->signature;
    if (signature == NULL) return;
    uint32_t count = (uint32_t)signature->positional + signature->keyword_only;
    for (uint32_t i = 0; i < count; i++) gc_mark_object(vm, signature->parameters[i].name);
}

void signature_free(VM *vm, Native *native) {
    if (native->signature != NULL) buffer_free(vm, native->signature, native->signature->size);
    native->signature = NULL;
}

// ---- error texts

static const char *plural(int64_t count) { return count == 1 ? "" : "s"; }

static bool is_constructor(VM *vm, const Native *native) { return native->def->role == NATIVE_NEW || native->name == vm->names.__init__; }

// The name in texts: "append" or, where CPython shows it, "list.append"; a constructor goes by its class.
static Str *shown_name(VM *vm, Native *native, bool qualified) {
    if (native->owner == NULL) {
        bool shown = qualified && is_str(native->module) && !str_equals_c(vm, to_str(native->module), "builtins");
        return shown ? str_printf(vm, "%V.%S", native->module, native->name) : native->name;
    }
    if (is_constructor(vm, native)) return native->owner->name;
    return qualified ? str_printf(vm, "%S.%S", native->owner->name, native->name) : native->name;
}

static Value raise_no_keywords(VM *vm, Native *native) {
    Str *name = shown_name(vm, native, true);
    return name == NULL ? ERROR : raise_type_error(vm, "%S() takes no keyword arguments", name);
}

// The wrong number for a function whose parameters are all positional-only. The counts leave out self and class.
static Value raise_positional_count(VM *vm, Native *native, int64_t least, int64_t most, int64_t given) {
    bool no_arguments = most == 0, one_argument = least == 1 && most == 1;
    if (native->head.shape->cls == vm->types.wrapper_descriptor && !is_constructor(vm, native)) {
        int64_t limit = given < least ? least : most;
        return raise_type_error(vm, "expected %s%lld argument%s, got %lld", least == most ? "" : given < least ? "at least " : "at most ",
                                (long long)limit, plural(limit), (long long)given);
    }
    Str *name = shown_name(vm, native, no_arguments || one_argument);
    if (name == NULL) return ERROR;
    if (is_constructor(vm, native) && no_arguments) return raise_type_error(vm, "%S() takes no arguments", name);
    if (no_arguments) return raise_type_error(vm, "%S() takes no arguments (%lld given)", name, (long long)given);
    if (one_argument && !is_constructor(vm, native))
        return raise_type_error(vm, "%S() takes exactly one argument (%lld given)", name, (long long)given);
    int64_t limit = given < least ? least : most;
    return raise_type_error(vm, "%S expected %s%lld argument%s, got %lld", name,
                            least == most ? "" : given < least ? "at least " : "at most ", (long long)limit, plural(limit), (long long)given);
}

static Value raise_too_many(VM *vm, Native *native, Signature *signature, int64_t skipped, int64_t given, int64_t keywords) {
    Str *name = shown_name(vm, native, false);
    int64_t most = signature->positional - skipped, all = most + signature->keyword_only, least = (int64_t)signature->required - skipped;
    if (given + keywords > all)
        return raise_type_error(vm, "%S() takes at most %lld %sargument%s (%lld given)", name, (long long)all, given == 0 ? "keyword " : "",
                                plural(all), (long long)(given + keywords));
    if (most == 0) return raise_type_error(vm, "%S() takes no positional arguments", name);
    return raise_type_error(vm, "%S() takes %s %lld positional argument%s (%lld given)", name, least < most ? "at most" : "exactly",
                            (long long)most, plural(most), (long long)given);
}

static Value raise_missing(VM *vm, Native *native, Signature *signature, uint32_t index, int64_t skipped, int64_t given) {
    Str *name = shown_name(vm, native, false);
    if (index < signature->positional_only) {
        int64_t needed = signature->required < signature->positional_only ? signature->required : signature->positional_only;
        bool more = needed < signature->positional;
        return raise_type_error(vm, "%S() takes %s %lld positional argument%s (%lld given)", name, more ? "at least" : "exactly",
                                (long long)(needed - skipped), plural(needed - skipped), (long long)given);
    }
    if (index < signature->positional)
        return raise_type_error(vm, "%S() missing required argument '%S' (pos %d)", name, signature->parameters[index].name,
                                (int)(index + 1 - skipped));
    return raise_type_error(vm, "%S() missing required keyword-only argument: '%S'", name, signature->parameters[index].name);
}

static Value raise_no_self(VM *vm, Native *native) {
    if (native->def->role == NATIVE_NEW)
        return raise_type_error(vm, "%S.__new__(): not enough arguments", native->owner->name);
    if (native->head.shape->cls == vm->types.wrapper_descriptor)
        return raise_type_error(vm, "descriptor '%S' of '%S' object needs an argument", native->name, native->owner->name);
    return raise_type_error(vm, "unbound method %S.%S() needs an argument", native->owner->name, native->name);
}

// T.__new__(cls): cls must be a class that T's instances' layout fits.
static Value check_new(VM *vm, Native *native, Value v) {
    Class *owner = native->owner;
    if (!is_class(v)) return raise_type_error(vm, "%C.__new__(X): X is not a type object (%T)", owner, v);
    Class *cls = to_class(v), *built_in = cls;
    if (!class_is_subclass(cls, owner)) return raise_type_error(vm, "%C.__new__(%C): %C is not a subtype of %C", owner, cls, cls, owner);
    while (built_in != owner && built_in->flags & CLASS_HEAP) built_in = built_in->base;
    if (built_in == owner) return NONE;
    Value own = class_special(vm, built_in, SPECIAL_NEW);
    if (is_native(own) && to_native(own)->function == native->function) return NONE;
    return raise_type_error(vm, "%C.__new__(%C) is not safe, use %C.__new__()", owner, cls, built_in);
}

Value native_check_self(VM *vm, Native *native, const Value *args, uint32_t argc) {
    if (argc == 0) return raise_no_self(vm, native);
    if (native->def->role == NATIVE_NEW) return check_new(vm, native, args[0]);
    if (native->def->role != NATIVE_METHOD || is_instance(vm, args[0], native->owner)) return NONE;
    if (native->head.shape->cls == vm->types.wrapper_descriptor)
        return raise_type_error(vm, "descriptor '%S' requires a '%S' object but received a '%T'", native->name, native->owner->name, args[0]);
    return raise_type_error(vm, "descriptor '%S' for '%S' objects doesn't apply to a '%T' object", native->name, native->owner->name, args[0]);
}

// ---- binding

static int64_t parameter_find(VM *vm, Signature *signature, Str *name) {
    uint32_t count = (uint32_t)signature->positional + signature->keyword_only;
    for (uint32_t i = signature->positional_only; i < count; i++)
        if (signature->parameters[i].name == name || str_equal(vm, signature->parameters[i].name, name)) return i;
    return -1;
}

static bool bind_keyword(VM *vm, Native *native, Signature *signature, Value *bound, Dict **extra, Str *name, Value value, int64_t skipped) {
    int64_t index = parameter_find(vm, signature, name);
    if (index >= 0) {
        if (!is_undefined(bound[index])) {
            raise_type_error(vm, "argument for %S() given by name ('%S') and position (%d)", shown_name(vm, native, false), name,
                             (int)(index + 1 - skipped));
            return false;
        }
        bound[index] = value;
        return true;
    }
    if (!signature->var_keyword) {
        raise_type_error(vm, "'%S' is an invalid keyword argument for %S()", name, shown_name(vm, native, false));
        return false;
    }
    if (*extra == NULL && (*extra = dict_new(vm)) == NULL) return false;
    return dict_set(vm, *extra, from_object(name), value);
}

// Keywords that are for the other half of a subclass's construction: for its own __init__ when this is __new__, and for list the other way.
static bool keywords_are_anothers(VM *vm, Native *native, const Value *args, uint32_t given) {
    if (native->owner == NULL || given == 0) return false;
    if (native->def->role == NATIVE_NEW && is_class(args[0]))
        return !value_same(class_special(vm, to_class(args[0]), SPECIAL_INIT), class_special(vm, native->owner, SPECIAL_INIT));
    return native->owner == vm->types.list && native->name == vm->names.__init__ &&
           !value_same(class_special(vm, class_of(vm, args[0]), SPECIAL_NEW), class_special(vm, native->owner, SPECIAL_NEW));
}

// Lays out `bound` as native.h says; it has room for all. False: TypeError.
static bool signature_bind(VM *vm, Native *native, Signature *signature, Value *bound, const Value *args, uint32_t given, Tuple *kwnames,
                           uint32_t *out_count) {
    int64_t skipped = native->owner != NULL && native->def->role != NATIVE_STATIC_METHOD;
    uint32_t named = (uint32_t)signature->positional + signature->keyword_only, keywords = kwnames == NULL ? 0 : (uint32_t)kwnames->count;
    uint32_t positional = given < signature->positional ? given : signature->positional;
    bool only_positional = signature->positional_only == signature->positional && signature->keyword_only == 0 && !signature->var_keyword;
    if (only_positional && keywords > 0) {
        if (!keywords_are_anothers(vm, native, args, given)) return raise_no_keywords(vm, native), false;
        keywords = 0;
        kwnames = NULL;
    }
    if (only_positional && (given < signature->required || (given > signature->positional && !signature->var_positional))) {
        if (signature->var_positional) {
            raise_type_error(vm, "%S expected at least %d argument%s, got %d", shown_name(vm, native, false),
                             (int)(signature->required - skipped), plural(signature->required - skipped), (int)(given - skipped));
            return false;
        }
        return raise_positional_count(vm, native, signature->required - skipped, signature->positional - skipped, given - skipped), false;
    }
    if (given > signature->positional && !signature->var_positional && signature->var_keyword && is_constructor(vm, native))
        return raise_positional_count(vm, native, signature->required - skipped, signature->positional - skipped, given - skipped), false;
    if (given > signature->positional && !signature->var_positional)
        return raise_too_many(vm, native, signature, skipped, given - skipped, keywords), false;
    for (uint32_t i = 0; i < positional; i++) bound[i] = args[i];
    for (uint32_t i = positional; i < named; i++) bound[i] = UNDEFINED;
    Dict *extra = NULL;
    for (uint32_t i = 0; i < keywords; i++) {
        Value name = kwnames->items[i];
        if (!is_str(name)) return raise_type_error(vm, "keywords must be strings"), false;
        if (!bind_keyword(vm, native, signature, bound, &extra, to_str(name), args[given + i], skipped)) return false;
    }
    for (uint32_t i = 0; i < named; i++)
        if (is_undefined(bound[i]) && !signature->parameters[i].optional)
            return raise_missing(vm, native, signature, i, skipped, given - skipped), false;
    uint32_t count = named;
    if (signature->var_keyword) bound[count++] = extra == NULL ? UNDEFINED : from_object(extra);
    for (uint32_t i = positional; i < given; i++) bound[count++] = args[i];
    // Layout 1: without keyword-only parameters, *args and **kwargs, trailing optional ones that were not given are left out.
    if (signature->plain && !signature->var_positional)
        while (count > 0 && is_undefined(bound[count - 1])) count--;
    *out_count = count;
    return true;
}

enum { BOUND_ON_STACK = 16 };

// A function of its own so that the usual calls have no array on the C stack, in which the collector would find what earlier ones left.
static __attribute__((noinline)) Value native_call_bound(VM *vm, Native *native, Signature *signature, const Value *args, uint32_t given,
                                                         Tuple *kwnames) {
    Value on_stack[BOUND_ON_STACK], *bound = on_stack;
    size_t room = (size_t)signature->positional + signature->keyword_only + 1 + given;
    Tuple *tuple = NULL;   // keeps the arguments alive as well
    if (room > BOUND_ON_STACK) {
        tuple = tuple_new(vm, room);
        if (tuple == NULL) return ERROR;
        bound = tuple->items;
    }
    uint32_t count;
    if (!signature_bind(vm, native, signature, bound, args, given, kwnames, &count)) return ERROR;
    if (tuple != NULL) gc_write_barrier(vm, tuple);
    Value result = native_invoke(vm, native, bound, (int)count);
    gc_keep(tuple);   // it lives until here
    return result;
}

Value native_call(VM *vm, Value callee, const Value *args, int argc, Tuple *kwnames) {
    Native *native = to_native(callee);
    Signature *signature = native_signature(vm, native);
    if (signature == NULL) return ERROR;
    uint32_t keywords = kwnames == NULL ? 0 : (uint32_t)kwnames->count, given = (uint32_t)argc - keywords;
    if (native->owner != NULL && native->def->role != NATIVE_STATIC_METHOD && is_error(native_check_self(vm, native, args, given))) return ERROR;
    Value result;
    if (keywords == 0 && native_takes(native, given)) result = native_invoke(vm, native, args, argc);
    else result = native_call_bound(vm, native, signature, args, given, kwnames);
    if (UNLIKELY(is_stop(result))) return raise_stop_iteration(vm, UNDEFINED);
    return result;
}
