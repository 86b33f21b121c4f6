// Coil: an embeddable Python. This header is all that a host includes; docs/embedding.md is the tutorial, docs/api.md this file as a page.
//
// The model in six sentences. A `CoilVM` is one Python: its objects, modules and limits, and nothing of it is shared with another VM. One
// thread at a time may be inside a VM. Python values are reached through `CoilValue` handles, which live in the VM's current scope: the
// scope that coil_scope_open() began, or the one that Coil opens around every call of a host function and closes by itself. What has to
// stay longer is held by a `CoilRef`. Functions that can fail say so in what they return (a status, or a handle that coil_is_error()
// tells), and then a Python exception is pending in the VM until it is taken, cleared, reported or replaced by a newer one; an error handle
// may be passed on to any function, which then fails in turn and leaves the exception as it is, so that a chain of calls needs one check,
// at its end. Nothing prints or exits behind the host's back.
#ifndef COIL_H
#define COIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define COIL_API __attribute__((visibility("default")))
#define COIL_MUST_CHECK __attribute__((warn_unused_result))
#define COIL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define COIL_API
#define COIL_MUST_CHECK
#define COIL_PRINTF(text, first)
#endif

#define COIL_VERSION_MAJOR 0
#define COIL_VERSION_MINOR 1
#define COIL_VERSION_PATCH 0

// ======== Basics

// "0.1.0". Any thread, no VM needed.
COIL_API const char *coil_version(void);

// One Python.
typedef struct CoilVM CoilVM;

// A handle to a Python value. It lives until its scope closes. slot is NULL for "error" (an exception is pending).
typedef struct CoilValue { void *slot; } CoilValue;

// How a call went.
typedef enum CoilStatus {
    COIL_OK = 0,
    COIL_RAISED = 1,        // a Python exception is pending: see "Exceptions"
    COIL_INCOMPLETE = 2,    // the source could go on where it ends (COIL_ALLOW_INCOMPLETE)
    COIL_TIMEOUT = 3,       // not done yet (coil_run_until)
    COIL_ABSENT = 4,        // nothing there, and nothing pending: the iteration is over, no such attribute or key
} CoilStatus;

// ======== Creating and closing VMs

// Entries of sys.flags about the program that the VM runs in. The VM itself heeds only safe_path: then
// coil_run_file() leaves sys.path alone.
typedef struct CoilFlags {
    uint8_t debug, inspect, interactive, no_user_site, no_site, ignore_environment, verbose, bytes_warning, quiet, isolated, dev_mode, utf8_mode,
        safe_path;
} CoilFlags;

// A folder that scripts may open files in, and import modules from; see "Doors" below.
typedef struct CoilFolder {
    const char *path;             // in the host's file system; a plain file may be granted by itself
    const char *name;             // what scripts know it by; NULL: the same
    int mode;                     // COIL_FOLDER_READ, COIL_FOLDER_WRITE or both
} CoilFolder;
enum { COIL_FOLDER_READ = 1, COIL_FOLDER_WRITE = 2 };

// What scripts may use, see "Limits" below; 0: no limit.
typedef struct CoilLimits {
    size_t memory_bytes;
    uint64_t instructions;
    int64_t time_ns, cpu_time_ns;
    uint64_t output_bytes;
    uint32_t recursion_depth;
    uint32_t recursion_errors;
} CoilLimits;

// A module's code, as the hook find_module gives it.
typedef struct CoilModuleSource {
    const char *data;             // source text, or a precompiled unit
    size_t size;
    bool is_unit;
    bool is_package;              // may have submodules, for which find_module is asked as "package.name"
    const char *filename;         // for tracebacks and __file__; NULL: "<name>"
    void *host;                   // the host's own
} CoilModuleSource;

// Everything about a VM that the host may choose. Zero the struct and set what matters: zero means the default everywhere.
typedef struct CoilConfig {
    // Memory: block == NULL makes a block, new_size == 0 frees, otherwise resizes keeping the contents; NULL means no memory.
    // Default: realloc() and free(). Called only while a thread is inside the VM.
    void *(*allocate)(void *user, void *block, size_t old_size, size_t new_size);
    size_t memory_limit_bytes;    // MemoryError beyond; 0: none
    uint32_t recursion_limit;     // Python calls; 0: 1000
    uint64_t hash_seed;           // str hashes; 0: random
    CoilLimits limits;            // see "Limits"; memory_limit_bytes and recursion_limit count where it has 0
    int optimize;                 // 0; 1: no asserts; 2: no docstrings either
    bool virtual_time;            // event loops do not wait: their clock jumps to the next timer
    bool plain_loop;              // event loops wait with poll() even where the library was built with libuv
    bool unbuffered;              // print() and the like hand each text to `write` at once
    CoilFlags flags;              // what sys.flags shows besides
    bool gc_stress;               // collect at every allocation (slow: for tests)
    uint32_t gc_stress_interval;  // with gc_stress: at every n-th only; 0: every

    void *user;                   // handed to all hooks
    // Output of print() and sys.stdout (stream 1) and sys.stderr (stream 2), UTF-8. Default: discarded.
    void (*write)(void *user, int stream, const char *text, size_t size);
    void (*flush)(void *user, int stream);
    // Input for input() and sys.stdin: up to `size` bytes into `buffer`; how many, 0 at the end, -1 on error. Default: no input.
    ptrdiff_t (*read)(void *user, char *buffer, size_t size);
    // What input() in a terminal (is_terminal() says so of 0 and 1) has instead of `write` for its prompt and `read`: a host with a line
    // editor shows the prompt and reads the line. What does not fit into the buffer comes from `read`. Default: those two.
    ptrdiff_t (*ask)(void *user, const char *prompt, size_t prompt_size, char *buffer, size_t size);
    bool (*is_terminal)(void *user, int stream);
    // Files for imports, coil_run_file() and the source lines of tracebacks. Default: there are no files.
    int (*file_kind)(void *user, const char *path);                       // COIL_FILE_...
    char *(*file_read)(void *user, const char *path, size_t *out_size);   // the whole file, or NULL
    void (*file_release)(void *user, char *data, size_t size);            // gives back what file_read gave
    // Modules of the host's by name, for imports: asked after host modules and built-in ones, before sys.path. False: there is none.
    // release_module gives back what find_module gave; NULL: nothing to give back.
    bool (*find_module)(void *user, const char *name, struct CoilModuleSource *out);
    void (*release_module)(void *user, struct CoilModuleSource *source);
    // Files for open(). Default: PermissionError. Each answers -errno when it fails.
    //   handle_open      mode "r", "w", "a" or "x" (create, fail if it exists), maybe with "+"; a number of the host's own, 0 or more
    //   handle_read      up to size bytes; 0 at the end.   handle_write  how many bytes were taken
    //   handle_seek      whence 0 start, 1 here, 2 end; the new position
    int (*handle_open)(void *user, const char *path, const char *mode);
    ptrdiff_t (*handle_read)(void *user, int handle, char *buffer, size_t size);
    ptrdiff_t (*handle_write)(void *user, int handle, const char *data, size_t size);
    int64_t (*handle_seek)(void *user, int handle, int64_t offset, int whence);
    int (*handle_truncate)(void *user, int handle, int64_t size);
    int (*handle_close)(void *user, int handle);
    // The program wants something to happen at a signal of the system (module signal, loop.add_signal_handler()): one of COIL_SIGNAL_....
    // 0, or errno when that cannot be. NULL: there are no signals for programs. Called inside the VM; not from a signal handler.
    int (*signal_action)(void *user, int number, int action);
    // Doors, see "Doors" below. Closed ones: PermissionError.
    bool open_network;            // sockets, and looking up names of hosts
    bool open_processes;          // running other programs, signals, and the module os
    bool open_clock;              // the time, and how fast it goes
    bool open_environment;        // variables of the environment, and the time zone
    bool open_randomness;         // random bytes of the operating system
    // Threads that scripts start. One at a time is inside the VM, and they run only while the host is in a call into the VM; but while one waits
    // in a hook of files or input, another may call a hook: these must be ready for that.
    bool open_threads;
    const CoilFolder *folders;    // folders granted one by one, instead of the hooks for files above; copied
    size_t folder_count;
    const char *working_folder;   // what relative paths of scripts are relative to, with folders; NULL: "/"

    // Builds with COIL_DEBUG: the host has broken a rule of this header (a handle used after its scope closed, a handle of another VM, two
    // threads in one VM, ...). Default: the message goes to the standard error stream of the process, which aborts. When the hook comes
    // back, the call fails with SystemError.
    void (*misuse)(void *user, const char *message);
} CoilConfig;

