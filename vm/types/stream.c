// Standard streams: see stream.h.
#include "vm/types/stream.h"

#include <errno.h>

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/output.h"
#include "vm/threads.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

void stream_trace(VM *vm, Object *object) { gc_mark_value(vm, ((Stream *)object)->other); }

void stream_free(VM *vm, Object *object) {
    Stream *stream = (Stream *)object;
    if (stream->pending != NULL) buffer_free(vm, stream->pending, stream->capacity);
    stream->pending = NULL;
}

Value stream_new(VM *vm, int number, bool binary) {
    Shape *shape = class_shape(vm, binary ? vm->types.binary_stream : vm->types.text_stream);
    Stream *stream = shape == NULL ? NULL : object_new(vm, KIND_STREAM, shape, sizeof *stream);
    if (stream == NULL) return ERROR;
    stream->number = number;
    stream->binary = binary;
    return from_object(stream);
}

// ---- output

static bool check_writable(VM *vm, Stream *stream) {
    if (stream->closed) return raise_value_error(vm, "I/O operation on closed file."), false;
    if (stream->number != 0) return true;
    return raise_error(vm, vm->exc.OSError, "not writable"), false;
}

bool stream_write(VM *vm, Stream *stream, Str *text) {
    if (!check_writable(vm, stream)) return false;
    return output_write_str(vm, stream->number, text);
}

bool stream_flush(VM *vm, Stream *stream) {
    if (stream->closed) return raise_value_error(vm, "I/O operation on closed file."), false;
    output_flush(vm);
    if (vm->hooks.flush != NULL) vm->hooks.flush(vm->hooks.user, stream->number);
    return output_check(vm);
}

static Value text_write(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "write() argument must be str, not %A", args[1]);
    return stream_write(vm, to_stream(args[0]), to_str(args[1])) ? from_int(to_str(args[1])->length) : ERROR;
}

static Value binary_write(VM *vm, const Value *args, int argc) {
    Stream *stream = to_stream(args[0]);
    const uint8_t *data;
    size_t size;
    if (!check_writable(vm, stream) || !bytes_like(vm, args[1], &data, &size)) return ERROR;
    if (!limits_output(vm, size)) return ERROR;
    output_write(vm, stream->number, (const char *)data, size);
    return output_check(vm) ? from_int((int64_t)size) : ERROR;
}

static Value stream_writelines(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value line;
    if (!iter_begin(vm, &it, args[1])) return ERROR;
    while (iter_step(vm, &it, &line)) {
        Value pair[2] = {args[0], line};
        if (is_error(to_stream(args[0])->binary ? binary_write(vm, pair, 2) : text_write(vm, pair, 2))) return ERROR;
    }
    return it.failed ? ERROR : NONE;
}

static Value stream_method_flush(VM *vm, const Value *args, int argc) { return stream_flush(vm, to_stream(args[0])) ? NONE : ERROR; }

// ---- input

// Reads more from the host: 1 something came, 0 end, -1 error.
static int fill(VM *vm, Stream *stream) {
    if (vm->hooks.read == NULL) return 0;
    if (stream->start == stream->end) stream->start = stream->end = 0;
    if (stream->capacity - stream->end < 4096) {
        size_t capacity = stream->capacity < 8192 ? 8192 : stream->capacity * 2;
        char *grown = buffer_resize(vm, stream->pending, stream->capacity, capacity);
        if (grown == NULL) return -1;
        stream->pending = grown;
        stream->capacity = capacity;
    }
    ptrdiff_t count;
    const char *prompt = NULL;
    size_t prompt_size = 0;
    if (stream->prompt != NULL) {
        prompt = str_data(vm, stream->prompt);
        if (prompt == NULL) return -1;
        prompt_size = stream->prompt->size;
        stream->prompt = NULL;
    }
    do {
        void *outside = vm_release(vm);
        stream->in_use = outside != NULL;
        errno = 0;
        char *end = stream->pending + stream->end;
        size_t room = stream->capacity - stream->end;
        if (prompt == NULL) count = vm->hooks.read(vm->hooks.user, end, room);
        else count = vm->hooks.ask(vm->hooks.user, prompt, prompt_size, end, room);
        vm_acquire(vm, outside);
        stream->in_use = false;
        // A read that a signal ended: it may have been an interrupt.
        if (count < 0 && !vm_step(vm)) return -1;
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        if (!is_raised(vm)) (void)raise_os_error(vm, 5, UNDEFINED);
        return -1;
    }
    stream->end += (size_t)count;
    return count > 0;
}

