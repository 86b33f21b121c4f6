// Class objects: their lives, and looking attributes up along the MRO.
//
// Two caches answer most lookups: each class's table of special methods, and the VM's method cache from (class, name) to the dict entry that
// holds the attribute. Both are valid for one vm->class_epoch. The epoch is bumped when a watched class gains or loses an attribute, or when
// a function or descriptor is replaced or replaces; overwriting plain data by plain data leaves it alone, for caches hold the place of
// data, not the data. A class made by Python is watched, with all on its MRO, from the time when something found in it is first cached:
// after a few lookups, for many classes are changed by those who make them and used little.
#include "vm/types/class_internal.h"

#include "vm/errors.h"
#include "vm/heap_internal.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/descriptor.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

// A VM that does little should be small: the cache grows when entries have driven out as many others as it has.
enum { METHOD_CACHE_FIRST = 128, METHOD_CACHE_MOST = 1024 };
enum { LOOKUPS_UNCACHED = 8, SPECIALS_UNCACHED = 24 };

typedef struct MethodCacheEntry { Class *cls; Str *name; DictEntry *entry; Class *owner; uint32_t epoch; } MethodCacheEntry;
typedef struct MethodCache { uint32_t mask, collisions; MethodCacheEntry entries[]; } MethodCache;

static size_t method_cache_bytes(size_t count) { return sizeof(MethodCache) + count * sizeof(MethodCacheEntry); }

static MethodCache *method_cache_new(VM *vm, uint32_t count) {
    MethodCache *cache = heap_raw_resize(vm, NULL, 0, method_cache_bytes(count));
    if (cache == NULL) return NULL;
    memset(cache, 0, method_cache_bytes(count));
    cache->mask = count - 1;
    return cache;
}

static inline MethodCacheEntry *method_cache_slot(VM *vm, const Class *cls, const Str *name) {
    uintptr_t mixed = (uintptr_t)cls >> 5 ^ (uintptr_t)name >> 3 ^ (uintptr_t)name >> 12;
    return &vm->method_cache->entries[mixed & vm->method_cache->mask];
}

void method_cache_clear(VM *vm) {
    MethodCache *cache = vm->method_cache;
    if (cache != NULL) memset(cache->entries, 0, ((size_t)cache->mask + 1) * sizeof *cache->entries);
}

void method_cache_free(VM *vm) {
    if (vm->method_cache != NULL) heap_raw_resize(vm, vm->method_cache, method_cache_bytes((size_t)vm->method_cache->mask + 1), 0);
    vm->method_cache = NULL;
}

// Without memory it stays as it is.
static void method_cache_collided(VM *vm) {
    uint32_t count = vm->method_cache->mask + 1;
    if (++vm->method_cache->collisions < count || count == METHOD_CACHE_MOST) return;
    MethodCache *cache = method_cache_new(vm, METHOD_CACHE_MOST);
    if (cache == NULL) return;
    method_cache_free(vm);
    vm->method_cache = cache;
}

// ---- lives

void class_trace(VM *vm, Object *object) {
    Class *cls = (Class *)object;
    gc_mark_object(vm, cls->name);
    gc_mark_object(vm, cls->qualname);
    gc_mark_value(vm, cls->module_name);
    gc_mark_object(vm, cls->bases);
    gc_mark_object(vm, cls->mro);
    gc_mark_object(vm, cls->base);
    gc_mark_object(vm, cls->dict);
    gc_mark_object(vm, cls->root_shape);
    gc_mark_object(vm, cls->dict_shape);
    gc_mark_value(vm, cls->slot_names);
}

void class_free(VM *vm, Object *object) {
    Class *cls = (Class *)object;
    buffer_free(vm, cls->subclasses, cls->subclass_capacity * sizeof(Class *));
    if (cls->specials != NULL) heap_raw_resize(vm, cls->specials, SPECIAL_COUNT * sizeof(Value), 0);
}

