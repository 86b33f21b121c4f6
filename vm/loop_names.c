// Operations of the dispatch loop: names, attributes, making functions.
#include "vm/errors.h"
#include "vm/icache.h"
#include "vm/loop_enter.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/signature.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"
#include "vm/types/super.h"

// ---- unbound names

static Frame *raise_name_error(VM *vm, Class *cls, const char *format, Str *name) {
    raise_error(vm, cls, format, name);
    if (is_exception(vm->raised)) {
        Exception *exception = to_exception(vm->raised);
        exception->fields[NAME_ERROR_NAME] = from_object(name);
        gc_write_barrier(vm, exception);
    }
    return NULL;
}

// Its `name` stays None, as in CPython, which gives it to NameError itself only.
static Frame *raise_unbound_local(VM *vm, Str *name) {
    raise_error(vm, vm->exc.UnboundLocalError, "cannot access local variable '%S' where it is not associated with a value", name);
    return NULL;
}

static Frame *raise_not_defined(VM *vm, Str *name) {
    return raise_name_error(vm, vm->exc.NameError, "name '%S' is not defined", name);
}

Frame *loop_op_unbound_local(VM *vm, Frame *frame, Word in) {
    return raise_unbound_local(vm, frame->code->names[word_bc(in)]);
}

Frame *loop_op_unbound_cell(VM *vm, Frame *frame, Word in) {
    return raise_unbound_local(vm, frame->code->names[word_op(in) == OP_LOAD_CELL ? word_c(in) : (unsigned)word_bc(in)]);
}

Frame *loop_op_unbound_free(VM *vm, Frame *frame, Word in) {
    return raise_name_error(vm, vm->exc.NameError,
                            "cannot access free variable '%S' where it is not associated with a value in enclosing scope",
                            frame->code->names[word_c(in)]);
}

// ---- globals and namespaces

static inline bool is_plain_dict(VM *vm, Value v) { return is_object(v) && to_object(v)->shape->cls == vm->types.dict; }

// What a mapping has under the name. UNDEFINED: nothing, which only a KeyError means, whatever the mapping is.
static Value mapping_get(VM *vm, Value mapping, Str *name) {
    if (is_plain_dict(vm, mapping)) return dict_get_str(vm, to_dict(mapping), name);
    Value v = item_get(vm, mapping, from_object(name));
    if (!is_error(v) || !raised_matches(vm, vm->exc.KeyError)) return v;
    raised_clear(vm);
    return UNDEFINED;
}

// Looks in globals and built-ins. *out_entry and the dict it is in are for the caches; NULL when a dict's subclass has been asked, whose
// __getitem__ may be in Python. Functions ask that of the globals as well, other code only that of the built-ins: as in CPython.
static Value global_find(VM *vm, Frame *frame, Str *name, bool in_function, DictEntry **out_entry, Dict **out_dict) {
    Dict *globals = frame->function->globals, *builtins = frame->function->builtins;
    bool plain_globals = is_plain_dict(vm, from_object(globals)), plain_builtins = is_plain_dict(vm, from_object(builtins));
    DictEntry *entry = NULL;
    *out_entry = NULL;
    *out_dict = globals;
    if (UNLIKELY(!plain_globals) && in_function) {
        Value v = mapping_get(vm, from_object(globals), name);
        if (!is_undefined(v)) return v;
    } else {
        entry = dict_find_str(vm, globals, name);
    }
    if (entry == NULL) {
        *out_dict = builtins;
        if (UNLIKELY(!plain_builtins)) return mapping_get(vm, from_object(builtins), name);
        entry = dict_find_str(vm, builtins, name);
    }
    if (plain_globals && plain_builtins) *out_entry = entry;
    return entry == NULL ? UNDEFINED : entry->value;
}

Frame *loop_op_load_global(VM *vm, Frame *frame, Word in) {
    DictEntry *entry;
    Dict *dict;
    Str *name = frame->code->names[word_bc(in)];
    Value v = global_find(vm, frame, name, true, &entry, &dict);
    if (is_error(v)) return NULL;
    if (is_undefined(v)) return raise_not_defined(vm, name);
    RA(in) = v;
    if (entry == NULL) return loop_done(frame, in);
    Word *words = (Word *)frame->pc;
    Dict *globals = frame->function->globals;
    Opcode op = dict == globals ? OP_LOAD_GLOBAL : OP_LOAD_GLOBAL_BUILTIN;
    words[-1] = (in & ~(Word)255) | (Word)op;
    words[0] = globals->keys_version;
    words[1] = dict->keys_version;
    words[2] = (Word)(uintptr_t)entry;
    return loop_done(frame, in);
}