static bool check_readable(VM *vm, Stream *stream) {
    if (UNLIKELY(stream->in_use) && !vm_wait_until_free(vm, &stream->in_use)) return false;
    if (stream->closed) return raise_value_error(vm, "I/O operation on closed file."), false;
    if (stream->number == 0) return true;
    return raise_error(vm, vm->exc.OSError, "not readable"), false;
}

static Value take(VM *vm, Stream *stream, size_t size) {
    const char *data = stream->pending + stream->start;
    Value result;
    if (stream->binary) {
        Bytes *bytes = bytes_new(vm, data, size);
        result = bytes != NULL ? from_object(bytes) : ERROR;
    } else {
        Str *text = str_from_latin1_or_utf8(vm, size != 0 ? data : "", size, "surrogateescape");
        result = text != NULL ? from_object(text) : ERROR;
    }
    stream->start += size;
    return result;
}

static Value read_line(VM *vm, Stream *stream) {
    if (!check_readable(vm, stream)) return ERROR;
    size_t looked = 0;
    for (;;) {
        size_t have = stream->end - stream->start;
        const char *data = stream->pending + stream->start;
        const char *newline = have > looked ? memchr(data + looked, '\n', have - looked) : NULL;
        if (newline != NULL) return take(vm, stream, (size_t)(newline - data) + 1);
        looked = have;
        int more = fill(vm, stream);
        if (more < 0) return ERROR;
        if (more == 0) return take(vm, stream, have);
    }
}

bool stream_is_asked(VM *vm, Value in) {
    const struct Hooks *hooks = &vm->hooks;
    if (hooks->ask == NULL || hooks->is_terminal == NULL || !is_stream(in)) return false;
    const Stream *stream = to_stream(in);
    // What has been read already comes first.
    if (stream->number != 0 || stream->binary || stream->closed || stream->in_use || stream->start < stream->end) return false;
    return hooks->is_terminal(hooks->user, 0) && hooks->is_terminal(hooks->user, 1);
}

Value stream_ask(VM *vm, Stream *stream, Str *prompt) {
    stream->prompt = prompt;
    Value line = read_line(vm, stream);
    stream->prompt = NULL;
    gc_keep(prompt);
    return line;
}

Str *stream_read_line(VM *vm, Stream *stream) {
    Value line = read_line(vm, stream);
    return is_error(line) ? NULL : to_str(line);
}

// Bytes of the first `count` characters that are pending, or all of them; *out_count says how many there were.
static size_t size_of_characters(Stream *stream, size_t count, size_t *out_count) {
    const char *data = stream->pending + stream->start;
    size_t have = stream->end - stream->start, at = 0, seen = 0;
    while (at < have && seen < count) {
        at++;
        if (!stream->binary)
            while (at < have && (data[at] & 0xc0) == 0x80) at++;
        seen++;
    }
    *out_count = seen;
    return at;
}

static Value stream_read(VM *vm, const Value *args, int argc) {
    Stream *stream = to_stream(args[0]);
    if (!check_readable(vm, stream)) return ERROR;
    ptrdiff_t wanted = -1;
    if (arg_given(args, argc, 1) && !is_none(args[1]) && !index_as_clamped(vm, args[1], &wanted)) return ERROR;
    for (;;) {
        size_t count, size = size_of_characters(stream, wanted < 0 ? SIZE_MAX : (size_t)wanted, &count);
        if (wanted >= 0 && count >= (size_t)wanted && (size < stream->end - stream->start || stream->binary || wanted == 0)) return take(vm, stream, size);
        int more = fill(vm, stream);
        if (more < 0) return ERROR;
        if (more == 0) return take(vm, stream, size);
    }
}