// What the hook file_kind answers.
enum {
    COIL_SIGNAL_DEFAULT,      // what it does in the host without the program: coil_interrupt() at SIGINT, maybe
    COIL_SIGNAL_IGNORE,       // nothing
    COIL_SIGNAL_DELIVER,      // coil_signal()
    COIL_SIGNAL_SYSTEM,       // what the system does by itself (SIGINT only: ends the process)
};

enum { COIL_FILE_NONE, COIL_FILE_PLAIN, COIL_FILE_DIRECTORY };

// Fills the hooks of a config with the process's own standard streams and files: what the `coil` command uses.
COIL_API void coil_config_open(CoilConfig *config);

// A new VM with the built-in types and functions, or NULL without memory. config may be NULL: all defaults. A VM may be made by one thread
// and used by another, one at a time.
COIL_API COIL_MUST_CHECK CoilVM *coil_new(const CoilConfig *config);

// Flushes output, finalizes what is alive and gives back every byte. Not from inside a call into the VM. NULL is ignored.
COIL_API void coil_close(CoilVM *vm);

// The `user` of the VM's config.
COIL_API void *coil_user(CoilVM *vm);

// For a `write` or `flush` hook that could not do its work: the print() or write() that led to it raises OSError(error_number), which is
// BrokenPipeError for EPIPE, when the hook returns.
COIL_API void coil_output_failed(CoilVM *vm, int error_number);

// Sends on what print() has buffered.
COIL_API void coil_flush(CoilVM *vm);

// ======== Scopes and references

// Whether a handle is the answer of a call that failed.
static inline bool coil_is_error(CoilValue v) { return v.slot == NULL; }

// Opens a scope: handles made from here on go when it is closed. Scopes nest. Around every call of a host function there is one already; a
// host's loop that makes handles in each round opens its own, so that they do not pile up.
COIL_API size_t coil_scope_open(CoilVM *vm);
COIL_API void coil_scope_close(CoilVM *vm, size_t scope);

// A reference that keeps a value alive until it is given back (or the VM closes), whatever the scopes do.
typedef struct CoilRef CoilRef;

// A reference to a value; NULL with the exception pending (an error handle was given, or no memory).
COIL_API COIL_MUST_CHECK CoilRef *coil_ref(CoilVM *vm, CoilValue v);
// A handle to what a reference holds. It needs no scope: it is good until coil_unref().
COIL_API CoilValue coil_deref(const CoilRef *ref);
// Lets the reference hold another value. The error handle: COIL_RAISED, it holds what it held.
COIL_API COIL_MUST_CHECK CoilStatus coil_ref_set(CoilVM *vm, CoilRef *ref, CoilValue v);
// Gives a reference back. NULL is ignored.
COIL_API void coil_unref(CoilVM *vm, CoilRef *ref);
// A handle in the current scope to the same value: out of an inner scope that is about to close, take a CoilRef instead.
COIL_API COIL_MUST_CHECK CoilValue coil_handle(CoilVM *vm, CoilValue v);

// ======== Running programs

// What a source is.
typedef enum CoilMode {
    COIL_EXEC,      // statements, as a file
    COIL_EVAL,      // one expression
    COIL_SINGLE,    // one interactive statement: an expression's value goes to sys.displayhook
} CoilMode;
// Flags of coil_run().
enum { COIL_ALLOW_INCOMPLETE = 1, COIL_TOP_LEVEL_AWAIT = 2 };

// Compiles and runs source text in the namespace of module __main__.
//
//   source, size  UTF-8; not kept
//   filename      for tracebacks, such as "<config>"; copied
//   mode          what the source is
//   flags         COIL_ALLOW_INCOMPLETE: an error at the very end gives COIL_INCOMPLETE (for prompts), nothing pending
//                 COIL_TOP_LEVEL_AWAIT: `await`, `async for` and `async with` work outside functions (for prompts). What awaits runs as a
//                 task of an event loop that stays; asyncio.create_task() works without an await, too; coil_loop_step() lets the loop go on between statements.
COIL_API COIL_MUST_CHECK CoilStatus coil_run(CoilVM *vm, const char *source, size_t size, const char *filename, CoilMode mode, int flags);