static Frame *global_store(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_bc(in)];
    Dict *globals = frame->function->globals;
    if (!dict_set_str(vm, globals, name, RA(in))) return NULL;
    Word *words = (Word *)frame->pc;
    words[0] = globals->keys_version;
    words[1] = (Word)(uintptr_t)dict_find_str(vm, globals, name);
    return loop_done(frame, in);
}

Frame *loop_op_store_global(VM *vm, Frame *frame, Word in) {
    return global_store(vm, frame, in);
}

static Frame *global_delete(VM *vm, Frame *frame, Str *name) {
    int deleted = dict_delete(vm, frame->function->globals, from_object(name));
    if (deleted == 0) return raise_not_defined(vm, name);
    return deleted < 0 ? NULL : frame;
}

Frame *loop_op_delete_global(VM *vm, Frame *frame, Word in) {
    return global_delete(vm, frame, frame->code->names[word_bc(in)]);
}

static bool has_namespace(const Frame *frame) { return frame->state & FRAME_HAS_NAMESPACE; }

static Value namespace_get(VM *vm, Frame *frame, Str *name) { return mapping_get(vm, frame->namespace, name); }

Frame *loop_op_load_name(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_bc(in)];
    if (has_namespace(frame)) {
        Value v = namespace_get(vm, frame, name);
        if (is_error(v)) return NULL;
        if (!is_undefined(v)) {
            RA(in) = v;
            return loop_done(frame, in);
        }
    }
    DictEntry *entry;
    Dict *dict;
    Value v = global_find(vm, frame, name, false, &entry, &dict);
    if (is_error(v)) return NULL;
    if (is_undefined(v)) return raise_not_defined(vm, name);
    if (entry != NULL && dict == frame->function->globals) {
        Word *words = (Word *)frame->pc;
        words[0] = dict->keys_version;
        words[2] = (Word)(uintptr_t)entry;
    }
    RA(in) = v;
    return loop_done(frame, in);
}

Frame *loop_op_store_name(VM *vm, Frame *frame, Word in) {
    if (!has_namespace(frame)) return global_store(vm, frame, in);
    Str *name = frame->code->names[word_bc(in)];
    Value namespace = frame->namespace;
    bool stored = is_dict(namespace) && to_object(namespace)->shape->cls == vm->types.dict
                      ? dict_set_str(vm, to_dict(namespace), name, RA(in))
                      : item_set(vm, namespace, from_object(name), RA(in));
    return stored ? loop_done(frame, in) : NULL;
}

Frame *loop_op_delete_name(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_bc(in)];
    if (!has_namespace(frame)) return global_delete(vm, frame, name);
    if (item_delete(vm, frame->namespace, from_object(name))) return frame;
    if (!raised_matches(vm, vm->exc.KeyError)) return NULL;
    raised_clear(vm);
    return raise_not_defined(vm, name);
}

Frame *loop_op_load_class_free(VM *vm, Frame *frame, Word in) {
    if (has_namespace(frame)) {
        Value v = namespace_get(vm, frame, frame->code->names[word_c(in)]);
        if (is_error(v)) return NULL;
        if (!is_undefined(v)) {
            RA(in) = v;
            return frame;
        }
    }
    Value content = ((Cell *)to_object(frame->function->closure[word_b(in)]))->content;
    if (is_undefined(content)) return loop_op_unbound_free(vm, frame, in);
    RA(in) = content;
    return frame;
}

// ---- attributes

// The property in the class of an object whose attribute access is not customised, or NULL.
static Property *property_of(VM *vm, Value object, Str *name) {
    Class *cls = class_of(vm, object);
    if (cls->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR)) return NULL;   // __getattr__ is asked when a getter raises AttributeError
    Value attribute = class_lookup(vm, cls, name);
    return is_kind(attribute, KIND_PROPERTY) && to_object(attribute)->shape->cls == vm->types.property ? to_property(attribute) : NULL;
}

// May methods that access to attributes of the object calls get frames? Modules and classes have rules of their own.
static bool has_plain_attributes(VM *vm, Value object) {
    Kind kind = kind_of(object);
    return kind == KIND_INSTANCE || (class_of(vm, object)->flags & CLASS_HEAP && kind != KIND_CLASS && kind != KIND_MODULE && kind != KIND_SUPER);
}

static Function *plain_function(Value v) {
    return is_function(v) && !(to_function(v)->code->flags & CODE_SUSPENDABLE) ? to_function(v) : NULL;
}

