// File objects: see file.h.
#include "vm/types/file.h"

#include <errno.h>
#include <fcntl.h>

#include "vm/call.h"
#include "vm/codecs.h"
#include "vm/doors.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/threads.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

enum { OUTPUT_BUFFER = 8192, INPUT_CHUNK = 8192 };

static File *to_file(Value v) { return (File *)to_object(v); }

void file_trace(VM *vm, Object *object) {
    File *f = (File *)object;
    gc_mark_value(vm, f->name);
    gc_mark_value(vm, f->mode);
    gc_mark_value(vm, f->encoding);
    gc_mark_value(vm, f->errors);
}

// What is still buffered goes out, also when the program forgot to close the file.
void file_free(VM *vm, Object *object) {
    File *f = (File *)object;
    if (f->handle >= 0) {
        if (f->output_size > 0) vm->hooks.handle_write(vm->hooks.file_user, f->handle, f->output, f->output_size);
        if (!f->borrowed) vm->hooks.handle_close(vm->hooks.file_user, f->handle);
        f->handle = -1;
    }
    if (f->input != NULL) buffer_free(vm, f->input, f->capacity);
    if (f->output != NULL) buffer_free(vm, f->output, OUTPUT_BUFFER);
    f->input = f->output = NULL;
}

static bool check_open(VM *vm, File *f) {
    if (UNLIKELY(f->in_use) && !vm_wait_until_free(vm, &f->in_use)) return false;
    if (!f->closed) return true;
    raise_value_error(vm, "I/O operation on closed file.");
    return false;
}

static Class *unsupported_operation(VM *vm) {
    if (vm->unsupported_operation != NULL) return vm->unsupported_operation;
    Str *name = str_intern_c(vm, "UnsupportedOperation"), *module = str_intern_c(vm, "io");
    Tuple *bases = tuple_pack(vm, 2, from_object(vm->exc.OSError), from_object(vm->exc.ValueError));
    Dict *namespace = dict_new(vm);
    if (name == NULL || module == NULL || bases == NULL || namespace == NULL || !dict_set_str(vm, namespace, vm->names.__module__, from_object(module))) return NULL;
    Value cls = class_create(vm, vm->types.type, name, bases, namespace, NULL);
    if (is_error(cls)) return NULL;
    gc_make_immortal(vm, to_object(cls));
    return vm->unsupported_operation = to_class(cls);
}

static Value raise_unsupported(VM *vm, const char *what) {
    Class *cls = unsupported_operation(vm);
    return cls != NULL ? raise_error(vm, cls, what) : ERROR;
}

// ---- output

static bool send(VM *vm, File *f, const char *data, size_t size) {
    if (!limits_output(vm, size) || limits_output_discards(vm, size)) return false;
    while (size > 0) {
        // Other threads may come in meanwhile, and change whatever is not the file's own.
        bool own = data >= f->output && data <= f->output + OUTPUT_BUFFER;
        void *outside = own ? vm_release(vm) : NULL;
        f->in_use = outside != NULL;
        ptrdiff_t count = vm->hooks.handle_write(vm->hooks.file_user, f->handle, data, size);
        vm_acquire(vm, outside);
        f->in_use = false;
        if (count < 0) return raise_os_error(vm, (int)-count, UNDEFINED), false;
        data += count;
        size -= (size_t)count;
    }
    return true;
}

static bool flush(VM *vm, File *f) {
    size_t size = f->output_size;
    f->output_size = 0;
    return size == 0 || send(vm, f, f->output, size);
}

// Input that was read ahead is given back before the file's position matters to somebody else.
static bool drop_input(VM *vm, File *f) {
    ptrdiff_t ahead = (ptrdiff_t)(f->end - f->start);
    f->start = f->end = 0;
    f->at_end = false;
    if (ahead == 0) return true;
    int64_t position = vm->hooks.handle_seek(vm->hooks.file_user, f->handle, -ahead, 1);
    return position >= 0 || (raise_os_error(vm, (int)-position, UNDEFINED), false);
}

