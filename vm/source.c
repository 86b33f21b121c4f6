// From source text to a code object: runs the front end and turns its diagnostics into exceptions. The one place where the VM meets
// lexer, parser and compiler.
#include <string.h>

#include "compiler/entry.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/heap_internal.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"
#include "compiler/marshal.h"
#include "vm/warnings.h"

enum { BYTES_PER_TICK = 32 };

// The front end's memory counts against the VM's limit; garbage makes room for it.
// Its work is counted by that memory, too: when the budget is used up there is none left, and raise_diagnostic() finds out why.
static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size) {
    VM *vm = user;
    if (new_size > old_size) {
        vm->ticks -= (int64_t)((new_size - old_size) / BYTES_PER_TICK);
        if (limits_are_over(vm)) return NULL;
    }
    void *result = heap_raw_resize(user, block, old_size, new_size);
    if (result != NULL || new_size <= old_size) return result;
    gc_collect(user, true);
    return heap_raw_resize(user, block, old_size, new_size);
}

static Class *diagnostic_class(VM *vm, DiagKind kind) {
    switch (kind) {
    case DIAG_INDENTATION_ERROR: return vm->exc.IndentationError;
    case DIAG_TAB_ERROR: return vm->exc.TabError;
    case DIAG_VALUE_ERROR: return vm->exc.ValueError;
    case DIAG_RECURSION_ERROR: return vm->exc.RecursionError;
    case DIAG_MEMORY_ERROR: return vm->exc.MemoryError;
    case DIAG_OVERFLOW_ERROR: return vm->exc.OverflowError;
    default: return vm->exc.SyntaxError;
    }
}

// SyntaxError(message, (filename, lineno, offset, text, end_lineno, end_offset))
static Value raise_at(VM *vm, Class *cls, const char *message, Str *filename, int lineno, int offset, int end_lineno, int end_offset, Value text) {
    Str *shown = str_from_latin1_or_utf8(vm, message, strlen(message), "replace");
    if (shown == NULL) return ERROR;
    Value args[2] = {from_object(shown), UNDEFINED};
    if (lineno == 0) return raise_with_args(vm, cls, 1, args);
    Tuple *place = tuple_pack(vm, 6, from_object(filename), from_int(lineno), from_int(offset), text, from_int(end_lineno),
                              end_offset == DIAG_NO_OFFSET ? NONE : from_int(end_offset));
    if (place == NULL) return ERROR;
    args[1] = from_object(place);
    return raise_with_args(vm, cls, 2, args);
}

// The compiler's errors, unlike the parser's, quote the line only where the file can be read.
static bool shows_line(VM *vm, Str *filename, bool parsed) {
    const char *path = str_data(vm, filename);
    return !parsed || (path != NULL && vm->hooks.file_kind != NULL && vm->hooks.file_kind(vm->hooks.file_user, path) == FILE_KIND_FILE);
}

static Value raise_diagnostic(VM *vm, const Diagnostic *diagnostic, Str *filename, bool parsed) {
    if (diagnostic->kind == DIAG_MEMORY_ERROR && diagnostic->message[0] == 0) return vm_poll(vm) ? raise_no_memory(vm) : ERROR;
    Value text = NONE;
    if (diagnostic->text != NULL && shows_line(vm, filename, parsed)) {
        Str *line = str_from_latin1_or_utf8(vm, diagnostic->text, strlen(diagnostic->text), "replace");
        if (line == NULL) return ERROR;
        text = from_object(line);
    }
    Class *cls = diagnostic_class(vm, diagnostic->kind);
    bool has_place = class_is_subclass(cls, vm->exc.SyntaxError);
    return raise_at(vm, cls, diagnostic->message, filename, has_place ? diagnostic->lineno : 0, diagnostic->offset, diagnostic->end_lineno,
                    diagnostic->end_offset, text);
}

