// The report of an uncaught exception, in CPython 3.11's exact format: tracebacks with carets, chains, groups, notes, suggestions.
//
// A group's parts are boxed: every line of the report then begins with an indentation of two spaces a level and a margin "| ".
#include "vm/report.h"

#include <stdio.h>

#include "compiler/entry.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/heap_internal.h"
#include "vm/ops.h"
#include "vm/output.h"
#include "vm/suggest.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"

enum {
    REPEATS_SHOWN = 3,         // the same entry more often: "[Previous line repeated ...]"
    ENTRIES_SHOWN = 1000,      // the innermost ones
    GROUP_WIDTH = 15, GROUP_DEPTH = 10,
};

typedef struct Report {
    VM *vm;
    StrBuilder out;
    int depth;                 // of groups: 0 outside
    bool need_close;           // the box of the innermost group is still open
    Set *seen;                 // ids of exceptions shown: chains may be cyclic
    Str *file;                 // the source file whose text is at hand
    char *text;
    size_t text_size;
} Report;

static bool add(Report *r, const char *text) { return str_builder_add_c(&r->out, text); }
static bool add_str(Report *r, Str *s) { return s != NULL && str_builder_add_str(&r->out, s); }

static bool add_indent(Report *r) {
    for (int i = 0; i < r->depth; i++)
        if (!add(r, "  ")) return false;
    return true;
}
static bool add_margin(Report *r) { return add_indent(r) && (r->depth == 0 || add(r, "| ")); }

// ---- source lines

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

static void release_source(Report *r) {
    if (r->text != NULL) r->vm->hooks.file_release(r->vm->hooks.file_user, r->text, r->text_size);
    r->text = NULL;
    r->file = NULL;
}

// The line's text without its newline; NULL when there is none.
static const char *find_source_line(Report *r, Str *file, int line, size_t *out_size) {
    if (r->vm->hooks.file_read == NULL) return NULL;
    if (r->file == NULL || !str_equal(r->vm, r->file, file)) {
        release_source(r);
        const char *path = str_data(r->vm, file);
        if (path == NULL || file->size == 0 || *path == '<') return NULL;
        if (r->vm->hooks.file_kind(r->vm->hooks.file_user, path) != FILE_KIND_FILE) return NULL;
        r->text = r->vm->hooks.file_read(r->vm->hooks.file_user, path, &r->text_size);
        if (r->text == NULL) return NULL;
        r->file = file;
    }
    const char *at = r->text, *end = r->text + r->text_size;
    for (int i = 1; i < line; i++) {
        at = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (at == NULL) return NULL;
        at++;
    }
    if (at >= end) return NULL;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (stop == NULL) stop = end;
    if (stop > at && stop[-1] == '\r') stop--;
    *out_size = (size_t)(stop - at);
    return at;
}

static size_t count_characters(const char *text, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += (text[i] & 0xc0) != 0x80;
    return count;
}

Str *source_line_of(VM *vm, Str *filename, int line) {
    Report r = {.vm = vm};
    size_t size, indent = 0;
    const char *text = find_source_line(&r, filename, line, &size);
    while (text != NULL && indent < size && is_blank(text[indent])) indent++;
    Str *result = text != NULL ? str_from_latin1_or_utf8(vm, text + indent, size - indent, "replace") : NULL;
    release_source(&r);
    return result;
}

// ---- carets

// The marks under a source line, in characters from the line's start. Between left_end and right_start stand `^`, around them `~`.
typedef struct Marks { size_t start, end; bool anchored; size_t left_end, right_start; } Marks;

static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size) { return heap_raw_resize(user, block, old_size, new_size); }

static bool find_marks(Report *r, Code *code, uint32_t word, const char *line, size_t size, Marks *out) {
    CodePosition position = code_position(code, code->words + word);
    if (position.line < 0 || position.end_line < 0 || position.column < 0 || position.end_column < 0) return false;
    size_t start = (size_t)position.column, end = (size_t)position.end_column;
    if (start > size) return false;
    if (position.end_line != position.line) {
        end = size;
        while (end > 0 && is_blank(line[end - 1])) end--;
    }
    if (end > size) end = size;
    if (end < start) return false;
    *out = (Marks){.start = count_characters(line, start), .end = count_characters(line, end)};
    if (position.end_line == position.line) {
        Allocator allocator = {counted_resize, r->vm};
        uint32_t left, right;
        if (front_end_anchors(&allocator, line + start, end - start, &left, &right)) {
            out->anchored = true;
            out->left_end = out->start + count_characters(line + start, left);
            out->right_start = out->start + count_characters(line + start, right);
        }
    }
    size_t indent = 0;
    while (indent < size && is_blank(line[indent])) indent++;
    // Marks under the whole line tell nothing.
    return out->anchored || out->end - out->start != count_characters(line, size) - indent;
}