Function *attribute_fallback(VM *vm, Value object) {
    Class *cls = class_of(vm, object);
    return cls->flags & CLASS_HAS_GETATTR ? plain_function(class_special(vm, cls, SPECIAL_GETATTR)) : NULL;
}

static bool attribute_call_set(AttributeCall *call, Function *function, Value first, Value second, Value third) {
    *call = (AttributeCall){.function = function, .args = {first, second, third}};
    call->argc = is_undefined(second) ? 1 : is_undefined(third) ? 2 : 3;
    return function != NULL;
}

// The call of the getter or __get__ in Python of what the class has under that name.
static bool descriptor_load_call(VM *vm, Value object, Class *cls, Value found, Str *name, AttributeCall *call) {
    if (is_kind(found, KIND_PROPERTY) && to_object(found)->shape->cls == vm->types.property)
        return attribute_call_set(call, plain_function(to_property(found)->getter), object, UNDEFINED, UNDEFINED);
    if (!is_object(found) || !(to_object(found)->shape->cls->flags & CLASS_HEAP)) return false;
    Class *descriptor = to_object(found)->shape->cls;
    Function *getter = plain_function(class_special(vm, descriptor, SPECIAL_GET));
    if (getter == NULL) return false;
    bool data = !is_undefined(class_special(vm, descriptor, SPECIAL_SET)) || !is_undefined(class_special(vm, descriptor, SPECIAL_DELETE));
    if (!data && is_object(object) && !is_undefined(instance_get_own(vm, to_object(object), name))) return false;
    return attribute_call_set(call, getter, found, object, from_object(cls));
}

// False: access begins in no Python function; *out_found is the attribute where it is known already (ERROR when the lookup raised), else
// UNDEFINED.
bool attribute_load_call(VM *vm, Value object, Str *name, AttributeCall *call, Value *out_found) {
    *out_found = UNDEFINED;
    Class *cls = class_of(vm, object);
    if (!has_plain_attributes(vm, object)) return false;
    Function *fallback = attribute_fallback(vm, object);
    if (fallback == NULL && cls->flags & CLASS_HAS_GETATTR) return false;
    if (cls->flags & CLASS_CUSTOM_GETATTRIBUTE) {
        Function *function = plain_function(class_special(vm, cls, SPECIAL_GETATTRIBUTE));
        bool calls = attribute_call_set(call, function, object, from_object(name), UNDEFINED);
        call->then_getattr = fallback != NULL;
        return calls;
    }
    Value found = class_lookup(vm, cls, name);
    if (!is_undefined(found) && descriptor_load_call(vm, object, cls, found, name, call)) {
        call->then_getattr = fallback != NULL;
        return true;
    }
    if (fallback == NULL) return false;
    *out_found = attr_get_before_hook(vm, object, name);
    return is_undefined(*out_found) && attribute_call_set(call, fallback, object, from_object(name), UNDEFINED);
}

// The Python function that does all of setting an attribute, or of deleting it when value is UNDEFINED.
bool attribute_store_call(VM *vm, Value object, Str *name, Value value, AttributeCall *call) {
    Class *cls = class_of(vm, object);
    bool deletes = is_undefined(value);
    if (!has_plain_attributes(vm, object)) return false;
    if (cls->flags & CLASS_CUSTOM_SETATTR) {
        Value method = class_special(vm, cls, deletes ? SPECIAL_DELATTR : SPECIAL_SETATTR);
        if (is_function(method)) return attribute_call_set(call, plain_function(method), object, from_object(name), value);
        if (!is_native(method) || to_native(method)->owner != vm->types.object) return false;
    }
    Value found = class_lookup(vm, cls, name);
    if (!is_object(found)) return false;
    if (is_kind(found, KIND_PROPERTY) && to_object(found)->shape->cls == vm->types.property) {
        Property *property = to_property(found);
        return attribute_call_set(call, plain_function(deletes ? property->deleter : property->setter), object, value, UNDEFINED);
    }
    if (!(to_object(found)->shape->cls->flags & CLASS_HEAP)) return false;
    Value method = class_special(vm, to_object(found)->shape->cls, deletes ? SPECIAL_DELETE : SPECIAL_SET);
    return attribute_call_set(call, plain_function(method), found, object, value);
}

// An instruction that loads an attribute begins in a Python function. `plain`: its result is stored and that is all, unless __getattr__
// comes after it.
static Frame *attribute_enter(VM *vm, Frame *frame, Word in, const AttributeCall *call, bool plain) {
    if (!plain || call->then_getattr) {
        uint16_t step = call->then_getattr ? ATTRIBUTE_FIRST : ATTRIBUTE_LAST;
        return loop_call_function(vm, frame, call->function, call->args, call->argc, RETURN_CONTINUE, step, NULL);
    }
    loop_done(frame, in);
    return loop_call_function(vm, frame, call->function, call->args, call->argc, RETURN_PLAIN, 0, &RA(in));
}