// Evaluates an expression in __main__.
COIL_API COIL_MUST_CHECK CoilValue coil_eval(CoilVM *vm, const char *expression);

// Compiles and runs source text in a namespace of the host's choosing: a dict or a module. Gives the value of an expression, None for
// statements.
COIL_API COIL_MUST_CHECK CoilValue coil_run_in(CoilVM *vm, CoilValue name_space, const char *source, size_t size, const char *filename,
                                               CoilMode mode);

// Compiles source text once, to be run often by coil_execute(): a code object. Keep it with coil_ref().
COIL_API COIL_MUST_CHECK CoilValue coil_compile(CoilVM *vm, const char *source, size_t size, const char *filename, CoilMode mode);

// Runs a code object in a namespace (a dict or a module): the value of an expression, None for statements. A code object of statements with
// `await` at the top is no such thing: run a coroutine function instead.
COIL_API COIL_MUST_CHECK CoilValue coil_execute(CoilVM *vm, CoilValue code, CoilValue name_space);

// A new namespace: a dict with __builtins__ and __name__. What runs in it sees the built-ins and nothing of other namespaces.
COIL_API COIL_MUST_CHECK CoilValue coil_namespace(CoilVM *vm, const char *name);

// The module with this name from sys.modules, made empty and entered there when there is none: another kind of namespace, one that scripts
// can import.
COIL_API COIL_MUST_CHECK CoilValue coil_module(CoilVM *vm, const char *name);

// Compiles source text into a precompiled unit, a bytes object that this version of Coil can load without the source.
COIL_API COIL_MUST_CHECK CoilValue coil_compile_unit(CoilVM *vm, const char *source, size_t size, const char *filename, CoilMode mode);
// Loads a precompiled unit: a code object for coil_execute(). The bytes are verified and not kept; ImportError when they are damaged or of
// another version. Python code has no way to do this.
COIL_API COIL_MUST_CHECK CoilValue coil_load_unit(CoilVM *vm, const void *data, size_t size, const char *filename);

// Runs a file as __main__, its directory first on sys.path. OSError is not raised for a file that cannot be read: the hook's NULL becomes
// a pending FileNotFoundError.
COIL_API COIL_MUST_CHECK CoilStatus coil_run_file(CoilVM *vm, const char *path);
// Finds a module on sys.path and runs it as __main__ (`coil -m name`).
COIL_API COIL_MUST_CHECK CoilStatus coil_run_module(CoilVM *vm, const char *name);
// Imports a module: `import a.b` gives a.b itself here.
COIL_API COIL_MUST_CHECK CoilValue coil_import(CoilVM *vm, const char *name);

// sys.argv; strings are copied.
COIL_API COIL_MUST_CHECK CoilStatus coil_set_argv(CoilVM *vm, int argc, const char *const *argv);
// Adds a directory to sys.path, first (at_front) or last.
COIL_API COIL_MUST_CHECK CoilStatus coil_add_path(CoilVM *vm, const char *path, bool at_front);

// A global of __main__; NameError.
COIL_API COIL_MUST_CHECK CoilValue coil_get_global(CoilVM *vm, const char *name);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_global(CoilVM *vm, const char *name, CoilValue v);

// ======== Exceptions

// Whether an exception is pending.
COIL_API bool coil_exception_pending(CoilVM *vm);
// The pending exception, which stays pending; error handle when there is none.
COIL_API CoilValue coil_exception(CoilVM *vm);
// The pending exception, no longer pending; error handle when there is none.
COIL_API CoilValue coil_exception_take(CoilVM *vm);
// Forgets the pending exception.
COIL_API void coil_exception_clear(CoilVM *vm);
// Whether the pending exception is an instance of the built-in class with this name.
COIL_API bool coil_exception_matches(CoilVM *vm, const char *class_name);

// Raises an exception of the built-in class with this name ("ValueError") from a host function; gives the error handle to return.
COIL_API CoilValue coil_raise(CoilVM *vm, const char *class_name, const char *message);
// The same with a message as printf() makes it.
COIL_API CoilValue coil_raise_format(CoilVM *vm, const char *class_name, const char *format, ...) COIL_PRINTF(3, 4);
// Raises an exception instance, or a new instance of an exception class.
COIL_API CoilValue coil_raise_value(CoilVM *vm, CoilValue exception);
// A new exception class: name "GameError" or "game.GameError" (module and name); base a class, or the error handle for Exception.
COIL_API COIL_MUST_CHECK CoilValue coil_exception_class(CoilVM *vm, const char *name, CoilValue base);

// The pending exception's report (traceback included) as UTF-8 in a handle; error handle when there is none. It stays pending.
COIL_API CoilValue coil_exception_text(CoilVM *vm);

// One entry of a traceback.
typedef struct CoilFrame {
    const char *file;          // "<config>", "scripts/main.py"
    const char *function;      // "<module>"; NULL: the place that a SyntaxError tells
    int line, end_line;        // from 1
    int column, end_column;    // from 1, in bytes of the line's UTF-8; 0: not known
} CoilFrame;

// An exception taken apart. Everything in it lives as long as the scope in which it was described.
typedef struct CoilError {
    const char *type;          // "ValueError", "game.GameError"
    const char *message;       // str() of the exception
    const char *text;          // the whole report, as Python prints it: causes, groups, notes, carets
    const CoilFrame *frames;   // outermost first: the place that raised is the last one
    size_t frame_count;
} CoilError;

// Describes an exception (one that was taken, or coil_exception()). *out is untouched unless COIL_OK comes back.
COIL_API COIL_MUST_CHECK CoilStatus coil_exception_describe(CoilVM *vm, CoilValue exception, CoilError *out);

// After COIL_RAISED at the top of a program: prints the pending exception through sys.excepthook, clears it, and gives the exit status
// that Python gives (1; for SystemExit its code, printed only when it is no number; 130 for KeyboardInterrupt).
COIL_API int coil_report(CoilVM *vm);

// ======== Making values

