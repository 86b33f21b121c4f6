// Shapes: where an object's attributes are. See object.h for the layout; shape.c has transitions, tables and dict mode.
#ifndef COIL_VM_SHAPE_H
#define COIL_VM_SHAPE_H

#include "vm/heap_inline.h"
#include "vm/types/class.h"

enum {
    SHAPE_INLINE_START = 4,      // attribute slots of the first instances of a class
    SHAPE_INLINE_MAX = 64,
    SHAPE_SLOTS_MAX = 128,       // more attributes than this: dict mode
};

// Slots beyond the inline ones.
typedef struct MoreSlots { size_t capacity; Value slots[]; } MoreSlots;

// What the word before the inline slots holds: NULL, MoreSlots * or (dict mode) Dict *. Only when shape->slots_offset is not 0.
static inline void **object_more(Object *object, Shape *shape) {
    if (LIKELY(shape->slots_offset != SLOTS_AT_END)) return (void **)((char *)object + shape->slots_offset);
    return (void **)((char *)object + heap_object_size(object)) - 1;
}
static inline Value *object_slot(Object *object, Shape *shape, uint32_t slot) {
    void **more = object_more(object, shape);
    if (LIKELY(slot < shape->inline_count)) return (Value *)(shape->slots_offset != SLOTS_AT_END ? more + 1 + slot : more - 1 - slot);
    return &((MoreSlots *)*more)->slots[slot - shape->inline_count];
}

// For inline caches: byte offset of an inline slot in the object; 0 when the slot is not at a fixed place (then do not cache).
static inline uint32_t shape_slot_offset(const Shape *shape, uint32_t slot) {
    if (slot >= shape->inline_count || shape->slots_offset == SLOTS_AT_END) return 0;
    return (uint32_t)shape->slots_offset + 8 + slot * 8;
}

// Slot of an attribute (not of __slots__ members); false when the shape has none of this name (in dict mode: always).
bool shape_find(VM *vm, Shape *shape, Str *name, uint32_t *out_slot);
// The shape after adding an attribute; NULL when the object must go to dict mode first, or without memory (then raised).
Shape *shape_add(VM *vm, Shape *shape, Str *name);
// The known transition, or NULL.
Shape *shape_transition(Shape *shape, Str *name);

Shape *shape_new_root(VM *vm, Class *cls);
// Gives object the attribute that leads from its shape to `next` (got from shape_add): grows `more` if need be.
MUST_CHECK bool object_add_slot(VM *vm, Object *object, Shape *next, Value value);
// Turns the object to dict mode; the Dict, or NULL without memory. Its class must be CLASS_HAS_DICT.
Dict *object_to_dict_mode(VM *vm, Object *object);
// The object's dict if it is in dict mode, else NULL.
static inline Dict *object_dict(Object *object) {
    return object->shape->dict_mode ? *object_more(object, object->shape) : NULL;
}
// Replaces __dict__; false without memory.
MUST_CHECK bool object_set_dict(VM *vm, Object *object, Dict *dict);
// obj.__class__ = cls, after the checks.
MUST_CHECK bool object_change_class(VM *vm, Object *object, Class *cls);

// A new instance of a class of kind INSTANCE (or another kind of fixed size whose native part may be zero): what object.__new__ does after
// its checks. The interpreter's fast path for calling a class. NULL: not that simple a class, nothing raised; or no memory, raised.
static inline Object *instance_new_fast(VM *vm, Class *cls) {
    Shape *shape = cls->root_shape;
    if (UNLIKELY(shape == NULL || cls->instance_space == HEAP_SPACE_NONE)) return NULL;
    return heap_new_in_space(vm, cls->instance_space, (Kind)cls->instance_kind, shape);
}

#endif