void classes_sweep(VM *vm) {
    Class **link = &vm->heap->classes;
    for (Class *cls; (cls = *link) != NULL;) {
        if (!gc_is_marked(cls)) {
            *link = cls->next;
            continue;
        }
        link = &cls->next;
        uint32_t kept = 0;
        for (uint32_t i = 0; i < cls->subclass_count; i++)
            if (gc_is_marked(cls->subclasses[i])) cls->subclasses[kept++] = cls->subclasses[i];
        cls->subclass_count = kept;
    }
}

Class *class_alloc(VM *vm, Class *metaclass) {
    Shape *shape = metaclass == NULL ? NULL : class_shape(vm, metaclass);
    if (metaclass != NULL && shape == NULL) return NULL;
    Class *cls = heap_new_in_space(vm, HEAP_SPACE_CLASSES, KIND_CLASS, shape);
    if (cls == NULL) return NULL;
    cls->instance_space = HEAP_SPACE_NONE;
    cls->inline_slots = SHAPE_INLINE_START;
    cls->next = vm->heap->classes;
    vm->heap->classes = cls;
    gc_tenure(vm, cls);
    return cls;
}

bool class_add_subclass(VM *vm, Class *base, Class *cls) {
    if (base->subclass_count == base->subclass_capacity) {
        uint32_t capacity = base->subclass_capacity ? base->subclass_capacity * 2 : 4;
        Class **list = buffer_resize(vm, base->subclasses, base->subclass_capacity * sizeof *list, capacity * sizeof *list);
        if (list == NULL) return false;
        base->subclasses = list;
        base->subclass_capacity = capacity;
    }
    base->subclasses[base->subclass_count++] = cls;
    return true;
}

void class_remove_subclass(Class *base, Class *cls) {
    for (uint32_t i = 0; i < base->subclass_count; i++) {
        if (base->subclasses[i] != cls) continue;
        memmove(base->subclasses + i, base->subclasses + i + 1, (base->subclass_count - i - 1) * sizeof *base->subclasses);
        base->subclass_count--;
        return;
    }
}

// ---- the bootstrap: every built-in class as an empty object, so that objects of any type can be made

typedef struct BuiltinRow { size_t offset; const char *name; uint8_t kind; } BuiltinRow;
static const BuiltinRow builtin_rows[] = {
#define TYPE(field, name, kind, flags) {offsetof(Types, field), name, KIND_##kind},
#include "vm/types.def"
#undef TYPE
};
enum { BUILTIN_ROWS = sizeof builtin_rows / sizeof *builtin_rows };

static Class **builtin_class(VM *vm, size_t row) { return (Class **)((char *)&vm->types + builtin_rows[row].offset); }

bool classes_bootstrap(VM *vm) {
    vm->method_cache = method_cache_new(vm, METHOD_CACHE_FIRST);
    if (vm->method_cache == NULL) return false;
    for (size_t i = 0; i < BUILTIN_ROWS; i++) {
        Class *cls = class_alloc(vm, NULL);
        if (cls == NULL) return false;
        cls->instance_kind = builtin_rows[i].kind;
        cls->instance_size = sizeof(Object);
        cls->module_name = cls->slot_names = UNDEFINED;
        *builtin_class(vm, i) = cls;
    }
    vm->types.type->instance_size = sizeof(Class);
    Shape *shape = class_shape(vm, vm->types.type);
    if (shape == NULL) return false;
    for (size_t i = 0; i < BUILTIN_ROWS; i++) (*builtin_class(vm, i))->head.shape = shape;
    vm->class_of_immediate[NONE.bits >> 3 & 7] = vm->types.none;
    vm->class_of_immediate[TRUE_VALUE.bits >> 3 & 7] = vm->class_of_immediate[FALSE_VALUE.bits >> 3 & 7] = vm->types.bool_;
    vm->class_of_immediate[NOT_IMPLEMENTED.bits >> 3 & 7] = vm->types.not_implemented;
    vm->class_of_immediate[ELLIPSIS.bits >> 3 & 7] = vm->types.ellipsis;
    return true;
}