static Value stream_readline(VM *vm, const Value *args, int argc) { return read_line(vm, to_stream(args[0])); }

static bool is_empty_line(Value line) { return is_str(line) ? to_str(line)->size == 0 : to_bytes(line)->size == 0; }

static Value stream_next(VM *vm, const Value *args, int argc) {
    Value line = read_line(vm, to_stream(args[0]));
    return is_error(line) || !is_empty_line(line) ? line : STOP;
}

static Value stream_readlines(VM *vm, const Value *args, int argc) {
    List *lines = list_new(vm, 0);
    if (lines == NULL) return ERROR;
    for (;;) {
        Value line = read_line(vm, to_stream(args[0]));
        if (is_error(line)) return ERROR;
        if (is_empty_line(line)) return from_object(lines);
        if (!list_append(vm, lines, line)) return ERROR;
    }
}

// ---- the rest

static Value stream_self(VM *vm, const Value *args, int argc) { return args[0]; }
static Value stream_close(VM *vm, const Value *args, int argc) {
    Stream *stream = to_stream(args[0]);
    if (!stream->closed && stream->number != 0 && !stream_flush(vm, stream)) return ERROR;
    stream->closed = true;
    return NONE;
}
static Value stream_isatty(VM *vm, const Value *args, int argc) {
    return from_bool(vm->hooks.is_terminal != NULL && vm->hooks.is_terminal(vm->hooks.user, to_stream(args[0])->number));
}
static Value stream_fileno(VM *vm, const Value *args, int argc) { return from_int(to_stream(args[0])->number); }
static Value stream_readable(VM *vm, const Value *args, int argc) { return from_bool(to_stream(args[0])->number == 0); }
static Value stream_writable(VM *vm, const Value *args, int argc) { return from_bool(to_stream(args[0])->number != 0); }
static Value stream_seekable(VM *vm, const Value *args, int argc) { return FALSE_VALUE; }
// Only the buffering can change: the streams are UTF-8 always.
static Value stream_reconfigure(VM *vm, const Value *args, int argc) {
    Value by_line = args[4];
    if (is_undefined(by_line) || is_none(by_line)) return NONE;
    int wanted = value_is_true(vm, by_line);
    if (wanted < 0) return ERROR;
    if (to_stream(args[0])->number == 1) vm->output.by_line = wanted;
    return NONE;
}

static const char *stream_name(Stream *stream) { return stream->number == 0 ? "<stdin>" : stream->number == 1 ? "<stdout>" : "<stderr>"; }
static const char *stream_mode(Stream *stream) { return stream->number == 0 ? "r" : "w"; }

static Value stream_repr(VM *vm, const Value *args, int argc) {
    Stream *stream = to_stream(args[0]);
    Str *text = stream->binary ? str_printf(vm, "<_io.Buffered%s name='%s'>", stream->number == 0 ? "Reader" : "Writer", stream_name(stream))
                               : str_printf(vm, "<_io.TextIOWrapper name='%s' mode='%s' encoding='utf-8'>", stream_name(stream), stream_mode(stream));
    return text != NULL ? from_object(text) : ERROR;
}

