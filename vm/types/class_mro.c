// The order in which bases are searched (C3), whose layout instances have, and assigning to cls.__bases__.
#include "vm/types/class_internal.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/str.h"

// ---- C3

// One of the sequences being merged: the rest of a base's MRO, or of the list of bases.
typedef struct MroTail { Tuple *tuple; size_t at; } MroTail;

static bool mro_in_a_tail(const MroTail *tails, size_t count, Value candidate) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = tails[i].at + 1; j < tails[i].tuple->count; j++)
            if (value_same(tails[i].tuple->items[j], candidate)) return true;
    return false;
}

static void raise_mro_conflict(VM *vm, const MroTail *tails, size_t count) {
    StrBuilder b = STR_BUILDER(vm);
    Value named[64];
    size_t named_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (tails[i].at >= tails[i].tuple->count) continue;
        Value head = tails[i].tuple->items[tails[i].at];
        bool seen = false;
        for (size_t j = 0; j < named_count; j++) seen |= value_same(named[j], head);
        if (seen || named_count == 64) continue;
        if (named_count) str_builder_add_c(&b, ", ");
        str_builder_add_str(&b, to_class(head)->name);
        named[named_count++] = head;
    }
    Str *names = str_builder_finish(&b);
    if (names != NULL) raise_type_error(vm, "Cannot create a consistent method resolution\norder (MRO) for bases %S", names);
}

static bool bases_without_duplicates(VM *vm, Tuple *bases) {
    for (size_t i = 0; i < bases->count; i++) {
        if (!vm_charge(vm, bases->count / 16)) return false;
        for (size_t j = i + 1; j < bases->count; j++) {
            if (!value_same(bases->items[i], bases->items[j])) continue;
            raise_type_error(vm, "duplicate base class %C", to_class(bases->items[i]));
            return false;
        }
    }
    return true;
}

// Merges the tails into `out` (which has room); the number of classes, or -1.
static ptrdiff_t mro_merge(VM *vm, MroTail *tails, size_t count, Value *out) {
    size_t found = 0;
    for (;;) {
        bool empty = true;
        Value next = UNDEFINED;
        for (size_t i = 0; i < count && is_undefined(next); i++) {
            if (tails[i].at >= tails[i].tuple->count) continue;
            empty = false;
            if (!vm_charge(vm, count / 8 + 1)) return -1;
            Value candidate = tails[i].tuple->items[tails[i].at];
            if (!mro_in_a_tail(tails, count, candidate)) next = candidate;
        }
        if (empty) return (ptrdiff_t)found;
        if (is_undefined(next)) {
            raise_mro_conflict(vm, tails, count);
            return -1;
        }
        out[found++] = next;
        for (size_t i = 0; i < count; i++)
            if (tails[i].at < tails[i].tuple->count && value_same(tails[i].tuple->items[tails[i].at], next)) tails[i].at++;
    }
}

Tuple *class_compute_mro(VM *vm, Class *cls) {
    Tuple *bases = cls->bases;
    for (size_t i = 0; i < bases->count; i++) {
        // A metaclass's mro() can derive from the class it is asked about.
        if (to_class(bases->items[i])->mro != NULL) continue;
        raise_type_error(vm, "Cannot extend an incomplete type '%C'", to_class(bases->items[i]));
        return NULL;
    }
    if (bases->count == 1) {   // the usual case: the base's MRO with the class in front
        Tuple *inherited = to_class(bases->items[0])->mro;
        Tuple *mro = tuple_new(vm, inherited->count + 1);
        if (mro == NULL || !vm_charge(vm, inherited->count / 4)) return NULL;
        mro->items[0] = from_object(cls);
        memcpy(mro->items + 1, inherited->items, inherited->count * sizeof(Value));
        return mro;
    }
    if (!bases_without_duplicates(vm, bases)) return NULL;
    size_t room = 1;
    for (size_t i = 0; i < bases->count; i++) room += to_class(bases->items[i])->mro->count;
    size_t tails_size = (bases->count + 1) * sizeof(MroTail), out_size = room * sizeof(Value);
    MroTail *tails = buffer_new(vm, tails_size);
    Value *out = tails == NULL ? NULL : buffer_new(vm, out_size);
    Tuple *mro = NULL;
    if (out != NULL) {
        for (size_t i = 0; i < bases->count; i++) tails[i].tuple = to_class(bases->items[i])->mro;
        tails[bases->count].tuple = bases;
        out[0] = from_object(cls);
        ptrdiff_t count = mro_merge(vm, tails, bases->count + 1, out + 1);
        if (count >= 0) mro = tuple_from_values(vm, out, (size_t)count + 1);   // all of them are in their bases' MROs: alive
    }
    buffer_free(vm, out, out_size);
    buffer_free(vm, tails, tails_size);
    return mro;
}