// Strings exist now: names, dicts and (for the moment) object as everybody's only base.
bool classes_complete(VM *vm) {
    for (size_t i = 0; i < BUILTIN_ROWS; i++) {
        Class *cls = *builtin_class(vm, i);
        cls->name = cls->qualname = str_intern_c(vm, builtin_rows[i].name);
        cls->module_name = from_object(vm->names.builtins);
        if (cls->name == NULL || (cls->dict = dict_new(vm)) == NULL) return false;
        gc_write_barrier(vm, cls);
    }
    for (size_t i = 0; i < BUILTIN_ROWS; i++) {
        Class *cls = *builtin_class(vm, i);
        if (cls == vm->types.object) {
            cls->bases = tuple_new(vm, 0);
            cls->mro = tuple_pack(vm, 1, from_object(cls));
        } else {
            cls->base = vm->types.object;
            cls->bases = tuple_pack(vm, 1, from_object(vm->types.object));
            cls->mro = tuple_pack(vm, 2, from_object(cls), from_object(vm->types.object));
            if (!class_add_subclass(vm, vm->types.object, cls)) return false;
        }
        if (cls->bases == NULL || cls->mro == NULL) return false;
        gc_write_barrier(vm, cls);
    }
    return true;
}

// ---- lookup

void class_watch(Class *cls) {
    if (LIKELY(cls->flags & CLASS_WATCHED) || cls->mro == NULL) return;
    cls->flags |= CLASS_WATCHED;
    for (size_t i = 0; i < cls->mro->count; i++) to_class(cls->mro->items[i])->flags |= CLASS_WATCHED;
}

// Whether what is found in the class is worth caching; if so, it is watched from now on.
static bool class_is_cached(Class *cls) {
    if (LIKELY(cls->flags & CLASS_WATCHED)) return true;
    if (cls->flags & CLASS_HEAP && cls->lookups < LOOKUPS_UNCACHED) {
        cls->lookups++;
        return false;
    }
    class_watch(cls);
    return true;
}

// Along the MRO, past all caches.
static DictEntry *mro_find(VM *vm, Class *cls, Str *name, Class **out_owner) {
    Tuple *mro = cls->mro;
    for (size_t i = 0; i < mro->count; i++) {
        Class *owner = to_class(mro->items[i]);
        DictEntry *found = dict_find_str(vm, owner->dict, name);
        if (found == NULL) continue;
        *out_owner = owner;
        return found;
    }
    *out_owner = NULL;
    return NULL;
}

DictEntry *class_lookup_entry(VM *vm, Class *cls, Str *name, Class **out_owner) {
    MethodCacheEntry *cached = method_cache_slot(vm, cls, name);
    if (cached->cls == cls && cached->name == name && cached->epoch == vm->class_epoch) {
        if (out_owner != NULL) *out_owner = cached->owner;
        return cached->entry;
    }
    Class *owner = NULL;
    if (cls->mro == NULL) return NULL;   // a class under construction
    DictEntry *found = mro_find(vm, cls, name, &owner);
    if (class_is_cached(cls)) {
        bool collides = cached->cls != NULL && cached->epoch == vm->class_epoch;
        *cached = (MethodCacheEntry){cls, name, found, owner, vm->class_epoch};
        if (collides) method_cache_collided(vm);
    }
    if (out_owner != NULL) *out_owner = owner;
    return found;
}

Value class_lookup(VM *vm, Class *cls, Str *name) {
    DictEntry *entry = class_lookup_entry(vm, cls, name, NULL);
    return entry == NULL ? UNDEFINED : entry->value;
}

static Str *special_name(VM *vm, Special special) {
    static const size_t offsets[SPECIAL_COUNT] = {
#define SPECIAL(id, field, text) offsetof(Names, field),
#include "vm/specials.def"
#undef SPECIAL
    };
    return *(Str **)((char *)&vm->names + offsets[special]);
}

