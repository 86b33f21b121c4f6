// Standard output and error. See output.h.
#include "vm/output.h"

#include "base/utf8.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/str.h"

enum { BUFFER_SIZE = 8192 };

typedef struct OutputStream { Object head; int stream; } OutputStream;

// ---- the buffer

static void write_out(VM *vm, int stream, const char *text, size_t size) {
    if (size != 0 && vm->hooks.write != NULL) vm->hooks.write(vm->hooks.user, stream, text, size);
}

void output_flush(VM *vm) {
    size_t used = vm->output.used;
    vm->output.used = 0;
    write_out(vm, 1, vm->output.buffer, used);
}

void output_write(VM *vm, int stream, const char *text, size_t size) {
    if (stream == 1 && vm->output.buffer == NULL) vm->output.buffer = alloc_new(&vm->allocator, BUFFER_SIZE);
    if (stream != 1 || vm->output.buffer == NULL || size > BUFFER_SIZE / 2) {
        output_flush(vm);
        write_out(vm, stream, text, size);
        return;
    }
    if (size > BUFFER_SIZE - vm->output.used) output_flush(vm);
    memcpy(vm->output.buffer + vm->output.used, text, size);
    vm->output.used += size;
    if (vm->output.by_line && memchr(text, '\n', size) != NULL) output_flush(vm);
}

void output_close(VM *vm) {
    output_flush(vm);
    alloc_free(&vm->allocator, vm->output.buffer, vm->output.buffer == NULL ? 0 : BUFFER_SIZE);
    vm->output.buffer = NULL;
}

// ---- text

static Value raise_surrogates(VM *vm, Str *text) {
    size_t first = 0;
    uint32_t code_point;
    while (code_point = str_code_point_at(vm, text, first), code_point < 0xD800 || code_point > 0xDFFF) first++;
    size_t end = first + 1;
    while (end < text->length && (code_point = str_code_point_at(vm, text, end), code_point >= 0xD800 && code_point <= 0xDFFF)) end++;
    Str *encoding = str_from_c(vm, "utf-8"), *reason = str_from_c(vm, "surrogates not allowed");
    if (encoding == NULL || reason == NULL) return ERROR;
    Value args[5] = {from_object(encoding), from_object(text), from_int((int64_t)first), from_int((int64_t)end), from_object(reason)};
    return raise_with_args(vm, vm->exc.UnicodeEncodeError, 5, args);
}

// Lone surrogates as \udxxx.
static void write_escaped(VM *vm, int stream, const char *text, size_t size) {
    for (size_t i = 0; i < size;) {
        uint32_t code_point;
        size_t width = utf8_decode(text + i, &code_point);
        char escape[8] = "\\ud";
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            for (int digit = 0; digit < 3; digit++) escape[3 + digit] = "0123456789abcdef"[code_point >> (8 - 4 * digit) & 15];
            output_write(vm, stream, escape, 6);
        } else {
            output_write(vm, stream, text + i, width);
        }
        i += width;
    }
}

bool output_write_str(VM *vm, int stream, Str *text) {
    const char *data = str_data(vm, text);
    if (data == NULL) return false;
    if (LIKELY(str_is_ascii(text)) || !utf8_has_surrogate(data, text->size)) {
        output_write(vm, stream, data, text->size);
    } else if (stream == 2) {
        write_escaped(vm, stream, data, text->size);
    } else {
        raise_surrogates(vm, text);
        return false;
    }
    return vm_charge(vm, 1 + text->size / 64);
}

// ---- the objects

static inline int stream_of(Value v) { return ((OutputStream *)to_object(v))->stream; }

static Value new_of(VM *vm, Class *cls, int stream) {
    OutputStream *object = object_new_of(vm, cls, sizeof(OutputStream));
    if (object == NULL) return ERROR;
    object->stream = stream;
    return from_object(object);
}

Value output_stream_new(VM *vm, int stream) { return new_of(vm, vm->types.text_output, stream); }

int output_stream_of(VM *vm, Value file) { return is_exactly(vm, file, vm->types.text_output) ? stream_of(file) : 0; }

static Value text_write(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "write() argument must be str, not %T", args[1]);
    return output_write_str(vm, stream_of(args[0]), to_str(args[1])) ? from_int((int64_t)to_str(args[1])->length) : ERROR;
}

static Value text_writelines(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value pair[2] = {args[0], UNDEFINED};
    if (!iter_begin(vm, &it, args[1])) return ERROR;
    while (iter_step(vm, &it, &pair[1]))
        if (is_error(text_write(vm, pair, 2))) return ERROR;
    return it.failed ? ERROR : NONE;
}

static Value binary_write(VM *vm, const Value *args, int argc) {
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, args[1], &data, &size)) return ERROR;
    output_write(vm, stream_of(args[0]), (const char *)data, size);
    return vm_charge(vm, 1 + size / 64) ? from_int((int64_t)size) : ERROR;
}