static bool put(VM *vm, File *f, const char *data, size_t size) {
    if (f->readable && !drop_input(vm, f)) return false;
    if (f->output == NULL && (f->output = buffer_new(vm, OUTPUT_BUFFER)) == NULL) return false;
    if (size > OUTPUT_BUFFER - f->output_size && !flush(vm, f)) return false;
    for (; size > OUTPUT_BUFFER && vm->threads != NULL; data += OUTPUT_BUFFER, size -= OUTPUT_BUFFER) {
        memcpy(f->output, data, OUTPUT_BUFFER);
        if (!send(vm, f, f->output, OUTPUT_BUFFER)) return false;
    }
    if (size > OUTPUT_BUFFER) return send(vm, f, data, size);
    memcpy(f->output + f->output_size, data, size);
    f->output_size += size;
    if (f->unbuffered) return flush(vm, f);
    return !f->line_buffering || memchr(data, '\n', size) == NULL || flush(vm, f);
}

static const char *encoding_of(VM *vm, File *f) { return str_data(vm, to_str(f->encoding)); }
static const char *errors_of(VM *vm, File *f) { return str_data(vm, to_str(f->errors)); }

static bool is_utf8(VM *vm, File *f) {
    const char *name = codec_canonical_name(encoding_of(vm, f));
    return name != NULL && strcmp(name, "utf-8") == 0;
}

// "\n" becomes what the file wants (on this system only where newline= says so).
static Str *translate_output(VM *vm, File *f, Str *text) {
    const char *to = f->newlines == NEWLINE_CRLF ? "\r\n" : f->newlines == NEWLINE_CR ? "\r" : NULL;
    const char *data = str_data(vm, text);
    if (to == NULL || data == NULL || memchr(data, '\n', text->size) == NULL) return data == NULL ? NULL : text;
    StrBuilder b = STR_BUILDER(vm);
    size_t from = 0;
    for (size_t i = 0; i < text->size; i++) {
        if (data[i] != '\n') continue;
        str_builder_add(&b, data + from, i - from);
        str_builder_add_c(&b, to);
        from = i + 1;
    }
    str_builder_add(&b, data + from, text->size - from);
    return str_builder_finish(&b);
}

static Value write_text(VM *vm, File *f, Value text) {
    if (!is_str(text)) return raise_type_error(vm, "write() argument must be str, not %T", text);
    Str *out = translate_output(vm, f, to_str(text));
    if (out == NULL) return ERROR;
    Value encoded = codec_encode(vm, out, encoding_of(vm, f), errors_of(vm, f));
    if (is_error(encoded) || !put(vm, f, (const char *)to_bytes(encoded)->data, to_bytes(encoded)->size)) return ERROR;
    return from_int(to_str(text)->length);
}

static Value file_write(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    if (!check_open(vm, f)) return ERROR;
    if (!f->writable) return raise_unsupported(vm, f->text ? "not writable" : "write");
    if (f->text) return write_text(vm, f, args[1]);
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, args[1], &data, &size) || !put(vm, f, (const char *)data, size)) return ERROR;
    return from_int((int64_t)size);
}

static Value file_writelines(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value pair[2] = {args[0], UNDEFINED};
    if (!iter_begin(vm, &it, args[1])) return ERROR;
    while (iter_step(vm, &it, &pair[1]))
        if (is_error(file_write(vm, pair, 2))) return ERROR;
    return it.failed ? ERROR : NONE;
}

// ---- input

// Reads more: 1 something came, 0 the end, -1 error.
static int fill(VM *vm, File *f) {
    if (f->at_end) return 0;
    if (f->start == f->end) f->start = f->end = 0;
    if (f->capacity - f->end < INPUT_CHUNK) {
        size_t capacity = f->capacity < 2 * INPUT_CHUNK ? 2 * INPUT_CHUNK : f->capacity * 2;
        char *grown = buffer_resize(vm, f->input, f->capacity, capacity);
        if (grown == NULL) return -1;
        f->input = grown;
        f->capacity = capacity;
    }
    void *outside = vm_release(vm);
    f->in_use = outside != NULL;
    ptrdiff_t count = vm->hooks.handle_read(vm->hooks.file_user, f->handle, f->input + f->end, f->capacity - f->end);
    vm_acquire(vm, outside);
    f->in_use = false;
    if (count < 0) return raise_os_error(vm, (int)-count, UNDEFINED), -1;
    f->end += (size_t)count;
    if (count == 0) f->at_end = true;
    return count > 0;
}