COIL_API CoilValue coil_none(CoilVM *vm);
COIL_API CoilValue coil_bool(CoilVM *vm, bool value);
COIL_API COIL_MUST_CHECK CoilValue coil_int(CoilVM *vm, int64_t value);
COIL_API COIL_MUST_CHECK CoilValue coil_uint(CoilVM *vm, uint64_t value);
// An int of any size from digits as int(text, base) reads them; base 0 looks at the prefix. ValueError.
COIL_API COIL_MUST_CHECK CoilValue coil_int_from_text(CoilVM *vm, const char *digits, size_t size, int base);
// An int of any size from bytes, the lowest first; two's complement when it is signed.
COIL_API COIL_MUST_CHECK CoilValue coil_int_from_bytes(CoilVM *vm, const void *data, size_t size, bool is_signed);
COIL_API COIL_MUST_CHECK CoilValue coil_float(CoilVM *vm, double value);
// A str of UTF-8; ValueError (UnicodeDecodeError) when it is none.
COIL_API COIL_MUST_CHECK CoilValue coil_str(CoilVM *vm, const char *utf8, size_t size);
// A str of zero-terminated UTF-8.
COIL_API COIL_MUST_CHECK CoilValue coil_text(CoilVM *vm, const char *utf8);
COIL_API COIL_MUST_CHECK CoilValue coil_bytes(CoilVM *vm, const void *data, size_t size);
COIL_API COIL_MUST_CHECK CoilValue coil_list(CoilVM *vm, const CoilValue *items, size_t count);
COIL_API COIL_MUST_CHECK CoilValue coil_tuple(CoilVM *vm, const CoilValue *items, size_t count);
COIL_API COIL_MUST_CHECK CoilValue coil_set(CoilVM *vm, const CoilValue *items, size_t count);
COIL_API COIL_MUST_CHECK CoilValue coil_frozenset(CoilVM *vm, const CoilValue *items, size_t count);
COIL_API COIL_MUST_CHECK CoilValue coil_dict(CoilVM *vm);

// ======== Reading values

// What a value is, subclasses included: an instance of a class that derives from str is COIL_KIND_STR.
typedef enum CoilKind {
    COIL_KIND_NONE, COIL_KIND_BOOL, COIL_KIND_INT, COIL_KIND_FLOAT, COIL_KIND_STR, COIL_KIND_BYTES, COIL_KIND_LIST, COIL_KIND_TUPLE,
    COIL_KIND_DICT, COIL_KIND_SET, COIL_KIND_OTHER,
} CoilKind;
COIL_API CoilKind coil_kind(CoilVM *vm, CoilValue v);
COIL_API bool coil_is_none(CoilVM *vm, CoilValue v);

// Reading gives COIL_RAISED with TypeError or OverflowError when the value is no such thing; *out is untouched then.

// The truth of anything.
COIL_API COIL_MUST_CHECK CoilStatus coil_read_bool(CoilVM *vm, CoilValue v, bool *out);
COIL_API COIL_MUST_CHECK CoilStatus coil_read_int(CoilVM *vm, CoilValue v, int64_t *out);
COIL_API COIL_MUST_CHECK CoilStatus coil_read_uint(CoilVM *vm, CoilValue v, uint64_t *out);
// An int of any size into `size` bytes, the lowest first; two's complement when it is signed. OverflowError when it does not fit.
COIL_API COIL_MUST_CHECK CoilStatus coil_read_int_bytes(CoilVM *vm, CoilValue v, void *out_data, size_t size, bool is_signed);
// How many bits an int needs without its sign: int.bit_length(). -1 when it is no int.
COIL_API COIL_MUST_CHECK ptrdiff_t coil_int_bits(CoilVM *vm, CoilValue v);
// Of any real number.
COIL_API COIL_MUST_CHECK CoilStatus coil_read_float(CoilVM *vm, CoilValue v, double *out);
// UTF-8 of a str, zero-terminated, no copy: valid while the handle is. *out_size may be NULL.
COIL_API COIL_MUST_CHECK CoilStatus coil_read_str(CoilVM *vm, CoilValue v, const char **out_text, size_t *out_size);
// The bytes of a bytes, bytearray or memoryview, no copy: valid while the handle is, those of a bytearray until it is changed.
COIL_API COIL_MUST_CHECK CoilStatus coil_read_bytes(CoilVM *vm, CoilValue v, const void **out_data, size_t *out_size);

// ======== What Python's operators and built-ins do

// All may run Python code. Error handles (or COIL_RAISED, -1) with the exception pending.

// Attributes.
COIL_API COIL_MUST_CHECK CoilValue coil_get_attr(CoilVM *vm, CoilValue object, const char *name);
COIL_API COIL_MUST_CHECK CoilStatus coil_find_attr(CoilVM *vm, CoilValue object, const char *name, CoilValue *out);   // COIL_ABSENT
COIL_API COIL_MUST_CHECK CoilStatus coil_set_attr(CoilVM *vm, CoilValue object, const char *name, CoilValue v);
COIL_API COIL_MUST_CHECK CoilStatus coil_delete_attr(CoilVM *vm, CoilValue object, const char *name);

// Items: of anything with `object[key]`. The find functions answer COIL_ABSENT for a LookupError.
COIL_API COIL_MUST_CHECK CoilValue coil_get_item(CoilVM *vm, CoilValue object, CoilValue key);
COIL_API COIL_MUST_CHECK CoilStatus coil_find_item(CoilVM *vm, CoilValue object, CoilValue key, CoilValue *out);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_item(CoilVM *vm, CoilValue object, CoilValue key, CoilValue v);
COIL_API COIL_MUST_CHECK CoilStatus coil_delete_item(CoilVM *vm, CoilValue object, CoilValue key);
// The same with a str as the key.
COIL_API COIL_MUST_CHECK CoilValue coil_get_key(CoilVM *vm, CoilValue object, const char *key);
COIL_API COIL_MUST_CHECK CoilStatus coil_find_key(CoilVM *vm, CoilValue object, const char *key, CoilValue *out);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_key(CoilVM *vm, CoilValue object, const char *key, CoilValue v);
// The same with an int; negative ones count from the end.
COIL_API COIL_MUST_CHECK CoilValue coil_get_index(CoilVM *vm, CoilValue object, ptrdiff_t index);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_index(CoilVM *vm, CoilValue object, ptrdiff_t index, CoilValue v);

COIL_API COIL_MUST_CHECK CoilStatus coil_append(CoilVM *vm, CoilValue list, CoilValue v);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_add(CoilVM *vm, CoilValue set, CoilValue v);
// len(); -1 with the exception.
COIL_API COIL_MUST_CHECK ptrdiff_t coil_length(CoilVM *vm, CoilValue object);
// `item in container`: 1, 0, -1.
COIL_API COIL_MUST_CHECK int coil_contains(CoilVM *vm, CoilValue container, CoilValue item);

