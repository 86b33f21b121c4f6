// Shapes: transitions, the tables of large ones, and the way of an object from slots to a dict.
#include "vm/shape.h"

#include "vm/errors.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

enum { SHAPE_WALK_MAX = 8, TRANSITIONS_FIRST = 4 };

typedef struct ShapeTable { uint32_t mask; struct { Str *name; uint32_t slot; } entries[]; } ShapeTable;
typedef struct ShapeTransitions { uint32_t count, capacity; Shape *children[]; } ShapeTransitions;

static uint32_t name_hash(const Str *name) { return (uint32_t)((uintptr_t)name >> 4) * 0x9e3779b1u >> 8; }

static size_t table_size(uint32_t mask) { return sizeof(ShapeTable) + ((size_t)mask + 1) * sizeof(((ShapeTable *)0)->entries[0]); }
static size_t transitions_size(uint32_t capacity) { return sizeof(ShapeTransitions) + capacity * sizeof(Shape *); }

void shape_trace(VM *vm, Object *object) {
    Shape *shape = (Shape *)object;
    gc_mark_object(vm, shape->cls);
    gc_mark_object(vm, shape->parent);
    gc_mark_object(vm, shape->name);
}

void shape_free(VM *vm, Object *object) {
    Shape *shape = (Shape *)object;
    if (shape->table != NULL) buffer_free(vm, shape->table, table_size(shape->table->mask));
    if (shape->transitions != NULL) buffer_free(vm, shape->transitions, transitions_size(shape->transitions->capacity));
}

// ---- looking up

// Attribute shapes number their slots in the order of the chain, so the slot of an attribute is its shape's slot_count - 1.
static bool shape_walk(const Shape *shape, const Str *name, uint32_t *out_slot) {
    for (; shape->name != NULL; shape = shape->parent) {
        if (shape->name != name) continue;
        *out_slot = shape->slot_count - 1;
        return true;
    }
    return false;
}

static ShapeTable *table_build(VM *vm, Shape *shape) {
    uint32_t size = 16;
    while (size < shape->slot_count * 2) size *= 2;
    Value raised = vm->raised;
    ShapeTable *table = buffer_new(vm, table_size(size - 1));
    if (table == NULL) {
        vm->raised = raised;   // the walk does as well
        return NULL;
    }
    table->mask = size - 1;
    for (const Shape *s = shape; s->name != NULL; s = s->parent) {
        uint32_t i = name_hash(s->name) & table->mask;
        while (table->entries[i].name != NULL) i = (i + 1) & table->mask;
        table->entries[i].name = s->name;
        table->entries[i].slot = s->slot_count - 1;
    }
    shape->table = table;
    return table;
}

bool shape_find(VM *vm, Shape *shape, Str *name, uint32_t *out_slot) {
    if (shape->slot_count - shape->member_count <= SHAPE_WALK_MAX) return shape_walk(shape, name, out_slot);
    ShapeTable *table = shape->table;
    if (table == NULL && (table = table_build(vm, shape)) == NULL) return shape_walk(shape, name, out_slot);
    for (uint32_t i = name_hash(name) & table->mask; table->entries[i].name != NULL; i = (i + 1) & table->mask) {
        if (table->entries[i].name != name) continue;
        *out_slot = table->entries[i].slot;
        return true;
    }
    return false;
}

// ---- making

static Shape *shape_new(VM *vm, Class *cls) {
    Shape *shape = heap_new_in_space(vm, HEAP_SPACE_SHAPES, KIND_SHAPE, NULL);
    if (shape == NULL) return NULL;
    shape->cls = cls;
    gc_tenure(vm, shape);
    return shape;
}

// Attributes of classes, modules and functions live in dicts of their own. Subclasses of module may have members beside.
static bool kind_has_own_dict(uint8_t kind) { return kind == KIND_CLASS || kind == KIND_MODULE || kind == KIND_FUNCTION; }
static bool kind_varies_in_size(uint8_t kind) { return kind == KIND_TUPLE || kind == KIND_BYTES; }

// Native part and slots of the instances, from what the class says.
static void shape_set_layout(Shape *shape, Class *cls) {
    shape->instance_kind = cls->instance_kind;
    shape->member_count = cls->member_count;
    shape->slot_count = cls->member_count;
    bool own_dict = kind_has_own_dict(cls->instance_kind);
    if ((own_dict || !(cls->flags & CLASS_HAS_DICT)) && cls->member_count == 0) return;
    bool at_end = kind_varies_in_size(cls->instance_kind);
    shape->slots_offset = at_end ? SLOTS_AT_END : (uint16_t)((cls->instance_size + 7u) & ~7u);
    uint32_t attributes = cls->flags & CLASS_HAS_DICT && !at_end && !own_dict ? cls->inline_slots : 0;
    shape->inline_count = (uint16_t)(cls->member_count + attributes);
}