static __attribute__((noinline)) Value class_special_slow(VM *vm, Class *cls, Special special) {
    Value found = class_lookup(vm, cls, special_name(vm, special));
    if (!(cls->flags & CLASS_WATCHED)) return found;
    if (cls->specials == NULL) {
        // The method cache will do for so few. Of the 157 classes that a VM begins with, hardly any is ever asked more.
        if (cls->special_lookups < SPECIALS_UNCACHED) {
            cls->special_lookups++;
            return found;
        }
        Value *specials = heap_raw_resize(vm, NULL, 0, SPECIAL_COUNT * sizeof *specials);
        if (specials == NULL) return found;   // it goes without
        vm->heap->allocated += SPECIAL_COUNT * sizeof *specials;   // so that programs that make and drop classes are collected as often as they need
        cls->specials = specials;
        cls->epoch = vm->class_epoch - 1;
    }
    if (cls->epoch != vm->class_epoch) {
        memset(cls->specials, 0, SPECIAL_COUNT * sizeof *cls->specials);
        cls->epoch = vm->class_epoch;
    }
    cls->specials[special] = is_undefined(found) ? STOP : found;
    return found;
}

Value class_special(VM *vm, Class *cls, Special special) {
    if (UNLIKELY(cls->specials == NULL || cls->epoch != vm->class_epoch)) return class_special_slow(vm, cls, special);
    Value found = cls->specials[special];
    if (LIKELY(!is_undefined(found))) return is_stop(found) ? UNDEFINED : found;
    return class_special_slow(vm, cls, special);
}

bool class_is_subclass(Class *cls, Class *base) {
    if (cls == base) return true;
    Tuple *mro = cls->mro;
    if (mro == NULL) {
        for (; cls != NULL; cls = cls->base)
            if (cls == base) return true;
        return false;
    }
    for (size_t i = 0; i < mro->count; i++)
        if (to_object(mro->items[i]) == &base->head) return true;
    return false;
}

// ---- changes

static bool has_own_special(VM *vm, Class *cls, Special special) {
    Class *owner;
    DictEntry *found = cls->mro == NULL ? NULL : mro_find(vm, cls, special_name(vm, special), &owner);
    if (found == NULL || owner == vm->types.object) return false;
    return !value_same(found->value, class_lookup(vm, vm->types.object, special_name(vm, special)));
}

static void class_set_flag(Class *cls, uint32_t flag, bool on) {
    if (on) cls->flags |= flag;
    else cls->flags &= ~flag;
}

static void instance_track(void *user, Object *object) {
    if (object->shape != NULL && object->shape->cls->flags & CLASS_HAS_DEL) gc_track_finalizer(user, object);
}

bool class_has_special_names(const Dict *dict) {
    if (dict->head.flags & DICT_MIXED_KEYS) return true;
    for (size_t i = 0; i < dict->entry_count; i++)
        if (!is_undefined(dict->entries[i].key) && to_object(dict->entries[i].key)->flags & STR_CLASS_NAME) return true;
    return false;
}

// A class with one base that has none of the names itself: its flags are the base's.
static bool flags_are_inherited(VM *vm, Class *cls) {
    Class *base = cls->base;
    if (cls->bases->count != 1 || cls->mro == NULL || base->mro == NULL || cls->mro->count != base->mro->count + 1) return false;
    if (!value_same(cls->mro->items[1], from_object(base))) return false;
    return !class_has_special_names(cls->dict);
}

// By the special methods that there are, whatever the flags of the bases say.
static void class_compute_flags(VM *vm, Class *cls) {
    class_set_flag(cls, CLASS_CUSTOM_GETATTRIBUTE, has_own_special(vm, cls, SPECIAL_GETATTRIBUTE));
    class_set_flag(cls, CLASS_HAS_GETATTR, has_own_special(vm, cls, SPECIAL_GETATTR));
    class_set_flag(cls, CLASS_CUSTOM_SETATTR, has_own_special(vm, cls, SPECIAL_SETATTR) || has_own_special(vm, cls, SPECIAL_DELATTR));
    bool had_del = cls->flags & CLASS_HAS_DEL;
    class_set_flag(cls, CLASS_HAS_DEL, has_own_special(vm, cls, SPECIAL_DEL));
    if (had_del || !(cls->flags & CLASS_HAS_DEL)) return;
    // New instances must be noted as having a finalizer, and those that exist already as well.
    cls->instance_space = HEAP_SPACE_NONE;
    if (cls->root_shape != NULL) gc_each_object(vm, instance_track, vm);
}