static bool add_carets(Report *r, const Marks *marks, size_t indent) {
    if (!add_margin(r) || !add(r, "    ")) return false;
    for (size_t column = indent; column < marks->end; column++) {
        const char *mark = column < marks->start ? " " : !marks->anchored ? "^" : column >= marks->left_end && column < marks->right_start ? "^" : "~";
        if (!add(r, mark)) return false;
    }
    return add(r, "\n");
}

// ---- tracebacks

static bool add_entry(Report *r, Traceback *tb) {
    Code *code = tb->code;
    int line = traceback_line(tb);
    Str *place = str_printf(r->vm, "  File \"%S\", line %d, in %S\n", code->filename, line, code->name);
    if (!add_margin(r) || !add_str(r, place)) return false;
    size_t size, indent = 0;
    const char *text = find_source_line(r, code->filename, line, &size);
    if (text == NULL) return true;
    while (indent < size && is_blank(text[indent])) indent++;
    Str *shown = str_from_latin1_or_utf8(r->vm, text + indent, size - indent, "replace");
    if (!add_margin(r) || !add(r, "    ") || !add_str(r, shown) || !add(r, "\n")) return false;
    Marks marks;
    return !find_marks(r, code, tb->word, text, size, &marks) || add_carets(r, &marks, indent);
}

static bool add_repeats(Report *r, size_t count) {
    if (count <= REPEATS_SHOWN) return true;
    count -= REPEATS_SHOWN;
    return add_margin(r) && add_str(r, str_printf(r->vm, "  [Previous line repeated %zu more time%s]\n", count, count == 1 ? "" : "s"));
}

// Would these read the same? Statements of the prompt are different code of one name.
static bool same_entry(VM *vm, Traceback *left, Traceback *right) {
    if (traceback_line(left) != traceback_line(right)) return false;
    const Code *a = left->code, *b = right->code;
    return a == b || (str_equal(vm, a->filename, b->filename) && str_equal(vm, a->name, b->name));
}

static bool add_traceback(Report *r, Value traceback, bool is_group) {
    if (!add_indent(r)) return false;
    if (is_group) {
        if (!add(r, r->depth == 1 ? "+ " : "| ") || !add(r, "Exception Group Traceback (most recent call last):\n")) return false;
    } else if ((r->depth > 0 && !add(r, "| ")) || !add(r, "Traceback (most recent call last):\n")) {
        return false;
    }
    size_t length = 0, repeats = 0;
    for (Value at = traceback; !is_none(at); at = ((Traceback *)to_object(at))->next) length++;
    Traceback *previous = NULL;
    for (Value at = traceback; !is_none(at); at = ((Traceback *)to_object(at))->next) {
        if (length-- > ENTRIES_SHOWN) continue;
        Traceback *tb = (Traceback *)to_object(at);
        bool same = previous != NULL && same_entry(r->vm, tb, previous);
        if (!same) {
            if (!add_repeats(r, repeats)) return false;
            repeats = 0;
        }
        previous = tb;
        if (++repeats <= REPEATS_SHOWN && !add_entry(r, tb)) return false;
        if (!vm_charge(r->vm, 16)) return false;
    }
    return add_repeats(r, repeats);
}

// ---- one exception

static bool is_int_or_none(Value value) { return is_int(value) || is_none(value) || is_undefined(value); }

// Whether an exception is a SyntaxError whose place can be shown; otherwise it is told as any exception is.
static bool has_syntax_place(Report *r, Value exception) {
    if (!is_instance(r->vm, exception, r->vm->exc.SyntaxError)) return false;
    const Value *fields = to_exception(exception)->fields;
    return is_int(fields[SYNTAX_LINENO]) && is_int_or_none(fields[SYNTAX_OFFSET]);
}