Shape *shape_new_root(VM *vm, Class *cls) {
    Shape *shape = shape_new(vm, cls);
    if (shape != NULL) shape_set_layout(shape, cls);
    return shape;
}

static Shape *class_dict_shape(VM *vm, Class *cls) {
    if (cls->dict_shape != NULL) return cls->dict_shape;
    Shape *shape = shape_new(vm, cls);
    if (shape == NULL) return NULL;
    shape_set_layout(shape, cls);
    shape->inline_count = cls->member_count;
    shape->dict_mode = true;
    cls->dict_shape = shape;
    gc_write_barrier(vm, cls);
    return shape;
}

Shape *class_shape(VM *vm, Class *cls) {
    Shape *shape = cls->root_shape;
    if (LIKELY(shape != NULL)) return shape;
    shape = shape_new_root(vm, cls);
    if (shape == NULL) return NULL;
    cls->root_shape = shape;
    size_t size = shape->slots_offset ? shape->slots_offset + 8 + (size_t)shape->inline_count * 8 : cls->instance_size;
    bool plain = shape->slots_offset != SLOTS_AT_END && cls->instance_kind != KIND_FREE && cls->instance_kind != KIND_CLASS &&
                 !(cls->flags & CLASS_HAS_DEL);
    cls->instance_space = plain && size <= HEAP_SMALL_MAX ? (uint8_t)heap_size_class(size) : HEAP_SPACE_NONE;
    gc_write_barrier(vm, cls);
    return shape;
}

// The class learns how many slots its instances need; the next instance gets a root shape of that size.
static void class_learn_slots(VM *vm, Class *cls, uint32_t attributes) {
    if (attributes <= cls->inline_slots || cls->inline_slots >= SHAPE_INLINE_MAX) return;
    cls->inline_slots = (uint16_t)(attributes > SHAPE_INLINE_MAX ? SHAPE_INLINE_MAX : attributes);
    cls->root_shape = NULL;
}

// ---- transitions

Shape *shape_transition(Shape *shape, Str *name) {
    ShapeTransitions *transitions = shape->transitions;
    if (transitions == NULL) return NULL;
    for (uint32_t i = 0; i < transitions->count; i++)
        if (transitions->children[i]->name == name) return transitions->children[i];
    return NULL;
}

Shape *shape_add(VM *vm, Shape *shape, Str *name) {
    if (shape->dict_mode || shape->slot_count - shape->member_count >= SHAPE_SLOTS_MAX) return NULL;
    Shape *child = shape_transition(shape, name);
    if (child != NULL) return child;
    ShapeTransitions *transitions = shape->transitions;
    // Where every instance adds another name first, shapes would only pile up.
    if (transitions != NULL && transitions->count >= SHAPE_SLOTS_MAX) return NULL;
    if (transitions == NULL || transitions->count == transitions->capacity) {
        uint32_t capacity = transitions == NULL ? TRANSITIONS_FIRST : transitions->capacity * 2;
        size_t old_size = transitions == NULL ? 0 : transitions_size(transitions->capacity);
        transitions = buffer_resize(vm, transitions, old_size, transitions_size(capacity));
        if (transitions == NULL) return NULL;
        transitions->capacity = capacity;
        shape->transitions = transitions;
    }
    child = shape_new(vm, shape->cls);
    if (child == NULL) return NULL;
    child->parent = shape;
    child->name = name;
    child->slot_count = shape->slot_count + 1;
    child->inline_count = shape->inline_count;
    child->slots_offset = shape->slots_offset;
    child->member_count = shape->member_count;
    child->instance_kind = shape->instance_kind;
    // Making the child may have collected, and so have shrunk the list.
    transitions = shape->transitions;
    transitions->children[transitions->count++] = child;
    return child;
}

static void shape_sweep_transitions(void *user, Object *object) {
    if (object->kind != KIND_SHAPE || !gc_is_marked(object)) return;
    ShapeTransitions *transitions = ((Shape *)object)->transitions;
    if (transitions == NULL) return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < transitions->count; i++)
        if (gc_is_marked(transitions->children[i])) transitions->children[kept++] = transitions->children[i];
    transitions->count = kept;
}

