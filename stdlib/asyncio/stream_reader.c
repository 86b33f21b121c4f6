// StreamReader: bytes that came, and the task that waits for more of them.
//
// The reading methods are operations (operation.c): nothing but one object stands between the task that awaits and the buffer. When much
// more has come than the program reads, the transport is told to pause.
#define _GNU_SOURCE   // memmem
#include "stdlib/asyncio/transport.h"

enum { DEFAULT_LIMIT = 64 * 1024 };

static StreamReader *to_reader(Value v) { return (StreamReader *)to_object(v); }
static StreamReader *reader_of(Operation *operation) { return (StreamReader *)operation->owner; }
static size_t waiting(const StreamReader *reader) { return byte_queue_size(&reader->in); }

void stream_reader_trace(VM *vm, Object *object) {
    StreamReader *reader = (StreamReader *)object;
    gc_mark_object(vm, reader->loop);
    gc_mark_value(vm, reader->exception);
    gc_mark_value(vm, reader->transport);
    gc_mark_object(vm, reader->waiters.first);
}

void stream_reader_free(VM *vm, Object *object) { byte_queue_clear(vm, &((StreamReader *)object)->in); }

// ---- what comes

static bool wake(VM *vm, StreamReader *reader) {
    while (reader->waiters.first != NULL) {
        Operation *operation = reader->waiters.first;
        waiters_remove(vm, reader, &reader->waiters, operation);
        if (operation_is_waiting(operation) && !operation_tell(vm, operation)) return false;
    }
    return true;
}

// A transport that cannot pause has no limit.
static bool pause_transport(VM *vm, StreamReader *reader) {
    if (is_none(reader->transport) || reader->paused || waiting(reader) <= 2 * reader->limit) return true;
    if (is_transport(vm, reader->transport)) {
        reader->paused = true;
        return transport_pause_reading(vm, to_transport(reader->transport));
    }
    if (is_error(call_method(vm, reader->transport, IO_STATE(vm)->names.pause_reading, NULL, 0))) {
        if (!raised_matches(vm, vm->exc.NotImplementedError)) return false;
        raised_clear(vm);
        reader->transport = NONE;
        return true;
    }
    return reader->paused = true;
}

static bool resume_transport(VM *vm, StreamReader *reader) {
    if (!reader->paused || waiting(reader) > reader->limit) return true;
    reader->paused = false;
    if (is_transport(vm, reader->transport)) return transport_resume_reading(vm, to_transport(reader->transport));
    return !is_error(call_method(vm, reader->transport, IO_STATE(vm)->names.resume_reading, NULL, 0));
}

bool stream_feed(VM *vm, StreamReader *reader, const void *data, size_t size) {
    if (size == 0) return true;
    return byte_queue_add(vm, &reader->in, data, size) && wake(vm, reader) && pause_transport(vm, reader);
}

bool stream_feed_eof(VM *vm, StreamReader *reader) {
    reader->eof = true;
    return wake(vm, reader);
}

bool stream_set_exception(VM *vm, StreamReader *reader, Value exception) {
    reader->exception = exception;
    gc_write_barrier(vm, reader);
    return wake(vm, reader);
}

// ---- the reading operations

static Value raise_python(VM *vm, const char *name, Value a, Value b) {
    Value cls = asyncio_python(vm, "exceptions", name), exception = is_error(cls) ? ERROR : call2(vm, cls, a, b);
    return is_error(exception) ? ERROR : raise_exception(vm, exception);
}

static Value raise_incomplete(VM *vm, StreamReader *reader, Value expected) {
    Value partial = byte_queue_take(vm, &reader->in, waiting(reader));
    return is_error(partial) ? ERROR : raise_python(vm, "IncompleteReadError", partial, expected);
}

static bool check_exception(VM *vm, StreamReader *reader) {
    if (LIKELY(is_none(reader->exception))) return true;
    raise_exception(vm, reader->exception);
    return false;
}

