// Transports of connected sockets and pipes: reading.
//
// What comes lands in the loop's scratch memory first. From there it goes straight into the buffer of a StreamReader, or becomes bytes for
// data_received(). A BufferedProtocol is asked for a buffer of its own.
#include "stdlib/asyncio/transport.h"

#include <errno.h>
#include <unistd.h>

static ssize_t get(Transport *t, void *data, size_t size) {
    for (;;) {
        ssize_t count = t->kind == TRANSPORT_SOCKET ? recv(t->fd, data, size, 0) : read(t->fd, data, size);
        if (count >= 0 || errno != EINTR) return count;
    }
}

static bool read_failed(VM *vm, Transport *t) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return true;
    raise_os_error(vm, errno, UNDEFINED);
    return transport_fatal(vm, t, t->kind == TRANSPORT_SOCKET ? "Fatal read error on socket transport" : "Fatal read error on pipe transport");
}

static bool socket_ended(VM *vm, Transport *t) {
    Value keep_open;
    if (!transport_call(vm, t, IO_STATE(vm)->names.eof_received, NULL, 0, &keep_open))
        return transport_fatal(vm, t, "Fatal error: protocol.eof_received() call failed.");
    int keep = value_is_true(vm, keep_open);
    if (keep < 0) return transport_fatal(vm, t, "Fatal error: protocol.eof_received() call failed.");
    if (!keep) return transport_close(vm, t);
    transport_unwatch(vm, t, WATCH_READ);
    return true;
}

static bool pipe_ended(VM *vm, Transport *t) {
    IoState *io = IO_STATE(vm);
    t->closing = true;
    transport_unwatch(vm, t, WATCH_READ);
    io_own(vm, t->loop, t->fd, NULL);
    Value ended = attr_get(vm, t->protocol, io->names.eof_received), lost = is_error(ended) ? ERROR : attr_get(vm, from_object(t), io->names._call_connection_lost);
    if (is_error(lost)) return false;
    t->conn_lost++;
    Handle *first = handle_new(vm, t->loop, ended, UNDEFINED, false, t->context);
    return first != NULL && loop_push(vm, t->loop, first, TAG_HANDLE) && loop_call_soon_one(vm, t->loop, lost, NONE, t->context) != NULL;
}

static bool ended(VM *vm, Transport *t) { return t->kind == TRANSPORT_SOCKET ? socket_ended(vm, t) : pipe_ended(vm, t); }

// The other side of a pipe that is written to has gone.
static bool reader_gone(VM *vm, Transport *t) {
    if (transport_waiting(t) == 0) return transport_force_close(vm, t, NONE);
    Value error = exception_new(vm, vm->exc.BrokenPipeError, 0, NULL);
    return !is_error(error) && transport_force_close(vm, t, error);
}

static bool read_into_buffer(VM *vm, Transport *t) {
    IoState *io = IO_STATE(vm);
    Value hint = from_int(-1), buffer;
    uint8_t *data;
    size_t size;
    if (!transport_call(vm, t, io->names.get_buffer, &hint, 1, &buffer)) return transport_fatal(vm, t, "Fatal error: protocol.get_buffer() call failed.");
    if (!writable_bytes(vm, buffer, "recv_into", &data, &size)) return transport_fatal(vm, t, "Fatal read error on socket transport");
    if (size == 0) {
        raise_error(vm, vm->exc.RuntimeError, "get_buffer() returned an empty buffer");
        return transport_fatal(vm, t, "Fatal error: protocol.get_buffer() call failed.");
    }
    ssize_t count = get(t, data, size);
    if (count < 0) return read_failed(vm, t);
    if (count == 0) return ended(vm, t);
    Value taken = from_int(count);
    return transport_call(vm, t, io->names.buffer_updated, &taken, 1, NULL) ||
           transport_fatal(vm, t, "Fatal error: protocol.buffer_updated() call failed.");
}

static bool read_data(VM *vm, Transport *t) {
    uint8_t *scratch = io_scratch(vm, t->loop);
    if (scratch == NULL) return false;
    ssize_t count = get(t, scratch, IO_SCRATCH);
    if (count < 0) return read_failed(vm, t);
    if (count == 0) return ended(vm, t);
    bool fine;
    if (LIKELY(t->stream != NULL)) {
        fine = stream_protocol_data(vm, t->stream, scratch, (size_t)count);
    } else {
        Bytes *bytes = bytes_new(vm, scratch, (size_t)count);
        Value data = bytes == NULL ? ERROR : from_object(bytes);
        fine = !is_error(data) && transport_call(vm, t, IO_STATE(vm)->names.data_received, &data, 1, NULL);
    }
    return fine || transport_fatal(vm, t, "Fatal error: protocol.data_received() call failed.");
}

bool transport_readable(VM *vm, Loop *loop, Object *target, int event) {
    Transport *t = (Transport *)target;
    if (t->conn_lost > 0 || t->loop == NULL) return true;
    Value outer = vm->context;
    vm->context = t->context;
    bool fine = t->kind == TRANSPORT_WRITE_PIPE ? reader_gone(vm, t) : t->buffered_protocol ? read_into_buffer(vm, t) : read_data(vm, t);
    vm->context = outer;
    return fine;
}