void shapes_sweep_transitions(VM *vm) { gc_each_object(vm, shape_sweep_transitions, NULL); }

// ---- objects

// A room for one more slot beyond the inline ones.
static bool more_reserve(VM *vm, void **more, uint32_t index) {
    MoreSlots *slots = *more;
    if (slots != NULL && index < slots->capacity) return true;
    size_t old_capacity = slots == NULL ? 0 : slots->capacity, capacity = old_capacity ? old_capacity * 2 : 3;
    size_t old_size = slots == NULL ? 0 : sizeof *slots + old_capacity * sizeof(Value);
    slots = buffer_resize(vm, slots, old_size, sizeof *slots + capacity * sizeof(Value));
    if (slots == NULL) return false;
    slots->capacity = capacity;
    *more = slots;
    return true;
}

bool object_add_slot(VM *vm, Object *object, Shape *next, Value value) {
    uint32_t slot = next->slot_count - 1;
    if (slot >= next->inline_count) {
        if (!more_reserve(vm, object_more(object, next), slot - next->inline_count)) return false;
        class_learn_slots(vm, next->cls, next->slot_count - next->member_count);
    }
    *object_slot(object, next, slot) = value;
    object->shape = next;
    gc_write_barrier(vm, object);
    return true;
}

// Fills the dict in the order in which the attributes were added.
static bool dict_fill_from_slots(VM *vm, Dict *dict, Object *object, Shape *shape) {
    Str *names[SHAPE_SLOTS_MAX];
    uint32_t count = 0;
    for (Shape *s = shape; s->name != NULL; s = s->parent) names[count++] = s->name;
    for (uint32_t i = 0; i < count; i++)
        if (!dict_set_str(vm, dict, names[count - 1 - i], *object_slot(object, shape, shape->member_count + i))) return false;
    return true;
}

// The slots' values stand in `dict` now: the object forgets them.
static void object_enter_dict_mode(VM *vm, Object *object, Shape *dict_shape, Dict *dict) {
    Shape *shape = object->shape;
    void **more = object_more(object, shape);
    if (!shape->dict_mode) {
        for (uint32_t i = shape->member_count; i < shape->slot_count && i < shape->inline_count; i++)
            *object_slot(object, shape, i) = UNDEFINED;
        MoreSlots *slots = *more;
        if (slots != NULL) buffer_free(vm, slots, sizeof *slots + slots->capacity * sizeof(Value));
    }
    *more = dict;
    object->shape = dict_shape;
    gc_write_barrier(vm, object);
}

Dict *object_to_dict_mode(VM *vm, Object *object) {
    if (object->shape->dict_mode) return *object_more(object, object->shape);
    Shape *dict_shape = class_dict_shape(vm, object->shape->cls);
    Dict *dict = dict_shape == NULL ? NULL : dict_new(vm);
    if (dict == NULL || !dict_fill_from_slots(vm, dict, object, object->shape)) return NULL;
    object_enter_dict_mode(vm, object, dict_shape, dict);
    return dict;
}

bool object_set_dict(VM *vm, Object *object, Dict *dict) {
    Shape *dict_shape = class_dict_shape(vm, object->shape->cls);
    if (dict_shape == NULL) return false;
    object_enter_dict_mode(vm, object, dict_shape, dict);
    return true;
}

// Both classes' instances have the same native part and members; the number of inline slots may differ, so attributes move to a dict.
bool object_change_class(VM *vm, Object *object, Class *cls) {
    Shape *shape = object->shape;
    if (!(cls->flags & CLASS_HAS_DICT)) {
        Shape *root = class_shape(vm, cls);
        if (root == NULL) return false;
        object->shape = root;
        gc_write_barrier(vm, object);
        return true;
    }
    Shape *dict_shape = class_dict_shape(vm, cls);
    if (dict_shape == NULL) return false;
    if (shape->slot_count == shape->member_count && !shape->dict_mode) {
        // Nothing to move; an empty object keeps its slots if they are as many as the new class expects.
        Shape *root = class_shape(vm, cls);
        if (root == NULL) return false;
        if (root->inline_count <= shape->inline_count) {
            if (root->inline_count == shape->inline_count) {
                object->shape = root;
                gc_write_barrier(vm, object);
                return true;
            }
        }
    }
    Dict *dict = object_to_dict_mode(vm, object);
    if (dict == NULL) return false;
    object_enter_dict_mode(vm, object, dict_shape, dict);
    return true;
}