static DelegateOutcome wait_for_data(VM *vm, Operation *operation, const char *method) {
    StreamReader *reader = reader_of(operation);
    if (reader->waiters.first != NULL) {
        raise_error(vm, vm->exc.RuntimeError, "%s() called while another coroutine is already waiting for incoming data", method);
        return DELEGATE_RAISED;
    }
    if (reader->paused) {   // it wants more than the limit
        reader->paused = false;
        bool fine = is_transport(vm, reader->transport)
                        ? transport_resume_reading(vm, to_transport(reader->transport))
                        : !is_error(call_method(vm, reader->transport, IO_STATE(vm)->names.resume_reading, NULL, 0));
        if (!fine) return DELEGATE_RAISED;
    }
    if (operation->future.loop == NULL) operation->future.loop = reader->loop;
    waiters_add(vm, reader, &reader->waiters, operation);
    return DELEGATE_SUSPEND;
}

static bool reader_abandon(VM *vm, Operation *operation, bool woken) {
    waiters_remove(vm, operation->owner, &reader_of(operation)->waiters, operation);
    return true;
}

static DelegateOutcome give(VM *vm, StreamReader *reader, size_t size, Value *out) {
    *out = byte_queue_take(vm, &reader->in, size);
    return is_error(*out) || !resume_transport(vm, reader) ? DELEGATE_RAISED : DELEGATE_DONE;
}

// read(n), n > 0; item is n
static DelegateOutcome read_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamReader *reader = reader_of(operation);
    if (!check_exception(vm, reader)) return DELEGATE_RAISED;
    if (waiting(reader) == 0 && !reader->eof && !value_same(operation->item, from_int(0))) return wait_for_data(vm, operation, "read");
    size_t size = (size_t)to_int(operation->item);
    return give(vm, reader, size < waiting(reader) ? size : waiting(reader), out);
}

// read(-1): everything up to the end; item is a bytearray
static DelegateOutcome read_all_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamReader *reader = reader_of(operation);
    ByteArray *all = to_bytearray(operation->item);
    if (!check_exception(vm, reader)) return DELEGATE_RAISED;
    if (waiting(reader) > 0) {
        if (!bytearray_append_data(vm, all, byte_queue_data(&reader->in), waiting(reader))) return DELEGATE_RAISED;
        byte_queue_remove(&reader->in, waiting(reader));
        if (!resume_transport(vm, reader)) return DELEGATE_RAISED;
    }
    if (!reader->eof) return wait_for_data(vm, operation, "read");
    Bytes *bytes = bytes_new(vm, all->data, all->size);
    if (bytes == NULL) return DELEGATE_RAISED;
    *out = from_object(bytes);
    return DELEGATE_DONE;
}

static DelegateOutcome readexactly_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamReader *reader = reader_of(operation);
    int64_t size;
    if (!check_exception(vm, reader)) return DELEGATE_RAISED;
    if (!int_as_i64(operation->item, &size)) size = INT64_MAX;
    if (size < 0) {
        raise_value_error(vm, "readexactly size can not be less than zero");
        return DELEGATE_RAISED;
    }
    if ((uint64_t)size <= waiting(reader)) return give(vm, reader, (size_t)size, out);
    if (!reader->eof) return wait_for_data(vm, operation, "readexactly");
    raise_incomplete(vm, reader, operation->item);
    return DELEGATE_RAISED;
}

typedef enum Found { FOUND, NOT_YET, FOUND_TOO_FAR, TOO_LONG } Found;

// Looks for the separator. FOUND and FOUND_TOO_FAR: *out_at is where it is; TOO_LONG: how much can be none of it.
static Found find_separator(StreamReader *reader, const uint8_t *separator, size_t size, size_t *out_at) {
    size_t length = waiting(reader);
    if (length >= size + reader->scanned) {
        const uint8_t *data = byte_queue_data(&reader->in);
        const uint8_t *found = size == 1 ? memchr(data + reader->scanned, separator[0], length - reader->scanned)
                                         : memmem(data + reader->scanned, length - reader->scanned, separator, size);
        if (found != NULL) {
            *out_at = (size_t)(found - data);
            return *out_at > reader->limit ? FOUND_TOO_FAR : FOUND;
        }
        reader->scanned = *out_at = length + 1 - size;
        if (reader->scanned > reader->limit) return TOO_LONG;
    }
    return NOT_YET;
}

