// Inline caches of attribute instructions: filling them, and clearing what the collector is about to free.
#include "vm/icache.h"

#include "vm/interp.h"
#include "vm/shape.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/module.h"
#include "vm/types/super.h"

enum { MISSES_MAX = 60000, RESPECIALISE_EVERY = 32, SHAPE_CACHE_SIZE = 512 };

typedef struct ShapeCache { ShapePlan plans[SHAPE_CACHE_SIZE]; } ShapeCache;

// ---- writing the instruction

// The bits of the second cache word: offset:16 misses:16 epoch:32. Returns how many misses there were.
static uint32_t count_miss(Word *words) {
    uint32_t misses = (uint32_t)(words[1] >> 16 & 0xffff);
    if (misses < MISSES_MAX) words[1] += (Word)1 << 16;
    return misses;
}

static void specialise(VM *vm, Word *words, Opcode op, const void *key, uint32_t offset, Word extra) {
    words[-1] = (words[-1] & ~(Word)255) | (Word)op;
    words[0] = (Word)(uintptr_t)key;
    words[1] = (words[1] & ((Word)0xffff << 16)) | (offset & 0xffff) | (Word)vm->class_epoch << 32;
    words[2] = extra;
}

static Word word_of(const void *pointer) { return (Word)(uintptr_t)pointer; }

// ---- the cache of shapes: made when an instruction has met a second shape

static ShapePlan *plan_slot(VM *vm, const Shape *shape, Word key) {
    Word mixed = (word_of(shape) >> 4 ^ key >> 4 ^ key << 3) * UINT64_C(0x9e3779b97f4a7c15);
    return &vm->shape_cache->plans[mixed >> 55];
}
_Static_assert(SHAPE_CACHE_SIZE == 1 << (64 - 55), "the hash gives an index");

// Specialises the instruction, and notes the plan for others when this one is not alone with one shape.
static void plan(VM *vm, Word *words, unsigned which, Str *name, Opcode op, Shape *shape, uint32_t offset, Word extra) {
    uint32_t misses = count_miss(words);
    if (misses < 4 || misses % RESPECIALISE_EVERY == 0) specialise(vm, words, op, shape, offset, extra);
    if (misses == 0) return;
    if (vm->shape_cache == NULL && (vm->shape_cache = buffer_new(vm, sizeof *vm->shape_cache)) == NULL) {
        vm->raised = UNDEFINED;   // it goes without
        return;
    }
    Word key = word_of(name) | which;
    *plan_slot(vm, shape, key) = (ShapePlan){shape, key, vm->class_epoch, (uint16_t)offset, (uint8_t)op, extra, NULL};
}

const ShapePlan *icache_find(VM *vm, Frame *frame, Object *object, Str *name, unsigned which) {
    if (vm->shape_cache == NULL) return NULL;
    Word key = word_of(name) | which, *words = (Word *)frame->pc;
    const ShapePlan *found = plan_slot(vm, object->shape, key);
    if (found->shape != object->shape || found->key != key || found->epoch != vm->class_epoch) return NULL;
    if (count_miss(words) % RESPECIALISE_EVERY == 0) specialise(vm, words, (Opcode)found->op, found->shape, found->offset, found->extra);
    return found;
}

void icache_close(VM *vm) {
    buffer_free(vm, vm->shape_cache, sizeof *vm->shape_cache);
    vm->shape_cache = NULL;
}

// ---- what can be cached

// Does an attribute of a class give itself when asked for through an instance, and does an instance's own attribute go before it?
static bool is_plain_value(VM *vm, Value v) {
    if (!is_object(v)) return true;
    Class *cls = class_of(vm, v);
    class_watch(cls);
    return is_undefined(class_special(vm, cls, SPECIAL_GET)) && is_undefined(class_special(vm, cls, SPECIAL_SET)) &&
           is_undefined(class_special(vm, cls, SPECIAL_DELETE));
}

// Functions and the like: not data descriptors, so that the instance's own attribute goes first.
static bool yields_to_instance(VM *vm, Value v) {
    Class *cls = class_of(vm, v);
    class_watch(cls);
    return is_undefined(class_special(vm, cls, SPECIAL_SET)) && is_undefined(class_special(vm, cls, SPECIAL_DELETE));
}