static Value text_or_error(VM *vm, const char *text) {
    Str *s = str_from_c(vm, text);
    return s != NULL ? from_object(s) : ERROR;
}
static Value get_encoding(VM *vm, Value self) { return text_or_error(vm, "utf-8"); }
static Value get_errors(VM *vm, Value self) { return text_or_error(vm, to_stream(self)->number == 2 ? "backslashreplace" : "strict"); }
static Value get_name(VM *vm, Value self) { return text_or_error(vm, stream_name(to_stream(self))); }
static Value get_mode(VM *vm, Value self) { return text_or_error(vm, stream_mode(to_stream(self))); }
static Value get_newlines(VM *vm, Value self) { return NONE; }
static Value get_closed(VM *vm, Value self) { return from_bool(to_stream(self)->closed); }
static Value get_line_buffering(VM *vm, Value self) {
    return from_bool(to_stream(self)->number == 2 || (vm->hooks.is_terminal != NULL && vm->hooks.is_terminal(vm->hooks.user, to_stream(self)->number)));
}
static Value get_buffer(VM *vm, Value self) {
    Stream *stream = to_stream(self);
    if (is_undefined(stream->other)) {
        Value binary = stream_new(vm, stream->number, true);
        if (is_error(binary)) return ERROR;
        stream->other = binary;
        gc_write_barrier(vm, stream);
    }
    return stream->other;
}

#define COMMON_METHODS                                                                                             \
    {"writelines(self, lines, /)", stream_writelines, "Write a list of lines to stream.", 0},                      \
    {"flush(self, /)", stream_method_flush, "Flush what is buffered.", 0},                                         \
    {"read(self, size=-1, /)", stream_read, "Read at most size characters, or until the end.", 0},                 \
    {"readline(self, size=-1, /)", stream_readline, "Read a line; empty at the end.", 0},                          \
    {"readlines(self, hint=-1, /)", stream_readlines, "Return a list of lines from the stream.", 0},               \
    {"__iter__(self, /)", stream_self, "Implement iter(self).", 0},                                                \
    {"__next__(self, /)", stream_next, "Implement next(self).", 0},                                                \
    {"__enter__(self, /)", stream_self, NULL, 0},                                                                  \
    {"__exit__(self, /, *args)", stream_close, NULL, 0},                                                           \
    {"__repr__(self, /)", stream_repr, "Return repr(self).", 0},                                                   \
    {"close(self, /)", stream_close, "Flush and close the stream.", 0},                                            \
    {"isatty(self, /)", stream_isatty, "Whether this is a terminal.", 0},                                          \
    {"fileno(self, /)", stream_fileno, "Number of the stream.", 0},                                                \
    {"readable(self, /)", stream_readable, "Whether it can be read from.", 0},                                     \
    {"writable(self, /)", stream_writable, "Whether it can be written to.", 0},                                    \
    {"seekable(self, /)", stream_seekable, "Standard streams cannot seek.", 0}

static const NativeDef text_methods[] = {
    {"write(self, text, /)", text_write, "Write the text; returns the number of characters.", 0},
    {"reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)", stream_reconfigure,
     "Accepted; the streams are UTF-8 always.", 0},
    COMMON_METHODS,
    {0},
};
static const NativeDef binary_methods[] = {
    {"write(self, data, /)", binary_write, "Write the bytes; returns their number.", 0},
    COMMON_METHODS,
    {0},
};
static const GetSetDef text_getsets[] = {
    {"encoding", get_encoding, NULL, NULL}, {"errors", get_errors, NULL, NULL},     {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},         {"newlines", get_newlines, NULL, NULL}, {"closed", get_closed, NULL, NULL},
    {"buffer", get_buffer, NULL, NULL},     {"line_buffering", get_line_buffering, NULL, NULL},
    {0},
};
static const GetSetDef binary_getsets[] = {{"name", get_name, NULL, NULL}, {"mode", get_mode, NULL, NULL}, {"closed", get_closed, NULL, NULL}, {0}};

bool stream_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.text_stream, .doc = "A standard stream of text.", .methods = text_methods,
                                      .getsets = text_getsets, .flags = CLASS_DISALLOW_INSTANTIATION}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.binary_stream, .doc = "A standard stream of bytes.", .methods = binary_methods,
                                      .getsets = binary_getsets, .flags = CLASS_DISALLOW_INSTANTIATION});
}