// Warnings of the compiler; a filter that turns one into an error makes it a SyntaxError at its place.
static bool show_warnings(VM *vm, FrontEnd *fe, Str *filename) {
    for (size_t i = 0; i < fe->warnings.count; i++) {
        const DiagWarning *warning = &fe->warnings.items[i];
        Class *category = warning->category == DIAG_SYNTAX_WARNING ? vm->exc.SyntaxWarning : vm->exc.DeprecationWarning;
        if (vm_warn_explicit(vm, category, warning->message, filename, warning->lineno)) continue;
        if (!raised_matches(vm, category)) return false;
        raised_clear(vm);
        size_t length = 0;
        const char *line = source_line(fe, warning->lineno, &length);
        Str *text = line != NULL ? str_from_latin1_or_utf8(vm, line, length, "replace") : NULL;
        if (line != NULL && text == NULL) return false;
        raise_at(vm, vm->exc.SyntaxError, warning->message, filename, warning->lineno, warning->offset, warning->end_lineno, warning->end_offset,
                 text != NULL ? from_object(text) : NONE);
        return false;
    }
    return true;
}

// What becomes of a code unit, which lives until this function returns.
typedef Value UnitUser(VM *vm, const CodeUnit *unit, Str *filename);

static Value compile_for(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode, int flags, UnitUser *use) {
    const char *name = str_data(vm, filename);
    if (name == NULL) return ERROR;
    Allocator allocator = {counted_resize, vm};
    Arena arena;
    arena_init(&arena, &allocator, SIZE_MAX);
    FrontEnd fe;
    unsigned front_end_flags = mode == COMPILE_SINGLE ? FRONT_END_INTERACTIVE : 0;
    // Only prompts await statement by statement.
    if (mode == COMPILE_SINGLE && (flags & COMPILE_TOP_LEVEL_AWAIT)) front_end_flags |= FRONT_END_TYPED;
    if (flags & COMPILE_FROM_TEXT) front_end_flags |= FRONT_END_SOURCE_IS_TEXT;
    if (flags & COMPILE_FROM_FILE) front_end_flags |= FRONT_END_SOURCE_IS_FILE;
    if (flags & COMPILE_ALLOW_INCOMPLETE) front_end_flags |= FRONT_END_ALLOW_INCOMPLETE;
    front_end_init(&fe, &arena, name, front_end_flags);
    fe.max_int_digits = vm->int_max_str_digits > 0 ? (uint32_t)vm->int_max_str_digits : 0;
    if (vm->c_stack_limit != NULL) fe.stack_limit = vm->c_stack_limit;
    static const EntryMode modes[] = {[COMPILE_EXEC] = ENTRY_EXEC, [COMPILE_EVAL] = ENTRY_EVAL, [COMPILE_SINGLE] = ENTRY_SINGLE};
    EntryOptions options = {.mode = modes[mode],
                            .optimize = vm->optimize,
                            .top_level_await = flags & COMPILE_TOP_LEVEL_AWAIT,
                            .future_annotations = flags & COMPILE_FUTURE_ANNOTATIONS};
    bool parsed;
    const CodeUnit *unit = front_end_compile(&fe, source, size, options, &parsed);
    Value result;
    if (unit == NULL) result = raise_diagnostic(vm, &fe.diagnostic, filename, parsed);
    else result = show_warnings(vm, &fe, filename) ? use(vm, unit, filename) : ERROR;
    arena_free(&arena);
    return result;
}

Value source_compile(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode, int flags) {
    return compile_for(vm, source, size, filename, mode, flags, code_load);
}

static Value unit_as_bytes(VM *vm, const CodeUnit *unit, Str *filename) {
    Allocator allocator = {counted_resize, vm};
    Buf out = buf_of(&allocator);
    codeunit_write(&out, unit);
    Bytes *bytes = out.failed ? NULL : bytes_new(vm, out.data, out.length);
    if (out.failed) (void)raise_no_memory(vm);
    buf_free(&out);
    return bytes == NULL ? ERROR : from_object(bytes);
}

Value source_compile_unit(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode) {
    return compile_for(vm, source, size, filename, mode, 0, unit_as_bytes);
}

Value unit_load(VM *vm, const void *bytes, size_t size, Str *filename) {
    Allocator allocator = {counted_resize, vm};
    Arena arena;
    arena_init(&arena, &allocator, SIZE_MAX);
    const char *problem = NULL;
    const CodeUnit *unit = codeunit_read(&arena, bytes, size, &problem);
    Value code;
    if (unit != NULL) code = code_load(vm, unit, filename);
    else code = problem == NULL ? raise_no_memory(vm) : raise_error(vm, vm->exc.ImportError, "bad code unit %S: %s", filename, problem);
    arena_free(&arena);
    return code;
}
