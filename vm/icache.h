// Inline caches of attribute instructions.
//
// An instruction that has done its work the slow way asks here whether it can do it the short way next time; then its opcode becomes a
// specialised one and its cache words are filled (how, stands in interp.c above SHAPE_HIT). A specialised instruction that misses looks in
// the VM's cache of shapes before it goes the slow way: that is for instructions that meet objects of several shapes.
#ifndef COIL_VM_ICACHE_H
#define COIL_VM_ICACHE_H

#include "vm/frame.h"

// frame->pc stands behind the word of the instruction, which has just succeeded on `object`.
void icache_load_attr(VM *vm, Frame *frame, Value object, Str *name);
void icache_load_method(VM *vm, Frame *frame, Value object, Str *name, Value method_or_undefined);
void icache_store_attr(VM *vm, Frame *frame, Value object, Str *name, Shape *shape_before);

// How an attribute of objects with some shape is reached: the operands of a specialised instruction.
typedef struct ShapePlan {
    Shape *shape;
    Word key;            // the name, and in the low bits which kind of instruction
    uint32_t epoch;
    uint16_t offset;
    uint8_t op;          // Opcode
    Word extra;
    const Class *behind; // of PLAN_SUPER: where the search begins
} ShapePlan;
enum { PLAN_LOAD, PLAN_METHOD, PLAN_STORE, PLAN_SUPER };
// The plan for an instruction that missed, or NULL. Now and then the instruction is specialised for it.
const ShapePlan *icache_find(VM *vm, Frame *frame, Object *object, Str *name, unsigned which);
// The function that a super object finds under a name, UNDEFINED when that is not known.
Value icache_find_super(VM *vm, Object *super, Str *name);
void icache_close(VM *vm);

#endif
