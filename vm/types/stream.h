// Standard streams: sys.stdin, sys.stdout and sys.stderr, and their `buffer` halves that take bytes. They read and write through the
// host's hooks.
#ifndef COIL_VM_TYPES_STREAM_H
#define COIL_VM_TYPES_STREAM_H

#include "vm/vm.h"

typedef struct Stream {
    Object head;
    int number;                // 0, 1, 2
    bool binary, closed;
    Value other;               // of a text stream: its `buffer`, made when asked for
    char *pending;             // input read from the host and not given out yet: [start, end) of capacity bytes
    size_t start, end, capacity;
    bool in_use;               // a thread waits for input outside the VM
    Str *prompt;               // what the next read from the host asks with: while stream_ask() runs
} Stream;
#define is_stream(v) is_kind(v, KIND_STREAM)
static inline Stream *to_stream(Value v) { return (Stream *)to_object(v); }

MUST_CHECK Value stream_new(VM *vm, int number, bool binary);
// Text to a text stream: what print() does when sys.stdout is the VM's own. Lone surrogates are UnicodeEncodeError.
MUST_CHECK bool stream_write(VM *vm, Stream *stream, Str *text);
// The stream that text written to `file` goes to: 1 or 2 when it is an open output stream of the VM's own, else 0.
static inline int output_stream_of(VM *vm, Value file) {
    (void)vm;
    return is_stream(file) && !to_stream(file)->binary && !to_stream(file)->closed ? to_stream(file)->number : 0;
}
bool stream_flush(VM *vm, Stream *stream);
// Whether input() asks the host for a line of this stream, which is sys.stdin, instead of writing a prompt and reading.
bool stream_is_asked(VM *vm, Value in);
// A line as from readline(), asked for with `prompt`.
MUST_CHECK Value stream_ask(VM *vm, Stream *stream, Str *prompt);
// A line with its newline; the empty string at the end of the input.
MUST_CHECK Str *stream_read_line(VM *vm, Stream *stream);

#endif
