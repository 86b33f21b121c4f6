// File objects: what open() gives. One type does what CPython's layers of io do together: a buffer over the host's file hooks, and for
// text files decoding, encoding and newlines on top.
#ifndef COIL_VM_TYPES_FILE_H
#define COIL_VM_TYPES_FILE_H

#include "vm/vm.h"

typedef enum NewlineMode { NEWLINE_UNIVERSAL, NEWLINE_KEPT, NEWLINE_LF, NEWLINE_CR, NEWLINE_CRLF } NewlineMode;

typedef struct File {
    Object head;
    int handle;                // the host's, -1 once closed
    bool text, readable, writable, closed, line_buffering, unbuffered;
    bool borrowed;             // closefd=False: the handle stays open
    uint8_t newlines;          // NewlineMode
    Value name, mode, encoding, errors;
    char *input;               // read and not given out yet: [start, end) of capacity bytes; of a text file UTF-8 after `decoded`
    size_t start, end, capacity;
    bool at_end;               // the host has no more input
    bool in_use;               // a thread reads or writes it outside the VM
    char *output;              // written and not sent yet
    size_t output_size;
} File;
#define is_file(v) is_kind(v, KIND_FILE)

// open(): args as the built-in has them.
Value file_open(VM *vm, const Value *args, int argc);

#endif