static bool begin_reading(VM *vm, File *f) {
    if (!check_open(vm, f)) return false;
    if (!f->readable) return raise_unsupported(vm, f->text ? "not readable" : "read"), false;
    return flush(vm, f);
}

// Encodings in which a newline is the byte \n and nothing else: lines can be found before decoding.
static bool has_plain_newlines(VM *vm, File *f) {
    const char *name = codec_canonical_name(encoding_of(vm, f));
    return name == NULL || (strncmp(name, "utf-16", 6) != 0 && strncmp(name, "utf-32", 6) != 0);
}

static Value decode(VM *vm, File *f, const char *data, size_t size) {
    if (!f->text) {
        Bytes *bytes = bytes_new(vm, data, size);
        return bytes != NULL ? from_object(bytes) : ERROR;
    }
    Value text = codec_decode(vm, UNDEFINED, (const uint8_t *)data, size, encoding_of(vm, f), errors_of(vm, f));
    if (is_error(text) || f->newlines != NEWLINE_UNIVERSAL) return text;
    Str *s = to_str(text);
    const char *plain = str_data(vm, s);
    if (plain == NULL) return ERROR;
    if (memchr(plain, '\r', s->size) == NULL) return text;
    StrBuilder b = STR_BUILDER(vm);
    for (size_t i = 0; i < s->size; i++) {
        size_t run = i;
        while (run < s->size && plain[run] != '\r') run++;
        str_builder_add(&b, plain + i, run - i);
        if (run < s->size) str_builder_add(&b, "\n", 1);
        i = run + (run + 1 < s->size && plain[run + 1] == '\n');
    }
    Str *translated = str_builder_finish(&b);
    return translated != NULL ? from_object(translated) : ERROR;
}

static Value take(VM *vm, File *f, size_t size) {
    Value result = decode(vm, f, size != 0 ? f->input + f->start : "", size);
    f->start += size;
    return result;
}

static Value read_all(VM *vm, File *f) {
    for (;;) {
        int more = fill(vm, f);
        if (more < 0) return ERROR;
        if (more == 0) return take(vm, f, f->end - f->start);
        if (!vm_charge(vm, 1)) return ERROR;
    }
}

// Bytes of the next `count` units (characters of a text, bytes of a binary file) among what is pending; *out_found how many there were.
static size_t size_of_units(VM *vm, File *f, size_t count, size_t *out_found) {
    size_t have = f->end - f->start, at = 0, found = 0;
    const char *data = f->input + f->start;
    bool multibyte = f->text && is_utf8(vm, f), universal = f->text && f->newlines == NEWLINE_UNIVERSAL;
    if (!multibyte && !universal) {
        *out_found = count < have ? count : have;
        return *out_found;
    }
    while (at < have && found < count) {
        if (universal && data[at] == '\r' && at + 1 < have && data[at + 1] == '\n') at++;
        at++;
        while (multibyte && at < have && (data[at] & 0xc0) == 0x80) at++;
        found++;
    }
    *out_found = found;
    return at;
}

static Value file_read(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    ptrdiff_t wanted = -1;
    if (arg_given(args, argc, 1) && !is_none(args[1]) && !index_as_clamped(vm, args[1], &wanted)) return ERROR;
    if (!begin_reading(vm, f)) return ERROR;
    if (wanted < 0) return read_all(vm, f);
    for (;;) {
        size_t found, size = size_of_units(vm, f, (size_t)wanted, &found);
        // One more byte behind the last character tells that it is whole.
        if (found == (size_t)wanted && (size < f->end - f->start || !f->text)) return take(vm, f, size);
        int more = fill(vm, f);
        if (more < 0) return ERROR;
        if (more == 0) return take(vm, f, size);
    }
}