static DelegateOutcome raise_overrun(VM *vm, Found found, size_t at) {
    Str *text = str_from_c(vm, found == TOO_LONG ? "Separator is not found, and chunk exceed the limit" : "Separator is found, but chunk is longer than limit");
    if (text != NULL) raise_python(vm, "LimitOverrunError", from_object(text), from_int((int64_t)at));
    return DELEGATE_RAISED;
}

// item is the separator
static DelegateOutcome readuntil_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamReader *reader = reader_of(operation);
    const uint8_t *separator;
    size_t size, at;
    if (!woken) reader->scanned = 0;
    if (!bytes_like(vm, operation->item, &separator, &size)) return DELEGATE_RAISED;
    if (size == 0) {
        raise_value_error(vm, "Separator should be at least one-byte string");
        return DELEGATE_RAISED;
    }
    if (!check_exception(vm, reader)) return DELEGATE_RAISED;
    Found found = find_separator(reader, separator, size, &at);
    if (found == FOUND) return give(vm, reader, at + size, out);
    if (found != NOT_YET) return raise_overrun(vm, found, at);
    if (!reader->eof) return wait_for_data(vm, operation, "readuntil");
    raise_incomplete(vm, reader, NONE);
    return DELEGATE_RAISED;
}

// A line that is too long is dropped, and the error is ValueError.
static DelegateOutcome line_too_long(VM *vm, StreamReader *reader, Found found, size_t at) {
    if (found == FOUND_TOO_FAR) byte_queue_remove(&reader->in, at + 1);
    else byte_queue_clear(vm, &reader->in);
    if (resume_transport(vm, reader))
        raise_value_error(vm, "%s", found == TOO_LONG ? "Separator is not found, and chunk exceed the limit"
                                                      : "Separator is found, but chunk is longer than limit");
    return DELEGATE_RAISED;
}

static DelegateOutcome readline_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamReader *reader = reader_of(operation);
    size_t at;
    if (!woken) reader->scanned = 0;
    if (!check_exception(vm, reader)) return DELEGATE_RAISED;
    Found found = find_separator(reader, (const uint8_t *)"\n", 1, &at);
    if (LIKELY(found == FOUND)) return give(vm, reader, at + 1, out);
    if (found != NOT_YET) return line_too_long(vm, reader, found, at);
    if (!reader->eof) return wait_for_data(vm, operation, "readuntil");
    *out = byte_queue_take(vm, &reader->in, waiting(reader));
    return is_error(*out) ? DELEGATE_RAISED : DELEGATE_DONE;
}

static DelegateOutcome anext_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    DelegateOutcome outcome = readline_advance(vm, operation, woken, out);
    if (outcome != DELEGATE_DONE || to_bytes(*out)->size > 0) return outcome;
    raise_with_args(vm, vm->exc.StopAsyncIteration, 0, NULL);
    return DELEGATE_RAISED;
}

static const OperationDef read_operation = {"StreamReader.read", read_advance, reader_abandon},
                          read_all_operation = {"StreamReader.read", read_all_advance, reader_abandon},
                          readexactly_operation = {"StreamReader.readexactly", readexactly_advance, reader_abandon},
                          readuntil_operation = {"StreamReader.readuntil", readuntil_advance, reader_abandon},
                          readline_operation = {"StreamReader.readline", readline_advance, reader_abandon},
                          anext_operation = {"StreamReader.__anext__", anext_advance, reader_abandon};

