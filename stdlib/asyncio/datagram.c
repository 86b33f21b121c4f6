// Transports of datagrams: each is sent or received as a whole.
#include "stdlib/asyncio/transport.h"

#include <errno.h>

static bool is_fatal(VM *vm) { return raised_matches(vm, vm->exc.SystemExit) || raised_matches(vm, vm->exc.KeyboardInterrupt); }

// An error of the system is the protocol's affair.
static bool tell_error(VM *vm, Transport *t, int failure) {
    raise_os_error(vm, failure, UNDEFINED);
    Value error = raised_take(vm);
    return transport_call(vm, t, IO_STATE(vm)->names.error_received, &error, 1, NULL);
}

static bool receive(VM *vm, Transport *t) {
    uint8_t *scratch = io_scratch(vm, t->loop);
    Address from = {.size = sizeof from.storage};
    if (scratch == NULL) return false;
    ssize_t count = recvfrom(t->fd, scratch, IO_SCRATCH, 0, (struct sockaddr *)&from.storage, &from.size);
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return true;
        return tell_error(vm, t, errno) || transport_fatal(vm, t, "Fatal read error on datagram transport");
    }
    Bytes *bytes = bytes_new(vm, scratch, (size_t)count);
    Value where = bytes == NULL ? ERROR : address_value(vm, &from);
    Value args[2] = {from_object(bytes), where};
    if (!is_error(where) && transport_call(vm, t, IO_STATE(vm)->names.datagram_received, args, 2, NULL)) return true;
    return transport_fatal(vm, t, "Fatal error: protocol.datagram_received() call failed.");
}

bool datagram_readable(VM *vm, Loop *loop, Object *target, int event) {
    Transport *t = (Transport *)target;
    if (t->conn_lost > 0 || t->loop == NULL) return true;
    Value outer = vm->context;
    vm->context = t->context;
    bool fine = receive(vm, t);
    vm->context = outer;
    return fine;
}

// errno, 0, or -1 with an exception raised
static int send_one(VM *vm, Transport *t, Value data, Value where) {
    const uint8_t *bytes;
    size_t size;
    Address to = {.size = 0};
    if (!bytes_like(vm, data, &bytes, &size)) return -1;
    if (is_none(t->name) && !address_parse(vm, to_socket(t->sock)->family, where, "sendto", &to)) return -1;
    if (!is_none(t->name) || to.size == 0) return send(t->fd, bytes, size, MSG_NOSIGNAL) < 0 ? errno : 0;
    return sendto(t->fd, bytes, size, MSG_NOSIGNAL, (struct sockaddr *)&to.storage, to.size) < 0 ? errno : 0;
}

static bool must_wait(int failure) { return failure == EAGAIN || failure == EWOULDBLOCK || failure == EINTR; }

static bool send_waiting(VM *vm, Transport *t) {
    while (t->datagrams != NULL && t->datagrams->count > 0) {
        Tuple *row = to_tuple(t->datagrams->items[0]);
        int failure = send_one(vm, t, row->items[0], row->items[1]);
        if (must_wait(failure)) break;
        t->datagram_bytes -= to_bytes(row->items[0])->size;
        if (is_error(list_pop(vm, t->datagrams, 0))) return false;
        if (failure < 0) return transport_fatal(vm, t, "Fatal write error on datagram transport");
        if (failure > 0) return tell_error(vm, t, failure);
    }
    if (!transport_resume_protocol(vm, t)) return false;
    if (t->datagrams->count > 0) return true;
    transport_unwatch(vm, t, WATCH_WRITE);
    if (!t->closing) return true;
    t->conn_lost++;
    return transport_lose(vm, t, NONE);
}

bool datagram_writable(VM *vm, Loop *loop, Object *target, int event) {
    Transport *t = (Transport *)target;
    if (t->loop == NULL || t->conn_lost > 0) return true;
    Value outer = vm->context;
    vm->context = t->context;
    bool fine = send_waiting(vm, t);
    if (!fine && !is_fatal(vm)) fine = transport_fatal(vm, t, "Fatal write error on datagram transport");
    vm->context = outer;
    return fine;
}

static Value method_sendto(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    Value where = arg_or(args, argc, 2, NONE);
    const uint8_t *data;
    size_t size;
    if (!is_bytes(args[1]) && !is_bytearray(args[1]) && !is_memoryview(args[1]))
        return raise_type_error(vm, "data argument must be a bytes-like object, not '%T'", args[1]);
    if (!bytes_like(vm, args[1], &data, &size)) return ERROR;
    if (size == 0 || t->loop == NULL) return NONE;
    if (!is_none(t->name)) {
        int same = is_none(where) ? 1 : values_equal(vm, where, t->name);
        if (same < 0) return ERROR;
        if (!same) return raise_value_error(vm, "Invalid address: must be None or %R", t->name);
        if (t->conn_lost > 0) return NONE;
    }
    if (t->datagrams == NULL || t->datagrams->count == 0) {
        int failure = send_one(vm, t, args[1], where);
        if (failure == 0) return NONE;
        if (failure < 0) return transport_fatal(vm, t, "Fatal write error on datagram transport") ? NONE : ERROR;
        if (!must_wait(failure)) return tell_error(vm, t, failure) ? NONE : ERROR;
        if (!transport_watch(vm, t, WATCH_WRITE)) return ERROR;
    }
    if (t->datagrams == NULL) {
        t->datagrams = list_new(vm, 4);
        gc_write_barrier(vm, t);
    }
    if (t->datagrams == NULL || !bytes_like(vm, args[1], &data, &size)) return ERROR;
    Bytes *copy = bytes_new(vm, data, size);
    Tuple *row = copy == NULL ? NULL : tuple_pack(vm, 2, from_object(copy), where);
    if (row == NULL || !list_append(vm, t->datagrams, from_object(row))) return ERROR;
    t->datagram_bytes += size;
    return transport_pause_protocol(vm, t) ? NONE : ERROR;
}

const NativeDef datagram_transport_methods[] = {
    {"sendto(self, data, addr=None)", method_sendto, "Send a datagram, now or when there is room.", 0},
    {0},
};