// Iteration: iter(), then coil_next() until it says COIL_ABSENT.
COIL_API COIL_MUST_CHECK CoilValue coil_iter(CoilVM *vm, CoilValue iterable);
COIL_API COIL_MUST_CHECK CoilStatus coil_next(CoilVM *vm, CoilValue iterator, CoilValue *out_item);
// Walks through a dict without an iterator: *position starts at 0. The dict may be changed meanwhile, though then what comes may be any of
// its entries. COIL_RAISED when it is no dict.
COIL_API COIL_MUST_CHECK CoilStatus coil_dict_next(CoilVM *vm, CoilValue dict, size_t *position, CoilValue *out_key, CoilValue *out_value);

// Comparisons: 1, 0, -1.
typedef enum CoilComparison { COIL_LT, COIL_LE, COIL_EQ, COIL_NE, COIL_GT, COIL_GE } CoilComparison;
COIL_API COIL_MUST_CHECK int coil_compare(CoilVM *vm, CoilValue left, CoilComparison comparison, CoilValue right);
// `left is right`; false when one is an error handle.
COIL_API bool coil_same(CoilVM *vm, CoilValue left, CoilValue right);

// Operators.
typedef enum CoilOperator {
    COIL_ADD, COIL_SUB, COIL_MUL, COIL_TRUEDIV, COIL_FLOORDIV, COIL_MOD, COIL_POW, COIL_MATMUL, COIL_LSHIFT, COIL_RSHIFT, COIL_AND, COIL_OR,
    COIL_XOR, COIL_DIVMOD,
} CoilOperator;
COIL_API COIL_MUST_CHECK CoilValue coil_operate(CoilVM *vm, CoilValue left, CoilOperator operator_, CoilValue right);
typedef enum CoilUnary { COIL_NEGATIVE, COIL_POSITIVE, COIL_INVERT, COIL_ABS } CoilUnary;
COIL_API COIL_MUST_CHECK CoilValue coil_operate_unary(CoilVM *vm, CoilUnary operator_, CoilValue v);

COIL_API COIL_MUST_CHECK CoilValue coil_to_str(CoilVM *vm, CoilValue v);
COIL_API COIL_MUST_CHECK CoilValue coil_repr(CoilVM *vm, CoilValue v);
// format(v, spec).
COIL_API COIL_MUST_CHECK CoilValue coil_format(CoilVM *vm, CoilValue v, const char *spec);
COIL_API COIL_MUST_CHECK CoilStatus coil_hash(CoilVM *vm, CoilValue v, int64_t *out);
// type(v), and its __name__ (valid in the current scope; "?" for an error handle).
COIL_API COIL_MUST_CHECK CoilValue coil_type(CoilVM *vm, CoilValue v);
COIL_API const char *coil_type_name(CoilVM *vm, CoilValue v);
// isinstance(v, class_or_tuple): 1, 0, -1.
COIL_API COIL_MUST_CHECK int coil_is_instance(CoilVM *vm, CoilValue v, CoilValue class_or_tuple);
COIL_API bool coil_is_callable(CoilVM *vm, CoilValue v);

// Calls.
//
//   args, argc       positional arguments
//   names, values    coil_call_keywords(): `count` more arguments, by name
COIL_API COIL_MUST_CHECK CoilValue coil_call(CoilVM *vm, CoilValue callee, const CoilValue *args, size_t argc);
COIL_API COIL_MUST_CHECK CoilValue coil_call_keywords(CoilVM *vm, CoilValue callee, const CoilValue *args, size_t argc, const char *const *names,
                                                      const CoilValue *values, size_t count);
// object.name(*args).
COIL_API COIL_MUST_CHECK CoilValue coil_call_method(CoilVM *vm, CoilValue object, const char *name, const CoilValue *args, size_t argc);

// ======== Host functions

// A function of the host's.
//
//   args    handles, in the order of the signature's parameters; those not given are handles that coil_is_missing() tells, and trailing
//           ones may be missing from argc. With **kwargs a dict or a missing handle follows; the extra positional arguments of *args are
//           last. They are good during the call, as is every handle made in it.
//
// Returns a handle, or the error handle that coil_raise() or whatever failed gave.
typedef CoilValue (*CoilNative)(CoilVM *vm, const CoilValue *args, int argc, void *user);
COIL_API bool coil_is_missing(CoilVM *vm, CoilValue v);
// The error handle.
static inline CoilValue coil_error(void) {
    CoilValue v = {0};
    return v;
}

// A row of a table of functions: of a module or a class of the host. A table ends with a zeroed row and must outlive the VM, texts included.
typedef enum CoilFunctionKind { COIL_METHOD, COIL_CLASS_METHOD, COIL_STATIC_METHOD } CoilFunctionKind;
typedef struct CoilFunction {
    const char *signature;     // see coil_function(); methods have `self` first, class methods the class
    CoilNative function;
    const char *doc;           // or NULL
    void *user;
    CoilFunctionKind kind;     // among the methods of a class
} CoilFunction;

// Makes a Python function of a C function.
//
//   signature  as in Python, "move(entity, dx=0, dy=0, *, relative=True)": the only statement of name, arity and keywords; Coil checks calls
//              by it. Defaults are shown by help() and not passed: a parameter that was not given is a missing one. Copied
//   doc        its docstring or NULL; copied
//   user       handed to every call
COIL_API COIL_MUST_CHECK CoilValue coil_function(CoilVM *vm, const char *signature, CoilNative function, const char *doc, void *user);

// ======== Host modules

// A row of a table of constants, which ends with a zeroed row: made by the macros.
typedef struct CoilConstant {
    const char *name;
    CoilKind kind;             // COIL_KIND_INT, COIL_KIND_FLOAT, COIL_KIND_STR
    int64_t integer;
    double real;
    const char *text;
} CoilConstant;
#define COIL_INT_CONSTANT(name, value)   {(name), COIL_KIND_INT, (value), 0, 0}
#define COIL_FLOAT_CONSTANT(name, value) {(name), COIL_KIND_FLOAT, 0, (value), 0}
#define COIL_TEXT_CONSTANT(name, value)  {(name), COIL_KIND_STR, 0, 0, (value)}

typedef struct CoilClass CoilClass;