// Length of the first line among the pending bytes, its end included, or 0 when no end is there yet.
static size_t line_size(File *f, size_t looked) {
    const char *data = f->input + f->start;
    size_t have = f->end - f->start;
    bool carriage_ends = f->text && (f->newlines == NEWLINE_UNIVERSAL || f->newlines == NEWLINE_KEPT);
    if (f->text && f->newlines == NEWLINE_CR) {
        const char *end = have > looked ? memchr(data + looked, '\r', have - looked) : NULL;
        return end != NULL ? (size_t)(end - data) + 1 : 0;
    }
    const char *newline = have > looked ? memchr(data + looked, '\n', have - looked) : NULL;
    if (f->text && f->newlines == NEWLINE_CRLF) {
        while (newline != NULL && (newline == data || newline[-1] != '\r')) newline = memchr(newline + 1, '\n', have - (size_t)(newline + 1 - data));
        return newline != NULL ? (size_t)(newline - data) + 1 : 0;
    }
    size_t limit = newline != NULL ? (size_t)(newline - data) : have;
    const char *carriage = carriage_ends && limit > looked ? memchr(data + looked, '\r', limit - looked) : NULL;
    if (carriage != NULL) {
        size_t at = (size_t)(carriage - data);
        if (at + 1 < have) return at + 1 + (data[at + 1] == '\n');
        return f->at_end ? at + 1 : 0;                     // what follows decides
    }
    return newline != NULL ? (size_t)(newline - data) + 1 : 0;
}

static Value read_line(VM *vm, File *f) {
    if (!begin_reading(vm, f)) return ERROR;
    if (f->text && !has_plain_newlines(vm, f)) {
        // Decode the rest at once; from here on the pending bytes are UTF-8.
        Value rest = read_all(vm, f);
        Str *name = is_error(rest) ? NULL : str_from_c(vm, "utf-8");
        if (name == NULL || str_data(vm, to_str(rest)) == NULL) return ERROR;
        size_t size = to_str(rest)->size;
        if (size > f->capacity) {
            char *grown = buffer_resize(vm, f->input, f->capacity, size);
            if (grown == NULL) return ERROR;
            f->input = grown;
            f->capacity = size;
        }
        if (size != 0) memcpy(f->input, to_str(rest)->data, size);
        f->start = 0;
        f->end = size;
        f->encoding = from_object(name);
        gc_write_barrier(vm, f);
    }
    size_t looked = 0;
    for (;;) {
        size_t size = f->end > f->start ? line_size(f, looked) : 0;
        if (size != 0) return take(vm, f, size);
        size_t have = f->end - f->start;
        looked = have > 0 ? have - 1 : 0;
        int more = fill(vm, f);
        if (more < 0) return ERROR;
        if (more == 0) {
            size = f->end > f->start ? line_size(f, looked) : 0;
            return take(vm, f, size != 0 ? size : have);
        }
    }
}

static bool is_empty(Value line) { return is_str(line) ? to_str(line)->size == 0 : to_bytes(line)->size == 0; }

static Value file_readline(VM *vm, const Value *args, int argc) {
    ptrdiff_t limit = -1;
    if (arg_given(args, argc, 1) && !is_none(args[1]) && !index_as_clamped(vm, args[1], &limit)) return ERROR;
    File *f = to_file(args[0]);
    if (limit < 0) return read_line(vm, f);
    Value line = read_line(vm, f);
    if (is_error(line)) return ERROR;
    // What is over the limit goes back into the buffer.
    size_t length = is_str(line) ? to_str(line)->length : to_bytes(line)->size;
    if (length <= (size_t)limit) return line;
    if (!is_str(line)) {
        f->start -= length - (size_t)limit;
        Bytes *part = bytes_new(vm, to_bytes(line)->data, (size_t)limit);
        return part != NULL ? from_object(part) : ERROR;
    }
    size_t offset = str_byte_offset(vm, to_str(line), (size_t)limit);
    f->start -= to_str(line)->size - offset;
    Str *part = str_slice(vm, to_str(line), 0, (size_t)limit);
    return part != NULL ? from_object(part) : ERROR;
}

static Value file_next(VM *vm, const Value *args, int argc) {
    Value line = read_line(vm, to_file(args[0]));
    return is_error(line) || !is_empty(line) ? line : STOP;
}

