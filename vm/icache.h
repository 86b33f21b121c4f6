// Inline caches of attribute instructions.
//
// An instruction that has done its work the slow way asks here whether it can do it the short way next time; then its opcode becomes a
// specialised one and its cache words are filled (how, stands in interp.c above SHAPE_HIT). A specialised instruction that misses comes
// back the slow way and is specialised anew. After too many misses it stays general.
#ifndef COIL_VM_ICACHE_H
#define COIL_VM_ICACHE_H

#include "vm/frame.h"

// frame->pc stands behind the word of the instruction, which has just succeeded on `object`.
void icache_load_attr(VM *vm, Frame *frame, Value object, Str *name);
void icache_load_method(VM *vm, Frame *frame, Value object, Str *name, Value method_or_undefined);
void icache_store_attr(VM *vm, Frame *frame, Value object, Str *name, Shape *shape_before);

#endif