// A module of the host's as a table. It must outlive the VM, as must all that it points to; many VMs may share it.
typedef struct CoilModule {
    const char *name;                    // "game", or "game.world": then `game` is a package
    const char *doc;                     // or NULL
    const CoilFunction *functions;       // each ends with a zeroed row, and may be NULL
    const CoilConstant *constants;
    const CoilClass *const *classes;     // ends with NULL
    // Called when a script imports the module for the first time, after all of the above: adds what tables cannot say. Or NULL.
    CoilStatus (*init)(CoilVM *vm, CoilValue module, void *user);
    void *user;
} CoilModule;

// From now on `import name` finds the module. Nothing of it is made before. A module of the host's goes before a built-in one with the same
// name, unless that has been imported already.
COIL_API COIL_MUST_CHECK CoilStatus coil_add_module(CoilVM *vm, const CoilModule *module);

// ======== Host classes

// A property: `object.name`, `object.name = value`.
typedef struct CoilProperty {
    const char *name;
    CoilNative get;                      // args: self
    CoilNative set;                      // args: self, value; returns anything but the error handle. NULL: read-only
    const char *doc;                     // or NULL
    void *user;
} CoilProperty;

enum {
    COIL_CLASS_FINAL = 1,                // Python cannot derive from it
    COIL_CLASS_NO_NEW = 2,               // Python cannot call it: instances come from coil_instance() alone
    COIL_CLASS_ATTRIBUTES = 4,           // instances take any attribute, as those of Python classes do
};

// A class of the host's as a table; it must outlive the VM, as must all that it points to.
//
// An instance has data_size bytes of its own, zeroed when it is made and aligned to 16, which Python cannot see, and `slots` Python values,
// which the collector knows (a CoilRef in the data would keep its value alive for ever if that leads back to the instance). The dunder
// methods are methods like others: {"__init__(self, x, y)", ...}, {"__add__(self, other, /)", ...}, {"__iter__(self)", ...},
// {"__getattr__(self, name, /)", ...}, {"__del__(self)", ...}. An operator that does not know its operand returns coil_not_implemented();
// __next__ ends with coil_stop().
struct CoilClass {
    const char *name;                    // "Vector", or "game.Vector" with the module that repr() shows
    const char *doc;                     // or NULL
    size_t data_size;                    // at most 16,000; with a base at least the base's, whose struct then comes first
    int slots;                           // besides those of the base
    int flags;                           // COIL_CLASS_...
    const CoilFunction *methods;         // each ends with a zeroed row, and may be NULL
    const CoilProperty *properties;
    const CoilConstant *constants;
    const CoilClass *base;               // a class of the host's to derive from, or NULL
    // Gives back what the data owns: called once for each instance, when the collector frees it or the VM closes, also for those whose
    // __init__ has failed or was never called. It must not call into the VM, and other objects are gone. Or NULL.
    void (*finalize)(void *data, void *user);
    void *user;                          // handed to finalize
};

// The class as a Python value, made when first asked for: to be called, or put somewhere where scripts find it.
COIL_API COIL_MUST_CHECK CoilValue coil_class(CoilVM *vm, const CoilClass *cls);
// A new instance without a call of __init__; its data goes to *out_data (which may be NULL).
COIL_API COIL_MUST_CHECK CoilValue coil_instance(CoilVM *vm, const CoilClass *cls, void **out_data);
// The data of an instance of the class or of one derived from it, in C or in Python; NULL with TypeError for anything else. Valid while the
// instance is alive.
COIL_API COIL_MUST_CHECK void *coil_data(CoilVM *vm, CoilValue v, const CoilClass *cls);
// Whether it is such an instance; nothing is raised.
COIL_API bool coil_is_a(CoilVM *vm, CoilValue v, const CoilClass *cls);
// The Python values of an instance, numbered from 0, those of the base first; None until set. IndexError.
COIL_API COIL_MUST_CHECK CoilValue coil_get_slot(CoilVM *vm, CoilValue instance, int slot);
COIL_API COIL_MUST_CHECK CoilStatus coil_set_slot(CoilVM *vm, CoilValue instance, int slot, CoilValue v);
// NotImplemented, for operators.
COIL_API CoilValue coil_not_implemented(CoilVM *vm);
// What __next__ returns at the end. It is no value: return it, and nothing else.
COIL_API CoilValue coil_stop(CoilVM *vm);

// ======== The collector

// Collects garbage now, all of it: finalizers and callbacks of weak references have run when it comes back.
COIL_API void coil_collect(CoilVM *vm);
// Lets collections happen by themselves, or not (until memory runs short). Gives what was before.
COIL_API bool coil_collect_automatically(CoilVM *vm, bool enabled);
// What the collector counts.
typedef struct CoilHeapStats {
    size_t bytes, peak_bytes;                 // memory of the VM, now and at most
    size_t young_collections, full_collections;
    size_t allocated_bytes;                   // since the last collection
} CoilHeapStats;
COIL_API CoilHeapStats coil_heap_stats(CoilVM *vm);

// ======== Doors

// Nothing outside of a VM can be reached from inside unless its CoilConfig says so:
//
//   files         none. Either the host answers the file_... and handle_... hooks itself, or it grants `folders`, each for reading, writing or
//                 both: plain files in them and below, and nothing else; neither `..` nor a symbolic link leads out of a granted folder,
//                 devices and pipes are not opened. Imports read from what is granted as well
//   import        finds built-in modules, those compiled into the library, the host's own, and what is on sys.path, read as above
//   streams       print() goes to the write hook, input() comes from the read hook
//   open_...      see CoilConfig. An event loop can wait without open_clock, and tells how long. With virtual_time and no open_clock, time.time()
//                 and its kin tell of a clock that starts at 0 and moves only when the program sleeps
//
// The same program with the same input, the same hash_seed, virtual_time and without open_clock, open_randomness, open_environment prints the
// same on every run. coil_config_open() opens everything.

// ======== Limits

// What the scripts of a VM may use (CoilLimits, above CoilConfig; 0 means no limit everywhere):
//
//   memory_bytes      everything that the VM asks its allocator for; MemoryError. Never exceeded, but by up to 256 KB once
//                     scripts have been ended, so that the host can ask why
//   instructions      calls and jumps, and what long work in C counts for itself: some nanoseconds each; TimeoutError. The same program uses the
//                     same number on every machine
//   time_ns           of the clock on the wall, sleep included; TimeoutError
//   cpu_time_ns       of the processor, in the thread that is in the VM (set by that thread); TimeoutError
//   output_bytes      of print(), sys.stdout, sys.stderr and what is written to files; OSError with errno EFBIG
//   recursion_depth   Python calls within calls (0: 1000); RecursionError. sys.setrecursionlimit() cannot go beyond
//   recursion_errors  how many RecursionErrors the scripts may see
//
// The first breach of a kind is an ordinary exception, and from then on a small reserve of that kind (an eighth, within bounds) is open, so
// that `finally` and `except` work. When that is used up, too, the scripts are ended: every frame is left at once, no handler runs, no
// finalizer, no task; the call that the host made comes back with COIL_RAISED. Until the host sets limits anew, the VM then refuses to run
// anything. A memory breach is over when most of the memory is free again; a single request that is too large takes nothing, and is
// MemoryError as often as it is made. Limits hold within long work in C, too; a thread that sleeps in the VM wakes for them.

