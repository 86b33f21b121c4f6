// VM: everything that belongs to one Python. There is not one mutable global; whoever needs the VM is handed it.
#ifndef COIL_VM_VM_H
#define COIL_VM_VM_H

#include "base/alloc.h"
#include "vm/heap.h"
#include "vm/limits.h"
#include "vm/object.h"

typedef struct Code Code;
typedef struct Frame Frame;
typedef struct Function Function;
typedef struct Generator Generator;
typedef struct Module Module;
typedef struct Heap Heap;

enum { INTERRUPT_KEYBOARD = 1, INTERRUPT_TERMINATE, INTERRUPT_SHOW_TASKS, INTERRUPT_SIGNAL };
enum { FILE_KIND_NONE, FILE_KIND_FILE, FILE_KIND_DIRECTORY };

typedef enum Special {
#define SPECIAL(id, field, text) SPECIAL_##id,
#include "vm/specials.def"
#undef SPECIAL
    SPECIAL_COUNT
} Special;

typedef struct Names {
#define NAME(name) Str *name;
#define SPECIAL(id, field, text) Str *field;
#include "vm/names.def"
#include "vm/specials.def"
#undef NAME
#undef SPECIAL
} Names;

typedef struct Types {
#define TYPE(field, name, kind, flags) Class *field;
#include "vm/types.def"
#undef TYPE
} Types;

typedef struct Exceptions {
    Class *BaseException;
#define EXCEPTION(name, base, doc) Class *name;
#include "vm/exceptions.def"
#undef EXCEPTION
    Class *ExceptionGroup;     // from BaseExceptionGroup and Exception
} Exceptions;

// The exception being handled, as sys.exc_info() sees it: one node for the VM's main line, one in every generator, linked while they run.
typedef struct HandledState {
    Value exception;                 // UNDEFINED: none here, look at `previous`
    struct HandledState *previous;
} HandledState;

struct CoilModuleSource;
enum { THREAD_SLOTS = 6 };           // what asyncio knows about a thread

struct VM {
    // ---- what the interpreter loop touches (interp.c, call.c)
    Frame *frame;                    // innermost frame
    int64_t ticks;                   // counts down at calls and back edges; at zero vm_tick() looks after collector, budgets and interrupts
    uint32_t class_epoch;            // bumped by every change of a class that a cached lookup could have seen
    uint32_t recursion_depth, recursion_limit;
    HandledState *handled;
    HandledState handled_base;
    Value raised;                    // the pending exception (an Exception object) or UNDEFINED
    Value memory_error;              // made in advance: raising it needs no memory
    Generator *resumed;              // the generator whose resumption is running now (suspend.c)
    Value loop_result;               // what a run of the loop gives to its C caller (interp.h)
    Frame *entered;                  // where the loop goes on after a native function gave ENTERED
    Dict *builtins;                  // namespace of the builtins module
    Frame *frame_first;              // of the chunk of the frame stack in use; NULL in the first chunk
    Frame *frame_next, *frame_end;   // next free header of the frame stack; where it ends: at the chunk's end or the recursion limit
    char *stack_start;               // the chunk of the register stack in use, and its size in bytes
    size_t stack_size;
    struct StackChunk *stack;        // both stacks are chunks that never move (frame.c)
    struct FrameChunk *frames;
    struct Native *called;           // the native function that is being called: host_call() looks
    const Value *bound;              // arguments of a frame that is about to be pushed
    uint32_t bound_count;

    // ---- tables
    Types types;
    Exceptions exc;
    Names names;
    Class *class_of_immediate[8];    // by bits >> 3 of the 001 values
    struct InternTable *interned;
    Str *empty_str;
    Str *ascii_strs[128];            // one-character strings
    Tuple *empty_tuple;
    Dict *modules;                   // sys.modules
    Module *sys_module, *main_module;
    uint64_t hash_key[2];            // SipHash key of this VM
    bool hash_is_fixed;              // the host has chosen it
    uint64_t next_id;                // serial numbers for id() and default reprs
    struct IdTable *ids;
    Code *codes;                     // every code object, linked: for code_clear_dead_caches()
    uint64_t keys_versions;          // the last keys_version that a dict got

    // ---- heap
    Heap *heap;
    struct MethodCache *method_cache;
    struct ShapeCache *shape_cache;  // icache.c: attributes of shapes, for instructions that meet several
    Allocator allocator;
    char *c_stack_base;              // outermost API entry: the collector scans the C stack from here
    char *loop_base;                 // where the C frames of the innermost run of the interpreter loop begin
    char *c_stack_limit;             // below this, stack_check() raises RecursionError
    uintptr_t thread;                // that entered last, and the stack it has
    char *thread_stack_low, *thread_stack_high;
    bool collection_due;
    bool skip_temporaries;           // the collection that is going on marks locals before temporaries: see bytearray.c