static Value method_read(VM *vm, const Value *args, int argc) {
    Value n = value_index(vm, arg_or(args, argc, 1, from_int(-1)));
    if (is_error(n)) return ERROR;
    if (int_sign(n) >= 0) return operation_new(vm, &read_operation, to_object(args[0]), is_int(n) ? n : from_int(INT_INLINE_MAX));
    ByteArray *all = bytearray_new(vm, NULL, 0);
    return all == NULL ? ERROR : operation_new(vm, &read_all_operation, to_object(args[0]), from_object(all));
}

static Value method_readexactly(VM *vm, const Value *args, int argc) {
    Value n = value_index(vm, args[1]);
    return is_error(n) ? ERROR : operation_new(vm, &readexactly_operation, to_object(args[0]), n);
}

static Value method_readuntil(VM *vm, const Value *args, int argc) {
    Value separator = arg_or(args, argc, 1, UNDEFINED);
    if (is_undefined(separator)) {
        Bytes *newline = bytes_new(vm, "\n", 1);
        if (newline == NULL) return ERROR;
        separator = from_object(newline);
    }
    return operation_new(vm, &readuntil_operation, to_object(args[0]), separator);
}

static Value method_readline(VM *vm, const Value *args, int argc) { return operation_new(vm, &readline_operation, to_object(args[0]), UNDEFINED); }
static Value method_anext(VM *vm, const Value *args, int argc) { return operation_new(vm, &anext_operation, to_object(args[0]), UNDEFINED); }
static Value method_aiter(VM *vm, const Value *args, int argc) { return args[0]; }

// ---- the other methods

// Valid before __init__ has run.
static Value instance_make(VM *vm, const Value *args, int argc) {
    Value v = host_instance_new(vm, args, argc);
    if (is_error(v)) return ERROR;
    to_reader(v)->exception = to_reader(v)->transport = NONE;
    to_reader(v)->limit = DEFAULT_LIMIT;
    return v;
}

static Value method_init(VM *vm, const Value *args, int argc) {
    StreamReader *reader = to_reader(args[0]);
    Value limit = value_index(vm, arg_or(args, argc, 1, from_int(DEFAULT_LIMIT))), loop = arg_or(args, argc, 2, NONE);
    int64_t number;
    if (is_error(limit)) return ERROR;
    if (!int_as_i64(limit, &number)) number = int_sign(limit) > 0 ? INT64_MAX / 4 : 0;
    if (number <= 0) return raise_value_error(vm, "Limit cannot be <= 0");
    if (!is_none(loop) && !is_loop(vm, loop)) return raise_type_error(vm, "an event loop is required, not %T", loop);
    reader->loop = is_none(loop) ? loop_default(vm) : (Loop *)to_object(loop);
    if (reader->loop == NULL) return ERROR;
    reader->limit = number > INT64_MAX / 4 ? INT64_MAX / 4 : (size_t)number;
    reader->exception = reader->transport = NONE;
    gc_write_barrier(vm, reader);
    return NONE;
}

