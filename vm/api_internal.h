// What the files of the public API share: entering and leaving the VM, and handles.
//
// A handle is a pointer to a slot of the VM's handle stack (a list of chunks that never move), of a CoilRef, or, while a host function
// runs, to one of its arguments where they stand. A scope is a height of the stack.
//
//     chunk: [ slot ][ slot ][ slot ] <- next ... end        chunk->first + (next - slots) is the height
//
// Every function of the API that may allocate or run Python code is between ENTER and LEAVE_WITH. Handles given by the host are read by
// GIVEN() before that: an error handle makes the function fail in its turn, with the exception that is pending already.
#ifndef COIL_VM_API_INTERNAL_H
#define COIL_VM_API_INTERNAL_H

#include "coil.h"

#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

enum { HANDLES_PER_CHUNK = 120 };
typedef struct HandleChunk {
    struct HandleChunk *previous, *next_chunk;
    size_t first;                        // height of its first slot
    Value slots[HANDLES_PER_CHUNK];
} HandleChunk;

struct ApiState {
    Value *next, *end;                   // free slots of the chunk in use
    HandleChunk *chunk, *root;           // the one in use; the first one of the thread that runs
    HandleChunk first_chunk;
    struct CoilRef *refs;                // all references, linked
    struct CoilRef *free_refs;
    struct RefBlock *ref_blocks;
    struct HostModule *modules;          // api_module.c
    struct HostClass *classes;           // api_class.c
    void (*misuse)(void *user, const char *message);
};

static inline VM *vm_of(CoilVM *vm) { return (VM *)vm; }
static inline CoilStatus status_of(bool ok) { return ok ? COIL_OK : COIL_RAISED; }

// ---- handles

MUST_CHECK bool handles_grow(VM *vm);                  // a chunk more; false: MemoryError is raised

static inline CoilValue handle(VM *vm, Value v) {
    struct ApiState *api = vm->api;
    if (UNLIKELY(is_error(v)) || (UNLIKELY(api->next == api->end) && !handles_grow(vm))) return (CoilValue){NULL};
    Value *slot = api->next++;
    *slot = v;
    return (CoilValue){slot};
}
// Each thread has a stack of handles of its own; the first one's begins in ApiState.
typedef struct ApiHandles { Value *next, *end; HandleChunk *chunk, *root; } ApiHandles;
static inline void api_handles_save(VM *vm, ApiHandles *out) {
    struct ApiState *api = vm->api;
    *out = api == NULL ? (ApiHandles){0} : (ApiHandles){api->next, api->end, api->chunk, api->root};
}
static inline void api_handles_load(VM *vm, const ApiHandles *from) {
    struct ApiState *api = vm->api;
    if (api == NULL) return;
    api->next = from->next;
    api->end = from->end;
    api->chunk = from->chunk;
    api->root = from->root;
}
MUST_CHECK bool api_handles_new(VM *vm, ApiHandles *out);     // false: MemoryError is raised
void api_handles_free(VM *vm, ApiHandles *handles);
void api_handles_trace(VM *vm, const ApiHandles *handles);
// For files that do not go through the macros below.
CoilValue api_handle(VM *vm, Value v);        // ERROR becomes the error handle; so does a value for which there is no memory
Value api_value(CoilValue v);                 // not of an error handle

static inline CoilValue object_handle(VM *vm, void *object) { return handle(vm, object != NULL ? from_object(object) : ERROR); }

#ifdef COIL_DEBUG
void api_misuse(VM *vm, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool handle_is_good(VM *vm, CoilValue v);              // false: misuse was reported
void api_check_thread(VM *vm, const char *function);
#else
#define api_check_thread(vm, function) ((void)0)
#endif

// The value behind a handle; ERROR for an error handle.
static inline Value value_of(VM *vm, CoilValue v) {
    if (UNLIKELY(v.slot == NULL)) return ERROR;
#ifdef COIL_DEBUG
    if (!handle_is_good(vm, v)) return ERROR;
#endif
    return *(Value *)v.slot;
}
// Neither an error nor an argument that was not given, nor the end of an iteration.
static inline bool is_given(Value v) { return (v.bits & ~STOP.bits) != 0; }
// A value that is_given() refuses came into `function`: sees to it that an exception is pending.
void refuse(VM *vm, Value v, const char *function);
#define GIVEN(name, given, result_if_not)              \
    Value name = value_of(vm, given);                  \
    if (UNLIKELY(!is_given(name))) {                   \
        refuse(vm, name, __func__);                    \
        return result_if_not;                          \
    }
#define NO_HANDLE ((CoilValue){NULL})

// ---- entering and leaving

// An exception that is pending when the host calls something else is put aside; it is pending again afterwards, unless a newer one is.
typedef struct ApiEntry { VMEntry vm; Value pending; } ApiEntry;

static inline __attribute__((always_inline)) void api_enter(VM *vm, ApiEntry *entry, const char *function) {
    vm_enter(vm, &entry->vm);
    api_check_thread(vm, function);
    entry->pending = vm->raised;
    vm->raised = UNDEFINED;
    if (UNLIKELY(vm->collection_due)) gc_safepoint(vm);
}
static inline void api_leave(VM *vm, ApiEntry *entry) {
    if (UNLIKELY(!is_undefined(entry->pending)) && is_undefined(vm->raised)) vm->raised = entry->pending;
    vm_leave(vm, &entry->vm);
}
#define ENTER_NAMED(vm, function) \
    ApiEntry entry;               \
    api_enter(vm, &entry, function)
#define ENTER(vm) ENTER_NAMED(vm, __func__)
#define LEAVE_WITH(vm, result) return api_leave(vm, &entry), (result)

// Functions of the API whose body is one expression; GIVEN() may stand before.
#define API_VALUE(expression) API_VALUE_NAMED(expression, __func__)
#define API_VALUE_NAMED(expression, function)            \
    ENTER_NAMED(vm, function);                           \
    CoilValue result_ = handle(vm, (expression));        \
    LEAVE_WITH(vm, result_)
#define API_OBJECT(expression)                           \
    ENTER(vm);                                           \
    CoilValue result_ = object_handle(vm, (expression)); \
    LEAVE_WITH(vm, result_)
#define API_STATUS(expression) API_STATUS_NAMED(expression, __func__)
#define API_STATUS_NAMED(expression, function)           \
    ENTER_NAMED(vm, function);                           \
    CoilStatus status_ = status_of(expression);          \
    LEAVE_WITH(vm, status_)

// ---- api_values.c
// The text of a str with a zero behind it; a copy is made, and kept by a handle of the scope, where there is none. NULL with MemoryError.
MUST_CHECK const char *text_of(VM *vm, Str *text);

// ---- api_error.c
// The class of an exception by its name among the built-ins; NULL when there is none (nothing raised), or without memory.
Class *exception_class_named(VM *vm, const char *name);

// A text's UTF-8 for as long as the current scope, or `otherwise` when there is none or no memory (nothing stays raised).
const char *api_text_or(VM *vm, Str *text, const char *otherwise);
// The name of an exception's class as in tracebacks: without its module when that is __main__ or the built-ins.
MUST_CHECK Str *api_type_shown(VM *vm, Class *cls);

// ---- api_module.c
MUST_CHECK bool constants_add(VM *vm, Dict *dict, const CoilConstant *constants);

// ---- api_class.c
struct HostClass;
MUST_CHECK struct HostClass *host_class_get(VM *vm, const CoilClass *def, const char *module);
MUST_CHECK Value host_class_value(struct HostClass *host);

#endif