static Value file_readlines(VM *vm, const Value *args, int argc) {
    List *lines = list_new(vm, 0);
    if (lines == NULL) return ERROR;
    for (;;) {
        Value line = read_line(vm, to_file(args[0]));
        if (is_error(line)) return ERROR;
        if (is_empty(line)) return from_object(lines);
        if (!list_append(vm, lines, line)) return ERROR;
    }
}

// ---- position

static Value file_tell(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    if (!check_open(vm, f)) return ERROR;
    int64_t position = vm->hooks.handle_seek(vm->hooks.file_user, f->handle, 0, 1);
    if (position < 0) return raise_os_error(vm, (int)-position, UNDEFINED);
    return int_from_i64(vm, position - (int64_t)(f->end - f->start) + (int64_t)f->output_size);
}

static Value file_seek(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    int64_t offset, whence = 0;
    if (!check_open(vm, f) || !value_as_i64(vm, args[1], &offset) || (arg_given(args, argc, 2) && !value_as_i64(vm, args[2], &whence))) return ERROR;
    if (whence < 0 || whence > 2) return raise_value_error(vm, "invalid whence (%lld, should be 0, 1 or 2)", (long long)whence);
    if (f->text && whence == 1 && offset != 0) return raise_unsupported(vm, "can't do nonzero cur-relative seeks");
    if (f->text && whence == 2 && offset != 0) return raise_unsupported(vm, "can't do nonzero end-relative seeks");
    if (whence == 0 && offset < 0) return raise_value_error(vm, "negative seek position %lld", (long long)offset);
    if (!flush(vm, f) || !drop_input(vm, f)) return ERROR;
    int64_t position = vm->hooks.handle_seek(vm->hooks.file_user, f->handle, offset, (int)whence);
    return position < 0 ? raise_os_error(vm, (int)-position, UNDEFINED) : int_from_i64(vm, position);
}

static Value file_truncate(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    if (!check_open(vm, f)) return ERROR;
    if (!f->writable) return raise_unsupported(vm, "truncate");
    int64_t size;
    Value position = arg_given(args, argc, 1) && !is_none(args[1]) ? args[1] : file_tell(vm, args, 1);
    if (is_error(position) || !value_as_i64(vm, position, &size) || !flush(vm, f)) return ERROR;
    int error = vm->hooks.handle_truncate(vm->hooks.file_user, f->handle, size);
    return error < 0 ? raise_os_error(vm, -error, UNDEFINED) : int_from_i64(vm, size);
}

// ---- the rest

static Value file_flush(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    return check_open(vm, f) && flush(vm, f) ? NONE : ERROR;
}

static Value file_close(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    if (UNLIKELY(f->in_use) && !vm_wait_until_free(vm, &f->in_use)) return ERROR;
    if (f->closed) return NONE;
    bool ok = flush(vm, f);
    f->closed = true;
    int error = f->borrowed ? 0 : vm->hooks.handle_close(vm->hooks.file_user, f->handle);
    f->handle = -1;
    if (ok && error < 0) return raise_os_error(vm, -error, UNDEFINED);
    return ok ? NONE : ERROR;
}

static Value file_self(VM *vm, const Value *args, int argc) { return check_open(vm, to_file(args[0])) ? args[0] : ERROR; }
static Value file_fileno(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    return f->closed ? raise_value_error(vm, "I/O operation on closed file") : from_int(f->handle);
}
static Value file_readable(VM *vm, const Value *args, int argc) { return check_open(vm, to_file(args[0])) ? from_bool(to_file(args[0])->readable) : ERROR; }
static Value file_writable(VM *vm, const Value *args, int argc) { return check_open(vm, to_file(args[0])) ? from_bool(to_file(args[0])->writable) : ERROR; }
static Value file_seekable(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    return check_open(vm, f) ? from_bool(vm->hooks.handle_seek(vm->hooks.file_user, f->handle, 0, 1) >= 0) : ERROR;
}
static Value file_isatty(VM *vm, const Value *args, int argc) { return check_open(vm, to_file(args[0])) ? FALSE_VALUE : ERROR; }

