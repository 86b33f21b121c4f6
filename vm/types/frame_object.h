// Frame objects: what sys._getframe(), tracebacks and generators show of a frame.
#ifndef COIL_VM_TYPES_FRAME_OBJECT_H
#define COIL_VM_TYPES_FRAME_OBJECT_H

#include "vm/frame.h"

// While the frame runs or is suspended, `live` points to it; when it ends, frame_object_detach() keeps what is worth keeping.
typedef struct FrameObject {
    Object head;
    Frame *live;
    Code *code;
    Dict *globals, *builtins;
    Value back;            // once detached: the caller's frame object if there was one, else NONE
    Value locals;          // once detached and asked for: a dict
    Function *function;
    uint32_t word;         // once detached: index of the word it stood at
    uint32_t raised_word;  // where the last exception that the frame has met was raised: the line of what passes it on, which has none
    Value trace;           // f_trace
    bool no_lines;         // f_trace_lines is False
    int32_t told_line;     // f_lineno while a listener is called; 0: what the instruction says
    int32_t traced_line;   // where trace_step() was last
    uint32_t traced_word;
    uint32_t kept;         // once detached: how many locals are kept
    Value registers[];     // room for all of the code's; those of a running frame stand in it
} FrameObject;
static inline FrameObject *to_frame_object(Value v) { return (FrameObject *)to_object(v); }

// A frame object for a frame that has ended already: of a traceback entry.
MUST_CHECK Value frame_object_dead(VM *vm, Code *code, Function *function, uint32_t word, const Value *locals, uint32_t local_count);
int frame_object_line(FrameObject *object);

#endif