Frame *loop_attribute_continue(VM *vm, Frame *frame, Word in, Value v) {
    if (is_method_load(word_op(in))) {   // it is called without the object
        Value *at = &RA(in);
        at[0] = UNDEFINED;
        at[1] = v;
    } else {
        RA(in) = v;
    }
    return loop_done(frame, in);
}

Frame *loop_attribute_fallback(VM *vm, Frame *frame, Word in) {
    Value object = RB(in), args[2] = {object, from_object(frame->code->names[word_c(in)])};
    Function *hook = attribute_fallback(vm, object);
    if (hook == NULL || !raised_matches(vm, vm->exc.AttributeError)) return NULL;
    raised_clear(vm);
    return loop_call_function(vm, frame, hook, args, 2, RETURN_CONTINUE, ATTRIBUTE_LAST, NULL);
}

// The word of the instruction of which `pc` may be a cache word.
static Word instruction_of(const Code *code, const Word *pc) {
    const Word *at = code->words;
    for (;;) {
        const Word *next = at + 1 + opcode_cache_words[word_op(*at)];
        if (next > pc) return *at;
        at = next;
    }
}

void loop_attribute_raised(VM *vm, Frame *frame) {
    if (!is_exception(vm->raised) || !raised_matches(vm, vm->exc.AttributeError) || frame->pc <= frame->code->words) return;
    if (!is_undefined(to_exception(vm->raised)->fields[ATTRIBUTE_NAME])) return;
    Word in = instruction_of(frame->code, frame->pc - 1);
    Opcode op = word_op(in);
    bool loads = op == OP_LOAD_ATTR || op == OP_LOAD_METHOD || (op >= OP_LOAD_ATTR_SLOT && op <= OP_LOAD_METHOD_OF_CLASS && op != OP_STORE_ATTR_SLOT &&
                                                                op != OP_STORE_ATTR_ADD);
    if (loads) attr_note_missing(vm, RB(in), frame->code->names[word_c(in)]);
}

// What the cache of shapes knows: true when the instruction is done (with *out), false to go the slow way.
static bool load_by_plan(VM *vm, Frame *frame, Value object, Str *name, Value *out) {
    const ShapePlan *plan = is_object(object) ? icache_find(vm, frame, to_object(object), name, PLAN_LOAD) : NULL;
    if (plan == NULL) return false;
    if (plan->op == OP_LOAD_ATTR_SLOT) *out = *(Value *)((char *)to_object(object) + plan->offset);
    else if (plan->op == OP_LOAD_ATTR_ENTRY) *out = ((DictEntry *)(uintptr_t)plan->extra)->value;
    else return false;
    return !is_undefined(*out);
}

Frame *loop_op_load_attr(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_c(in)];
    Value object = RB(in), planned;
    if (load_by_plan(vm, frame, object, name, &planned)) {
        RA(in) = planned;
        return loop_done(frame, in);
    }
    if (kind_of(object) == KIND_INSTANCE) {
        Property *property = property_of(vm, object, name);
        if (property != NULL && is_function(property->getter)) {
            icache_load_attr(vm, frame, object, name);
            loop_done(frame, in);
            return loop_call_function(vm, frame, to_function(property->getter), &object, 1, RETURN_PLAIN, 0, &RA(in));
        }
    }
    Value v;
    AttributeCall call;
    if (attribute_load_call(vm, object, name, &call, &v)) return attribute_enter(vm, frame, in, &call, true);
    if (is_undefined(v)) v = attr_get(vm, object, name);
    if (is_error(v)) return NULL;
    icache_load_attr(vm, frame, object, name);
    RA(in) = v;
    return loop_done(frame, in);
}

Frame *loop_op_store_attr(VM *vm, Frame *frame, Word in) {
    Str *name = frame->code->names[word_c(in)];
    Value object = RA(in), value = RB(in);
    const ShapePlan *plan = is_object(object) ? icache_find(vm, frame, to_object(object), name, PLAN_STORE) : NULL;
    if (plan != NULL) {
        *(Value *)((char *)to_object(object) + plan->offset) = value;
        if (plan->op == OP_STORE_ATTR_ADD) to_object(object)->shape = (Shape *)(uintptr_t)plan->extra;
        gc_write_barrier(vm, to_object(object));
        return loop_done(frame, in);
    }
    AttributeCall call;
    if (attribute_store_call(vm, object, name, value, &call)) {
        loop_done(frame, in);
        return loop_call_function(vm, frame, call.function, call.args, call.argc, RETURN_DISCARD, 0, NULL);
    }
    Shape *before = is_object(object) ? to_object(object)->shape : NULL;
    if (!attr_set(vm, object, name, value)) return NULL;
    if (before != NULL) icache_store_attr(vm, frame, object, name, before);
    return loop_done(frame, in);
}