static Value file_repr(VM *vm, const Value *args, int argc) {
    File *f = to_file(args[0]);
    Str *text = f->text ? str_printf(vm, "<_io.TextIOWrapper name=%R mode=%R encoding=%R>", f->name, f->mode, f->encoding)
                        : str_printf(vm, "<_io.Buffered%s name=%R>", f->readable && f->writable ? "Random" : f->readable ? "Reader" : "Writer", f->name);
    return text != NULL ? from_object(text) : ERROR;
}

static Value get_name(VM *vm, Value self) { return to_file(self)->name; }
static Value get_mode(VM *vm, Value self) { return to_file(self)->mode; }
static Value get_closed(VM *vm, Value self) { return from_bool(to_file(self)->closed); }
static Value get_encoding(VM *vm, Value self) { return to_file(self)->encoding; }
static Value get_errors(VM *vm, Value self) { return to_file(self)->errors; }
static Value get_newlines(VM *vm, Value self) { return NONE; }
static Value get_line_buffering(VM *vm, Value self) { return from_bool(to_file(self)->line_buffering); }

static const NativeDef file_methods[] = {
    {"read(self, size=-1, /)", file_read, "Read at most size characters (or bytes), or until the end.", 0},
    {"readline(self, size=-1, /)", file_readline, "Read a line; empty at the end.", 0},
    {"readlines(self, hint=-1, /)", file_readlines, "A list of the lines.", 0},
    {"write(self, data, /)", file_write, "Write; returns how many characters (or bytes).", 0},
    {"writelines(self, lines, /)", file_writelines, "Write each of an iterable.", 0},
    {"seek(self, offset, whence=0, /)", file_seek, "Change the position: from the start (0), the present position (1) or the end (2).", 0},
    {"tell(self, /)", file_tell, "The position.", 0},
    {"truncate(self, pos=None, /)", file_truncate, "Cut or lengthen the file to this size, by default at the position.", 0},
    {"flush(self, /)", file_flush, "Send on what is buffered.", 0},
    {"close(self, /)", file_close, "Flush and close; closing twice is allowed.", 0},
    {"fileno(self, /)", file_fileno, "The host's number of the file.", 0},
    {"readable(self, /)", file_readable, "Whether it can be read from.", 0},
    {"writable(self, /)", file_writable, "Whether it can be written to.", 0},
    {"seekable(self, /)", file_seekable, "Whether it has a position.", 0},
    {"isatty(self, /)", file_isatty, "Whether it is a terminal.", 0},
    {"__iter__(self, /)", file_self, "Implement iter(self).", 0},
    {"__next__(self, /)", file_next, "Implement next(self).", 0},
    {"__enter__(self, /)", file_self, NULL, 0},
    {"__exit__(self, /, *args)", file_close, NULL, 0},
    {"__repr__(self, /)", file_repr, "Return repr(self).", 0},
    {0},
};
static const GetSetDef file_getsets[] = {
    {"name", get_name, NULL, NULL},         {"mode", get_mode, NULL, NULL},     {"closed", get_closed, NULL, NULL},
    {0},
};
static const GetSetDef text_getsets[] = {
    {"name", get_name, NULL, NULL},         {"mode", get_mode, NULL, NULL},     {"closed", get_closed, NULL, NULL},
    {"encoding", get_encoding, NULL, NULL}, {"errors", get_errors, NULL, NULL}, {"newlines", get_newlines, NULL, NULL},
    {"line_buffering", get_line_buffering, NULL, NULL},
    {0},
};

bool file_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.text_file, .doc = "A file of text.", .methods = file_methods, .getsets = text_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION | CLASS_HAS_WEAKREF}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.binary_file, .doc = "A file of bytes.", .methods = file_methods, .getsets = file_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION | CLASS_HAS_WEAKREF});
}

// ---- open()

typedef struct Mode { bool read, write, append, create, plus, text, binary; } Mode;