// The class that gave instances the layout they have: it adds a native struct or __slots__ to what its base has, or gives the struct a meaning.
static Class *class_solid(Class *cls) {
    for (; cls->base != NULL; cls = cls->base) {
        Class *base = cls->base;
        if (cls->instance_kind != base->instance_kind || cls->instance_size != base->instance_size || cls->member_count != base->member_count ||
            cls->host_data != base->host_data)
            return cls;
    }
    return cls;
}

// What a metaclass's own mro() gave.
static Tuple *mro_check(VM *vm, Class *cls, Value result) {
    Tuple *mro = tuple_from_iterable(vm, result);
    if (mro == NULL) return NULL;
    for (size_t i = 0; i < mro->count; i++) {
        if (!is_class(mro->items[i])) {
            raise_type_error(vm, "mro() returned a non-class ('%T')", mro->items[i]);
            return NULL;
        }
        if (to_class(mro->items[i]) != cls && !class_is_subclass(class_solid(cls->base), class_solid(to_class(mro->items[i])))) {
            raise_type_error(vm, "mro() returned base with unsuitable layout ('%C')", to_class(mro->items[i]));
            return NULL;
        }
    }
    if (mro->count == 0) {
        raise_type_error(vm, "mro() returned an empty sequence");
        return NULL;
    }
    return mro;
}

bool class_set_mro(VM *vm, Class *cls) {
    Class *metaclass = cls->head.shape->cls;
    Tuple *mro;
    Class *owner = NULL;
    if (metaclass != vm->types.type && class_lookup_entry(vm, metaclass, vm->names.mro, &owner) != NULL && owner != vm->types.type) {
        Tuple *before = cls->mro;
        Value result = call_method(vm, from_object(cls), vm->names.mro, NULL, 0);
        mro = is_error(result) ? NULL : mro_check(vm, cls, result);
        if (mro != NULL && cls->mro != before) return true;   // mro() assigned to __bases__: what came of that stands
        vm->class_epoch++;                                    // what was looked up while the class had no MRO
    } else {
        mro = class_compute_mro(vm, cls);
    }
    if (mro == NULL) return false;
    cls->mro = mro;
    gc_write_barrier(vm, cls);
    return true;
}

// ---- layouts