static Value stream_flush(VM *vm, const Value *args, int argc) {
    output_flush(vm);
    return NONE;
}

static Value stream_true(VM *vm, const Value *args, int argc) { return TRUE_VALUE; }
static Value stream_false(VM *vm, const Value *args, int argc) { return FALSE_VALUE; }
static Value stream_isatty(VM *vm, const Value *args, int argc) { return from_bool(vm->output.by_line); }
static Value stream_fileno(VM *vm, const Value *args, int argc) { return from_int(stream_of(args[0])); }

static Value text_reconfigure(VM *vm, const Value *args, int argc) {
    Value by_line = args[0 + 1];
    if (is_undefined(by_line) || is_none(by_line)) return NONE;
    int wanted = value_is_true(vm, by_line);
    if (wanted < 0) return ERROR;
    if (stream_of(args[0]) == 1) vm->output.by_line = wanted;
    return NONE;
}

static Value text_repr(VM *vm, const Value *args, int argc) {
    return object_or_error(str_printf(vm, "<_io.TextIOWrapper name='<std%s>' mode='w' encoding='utf-8'>", stream_of(args[0]) == 1 ? "out" : "err"));
}

static Value binary_repr(VM *vm, const Value *args, int argc) {
    return object_or_error(str_printf(vm, "<_io.BufferedWriter name='<std%s>'>", stream_of(args[0]) == 1 ? "out" : "err"));
}

static Value stream_name(VM *vm, Value self) { return object_or_error(str_from_c(vm, stream_of(self) == 1 ? "<stdout>" : "<stderr>")); }
static Value text_encoding(VM *vm, Value self) { return object_or_error(str_from_c(vm, "utf-8")); }
static Value text_errors(VM *vm, Value self) { return object_or_error(str_from_c(vm, stream_of(self) == 1 ? "strict" : "backslashreplace")); }
static Value stream_mode(VM *vm, Value self) { return object_or_error(str_from_c(vm, "w")); }
static Value stream_closed(VM *vm, Value self) { return FALSE_VALUE; }
static Value text_line_buffering(VM *vm, Value self) { return from_bool(stream_of(self) == 2 || vm->output.by_line); }
static Value text_newlines(VM *vm, Value self) { return NONE; }
static Value text_buffer(VM *vm, Value self) { return new_of(vm, vm->types.binary_output, stream_of(self)); }

#define STREAM_METHODS                                                                              \
    {"flush(self, /)", stream_flush, "Sends on what stands in the buffer.", 0},                     \
    {"isatty(self, /)", stream_isatty, "Whether a terminal is at the other end.", 0},               \
    {"fileno(self, /)", stream_fileno, NULL, 0},                                                    \
    {"writable(self, /)", stream_true, NULL, 0},                                                    \
    {"readable(self, /)", stream_false, NULL, 0},                                                   \
    {"seekable(self, /)", stream_false, NULL, 0}

static const NativeDef text_methods[] = {
    {"__repr__(self, /)", text_repr, NULL, 0},
    {"write(self, text, /)", text_write, "Writes a str and returns its length.", 0},
    {"writelines(self, lines, /)", text_writelines, "Writes each str of an iterable.", 0},
    {"reconfigure(self, /, *, line_buffering=None, **kwargs)", text_reconfigure, "Changes how the stream is buffered.", 0},
    STREAM_METHODS,
    {0},
};

static const NativeDef binary_methods[] = {
    {"__repr__(self, /)", binary_repr, NULL, 0},
    {"write(self, data, /)", binary_write, "Writes bytes and returns how many.", 0},
    STREAM_METHODS,
    {0},
};

static const GetSetDef text_getsets[] = {
    {"name", stream_name, NULL, NULL},     {"encoding", text_encoding, NULL, NULL}, {"errors", text_errors, NULL, NULL},
    {"mode", stream_mode, NULL, NULL},     {"closed", stream_closed, NULL, NULL},   {"line_buffering", text_line_buffering, NULL, NULL},
    {"newlines", text_newlines, NULL, NULL}, {"buffer", text_buffer, NULL, NULL},   {0},
};

static const GetSetDef binary_getsets[] = {
    {"name", stream_name, NULL, NULL},
    {"mode", stream_mode, NULL, NULL},
    {"closed", stream_closed, NULL, NULL},
    {0},
};

bool output_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.text_output, .instance_size = sizeof(OutputStream), .methods = text_methods,
                                      .getsets = text_getsets, .flags = CLASS_DISALLOW_INSTANTIATION}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.binary_output, .instance_size = sizeof(OutputStream), .methods = binary_methods,
                                      .getsets = binary_getsets, .flags = CLASS_DISALLOW_INSTANTIATION});
}