void class_update_flags(VM *vm, Class *cls) {
    const uint32_t attribute_flags = CLASS_CUSTOM_GETATTRIBUTE | CLASS_HAS_GETATTR | CLASS_CUSTOM_SETATTR;
    if (cls->base != NULL && !((cls->flags | cls->base->flags) & CLASS_HAS_DEL) && flags_are_inherited(vm, cls))
        cls->flags = (cls->flags & ~attribute_flags) | (cls->base->flags & attribute_flags);
    else
        class_compute_flags(vm, cls);
}

// The list has subclasses before their bases, whose flags are still the old ones then.
// By the list of all classes: walking down the subclasses would visit those under many diamonds again and again.
static void class_update_flags_below(VM *vm, Class *cls) {
    for (Class *c = vm->heap->classes; c != NULL; c = c->next)
        if (c->mro != NULL && class_is_subclass(c, cls)) class_compute_flags(vm, c);
}

// Nothing that is cached of the class or of those below is valid any longer, and their MROs may be new ones.
static void class_unwatch_below(VM *vm, Class *cls) {
    for (Class *c = vm->heap->classes; c != NULL; c = c->next) {
        if (!(c->flags & CLASS_WATCHED) || c->mro == NULL || !class_is_subclass(c, cls)) continue;
        c->flags &= ~(uint32_t)CLASS_WATCHED;
        c->lookups = 0;
    }
}

void class_changed(VM *vm, Class *cls) {
    vm->class_epoch++;
    class_unwatch_below(vm, cls);
    class_update_flags_below(vm, cls);
}

bool value_is_plain_data(VM *vm, Value v) {
    if (!is_object(v)) return true;
    switch (to_object(v)->kind) {
    case KIND_FUNCTION: case KIND_NATIVE: case KIND_PROPERTY: case KIND_STATICMETHOD: case KIND_CLASSMETHOD: case KIND_DESCRIPTOR:
        return false;
    case KIND_BIGINT: case KIND_FLOAT: case KIND_STR: case KIND_LIST: case KIND_TUPLE: case KIND_DICT: case KIND_SET: case KIND_BYTES:
        if (!(class_of(vm, v)->flags & CLASS_HEAP)) return true;
        break;
    }
    Class *cls = class_of(vm, v);
    return is_undefined(class_special(vm, cls, SPECIAL_GET)) && is_undefined(class_special(vm, cls, SPECIAL_SET)) &&
           is_undefined(class_special(vm, cls, SPECIAL_DELETE));
}

static bool name_is_dunder(VM *vm, Str *name) {
    const char *text = str_data(vm, name);
    return text != NULL && name->size >= 4 && text[0] == '_' && text[1] == '_' && text[name->size - 1] == '_' && text[name->size - 2] == '_';
}

static bool name_affects_flags(VM *vm, Str *name) {
    return name == vm->names.__getattribute__ || name == vm->names.__getattr__ || name == vm->names.__setattr__ ||
           name == vm->names.__delattr__ || name == vm->names.__del__;
}

bool class_dict_set(VM *vm, Class *cls, Str *name, Value value) {
    DictEntry *entry = dict_find_str(vm, cls->dict, name);
    if (is_undefined(value)) {
        if (dict_delete(vm, cls->dict, from_object(name)) < 0) return false;
    } else if (entry != NULL && value_is_plain_data(vm, entry->value) && value_is_plain_data(vm, value) && !name_is_dunder(vm, name)) {
        entry = dict_find_str(vm, cls->dict, name);
        entry->value = value;
        gc_write_barrier(vm, cls->dict);
        return true;
    } else if (!dict_set_str(vm, cls->dict, name, value)) {
        return false;
    }
    if (cls->flags & CLASS_WATCHED) vm->class_epoch++;
    if (name_affects_flags(vm, name)) class_update_flags_below(vm, cls);
    return true;
}