Class *class_best_base(VM *vm, Tuple *bases) {
    Class *winner = NULL, *best = NULL;
    for (size_t i = 0; i < bases->count; i++) {
        if (!is_class(bases->items[i])) {
            raise_type_error(vm, "bases must be types");
            return NULL;
        }
        Class *base = to_class(bases->items[i]);
        if (!(base->flags & CLASS_BASETYPE)) {
            raise_type_error(vm, "type '%C' is not an acceptable base type", base);
            return NULL;
        }
        Class *candidate = class_solid(base);
        if (winner == NULL || (candidate != winner && class_is_subclass(candidate, winner))) {
            winner = candidate;
            best = base;
        } else if (!class_is_subclass(winner, candidate)) {
            raise_type_error(vm, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    return best;
}

// The first class of the line of bases that adds something to what instances have: members, a __dict__, a __weakref__.
static Class *class_layout_owner(Class *cls) {
    const uint32_t parts = CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
    while (cls->base != NULL && class_solid(cls) != cls && (cls->flags & parts) == (cls->base->flags & parts)) cls = cls->base;
    return cls;
}

static bool same_member_names(Class *a, Class *b) {
    if (!is_tuple(a->slot_names) || !is_tuple(b->slot_names)) return true;
    Tuple *x = to_tuple(a->slot_names), *y = to_tuple(b->slot_names);
    if (x->count != y->count) return false;
    for (size_t i = 0; i < x->count; i++)
        if (!value_same(x->items[i], y->items[i])) return false;
    return true;
}

bool class_layouts_fit(Class *a, Class *b) {
    if (a->host_data != b->host_data || a->host_trace != b->host_trace || a->host_free != b->host_free) return false;
    const uint32_t parts = CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
    if (a->instance_kind != b->instance_kind || a->instance_size != b->instance_size || a->member_count != b->member_count ||
        (a->flags & parts) != (b->flags & parts))
        return false;
    Class *owner_a = class_layout_owner(a), *owner_b = class_layout_owner(b);
    return owner_a == owner_b || (owner_a->base == owner_b->base && same_member_names(owner_a, owner_b));
}

// ---- cls.__bases__ = ...

// The class and those below it get new MROs; `changed` holds each one's class, MRO before and new MRO, to be put back on failure.
static bool mros_update(VM *vm, Class *cls, List *changed) {
    Tuple *before = cls->mro;
    if (!class_set_mro(vm, cls) || !stack_check(vm)) return false;
    if (!list_append(vm, changed, from_object(cls)) || !list_append(vm, changed, before == NULL ? NONE : from_object(before)) ||
        !list_append(vm, changed, from_object(cls->mro)))
        return false;
    for (uint32_t i = 0; i < cls->subclass_count; i++)
        if (!mros_update(vm, cls->subclasses[i], changed)) return false;
    return true;
}

static bool bases_check(VM *vm, Class *cls, Value v) {
    if (!is_tuple(v)) {
        raise_type_error(vm, "can only assign tuple to %C.__bases__, not %T", cls, v);
        return false;
    }
    Tuple *bases = to_tuple(v);
    if (bases->count == 0) {
        raise_type_error(vm, "can only assign non-empty tuple to %C.__bases__, not ()", cls);
        return false;
    }
    for (size_t i = 0; i < bases->count; i++) {
        if (!is_class(bases->items[i])) {
            raise_type_error(vm, "%C.__bases__ must be tuple of classes, not '%T'", cls, bases->items[i]);
            return false;
        }
        // By the chain of bases as well: MROs are not up to date while a metaclass's mro() runs.
        bool cycle = class_is_subclass(to_class(bases->items[i]), cls);
        for (Class *base = to_class(bases->items[i]); base != NULL && !cycle; base = base->base) cycle = base == cls;
        if (cycle) {
            raise_type_error(vm, "a __bases__ item causes an inheritance cycle");
            return false;
        }
    }
    return true;
}

bool class_assign_bases(VM *vm, Class *cls, Value v) {
    if (!bases_check(vm, cls, v)) return false;
    Tuple *bases = to_tuple(v), *old_bases = cls->bases;
    Class *base = class_best_base(vm, bases), *old_base = cls->base;
    if (base == NULL) return false;
    // A class without members of its own has its base's layout.
    if (class_solid(base) != class_solid(old_base) || (base->flags & CLASS_HAS_DICT && !(cls->flags & CLASS_HAS_DICT))) {
        raise_type_error(vm, "__bases__ assignment: '%C' object layout differs from '%C'", base, old_base);
        return false;
    }
    List *changed = list_new(vm, 8);
    if (changed == NULL) return false;
    cls->bases = bases;
    cls->base = base;
    gc_write_barrier(vm, cls);
    vm->class_epoch++;
    if (!mros_update(vm, cls, changed)) {
        for (size_t i = 0; i + 2 < changed->count; i += 3) {
            Class *c = to_class(changed->items[i]);
            if (c->mro != to_tuple(changed->items[i + 2])) continue;
            c->mro = is_none(changed->items[i + 1]) ? NULL : to_tuple(changed->items[i + 1]);
            gc_write_barrier(vm, c);
        }
        if (cls->bases == bases) {
            cls->bases = old_bases;
            cls->base = old_base;
            gc_write_barrier(vm, cls);
        }
        vm->class_epoch++;
        return false;
    }
    // Unless a metaclass's mro() has assigned other bases meanwhile: then that assignment has done it.
    bool stands = cls->bases == bases;
    for (size_t i = 0; i < old_bases->count && stands; i++) class_remove_subclass(to_class(old_bases->items[i]), cls);
    for (size_t i = 0; i < bases->count && stands; i++)
        if (!class_add_subclass(vm, to_class(bases->items[i]), cls)) return false;
    class_changed(vm, cls);
    return true;
}