Frame *loop_op_delete_attr(VM *vm, Frame *frame, Word in) {
    AttributeCall call;
    if (attribute_store_call(vm, RA(in), frame->code->names[word_bc(in)], UNDEFINED, &call))
        return loop_call_function(vm, frame, call.function, call.args, call.argc, RETURN_DISCARD, 0, NULL);
    return attr_delete(vm, RA(in), frame->code->names[word_bc(in)]) ? frame : NULL;
}

static bool method_by_plan(VM *vm, Frame *frame, Value object, Str *name, Value *to) {
    if (!is_object(object)) return false;
    if (to_object(object)->kind == KIND_SUPER) {
        Value function = icache_find_super(vm, to_object(object), name);
        if (is_undefined(function)) return false;
        to[0] = function;
        to[1] = ((Super *)to_object(object))->object;
        return true;
    }
    const ShapePlan *plan = icache_find(vm, frame, to_object(object), name, PLAN_METHOD);
    if (plan == NULL) return false;
    Value function = {plan->extra};
    bool is_static = plan->op == OP_LOAD_METHOD_STATIC;
    to[0] = is_static ? UNDEFINED : function;
    to[1] = is_static ? function : plan->op == OP_LOAD_METHOD_BOUND_CLASS ? from_object(to_object(object)->shape->cls) : object;
    return true;
}

Frame *loop_op_load_method(VM *vm, Frame *frame, Word in) {
    Value object = RB(in), found;
    Str *name = frame->code->names[word_c(in)];
    if (method_by_plan(vm, frame, object, name, &RA(in))) return loop_done(frame, in);
    AttributeCall call;
    if (attribute_load_call(vm, object, name, &call, &found)) return attribute_enter(vm, frame, in, &call, false);
    if (is_error(found)) return NULL;
    if (!is_undefined(found)) return loop_attribute_continue(vm, frame, in, found);
    int is_method = attr_get_method(vm, object, name, &found);
    if (is_method < 0) return NULL;
    // A method of another built-in type, put into a class by hand: CALL_METHOD relies on the object being of the right type.
    if (is_method && is_native(found) && to_native(found)->owner != NULL && is_error(native_check_self(vm, to_native(found), &object, 1))) return NULL;
    Value *at = &RA(in);
    at[0] = is_method ? found : UNDEFINED;
    at[1] = is_method ? object : found;
    icache_load_method(vm, frame, object, name, is_method ? found : UNDEFINED);
    return loop_done(frame, in);
}

// ---- functions

enum { CELLS_ON_STACK = 32 };

Frame *loop_op_make_function(VM *vm, Frame *frame, Word in) {
    Code *code = (Code *)to_object(frame->code->constants[word_b(in)]);
    Value on_stack[CELLS_ON_STACK], *cells = on_stack;
    if (code->free_count > CELLS_ON_STACK) {
        Tuple *tuple = tuple_new(vm, code->free_count);
        if (tuple == NULL) return NULL;
        cells = tuple->items;
    }
    for (uint32_t i = 0; i < code->free_count; i++) {
        Capture capture = code->captures[i];
        cells[i] = capture.from_free ? frame->function->closure[capture.index] : frame->registers[capture.index];
    }
    Value v = function_new(vm, code, frame->function->globals, cells);
    if (is_error(v)) return NULL;
    Function *function = to_function(v);
    Value *extras = &RC(in);
    if (word_x(in) & 1) {
        function->defaults = extras[0];
        function->default_count = (uint32_t)to_tuple(extras[0])->count;
    }
    if (word_x(in) & 2) function->keyword_defaults = extras[1];
    if (word_x(in) & 4) function->annotations = extras[2];
    RA(in) = v;
    return frame;
}

Frame *loop_op_load_build_class(VM *vm, Frame *frame, Word in) {
    Value v = dict_get_str(vm, frame->function->builtins, vm->names.__build_class__);
    if (is_undefined(v)) return raise_error(vm, vm->exc.NameError, "__build_class__ not found"), NULL;
    RA(in) = v;
    return frame;
}