// The source line and the marks under it, as CPython prints them: it counts in bytes where it limits their number.
static bool add_syntax_text(Report *r, const char *text, size_t size, int64_t offset, int64_t end) {
    int64_t marks = end > 0 && end > offset ? end - offset : 1;
    offset--;
    while (size > 0 && (*text == ' ' || *text == '\t' || *text == '\f')) text++, size--, offset--;
    if (size > 0 && text[size - 1] == '\n') size--;
    if (offset > (int64_t)size) offset = (int64_t)size;
    // Only the line that the offset lies in.
    for (;;) {
        const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
        if (newline == NULL || newline - text >= offset) break;
        int64_t skipped = newline + 1 - text;
        text += skipped;
        size -= (size_t)skipped;
        offset -= skipped;
    }
    if (!add_margin(r) || !add(r, "    ") || !str_builder_add(&r->out, text, size) || !add(r, "\n")) return false;
    if (offset < 0) return true;
    if (!add_margin(r) || !add(r, "    ")) return false;
    while (offset-- > 0)
        if (!add(r, " ")) return false;
    while (marks-- > 0)
        if (!add(r, "^")) return false;
    return add(r, "\n");
}

// SyntaxError shows the place in the source that was refused.
static bool add_syntax_place(Report *r, Exception *e) {
    const Value *fields = e->fields;
    Value file = fields[SYNTAX_FILENAME], line = fields[SYNTAX_LINENO], text = fields[SYNTAX_TEXT];
    Str *name = is_none(file) || is_undefined(file) ? str_from_c(r->vm, "<string>") : value_str(r->vm, file);
    if (name == NULL) {
        raised_clear(r->vm);
        name = str_from_c(r->vm, "<string>");
    }
    Str *place = str_printf(r->vm, "  File \"%S\", line %lld\n", name, (long long)to_int(line));
    if (!add_margin(r) || !add_str(r, place)) return false;
    if (!is_str(text)) return true;
    const char *data = str_data(r->vm, to_str(text));
    if (data == NULL) return false;
    int64_t size = (int64_t)to_str(text)->size, end = -1, offset = is_int(fields[SYNTAX_OFFSET]) ? to_int(fields[SYNTAX_OFFSET]) : -1;
    // Of subclasses (IndentationError) only where the range begins is marked: so does CPython.
    if (class_of(r->vm, from_object(e)) == r->vm->exc.SyntaxError) {
        Value end_line = fields[SYNTAX_END_LINENO];
        if (is_int(fields[SYNTAX_END_OFFSET])) end = to_int(fields[SYNTAX_END_OFFSET]);
        if (is_int(end_line) && to_int(end_line) > to_int(line)) end = size;
        if (end > size + 1) end = size + 1;
    }
    return add_syntax_text(r, data, (size_t)size, offset, end);
}

// "module.Class", without the module for built-in classes and those of __main__.
static bool add_class_name(Report *r, Class *cls) {
    VM *vm = r->vm;
    if (!(cls->flags & CLASS_HEAP) && cls->module_name.bits == 0) return add_str(r, cls->qualname != NULL ? cls->qualname : cls->name);
    Value module = class_get_attr(vm, cls, vm->names.__module__);
    if (is_error(module)) {
        raised_clear(vm);
        module = UNDEFINED;
    }
    if (!is_str(module)) {
        if (!add(r, "<unknown>.")) return false;
    } else if (!str_equals_c(vm, to_str(module), "builtins") && !str_equals_c(vm, to_str(module), "__main__")) {
        if (!add_str(r, to_str(module)) || !add(r, ".")) return false;
    }
    return add_str(r, cls->qualname != NULL ? cls->qualname : cls->name);
}

static bool add_message(Report *r, Value exception) {
    VM *vm = r->vm;
    if (!add_margin(r) || !add_class_name(r, class_of(vm, exception))) return false;
    Str *text;
    if (has_syntax_place(r, exception)) {
        // The place has been shown: the message alone.
        Value message = to_exception(exception)->fields[SYNTAX_MSG];
        text = is_str(message) ? to_str(message) : value_str(vm, is_undefined(message) ? NONE : message);
    } else {
        text = value_str(vm, exception);
    }
    if (text == NULL) {
        raised_clear(vm);
        if (!add(r, ": <exception str() failed>")) return false;
    } else if (text->size > 0 && (!add(r, ": ") || !add_str(r, text))) {
        return false;
    }
    Str *suggestion = suggestion_for(vm, exception);
    if (is_raised(vm)) raised_clear(vm);
    if (suggestion != NULL && !add_str(r, str_printf(vm, ". Did you mean: '%S'?", suggestion))) return false;
    return add(r, "\n");
}

static bool add_note_lines(Report *r, Str *note) {
    const char *data = str_data(r->vm, note);
    if (data == NULL) return false;
    const char *at = data, *end = data + note->size;
    do {
        const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (stop == NULL) stop = end;
        if (!add_margin(r) || !str_builder_add(&r->out, at, (size_t)(stop - at)) || !add(r, "\n")) return false;
        at = stop + 1;
    } while (at < end);
    return true;
}