typedef enum CoilLimit {
    COIL_LIMIT_NONE, COIL_LIMIT_MEMORY, COIL_LIMIT_INSTRUCTIONS, COIL_LIMIT_TIME, COIL_LIMIT_CPU_TIME, COIL_LIMIT_OUTPUT, COIL_LIMIT_RECURSION,
    COIL_LIMIT_TERMINATED,          // no limit: coil_terminate()
} CoilLimit;

typedef struct CoilUsage {
    size_t memory_bytes, memory_peak_bytes;      // now; the most there ever was
    uint64_t instructions;                       // these since coil_new() or coil_limits_set()
    int64_t time_ns, cpu_time_ns;                // cpu_time_ns: 0 unless that is limited
    uint64_t output_bytes;
    uint32_t recursion_errors;
    CoilLimit first_breach;                      // what was breached first since then
    CoilLimit ended_by;                          // COIL_LIMIT_NONE unless the scripts were ended
} CoilUsage;

// Sets limits anew: everything counts from zero, and scripts that were ended may run again. NULL: none but the recursion depth, which stays.
// Between calls into the VM, or from a host function. COIL_RAISED with MemoryError, when the memory in use leaves no room.
COIL_API COIL_MUST_CHECK CoilStatus coil_limits_set(CoilVM *vm, const CoilLimits *limits);

// What has been used. By the thread that is in the VM, or while none is.
COIL_API CoilUsage coil_usage(CoilVM *vm);

// Asks the running code to stop with KeyboardInterrupt at its next safe point. Any thread, any signal handler.
COIL_API void coil_interrupt(CoilVM *vm);
// Takes back an interrupt that the running code has not seen. Whether there was one.
COIL_API bool coil_interrupt_take(CoilVM *vm);

// A signal that the program has asked for (CoilConfig.signal_action) has come: its handler runs at the next safe point. Any thread, any
// signal handler.
COIL_API void coil_signal(CoilVM *vm, int number);

// Ends the scripts as a final breach does, with a SystemError that no script sees. Any thread, any signal handler; when nothing is running, what
// is run next ends at once. coil_limits_set() lets the VM run again.
COIL_API void coil_terminate(CoilVM *vm);

// Calls wait(user), which does something that takes long and calls nothing of the VM, while the threads that scripts have started run. Between
// calls into the VM they stand still.
COIL_API void coil_while_outside(CoilVM *vm, void (*wait)(void *user), void *user);

// ======== Tracing

// What a debugger or a coverage tool is told. It costs nothing while nobody listens.
typedef enum CoilTraceEvent {
    COIL_TRACE_CALL = 1,            // a Python function begins, or a generator goes on
    COIL_TRACE_LINE = 2,            // a line is about to run
    COIL_TRACE_RETURN = 4,          // a function gives a value, or a generator yields one; None when an exception leaves it
    COIL_TRACE_EXCEPTION = 8,       // an exception is raised in a function, or comes into it from one that it has called
    COIL_TRACE_C_CALL = 16,         // Python code calls a built-in function or one of the host's, or a method of a built-in type
    COIL_TRACE_C_RETURN = 32,       // that has given a value
    COIL_TRACE_C_EXCEPTION = 64,    // that has raised
} CoilTraceEvent;

typedef struct CoilTraceInfo {
    CoilTraceEvent event;
    const char *file, *function;    // function is the qualified name; both until the tracer comes back
    int line;                       // COIL_TRACE_C_...: file and line of the call, function that is called ("len", "list.append")
    size_t depth;                   // of Python calls, 1 for the outermost
    CoilValue value;                // ..._RETURN: the value; ..._EXCEPTION: the exception; otherwise the error handle
    CoilValue callee;               // COIL_TRACE_C_...: the function, a method bound to its object; otherwise the error handle
} CoilTraceInfo;

// COIL_RAISED with an exception pending (coil_raise()) makes the script raise it where it stands. The tracer may call into the VM; what it
// runs there is not traced.
typedef CoilStatus (*CoilTracer)(CoilVM *vm, const CoilTraceInfo *info, void *user);

// From now on `tracer` is called for the events that are asked for (or-ed together); NULL or 0: none any more. sys.settrace() of the scripts goes
// on beside it. What is running already is traced from its next call of a Python function on.
COIL_API void coil_trace(CoilVM *vm, unsigned events, CoilTracer tracer, void *user);

// The local variables of a function that is running, by name: a dict, a copy. depth as in CoilTraceInfo; error handle with ValueError when there
// is no such function.
COIL_API COIL_MUST_CHECK CoilValue coil_frame_locals(CoilVM *vm, size_t depth);

// ======== Warnings

// A warning that the filters of the VM (module warnings) let through. Its texts live until the warner comes back.
typedef struct CoilWarning {
    const char *category;           // "DeprecationWarning", "game.GameWarning"
    const char *text;               // str() of the warning
    const char *file;               // the place that is warned about
    int line;
    CoilValue warning;              // an instance of the category
} CoilWarning;

// COIL_OK: it is dealt with. COIL_ABSENT: it is shown on sys.stderr, as without a warner. COIL_RAISED with an exception pending
// (coil_raise(), or coil_raise_value() of the warning itself): that is raised where the warning was given. The warner may call into the VM;
// warnings that come of that are shown on sys.stderr.
typedef CoilStatus (*CoilWarner)(CoilVM *vm, const CoilWarning *warning, void *user);

// From now on `warner` is told of warnings before they are shown: those of warnings.warn(), of the compiler (SyntaxWarning) and of the built-in
// functions; NULL: nobody is. The scripts' own means go before it: what their filters ignore, raise, or have shown for the same place already,
// what they have put in the place of warnings.showwarning(), and what catch_warnings(record=True) collects. It may be told while the
// VM closes, too: of coroutines that nobody has awaited.
COIL_API void coil_on_warning(CoilVM *vm, CoilWarner warner, void *user);