// The slot's byte offset, or 0: not an attribute of the shape at a fixed place.
static uint32_t own_offset(VM *vm, Shape *shape, Str *name) {
    uint32_t slot;
    if (shape->slots_offset == 0 || shape->dict_mode || !shape_find(vm, shape, name, &slot)) return 0;
    return shape_slot_offset(shape, slot);
}

// Surely no attribute of the instance itself, as long as it has this shape.
static bool has_no_own(VM *vm, Object *object, Str *name) {
    Shape *shape = object->shape;
    uint32_t slot;
    if (shape->dict_mode) return false;
    if (shape->slots_offset != 0) return !shape_find(vm, shape, name, &slot);
    return object->kind != KIND_MODULE && object->kind != KIND_CLASS && object->kind != KIND_FUNCTION;
}

static uint32_t member_offset(Shape *shape, Value attribute) {
    Descriptor *descriptor = to_descriptor(attribute);
    if (descriptor->def != NULL || shape->slots_offset == 0) return 0;
    return class_is_subclass(shape->cls, descriptor->owner) ? shape_slot_offset(shape, descriptor->slot) : 0;
}

static bool module_entry(VM *vm, Value object, Str *name, DictEntry **out) {
    Module *module = to_module(object);
    if (module->head.shape->cls->flags & CLASS_HEAP || !is_undefined(class_lookup(vm, class_of(vm, object), name))) return false;
    *out = dict_find_str(vm, module->dict, name);
    return *out != NULL;
}

// An attribute of a class that `cls.name` gives as it is: nothing of the metaclass, no descriptor that would do something. A class that
// nobody watches yet is asked a few times more.
static DictEntry *class_entry(VM *vm, Class *cls, Str *name) {
    Class *metaclass = class_of(vm, from_object(cls));
    if (metaclass->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR) && metaclass != vm->types.type) return NULL;
    class_watch(metaclass);
    if (!is_undefined(class_lookup(vm, metaclass, name))) return NULL;
    DictEntry *entry = class_lookup_entry(vm, cls, name, NULL);
    return cls->flags & CLASS_WATCHED ? entry : NULL;
}

static bool gives_itself_on_class(VM *vm, Value v) {
    if (is_function(v)) return true;
    if (is_native(v)) return to_native(v)->owner == NULL || to_native(v)->def->role == NATIVE_METHOD;
    return is_plain_value(vm, v);
}

static bool is_customised(Class *cls) { return cls->flags & (CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR); }

// ---- loading

void icache_load_attr(VM *vm, Frame *frame, Value object, Str *name) {
    Word *words = (Word *)frame->pc;
    if (!is_object(object)) return;
    Object *o = to_object(object);
    DictEntry *entry;
    if (o->kind == KIND_MODULE) {
        if (module_entry(vm, object, name, &entry)) {
            specialise(vm, words, OP_LOAD_ATTR_MODULE, NULL, 0, word_of(entry));
            words[0] = to_module(object)->dict->keys_version;
        }
        return;
    }
    if (o->kind == KIND_CLASS) {
        entry = class_entry(vm, to_class(object), name);
        if (entry != NULL && gives_itself_on_class(vm, entry->value)) specialise(vm, words, OP_LOAD_ATTR_CLASS, o, 0, word_of(entry));
        return;
    }
    Class *cls = o->shape->cls;
    if (is_customised(cls) && o->kind != KIND_INSTANCE) return;
    if (cls->flags & CLASS_CUSTOM_GETATTRIBUTE) return;
    class_watch(cls);
    entry = class_lookup_entry(vm, cls, name, NULL);
    Value attribute = entry == NULL ? UNDEFINED : entry->value;
    if (is_descriptor(attribute) || is_kind(attribute, KIND_PROPERTY)) {
        uint32_t offset = is_descriptor(attribute) ? member_offset(o->shape, attribute) : 0;
        if (offset != 0) plan(vm, words, PLAN_LOAD, name, OP_LOAD_ATTR_SLOT, o->shape, offset, 0);
        Property *property = is_descriptor(attribute) ? NULL : to_property(attribute);
        if (property != NULL && property->head.shape->cls == vm->types.property && is_function(property->getter) && !is_customised(cls))
            plan(vm, words, PLAN_LOAD, name, OP_LOAD_ATTR_PROPERTY, o->shape, 0, property->getter.bits);
        return;
    }
    if (!is_undefined(attribute) && !yields_to_instance(vm, attribute)) return;
    uint32_t offset = own_offset(vm, o->shape, name);
    if (offset != 0) plan(vm, words, PLAN_LOAD, name, OP_LOAD_ATTR_SLOT, o->shape, offset, 0);
    else if (entry != NULL && is_plain_value(vm, attribute) && has_no_own(vm, o, name))
        plan(vm, words, PLAN_LOAD, name, OP_LOAD_ATTR_ENTRY, o->shape, 0, word_of(entry));
}