static bool add_notes(Report *r, Value exception) {
    VM *vm = r->vm;
    Value notes = attr_get_optional(vm, exception, vm->names.__notes__);
    if (is_error(notes)) return raised_clear(vm), true;
    if (is_undefined(notes)) return true;
    if (!is_list(notes) && !is_tuple(notes)) {
        Str *text = value_repr(vm, notes);
        return text != NULL && add_note_lines(r, text);
    }
    Iteration it;
    Value note;
    if (!iter_begin(vm, &it, notes)) return false;
    while (iter_step(vm, &it, &note)) {
        Str *text = is_str(note) ? to_str(note) : value_str(vm, note);
        if (text == NULL) {
            raised_clear(vm);
            text = str_from_c(vm, "<note str() failed>");
        }
        if (text == NULL || !add_note_lines(r, text)) return false;
    }
    return !it.failed;
}

static bool add_single(Report *r, Value exception, bool is_group) {
    Exception *e = to_exception(exception);
    if (!is_none(e->traceback) && !add_traceback(r, e->traceback, is_group)) return false;
    if (has_syntax_place(r, exception) && !add_syntax_place(r, e)) return false;
    return add_message(r, exception) && add_notes(r, exception);
}

// ---- chains and groups

static bool add_exception(Report *r, Value exception);

static bool add_group_part(Report *r, Tuple *parts, size_t index, size_t shown) {
    bool last = index + 1 == shown;
    if (last) r->need_close = true;
    char title[24];
    if (index < GROUP_WIDTH) snprintf(title, sizeof title, "%zu", index + 1);
    else snprintf(title, sizeof title, "...");
    if (!add_indent(r) || !add_str(r, str_printf(r->vm, "%s+---------------- %s ----------------\n", index == 0 ? "+-" : "  ", title))) return false;
    r->depth++;
    if (index < GROUP_WIDTH) {
        if (!add_exception(r, parts->items[index])) return false;
    } else {
        size_t more = parts->count - GROUP_WIDTH;
        if (!add_margin(r) || !add_str(r, str_printf(r->vm, "and %zu more exception%s\n", more, more == 1 ? "" : "s"))) return false;
    }
    if (last && r->need_close) {
        if (!add_indent(r) || !add(r, "+------------------------------------\n")) return false;
        r->need_close = false;
    }
    r->depth--;
    return true;
}

static bool add_group(Report *r, Value group) {
    if (r->depth > GROUP_DEPTH) return add_margin(r) && add_str(r, str_printf(r->vm, "... (max_group_depth is %d)\n", GROUP_DEPTH));
    bool outermost = r->depth == 0;
    if (outermost) r->depth = 1;
    if (!add_single(r, group, true)) return false;
    Tuple *parts = to_tuple(to_exception(group)->fields[GROUP_EXCEPTIONS]);
    size_t shown = parts->count <= GROUP_WIDTH ? parts->count : GROUP_WIDTH + 1;
    r->need_close = false;
    for (size_t i = 0; i < shown; i++)
        if (!add_group_part(r, parts, i, shown)) return false;
    if (outermost) r->depth = 0;
    return true;
}

static bool add_chained(Report *r, Value exception, const char *message) {
    bool need_close = r->need_close;
    r->need_close = false;
    if (!add_exception(r, exception)) return false;
    r->need_close = need_close;
    return add_margin(r) && add(r, "\n") && add_margin(r) && add(r, message) && add_margin(r) && add(r, "\n");
}

static bool was_seen(Report *r, Value exception) {
    int seen = set_contains(r->vm, r->seen, from_int(object_id(r->vm, exception)));
    if (seen < 0) raised_clear(r->vm);
    return seen != 0;
}

static bool add_exception(Report *r, Value exception) {
    VM *vm = r->vm;
    if (!stack_check(vm) || !set_add(vm, r->seen, from_int(object_id(vm, exception)))) return false;
    Exception *e = to_exception(exception);
    if (!is_none(e->cause)) {
        if (!was_seen(r, e->cause) && !add_chained(r, e->cause, "The above exception was the direct cause of the following exception:\n")) return false;
    } else if (!is_none(e->context) && !e->suppress_context) {
        if (!was_seen(r, e->context) && !add_chained(r, e->context, "During handling of the above exception, another exception occurred:\n")) return false;
    }
    if (is_instance(vm, exception, vm->exc.BaseExceptionGroup)) return add_group(r, exception);
    return add_single(r, exception, false);
}