static bool mode_read(VM *vm, Str *text, Mode *out) {
    const char *data = str_data(vm, text);
    if (data == NULL) return false;
    *out = (Mode){0};
    for (size_t i = 0; i < text->size; i++) {
        bool *flag = data[i] == 'r' ? &out->read : data[i] == 'w' ? &out->write : data[i] == 'a' ? &out->append : data[i] == 'x' ? &out->create
                     : data[i] == '+' ? &out->plus : data[i] == 't' ? &out->text : data[i] == 'b' ? &out->binary : NULL;
        if (flag == NULL || *flag) return raise_value_error(vm, "invalid mode: %R", from_object(text)), false;
        *flag = true;
    }
    if (out->text && out->binary) return raise_value_error(vm, "can't have text and binary mode at once"), false;
    int kinds = out->read + out->write + out->append + out->create;
    if (kinds > 1 || (kinds == 0 && out->plus)) return raise_value_error(vm, "must have exactly one of create/read/write/append mode"), false;
    if (kinds == 0) return raise_value_error(vm, "Must have exactly one of create/read/write/append mode and at most one plus"), false;
    return true;
}

static bool newline_read(VM *vm, Value v, uint8_t *out) {
    if (is_none(v)) return *out = NEWLINE_UNIVERSAL, true;
    if (!is_str(v)) return raise_type_error(vm, "open() argument 'newline' must be str or None, not %T", v), false;
    static const char *const texts[] = {[NEWLINE_KEPT] = "", [NEWLINE_LF] = "\n", [NEWLINE_CR] = "\r", [NEWLINE_CRLF] = "\r\n"};
    for (int i = NEWLINE_KEPT; i <= NEWLINE_CRLF; i++)
        if (str_equals_c(vm, to_str(v), texts[i])) return *out = (uint8_t)i, true;
    return raise_value_error(vm, "illegal newline value: %V", v), false;
}

// A path from a str, bytes or anything with __fspath__.
static Str *path_of(VM *vm, Value v) {
    if (is_str(v)) return to_str(v);
    const uint8_t *data;
    size_t size;
    if (is_bytes(v)) return bytes_like(vm, v, &data, &size) ? str_from_latin1_or_utf8(vm, (const char *)data, size, "surrogateescape") : NULL;
    Value path = call_special(vm, v, SPECIAL_FSPATH, NULL, 0);
    if (is_error(path)) return NULL;
    if (is_str(path)) return to_str(path);
    raise_type_error(vm, "expected str, bytes or os.PathLike object, not %T", v);
    return NULL;
}

static Value str_argument(VM *vm, const Value *args, int argc, int index, const char *name, const char *otherwise) {
    if (!arg_given(args, argc, index) || is_none(args[index])) {
        Str *text = str_from_c(vm, otherwise);
        return text != NULL ? from_object(text) : ERROR;
    }
    if (is_str(args[index])) return args[index];
    return raise_type_error(vm, "open() argument '%s' must be str or None, not %T", name, args[index]);
}

static int handle_of_path(VM *vm, Value given, const char *flags) {
    Str *path = path_of(vm, given);
    const char *data = path == NULL ? NULL : str_data(vm, path);
    if (data == NULL) return -1;
    if (memchr(data, 0, path->size) != NULL) return raise_value_error(vm, "embedded null byte"), -1;
    if (vm->hooks.handle_open == NULL) return raise_os_error(vm, EACCES, given), -1;
    void *outside = vm_release(vm);
    int handle = vm->hooks.handle_open(vm->hooks.file_user, data, flags);
    vm_acquire(vm, outside);
    if (handle < 0) raise_os_error(vm, -handle, given);
    return handle;
}

// A number instead of a path: only where a program could have got it from the system. Seeking tells whether it is open.
static int handle_of_number(VM *vm, Value number) {
    int64_t handle;
    if (!door_processes(vm) || !value_as_i64(vm, number, &handle)) return -1;
    if (handle < 0 || handle > INT32_MAX) return raise_value_error(vm, "negative file descriptor"), -1;
    if (vm->hooks.handle_seek == NULL) return raise_os_error(vm, EACCES, number), -1;
    if (vm->hooks.handle_seek(vm->hooks.file_user, (int)handle, 0, 1) == -EBADF) return raise_os_error(vm, EBADF, UNDEFINED), -1;
    return (int)handle;
}