// ---- cls.name

Value class_get_attr_optional(VM *vm, Class *cls, Str *name) {
    Class *metaclass = cls->head.shape->cls;
    Value meta = class_lookup(vm, metaclass, name);
    if (!is_undefined(meta)) {
        if (is_descriptor(meta)) return descriptor_get(vm, to_descriptor(meta), from_object(cls));
        Class *meta_cls = class_of(vm, meta);
        if (!value_is_plain_data(vm, meta) && !is_undefined(class_special(vm, meta_cls, SPECIAL_GET)) &&
            (!is_undefined(class_special(vm, meta_cls, SPECIAL_SET)) || !is_undefined(class_special(vm, meta_cls, SPECIAL_DELETE))))
            return bind_descriptor(vm, meta, from_object(cls), metaclass);
    }
    Value own = class_lookup(vm, cls, name);
    if (!is_undefined(own)) return bind_descriptor(vm, own, UNDEFINED, cls);
    if (!is_undefined(meta)) return bind_descriptor(vm, meta, from_object(cls), metaclass);
    return UNDEFINED;
}

Value class_get_attr(VM *vm, Class *cls, Str *name) {
    Value found = class_get_attr_optional(vm, cls, name);
    if (!is_undefined(found)) return found;
    return raise_attribute_error(vm, from_object(cls), name, "type object '%C' has no attribute '%S'", cls, name);
}

bool class_set_attr(VM *vm, Class *cls, Str *name, Value value) {
    if (!(cls->flags & CLASS_HEAP)) {
        raise_type_error(vm, "cannot set '%S' attribute of immutable type '%C'", name, cls);
        return false;
    }
    Class *metaclass = cls->head.shape->cls;
    Value meta = class_lookup(vm, metaclass, name);
    if (!is_undefined(meta)) {
        if (is_descriptor(meta)) return descriptor_set(vm, to_descriptor(meta), from_object(cls), value);
        int set = descriptor_set_any(vm, meta, from_object(cls), value);
        if (set != 0) return set > 0;
    }
    if (is_undefined(value) && dict_find_str(vm, cls->dict, name) == NULL) {
        raise_attribute_error(vm, from_object(cls), name, "type object '%C' has no attribute '%S'", cls, name);
        return false;
    }
    return class_dict_set(vm, cls, name, value);
}

// ---- names

Value class_module(VM *vm, Class *cls) {
    if (!(cls->flags & CLASS_HEAP)) return cls->module_name;
    Value module = dict_get_str(vm, cls->dict, vm->names.__module__);
    if (!is_undefined(module)) return module;
    return is_undefined(cls->module_name) ? from_object(vm->names.builtins) : cls->module_name;
}

Str *class_full_name(VM *vm, Class *cls) {
    Value module = class_module(vm, cls);
    if (!is_str(module) || value_same(module, from_object(vm->names.builtins))) return cls->qualname;
    return str_printf(vm, "%V.%S", module, cls->qualname);
}

// ---- instances

void *object_new_of(VM *vm, Class *cls, size_t size_bytes) {
    Shape *shape = class_shape(vm, cls);
    if (shape == NULL) return NULL;
    size_t size = size_bytes;
    if (shape->slots_offset == SLOTS_AT_END) {
        if (__builtin_add_overflow(size_bytes, 15 + (size_t)shape->inline_count * 8, &size)) {
            raise_no_memory(vm);
            return NULL;
        }
        size &= ~(size_t)7;
    } else if (shape->slots_offset != 0) {
        size = shape->slots_offset + 8 + (size_t)shape->inline_count * 8;
    }
    void *object = object_new(vm, (Kind)cls->instance_kind, shape, size);
    if (object != NULL && cls->flags & CLASS_HAS_DEL) gc_track_finalizer(vm, object);
    return object;
}

Value instance_new(VM *vm, Class *cls) {
    Object *object = object_new_of(vm, cls, cls->instance_size);
    return object == NULL ? ERROR : from_object(object);
}