Str *exception_report(VM *vm, Value exception) {
    Report r = {.vm = vm, .out = STR_BUILDER(vm), .seen = set_new(vm, false)};
    bool ok = r.seen != NULL && add_exception(&r, exception);
    release_source(&r);
    if (ok) return str_builder_finish(&r.out);
    str_builder_cancel(&r.out);
    return NULL;
}

// ---- showing

// To sys.stderr, whatever that is now; straight to the host when it is the VM's own or nothing works.
void report_write(VM *vm, Str *text) {
    Str *name = vm->names.stderr;
    Value stream = vm->sys_module != NULL ? dict_get_str(vm, vm->sys_module->dict, name) : UNDEFINED;
    if (is_none(stream)) return;
    if (!is_undefined(stream) && !vm->limits.paused) {
        Value argument = from_object(text);
        if (!is_error(call_method(vm, stream, vm->names.write, &argument, 1))) return;
        raised_clear(vm);
    }
    const char *data = str_data(vm, text);
    if (data != NULL) output_write(vm, 2, data, text->size);
}

void exception_show(VM *vm, Value exception) {
    Str *text = exception_report(vm, exception);
    if (text == NULL) {
        // No memory for the report: the name at least.
        raised_clear(vm);
        const char *data = str_data(vm, class_of(vm, exception)->name);
        if (data != NULL) output_write(vm, 2, data, class_of(vm, exception)->name->size);
        output_write(vm, 2, "\n", 1);
        return;
    }
    report_write(vm, text);
}

// What sys.unraisablehook does when nobody has put another in its place.
static void unraisable_show(VM *vm, const char *what, Value where, Value exception) {
    Str *place = is_undefined(where) ? NULL : value_repr(vm, where);
    raised_clear(vm);
    Str *head = NULL;
    if (what != NULL && place != NULL) head = str_printf(vm, "%s: %S\n", what, place);
    else if (place != NULL) head = str_printf(vm, "Exception ignored in: %S\n", place);
    else head = str_printf(vm, "%s:\n", what != NULL ? what : "Exception ignored");
    raised_clear(vm);
    if (head != NULL) report_write(vm, head);
    exception_show(vm, exception);
}

void raised_show_unraisable(VM *vm, const char *what, Value where) {
    Value exception = raised_take(vm);
    if (!is_undefined(exception)) unraisable_show(vm, what, where, exception);
}

// A program's own sys.unraisablehook; UNDEFINED when it has none or must not be called any more.
static Value own_unraisable_hook(VM *vm) {
    if (vm->sys_module == NULL || vm->limits.final || vm->limits.paused) return UNDEFINED;
    Str *name = str_intern_c(vm, "unraisablehook"), *original = str_intern_c(vm, "__unraisablehook__");
    if (name == NULL || original == NULL) return raised_clear(vm), UNDEFINED;
    Value hook = dict_get_str(vm, vm->sys_module->dict, name);
    return value_same(hook, dict_get_str(vm, vm->sys_module->dict, original)) ? UNDEFINED : hook;
}

static bool set_field(VM *vm, Value object, const char *name, Value value) {
    Str *interned = str_intern_c(vm, name);
    return interned != NULL && instance_set_own(vm, to_object(object), interned, value);
}

// What a hook is given.
static Value unraisable_arguments(VM *vm, const char *what, Value where, Value exception) {
    Value fields = instance_new(vm, vm->types.simple_namespace), text = NONE;
    if (is_error(fields)) return ERROR;
    if (what != NULL) {
        Str *message = str_from_c(vm, what);
        if (message == NULL) return ERROR;
        text = from_object(message);
    }
    Value traceback = is_exception(exception) ? to_exception(exception)->traceback : NONE;
    bool set = set_field(vm, fields, "exc_type", from_object(class_of(vm, exception))) && set_field(vm, fields, "exc_value", exception) &&
               set_field(vm, fields, "exc_traceback", traceback) && set_field(vm, fields, "err_msg", text) &&
               set_field(vm, fields, "object", is_undefined(where) ? NONE : where);
    return set ? fields : ERROR;
}

void raised_report_unraisable(VM *vm, const char *what, Value where) {
    Value exception = raised_take(vm), hook = own_unraisable_hook(vm);
    if (is_undefined(exception)) return;
    if (is_undefined(hook) || is_none(hook)) {
        unraisable_show(vm, what, where, exception);
        return;
    }
    Value fields = unraisable_arguments(vm, what, where, exception), result = is_error(fields) ? ERROR : call1(vm, hook, fields);
    if (is_error(result)) raised_show_unraisable(vm, "Exception ignored in sys.unraisablehook", hook);
}