    // ---- limits and hooks
    uint64_t signals_pending;        // bits of what coil_signal() has noted; how many it has noted: atomic, both
    uint64_t signals_seen;
    struct SignalState *signals;     // of the module signal; NULL until it is imported
    bool (*on_signals)(VM *vm);      // deals with the pending ones; false: an exception is raised
    int interrupt_requested;         // INTERRUPT_..., set by any thread or signal handler: atomic
    int wake_descriptor;             // plus one, while an event loop waits: a write to it ends the wait; atomic
    Limits limits;
    struct Trace {                   // who listens: trace.h
        unsigned events;
        bool (*hook)(VM *vm, int event, Frame *frame, int line, Value callee, Value value);
        void *host_hook, *host_user; // of the public API
        Value function, profile;     // sys.settrace(), sys.setprofile(); NONE: none
        bool on;                     // somebody does
        bool inside;                 // a listener is running
        bool loop_is_traced;         // the innermost run of the dispatch loop is the traced one
        bool due;                    // it is not, but should be
        bool switching;              // it has stopped for that
    } trace;
    struct {                         // who is told of warnings before sys.stderr is: warnings.h
        int (*tell)(VM *vm, Value warning, Str *filename, int line);   // NULL: nobody
        void *host_hook, *host_user; // of the public API
        bool inside;                 // it is being told: warnings that come of that are shown
    } warner;
    struct Hooks {
        void *user;
        void *file_user;             // of file_... and handle_...
        void (*write)(void *user, int stream, const char *text, size_t size);   // stream 1: stdout, 2: stderr
        // What imports and source lines of tracebacks are read through; NULL: there are no files.
        int (*file_kind)(void *user, const char *path);                         // FILE_KIND_...
        char *(*file_read)(void *user, const char *path, size_t *out_size);     // the whole file, or NULL
        void (*file_release)(void *user, char *data, size_t size);              // gives back what file_read gave
        // Modules by name; NULL: none. See coil.h.
        bool (*find_module)(void *user, const char *name, struct CoilModuleSource *out);
        void (*release_module)(void *user, struct CoilModuleSource *source);
        // A line or less from standard input into the buffer: bytes read, 0 at the end; NULL: there is no input.
        ptrdiff_t (*read)(void *user, char *buffer, size_t size);
        // The same for input() in a terminal, with its prompt; NULL: as in any file.
        ptrdiff_t (*ask)(void *user, const char *prompt, size_t prompt_size, char *buffer, size_t size);
        void (*flush)(void *user, int stream);
        bool (*is_terminal)(void *user, int stream);                            // 0: stdin
        // What open() works with; handle_open NULL: files cannot be opened. See coil.h.
        int (*handle_open)(void *user, const char *path, const char *mode);
        ptrdiff_t (*handle_read)(void *user, int handle, char *buffer, size_t size);
        ptrdiff_t (*handle_write)(void *user, int handle, const char *data, size_t size);
        int64_t (*handle_seek)(void *user, int handle, int64_t offset, int whence);
        int (*handle_truncate)(void *user, int handle, int64_t size);
        int (*handle_close)(void *user, int handle);
        int (*signal_action)(void *user, int number, int action);               // NULL: no signals. See coil.h
    } hooks;
    struct Folders *folders;         // files by folder and mode: folders.c; NULL: the host's own hooks
    int64_t virtual_now_ns;          // what time.time() tells while virtual_time is set and the door to the clock is closed
    struct { char *buffer; size_t used; bool by_line, unbuffered; int error_number; } output;   // of stream 1: see output.h
    struct ReprGuard *repr_guard;    // objects whose repr is being made
    struct ImportState *import;
    struct AsyncioState *asyncio;    // NULL until asyncio is imported
    struct Threads *threads;         // NULL until a thread is started (threads.c)
    struct Thread *current_thread;   // the one inside; NULL while there are no threads
    size_t thread_stack_size;        // of new ones; 0: the system's
    bool charging;                   // vm_charge() runs: native work goes on, no other thread may come in
    // What asyncio keeps for each thread is swapped as well.
    void (*on_thread_save)(VM *vm, Value slots[THREAD_SLOTS]);
    void (*on_thread_load)(VM *vm, const Value slots[THREAD_SLOTS]);
    void (*on_show_tasks)(VM *vm);   // NULL until asyncio is there
    bool (*on_interrupt)(VM *vm);    // asked when an interrupt is seen: true, it is dealt with; else KeyboardInterrupt
    struct { bool network, processes, clock, environment, randomness, threads; } doors;   // what CoilConfig opens: see doors.h
    bool plain_loop;                 // they wait with poll() in any case
    bool virtual_time;               // event loops made from now on have a clock that jumps to the next timer
    Value context;                   // the current contextvars.Context; UNDEFINED: an empty one that nobody has asked for
    struct StdlibState *stdlib;      // per-VM state of native modules
    struct ReState *re;              // of the module re; NULL until it is imported
    Dict *codec_errors;              // handlers of codecs.register_error(); NULL while there are none
    Value sys_argv, sys_path;
    int32_t optimize;
    const struct CoilFlags *flags;   // while the VM is being made
    int32_t int_max_str_digits;      // limit of int <-> decimal text; 0: none. vm_new sets 4300
    Value asyncgen_firstiter, asyncgen_finalizer;   // sys.set_asyncgen_hooks(); UNDEFINED: none
    Class *asyncgen_hooks_type;
    Class *unsupported_operation;    // io.UnsupportedOperation; made when first raised
    struct ApiState *api;            // handles of the public API (api.c)
    Class *host_function_class;
    Class *socket_class, *socket_gaierror, *socket_herror;   // NULL until socket is imported
    double socket_default_timeout;   // plus one; below 1: none
    Dict *warned;                    // (category, text, file, line) of warnings shown
    int32_t coroutine_origin_depth;
    bool closing;
    bool safe_path;                  // coil_run_file() leaves sys.path alone
    bool at_prompt;                  // a statement of the prompt runs: its event loop counts as the running one
};