// super().name(...): the function depends on where the search begins and in whose MRO. Kept in the cache of shapes alone, where the class of
// the object takes the shape's place.
static void super_plan(VM *vm, Word *words, Super *super, Str *name) {
    if (super->cls == NULL || super->object_class == NULL || super->head.shape->cls != vm->types.super) return;
    Value found = super_lookup(vm, super->cls, super->object_class, name);
    if (!is_function(found) || is_class(super->object)) return;
    class_watch(super->object_class);
    if (vm->shape_cache == NULL && (vm->shape_cache = buffer_new(vm, sizeof *vm->shape_cache)) == NULL) {
        vm->raised = UNDEFINED;
        return;
    }
    Word key = word_of(name) | PLAN_SUPER;
    const void *where = super->object_class;
    *plan_slot(vm, where, key ^ word_of(super->cls) << 2) = (ShapePlan){(Shape *)where, key, vm->class_epoch, 0, OP_LOAD_METHOD, found.bits, super->cls};
}

Value icache_find_super(VM *vm, Object *object, Str *name) {
    Super *super = (Super *)object;
    if (vm->shape_cache == NULL) return UNDEFINED;
    Word key = word_of(name) | PLAN_SUPER;
    const void *where = super->object_class;
    const ShapePlan *found = plan_slot(vm, where, key ^ word_of(super->cls) << 2);
    bool hit = found->shape == where && found->key == key && found->behind == super->cls && found->epoch == vm->class_epoch;
    return hit && !is_class(super->object) && super->head.shape->cls == vm->types.super ? (Value){found->extra} : UNDEFINED;
}

void icache_load_method(VM *vm, Frame *frame, Value object, Str *name, Value method) {
    Word *words = (Word *)frame->pc;
    if (!is_object(object)) return;
    Object *o = to_object(object);
    DictEntry *entry;
    if (o->kind != KIND_SUPER && o->kind != KIND_CLASS) class_watch(o->shape->cls);
    if (!is_undefined(method)) {
        if (has_no_own(vm, o, name)) plan(vm, words, PLAN_METHOD, name, OP_LOAD_METHOD_FUNCTION, o->shape, 0, method.bits);
        return;
    }
    if (o->kind == KIND_SUPER) {
        super_plan(vm, words, (Super *)o, name);
        return;
    }
    if (o->kind != KIND_MODULE && o->kind != KIND_CLASS) {
        Value found = is_customised(o->shape->cls) ? UNDEFINED : class_lookup(vm, o->shape->cls, name);
        bool is_static = is_kind(found, KIND_STATICMETHOD);
        if ((!is_static && !is_kind(found, KIND_CLASSMETHOD)) || to_object(found)->shape->cls->flags & CLASS_HEAP || !has_no_own(vm, o, name)) return;
        Value function = to_staticmethod(found)->function;
        if (is_function(function)) plan(vm, words, PLAN_METHOD, name, is_static ? OP_LOAD_METHOD_STATIC : OP_LOAD_METHOD_BOUND_CLASS, o->shape, 0, function.bits);
        return;
    }
    if (o->kind == KIND_MODULE) {
        if (!module_entry(vm, object, name, &entry)) return;
        specialise(vm, words, OP_LOAD_METHOD_MODULE, NULL, 0, word_of(entry));
        words[0] = to_module(object)->dict->keys_version;
    } else if (o->kind == KIND_CLASS) {
        entry = class_entry(vm, to_class(object), name);
        if (entry == NULL) return;
        if (gives_itself_on_class(vm, entry->value)) specialise(vm, words, OP_LOAD_METHOD_CLASS, o, 0, word_of(entry));
        else if (is_kind(entry->value, KIND_STATICMETHOD) && is_function(to_staticmethod(entry->value)->function))
            specialise(vm, words, OP_LOAD_METHOD_CLASS_STATIC, o, 0, to_staticmethod(entry->value)->function.bits);
        else if (is_kind(entry->value, KIND_CLASSMETHOD) && is_function(to_staticmethod(entry->value)->function))
            specialise(vm, words, OP_LOAD_METHOD_OF_CLASS, o, 0, to_staticmethod(entry->value)->function.bits);
    }
}

