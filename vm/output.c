// Standard output and error. See output.h.
#include "vm/output.h"

#include "base/utf8.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/str.h"

enum { BUFFER_SIZE = 8192, PIECE_SIZE = 64 << 10 };

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
    if (limits_output_discards(vm, size)) return;
    if (stream == 1 && vm->output.buffer == NULL) vm->output.buffer = alloc_new(&vm->allocator, BUFFER_SIZE);
    if (stream != 1 || vm->output.buffer == NULL || size > BUFFER_SIZE / 2) {
        output_flush(vm);
        write_out(vm, stream, text, size);
        return;
    }
    if (size > BUFFER_SIZE - vm->output.used) output_flush(vm);
    memcpy(vm->output.buffer + vm->output.used, text, size);
    vm->output.used += size;
    if (vm->output.unbuffered || (vm->output.by_line && memchr(text, '\n', size) != NULL)) output_flush(vm);
}

void output_close(VM *vm) {
    output_flush(vm);
    alloc_free(&vm->allocator, vm->output.buffer, vm->output.buffer == NULL ? 0 : BUFFER_SIZE);
    vm->output.buffer = NULL;
}

bool output_check(VM *vm) {
    if (LIKELY(vm->output.error_number == 0)) return true;
    int number = vm->output.error_number;
    vm->output.error_number = 0;
    (void)raise_os_error(vm, number, UNDEFINED);
    return false;
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
    if (data == NULL || !limits_output(vm, text->size)) return false;
    if (LIKELY(str_is_ascii(text)) || !utf8_has_surrogate(data, text->size)) {
        for (size_t at = 0; at < text->size;) {   // in pieces: whoever reads them may be slow
            size_t size = text->size - at < PIECE_SIZE ? text->size - at : PIECE_SIZE;
            output_write(vm, stream, data + at, size);
            at += size;
            if (!output_check(vm) || !vm_charge(vm, 1 + size / 64)) return false;
        }
        return true;
    } else if (stream == 2) {
        write_escaped(vm, stream, data, text->size);
    } else {
        raise_surrogates(vm, text);
        return false;
    }
    return output_check(vm) && vm_charge(vm, 1 + text->size / 16);
}
