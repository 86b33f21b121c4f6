// Object: the header of everything on the heap, and shapes, which say what an object's class is and where its attributes are.
#ifndef COIL_VM_OBJECT_H
#define COIL_VM_OBJECT_H

#include "vm/value.h"

typedef enum Kind {
    KIND_FREE = 0,   // a free cell of the heap, never seen by anybody else
#define KIND(name, prefix) KIND_##name,
#define KIND_PLAIN(name) KIND_##name,
#define KIND_TRACED(name, prefix) KIND_##name,
#include "vm/kinds.def"
#undef KIND
#undef KIND_PLAIN
#undef KIND_TRACED
    KIND_COUNT
} Kind;

typedef struct Shape Shape;
typedef struct Class Class;
typedef struct Str Str;
typedef struct Dict Dict;
typedef struct Tuple Tuple;
typedef struct List List;

struct Object {
    Shape *shape;
    uint8_t kind;      // enum Kind
    uint8_t gc;        // bits of the collector (gc.h)
    uint16_t flags;    // for the kind to use
    uint32_t aux;      // for the kind to use: hash, length, ...
};
_Static_assert(sizeof(Object) == 16, "the header is two words");

// Bits of Object.gc; heap.c and gc.c own them, the write barrier reads one.
enum {
    GC_MARKED = 1,      // sticky: a survivor stays marked and is old
    GC_BARRIER = 2,     // old and not in the remembered set: a store into it must call gc_remember()
    GC_FINALIZED = 4,   // __del__ or the kind's finalizer has run
    GC_WEAKREFS = 8,    // has entries in the VM's table of weak references
    GC_LARGE = 16,      // an allocation of its own, not a cell of a block
    GC_IMMORTAL = 32,   // a root of its own
    GC_GREY = 64,       // marked while the mark stack was full: its references are not marked yet
};

static inline Kind kind_of(Value v) { return is_object(v) ? (Kind)to_object(v)->kind : KIND_FREE; }
static inline bool is_kind(Value v, Kind kind) { return is_object(v) && to_object(v)->kind == kind; }

// ---- shapes
//
// Where the attributes of an object with this shape are:
//
//     object: [ native struct of the kind, `slots_offset` bytes ][ Value *more ][ inline slot 0 ][ inline slot 1 ] ...
//
// Slot i < inline_count is inline; the others are in `more` (a buffer of the object's own, see MoreSlots in shape.h).
// __slots__ members are the first slots, `member_count` of them, always inline, and reached by descriptors only.
// A dict-mode shape has no slots but the members: `more` then is the Dict * that `__dict__` returned, and the attributes live in it.
// Classes whose instances have neither attributes nor members of their own (int, list itself) have slots_offset 0.
// Kinds of variable size (tuple, str, bytes) have SLOTS_AT_END: `more` is the last word of the cell and the inline slots go down from it.
enum { SLOTS_AT_END = 0xffff };
struct Shape {
    Object head;
    Class *cls;
    Shape *parent;              // NULL for a root
    Str *name;                  // interned: the attribute that this shape adds to its parent; NULL for roots
    uint32_t slot_count;        // number of slots in use
    uint16_t inline_count;      // slots that stand inside the object
    uint16_t slots_offset;      // byte offset of `more`; 0: instances have no slots; SLOTS_AT_END
    uint16_t member_count;
    bool dict_mode;
    uint8_t instance_kind;
    struct ShapeTable *table;   // name -> slot of all its slots, built when first asked for a shape with more than a few
    struct ShapeTransitions *transitions;   // name -> child, weak
};

#endif