static Value method_exception(VM *vm, const Value *args, int argc) { return to_reader(args[0])->exception; }
static Value method_set_exception(VM *vm, const Value *args, int argc) { return stream_set_exception(vm, to_reader(args[0]), args[1]) ? NONE : ERROR; }
static Value method_set_transport(VM *vm, const Value *args, int argc) {
    StreamReader *reader = to_reader(args[0]);
    if (!is_none(reader->transport)) return raise_error(vm, vm->exc.AssertionError, "Transport already set");
    reader->transport = args[1];
    gc_write_barrier(vm, reader);
    return NONE;
}
static Value method_feed_eof(VM *vm, const Value *args, int argc) { return stream_feed_eof(vm, to_reader(args[0])) ? NONE : ERROR; }
static Value method_at_eof(VM *vm, const Value *args, int argc) { return from_bool(to_reader(args[0])->eof && waiting(to_reader(args[0])) == 0); }
static Value method_feed_data(VM *vm, const Value *args, int argc) {
    const uint8_t *data;
    size_t size;
    if (to_reader(args[0])->eof) return raise_error(vm, vm->exc.AssertionError, "feed_data after feed_eof");
    return bytes_like(vm, args[1], &data, &size) && stream_feed(vm, to_reader(args[0]), data, size) ? NONE : ERROR;
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    StreamReader *reader = to_reader(args[0]);
    Str *text = str_printf(vm, "<%T", args[0]);
    if (text != NULL && waiting(reader) > 0) text = str_printf(vm, "%S %zu bytes", text, waiting(reader));
    if (text != NULL && reader->eof) text = str_printf(vm, "%S eof", text);
    if (text != NULL && reader->limit != DEFAULT_LIMIT) text = str_printf(vm, "%S limit=%zu", text, reader->limit);
    if (text != NULL && reader->waiters.first != NULL) text = str_printf(vm, "%S waiter=<Future pending>", text);
    if (text != NULL && !is_none(reader->exception)) text = str_printf(vm, "%S exception=%R", text, reader->exception);
    if (text != NULL && !is_none(reader->transport)) text = str_printf(vm, "%S transport=%R", text, reader->transport);
    if (text != NULL && reader->paused) text = str_printf(vm, "%S paused", text);
    if (text != NULL) text = str_printf(vm, "%S>", text);
    return text == NULL ? ERROR : from_object(text);
}

const NativeDef stream_reader_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", instance_make, NULL, NATIVE_NEW},
    {"__init__(self, limit=65536, loop=None)", method_init, NULL, 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"__aiter__(self, /)", method_aiter, NULL, 0},
    {"__anext__(self, /)", method_anext, NULL, 0},
    {"read(self, n=-1)", method_read, "Up to n bytes, as soon as there are some; -1: everything up to the end.", 0},
    {"readexactly(self, n)", method_readexactly, "n bytes; IncompleteReadError when the end comes first.", 0},
    {"readuntil(self, separator=b'\\n')", method_readuntil, "Everything up to the separator, which is included.", 0},
    {"readline(self)", method_readline, "A line; what there is when the end comes first.", 0},
    {"exception(self)", method_exception, "What broke the stream, or None.", 0},
    {"set_exception(self, exc)", method_set_exception, "The stream is broken.", 0},
    {"set_transport(self, transport)", method_set_transport, "Where the data come from.", 0},
    {"feed_eof(self)", method_feed_eof, "No more data will come.", 0},
    {"feed_data(self, data)", method_feed_data, "Data came.", 0},
    {"at_eof(self)", method_at_eof, "Whether everything has been read and no more will come.", 0},
    {0},
};

static Value get_buffer(VM *vm, Value self) {
    ByteArray *copy = bytearray_new(vm, byte_queue_data(&to_reader(self)->in), waiting(to_reader(self)));
    return copy == NULL ? ERROR : from_object(copy);
}
static Value get_limit(VM *vm, Value self) { return from_int((int64_t)to_reader(self)->limit); }
static Value get_eof(VM *vm, Value self) { return from_bool(to_reader(self)->eof); }
static Value get_paused(VM *vm, Value self) { return from_bool(to_reader(self)->paused); }
static Value get_transport(VM *vm, Value self) { return to_reader(self)->transport; }
static Value set_transport(VM *vm, Value self, Value value) {
    to_reader(self)->transport = is_undefined(value) ? NONE : value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}
static Value get_waiter(VM *vm, Value self) { return to_reader(self)->waiters.first == NULL ? NONE : from_object(to_reader(self)->waiters.first); }
static Value get_loop(VM *vm, Value self) { return to_reader(self)->loop == NULL ? NONE : from_object(to_reader(self)->loop); }

const GetSetDef stream_reader_getsets[] = {
    {"_buffer", get_buffer, NULL, NULL},
    {"_limit", get_limit, NULL, NULL},
    {"_eof", get_eof, NULL, NULL},
    {"_paused", get_paused, NULL, NULL},
    {"_transport", get_transport, set_transport, NULL},
    {"_waiter", get_waiter, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {0},
};