// ======== The event loop

// A VM has one event loop that the host drives: the one that asyncio.get_event_loop() gives outside of asyncio.run(). Tasks that scripts
// make in it, and those of coil_start(), go on whenever the host lets the loop run: for a while (coil_loop_step) or until something is done
// (coil_run_until). None of these may be called from a host function while a loop runs: await there instead (RuntimeError).

typedef enum CoilLoopState {
    COIL_LOOP_DONE,     // there is nothing to do: no task, no callback, no timer
    COIL_LOOP_READY,    // the budget is used up, and more could run now
    COIL_LOOP_WAIT,     // nothing can run before wait_seconds are over, a descriptor is ready or a CoilFuture is completed
    COIL_LOOP_STUCK,    // tasks wait, and nothing that the loop knows of can wake them
} CoilLoopState;

typedef struct CoilDescriptor {
    int fd;
    bool read, write;   // what to wait for
} CoilDescriptor;

typedef struct CoilLoopStep {
    CoilLoopState state;
    double wait_seconds;                  // COIL_LOOP_WAIT: until the first timer; negative: there is none
    size_t tasks;                         // that are not done
    size_t descriptor_count;
    const CoilDescriptor *descriptors;    // what the loop would wait for itself; good until the VM is called again
} CoilLoopStep;

// Runs what can run, without waiting.
//
//   budget    at most so many steps of tasks and callbacks; 0: one iteration, which is what can run at this moment
//   out_step  what to do next. A host with nothing else to do waits: poll() for the descriptors with wait_seconds as its timeout.
//
// COIL_OK; COIL_RAISED when KeyboardInterrupt or SystemExit has left the loop, or the loop cannot run. What tasks raise stays in them.
COIL_API COIL_MUST_CHECK CoilStatus coil_loop_step(CoilVM *vm, size_t budget, CoilLoopStep *out_step);

enum { COIL_FOREVER = -1 };

// Runs the event loop until `awaitable` is done or the time is over.
//
//   awaitable   coroutine, Task or Future; a coroutine is wrapped in a Task, as asyncio.run() does
//   timeout_ms  milliseconds of the loop's clock; 0 runs what is ready and does not wait; COIL_FOREVER never gives up
//   out_result  the awaited value; untouched unless COIL_OK comes back. May be NULL
//
// COIL_OK; COIL_RAISED when the awaitable raised, or when nothing can ever wake what it waits for; COIL_TIMEOUT when it is still pending: a
// later call with the same Task goes on where this one stopped (a coroutine given to it has become a Task: see coil_start).
COIL_API COIL_MUST_CHECK CoilStatus coil_run_until(CoilVM *vm, CoilValue awaitable, int64_t timeout_ms, CoilValue *out_result);

// Called when a task started by coil_start() is done, from within the loop: COIL_OK and its result, or COIL_RAISED and its exception as a
// value (nothing is pending; asyncio.CancelledError when it was cancelled).
typedef void (*CoilCompletion)(CoilVM *vm, CoilStatus status, CoilValue result, void *user);

// Starts a coroutine (or any awaitable) as a task of the loop; it runs when the loop does. The task, or the error handle.
//
//   completion  may be NULL; then an exception that nobody retrieves is reported as asyncio does
COIL_API COIL_MUST_CHECK CoilValue coil_start(CoilVM *vm, CoilValue awaitable, CoilCompletion completion, void *user);

// A future whose result comes from the host. Made inside the VM, completed from any thread.
typedef struct CoilFuture CoilFuture;

// Makes a future of the running loop, or else of the host's. NULL with an exception pending.
//
//   out_awaitable  what Python awaits: return it from a host function
//
// The host must call exactly one of the functions below for each, once; they may be called after coil_close() as well. Those that may be
// called from any thread copy what they are given, and answer false when there is no memory for that: the future is as before then.
COIL_API COIL_MUST_CHECK CoilFuture *coil_future(CoilVM *vm, CoilValue *out_awaitable);

COIL_API COIL_MUST_CHECK bool coil_future_set_none(CoilFuture *future);                                     // any thread
COIL_API COIL_MUST_CHECK bool coil_future_set_bool(CoilFuture *future, bool value);                         // any thread
COIL_API COIL_MUST_CHECK bool coil_future_set_int(CoilFuture *future, int64_t value);                       // any thread
COIL_API COIL_MUST_CHECK bool coil_future_set_float(CoilFuture *future, double value);                      // any thread
COIL_API COIL_MUST_CHECK bool coil_future_set_str(CoilFuture *future, const char *utf8, size_t size);       // any thread
COIL_API COIL_MUST_CHECK bool coil_future_set_bytes(CoilFuture *future, const void *data, size_t size);     // any thread
// An exception of the built-in class with this name; RuntimeError when there is no such class.
COIL_API COIL_MUST_CHECK bool coil_future_fail(CoilFuture *future, const char *class_name, const char *message);   // any thread
// The host has no result and never will: RuntimeError for whoever awaits. Needs no memory.
COIL_API void coil_future_drop(CoilFuture *future);                                                         // any thread
// From the VM's thread, with any value; with the error handle the pending exception becomes the future's, so that what a call gave may be passed on.
COIL_API COIL_MUST_CHECK CoilStatus coil_future_set(CoilVM *vm, CoilFuture *future, CoilValue value);
// From the VM's thread: the pending exception becomes the future's.
COIL_API COIL_MUST_CHECK CoilStatus coil_future_set_pending(CoilVM *vm, CoilFuture *future);
// Whether Python has cancelled the future, so that the work may be given up. Any thread; it must still be completed or dropped.
COIL_API bool coil_future_cancelled(const CoilFuture *future);

// wake(user) is called, in the thread that completes a CoilFuture, whenever there is something new for the loop: for hosts that wait by other
// means than the descriptors of coil_loop_step(). It must not call into the VM. NULL: none.
COIL_API COIL_MUST_CHECK CoilStatus coil_loop_on_wake(CoilVM *vm, void (*wake)(void *user), void *user);

// Has the running event loop write its tasks to sys.stderr, who waits for whom (asyncio.print_task_tree()), at its next safe point. Any
// thread, any signal handler.
COIL_API void coil_show_tasks(CoilVM *vm);

#ifdef __cplusplus
}
#endif
#endif