static inline bool interrupt_is_requested(VM *vm) { return __atomic_load_n(&vm->interrupt_requested, __ATOMIC_RELAXED) != 0; }
static inline bool gc_is_due(VM *vm) { return vm->collection_due; }

// A new VM with every built-in type and module in place, or NULL without memory. Closing gives every byte back.
typedef struct VMConfig {
    Allocator allocator;             // zeroed: the C library's
    size_t memory_limit_bytes;       // 0: none
    uint64_t hash_seed;              // 0: random
    uint32_t recursion_limit;        // 0: 1000
    int32_t optimize;
    const struct CoilFlags *flags;   // for sys.flags; NULL: all zero
    LimitValues limits;              // memory_limit_bytes and recursion_limit count where it has 0
    uint32_t gc_stress;              // collect at every n-th allocation; 0: never
} VMConfig;
VM *vm_new(const VMConfig *config);
void vm_close(VM *vm);
// What the command does before closing, so that programs see what CPython shows them at exit: module globals are dropped and every
// object with a finalizer still alive is finalized.
void vm_finalize(VM *vm);

// Sets vm->c_stack_base/limit for an entry from outside; nested entries keep the outer base. Every API entry calls it. The base is the
// frame of the function that calls it: all its locals are seen by the collector.
typedef struct VMEntry { char *base, *limit; } VMEntry;
void vm_enter_outermost(VM *vm, char *base);
bool vm_is_this_thread(VM *vm);          // that entered last
#if defined(__x86_64__) || defined(__i386__)
#define C_FRAME_BASE() ((char *)__builtin_frame_address(0))
#else
#define C_FRAME_BASE() ((char *)__builtin_dwarf_cfa())
#endif
static inline __attribute__((always_inline)) void vm_enter(VM *vm, VMEntry *saved) {
    saved->base = vm->c_stack_base;
    saved->limit = vm->c_stack_limit;
    if (saved->base == NULL) vm_enter_outermost(vm, C_FRAME_BASE());
}
static inline void vm_leave(VM *vm, const VMEntry *saved) {
    // Whatever the scripts' last words were: this is why they ended.
    if (UNLIKELY(vm->limits.final) && saved->base == NULL && !is_undefined(vm->raised)) vm->raised = vm->limits.exception;
    vm->c_stack_base = saved->base;
    vm->c_stack_limit = saved->limit;
}

// True unless the C stack is nearly used up (RecursionError is raised) or the budget is (vm_charge). Every C function that recurses over data or calls Python calls it.
bool stack_check(VM *vm);
// The same, short, where nesting is bounded by something that ticks as well.
static inline bool stack_suffices(VM *vm) {
    return LIKELY((char *)__builtin_frame_address(0) > vm->c_stack_limit && --vm->ticks > 0) || stack_check(vm);
}
bool stack_check_while(VM *vm, const char *doing);   // the same; the text says what was going on: " in comparison"

// What the loop calls when vm->ticks has come down to zero or below: collector, finalizers, budgets, interrupts; it sets the ticks anew.
// False: an exception is raised.
MUST_CHECK bool vm_tick(VM *vm);
// The same where a function's frame has just been entered: false with nothing raised when the traced loop is to take over.
MUST_CHECK bool vm_tick_at_call(VM *vm);

// Long native work calls this every few thousand steps with the number of steps done: budgets and interrupts. False: an exception is raised.
// No Python code runs in it.
MUST_CHECK bool vm_charge(VM *vm, size_t steps);
// The same at once, for work that has been counted already: about every tenth of a millisecond.
MUST_CHECK bool vm_poll(VM *vm);
// A step of native code that Python code may interrupt, such as a wait: handlers of signals run as well.
MUST_CHECK bool vm_step(VM *vm);

// The same for work that cannot stop: the next safepoint notices.
static inline void vm_spend(VM *vm, size_t steps) { vm->ticks -= (int64_t)steps; }
// For a pass over memory, such as a comparison.
static inline void vm_spend_bytes(VM *vm, size_t size) {
    if (UNLIKELY(size >= 4096)) vm_spend(vm, size / 512);
}

#endif
