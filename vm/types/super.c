// super: attributes looked up behind a class in the MRO of an object's class.
#include "vm/types/super.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/str.h"

static inline Super *to_super(Value v) { return (Super *)to_object(v); }

void super_trace(VM *vm, Object *object) {
    Super *super = (Super *)object;
    gc_mark_object(vm, super->cls);
    gc_mark_value(vm, super->object);
    gc_mark_object(vm, super->object_class);
}

Class *super_check(VM *vm, Class *cls, Value object) {
    if (is_class(object) && class_is_subclass(to_class(object), cls)) return to_class(object);
    Class *own = class_of(vm, object);
    if (class_is_subclass(own, cls)) return own;
    Value pretended = attr_get_optional(vm, object, vm->names.__class__);
    if (is_error(pretended)) return NULL;
    if (is_class(pretended) && to_class(pretended) != own && class_is_subclass(to_class(pretended), cls)) return to_class(pretended);
    raise_type_error(vm, "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

Value super_lookup(VM *vm, Class *cls, Class *object_class, Str *name) {
    Tuple *mro = object_class->mro;
    if (mro == NULL) return UNDEFINED;   // a class under construction
    size_t i = 0;
    while (i < mro->count && to_class(mro->items[i]) != cls) i++;
    for (i++; i < mro->count; i++) {
        Value found = dict_get_str(vm, to_class(mro->items[i])->dict, name);
        if (!is_undefined(found)) return found;
    }
    return UNDEFINED;
}

Value super_get(VM *vm, Super *super, Str *name) {
    if (super->object_class != NULL && name != vm->names.__class__) {
        Value found = super_lookup(vm, super->cls, super->object_class, name);
        bool unbound = value_same(super->object, from_object(super->object_class));
        if (!is_undefined(found)) return bind_descriptor(vm, found, unbound ? UNDEFINED : super->object, super->object_class);
    }
    // super's own attributes, __thisclass__ and the like
    Class *own = super->head.shape->cls;
    Value found = class_lookup(vm, own, name);
    if (!is_undefined(found)) return bind_descriptor(vm, found, from_object(super), own);
    return instance_get_own(vm, &super->head, name);
}

Value super_new(VM *vm, Class *cls, Value object) {
    Class *object_class = super_check(vm, cls, object);
    if (object_class == NULL) return ERROR;
    Super *super = object_new_of(vm, vm->types.super, sizeof *super);
    if (super == NULL) return ERROR;
    super->cls = cls;
    super->object = object;
    super->object_class = object_class;
    return from_object(super);
}

// ---- super() without arguments: the frame's first parameter and its __class__ cell

static Value first_argument(VM *vm, Frame *frame) {
    Code *code = frame->code;
    if (code->positional == 0) return raise_error(vm, vm->exc.RuntimeError, "super(): no arguments");
    Value first = frame->registers[0];
    for (uint32_t i = 0; i < code->cell_count; i++)
        if (code->cells[i] == 0 && is_kind(first, KIND_CELL)) first = ((Cell *)to_object(first))->content;
    return is_undefined(first) ? raise_error(vm, vm->exc.RuntimeError, "super(): arg[0] deleted") : first;
}

static Value class_cell(VM *vm, Frame *frame) {
    for (uint32_t i = 0; i < frame->code->free_count; i++) {
        if (frame->code->free_names[i] != vm->names.__class__) continue;
        Value cls = ((Cell *)to_object(frame->function->closure[i]))->content;
        if (is_undefined(cls)) return raise_error(vm, vm->exc.RuntimeError, "super(): empty __class__ cell");
        if (!is_class(cls)) return raise_error(vm, vm->exc.RuntimeError, "super(): __class__ is not a type (%T)", cls);
        return cls;
    }
    return raise_error(vm, vm->exc.RuntimeError, "super(): __class__ cell not found");
}

Value super_of_frame(VM *vm, Frame *frame) {
    Value object = first_argument(vm, frame), cls = is_error(object) ? ERROR : class_cell(vm, frame);
    if (is_error(cls)) return ERROR;
    Class *object_class = class_of(vm, object);
    if (!class_is_subclass(object_class, to_class(cls)) || is_class(object)) object_class = super_check(vm, to_class(cls), object);
    Shape *shape = object_class == NULL ? NULL : class_shape(vm, vm->types.super);
    Super *super = shape == NULL ? NULL : object_new(vm, KIND_SUPER, shape, sizeof *super);
    if (super == NULL) return ERROR;
    super->cls = to_class(cls);
    super->object = object;
    super->object_class = object_class;
    return from_object(super);
}

// ---- what Python sees

static Value method_create(VM *vm, const Value *args, int argc) { return instance_new(vm, to_class(args[0])); }

static Value method_initialise(VM *vm, const Value *args, int argc) {
    Value cls, object = arg_or(args, argc, 2, NONE);
    if (arg_given(args, argc, 1)) {
        cls = args[1];
        if (!is_class(cls)) return raise_type_error(vm, "super() argument 1 must be a type, not %T", cls);
    } else {
        Frame *frame = frame_of_python_caller(vm);
        if (frame == NULL) return raise_error(vm, vm->exc.RuntimeError, "super(): no current frame");
        object = first_argument(vm, frame);
        cls = is_error(object) ? ERROR : class_cell(vm, frame);
        if (is_error(cls)) return ERROR;
    }
    Super *super = to_super(args[0]);
    Class *object_class = NULL;
    if (!is_none(object) && (object_class = super_check(vm, to_class(cls), object)) == NULL) return ERROR;
    super->cls = to_class(cls);
    super->object = is_none(object) ? UNDEFINED : object;
    super->object_class = object_class;
    gc_write_barrier(vm, super);
    return NONE;
}

static Value method_get(VM *vm, const Value *args, int argc) {
    Super *super = to_super(args[0]);
    if (is_none(args[1]) || !is_undefined(super->object) || super->cls == NULL) return args[0];
    if (class_of(vm, args[0]) != vm->types.super) return call2(vm, from_object(class_of(vm, args[0])), from_object(super->cls), args[1]);
    return super_new(vm, super->cls, args[1]);
}

static Value method_getattribute(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "attribute name must be string, not '%T'", args[1]);
    Str *name = str_intern(vm, to_str(args[1]));
    if (name == NULL) return ERROR;
    Value found = super_get(vm, to_super(args[0]), name);
    if (!is_undefined(found)) return found;
    return raise_attribute_error(vm, args[0], name, "'%T' object has no attribute '%S'", args[0], name);
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    Super *super = to_super(args[0]);
    Str *name = super->cls == NULL ? NULL : super->cls->name, *text;
    if (name == NULL) text = str_from_c(vm, "<super: <class 'NULL'>, NULL>");
    else if (super->object_class == NULL) text = str_printf(vm, "<super: <class '%S'>, NULL>", name);
    else text = str_printf(vm, "<super: <class '%S'>, <%C object>>", name, super->object_class);
    return text == NULL ? ERROR : from_object(text);
}

static Value get_thisclass(VM *vm, Value self) { return to_super(self)->cls == NULL ? NONE : from_object(to_super(self)->cls); }
static Value get_self(VM *vm, Value self) { return is_undefined(to_super(self)->object) ? NONE : to_super(self)->object; }
static Value get_self_class(VM *vm, Value self) { return to_super(self)->object_class == NULL ? NONE : from_object(to_super(self)->object_class); }

static const NativeDef methods[] = {
    {"__new__(cls, /, *args, **kwargs)", method_create, NULL, NATIVE_NEW},
    {"__init__(self, type=?, object=None, /)", method_initialise, NULL, NATIVE_METHOD},
    {"__get__(self, instance, owner=None, /)", method_get, NULL, NATIVE_METHOD},
    {"__getattribute__(self, name, /)", method_getattribute, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", method_repr, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef getsets[] = {
    {"__thisclass__", get_thisclass, readonly_member, "the class invoking super()"},
    {"__self__", get_self, readonly_member, "the instance invoking super(); may be None"},
    {"__self_class__", get_self_class, readonly_member, "the type of the instance invoking super(); may be None"},
    {0},
};

bool super_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.super, .instance_size = sizeof(Super), .methods = methods, .getsets = getsets,
                                      .flags = CLASS_BASETYPE});
}