// ---- storing

void icache_store_attr(VM *vm, Frame *frame, Value object, Str *name, Shape *before) {
    Word *words = (Word *)frame->pc;
    Object *o = to_object(object);
    Shape *shape = o->shape;
    Class *cls = shape->cls;
    if (o->kind == KIND_MODULE || o->kind == KIND_CLASS || o->kind == KIND_FUNCTION) return;
    if (before->cls != cls || shape->dict_mode || cls->flags & CLASS_CUSTOM_SETATTR) return;
    class_watch(cls);
    Value attribute = class_lookup(vm, cls, name);
    if (is_descriptor(attribute)) {
        uint32_t offset = member_offset(shape, attribute);
        if (offset != 0 && shape == before) plan(vm, words, PLAN_STORE, name, OP_STORE_ATTR_SLOT, shape, offset, 0);
        return;
    }
    if (!is_undefined(attribute) && !yields_to_instance(vm, attribute)) return;
    uint32_t offset = own_offset(vm, shape, name);
    if (offset == 0) return;
    if (shape == before) plan(vm, words, PLAN_STORE, name, OP_STORE_ATTR_SLOT, shape, offset, 0);
    else if (shape->parent == before && shape->name == name) plan(vm, words, PLAN_STORE, name, OP_STORE_ATTR_ADD, before, offset, word_of(shape));
}

// ---- for the collector: caches hold shapes, classes and functions weakly

static bool is_dead(Word pointer) {
    return pointer != 0 && !(((Object *)(uintptr_t)pointer)->gc & (GC_MARKED | GC_IMMORTAL));
}

static void instruction_clear(Word *at, uint32_t class_epoch) {
    Opcode op = word_op(*at), general;
    // After a change of classes the words may point to what has been freed since: they never hit again, and are not looked at.
    bool dead = opcode_cache_words[op] == 3 && (uint32_t)(at[2] >> 32) != class_epoch;
    switch (op) {
    case OP_LOAD_ATTR_SLOT: case OP_LOAD_ATTR_ENTRY: case OP_LOAD_ATTR_CLASS:
        dead = dead || is_dead(at[1]);
        general = OP_LOAD_ATTR;
        break;
    case OP_LOAD_ATTR_PROPERTY:
        dead = dead || is_dead(at[1]) || is_dead(at[3]);
        general = OP_LOAD_ATTR;
        break;
    case OP_STORE_ATTR_SLOT:
        dead = dead || is_dead(at[1]);
        general = OP_STORE_ATTR;
        break;
    case OP_STORE_ATTR_ADD:
        dead = dead || is_dead(at[1]) || is_dead(at[3]);
        general = OP_STORE_ATTR;
        break;
    case OP_LOAD_METHOD_FUNCTION: case OP_LOAD_METHOD_OF_CLASS: case OP_LOAD_METHOD_STATIC: case OP_LOAD_METHOD_BOUND_CLASS:
    case OP_LOAD_METHOD_CLASS_STATIC:
        dead = dead || is_dead(at[1]) || is_dead(at[3]);
        general = OP_LOAD_METHOD;
        break;
    case OP_LOAD_METHOD_CLASS:
        dead = dead || is_dead(at[1]);
        general = OP_LOAD_METHOD;
        break;
    default: return;
    }
    if (!dead) return;
    *at = (*at & ~(Word)255) | (Word)general;
    at[1] = 0;
    at[3] = 0;
}

void code_clear_dead_caches(VM *vm) {
    if (vm->shape_cache != NULL) memset(vm->shape_cache, 0, sizeof *vm->shape_cache);
    for (Code *code = vm->codes; code != NULL; code = code->next)
        for (uint32_t i = 0; i < code->word_count; i += 1 + opcode_cache_words[word_op(code->words[i])]) instruction_clear(code->words + i, vm->class_epoch);
}