static int handle_of_opener(VM *vm, Value opener, Value path, Mode mode) {
    int access = mode.plus ? O_RDWR : mode.read ? O_RDONLY : O_WRONLY;
    int how = mode.append ? O_APPEND | O_CREAT : mode.write ? O_CREAT | O_TRUNC : mode.create ? O_CREAT | O_EXCL : 0;
    Value number = call2(vm, opener, path, from_int(access | how | O_CLOEXEC));
    int64_t handle;
    if (is_error(number)) return -1;
    if (!is_int(number)) return raise_type_error(vm, "expected integer from opener"), -1;
    handle = to_int(number);
    if (handle < 0) return raise_value_error(vm, "opener returned %lld", (long long)handle), -1;
    return handle_of_number(vm, number);
}

static int handle_of(VM *vm, const Value *args, int argc, Mode mode, int closefd) {
    Value opener = arg_or(args, argc, 7, NONE);
    if (is_int(args[0])) return handle_of_number(vm, args[0]);
    if (!closefd) return raise_value_error(vm, "Cannot use closefd=False with file name"), -1;
    if (!is_none(opener)) return handle_of_opener(vm, opener, args[0], mode);
    const char flags[4] = {mode.append ? 'a' : mode.write ? 'w' : mode.create ? 'x' : 'r', mode.plus ? '+' : 0, 0, 0};
    return handle_of_path(vm, args[0], flags);
}

// args: file, mode, buffering, encoding, errors, newline, closefd, opener
Value file_open(VM *vm, const Value *args, int argc) {
    Mode mode;
    Value mode_text = str_argument(vm, args, argc, 1, "mode", "r");
    if (is_error(mode_text) || !mode_read(vm, to_str(mode_text), &mode)) return ERROR;
    Value newline = arg_or(args, argc, 5, NONE);
    if (mode.binary) {
        if (arg_given(args, argc, 3) && !is_none(args[3])) return raise_value_error(vm, "binary mode doesn't take an encoding argument");
        if (arg_given(args, argc, 4) && !is_none(args[4])) return raise_value_error(vm, "binary mode doesn't take an errors argument");
        if (!is_none(newline)) return raise_value_error(vm, "binary mode doesn't take a newline argument");
    }
    int64_t buffering = -1;
    if (arg_given(args, argc, 2) && !value_as_i64(vm, args[2], &buffering)) return ERROR;
    if (buffering == 0 && !mode.binary) return raise_value_error(vm, "can't have unbuffered text I/O");
    Value encoding = str_argument(vm, args, argc, 3, "encoding", "UTF-8"), errors = str_argument(vm, args, argc, 4, "errors", "strict");
    uint8_t newlines = NEWLINE_LF;
    if (is_error(encoding) || is_error(errors) || (!mode.binary && !newline_read(vm, newline, &newlines))) return ERROR;
    if (!mode.binary && codec_canonical_name(str_data(vm, to_str(encoding))) == NULL)
        return raise_error(vm, vm->exc.LookupError, "unknown encoding: %V", encoding);
    int closefd = arg_given(args, argc, 6) ? value_is_true(vm, args[6]) : 1;
    if (closefd < 0) return ERROR;
    Shape *shape = class_shape(vm, mode.binary ? vm->types.binary_file : vm->types.text_file);
    File *f = shape == NULL ? NULL : object_new(vm, KIND_FILE, shape, sizeof *f);
    if (f == NULL) return ERROR;
    f->handle = -1;
    int handle = handle_of(vm, args, argc, mode, closefd);
    if (handle < 0) return ERROR;
    f->handle = handle;
    if (mode.append) vm->hooks.handle_seek(vm->hooks.file_user, handle, 0, 2);   // where a pipe has no position, none is needed
    f->text = !mode.binary;
    f->readable = mode.read || mode.plus;
    f->writable = !mode.read || mode.plus;
    f->newlines = newlines;
    f->line_buffering = buffering == 1 && f->text;
    f->unbuffered = buffering == 0;
    f->borrowed = !closefd;
    f->name = args[0];
    f->mode = mode_text;
    f->encoding = encoding;
    f->errors = errors;
    gc_write_barrier(vm, f);
    return from_object(f);
}
