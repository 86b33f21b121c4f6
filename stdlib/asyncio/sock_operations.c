// loop.sock_recv() and its like: an operation tries, and waits for the descriptor when it has to.
//
// A socket's descriptor is watched only while somebody waits; a reader that comes back for more before the loop waits again costs no
// system call (io.c).
#define _GNU_SOURCE   // accept4
#include "stdlib/asyncio/transport.h"

#include <errno.h>
#include <poll.h>

enum { SMALL_RECEIVE = 64 * 1024 };

static Socket *socket_of(Operation *operation) { return (Socket *)operation->owner; }

static bool wake_operation(VM *vm, Loop *loop, Object *target, int event) {
    Operation *operation = (Operation *)target;
    io_unwatch(vm, loop, socket_of(operation)->fd, event);
    return !operation_is_waiting(operation) || operation_tell(vm, operation);
}

static DelegateOutcome wait_for(VM *vm, Operation *operation, int event) {
    if (operation->future.loop == NULL && (operation->future.loop = loop_running_required(vm)) == NULL) return DELEGATE_RAISED;
    return io_watch(vm, operation->future.loop, socket_of(operation)->fd, event, (Object *)operation, wake_operation) ? DELEGATE_SUSPEND : DELEGATE_RAISED;
}

// After a system call that failed.
static DelegateOutcome failed(VM *vm, Operation *operation, int event) {
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return wait_for(vm, operation, event);
    raise_os_error(vm, errno, UNDEFINED);
    return DELEGATE_RAISED;
}

static bool abandon(VM *vm, Operation *operation, bool woken) {
    Loop *loop = operation->future.loop;
    int fd = socket_of(operation)->fd;
    for (int event = WATCH_READ; loop != NULL && event <= WATCH_WRITE; event++)
        if (io_watcher(loop, fd, event) == (Object *)operation) io_unwatch(vm, loop, fd, event);
    return true;
}

static DelegateOutcome done(Value v, Value *out) {
    *out = v;
    return is_error(v) ? DELEGATE_RAISED : DELEGATE_DONE;
}

// ---- receiving

static Value with_address(VM *vm, Value received, const Address *from) {
    Value where = is_error(received) ? ERROR : address_value(vm, from);
    Tuple *pair = is_error(where) ? NULL : tuple_pack(vm, 2, received, where);
    return pair == NULL ? ERROR : from_object(pair);
}

// item: how many bytes
static DelegateOutcome receive(VM *vm, Operation *operation, Address *from_or_null, Value *out) {
    uint8_t small[SMALL_RECEIVE], *data = small;
    size_t size = (size_t)to_int(operation->item);
    if (size > sizeof small && (data = buffer_new_unset(vm, size)) == NULL) return DELEGATE_RAISED;
    if (from_or_null != NULL) from_or_null->size = sizeof from_or_null->storage;
    ssize_t count = from_or_null == NULL ? recv(socket_of(operation)->fd, data, size, MSG_DONTWAIT)
                                         : recvfrom(socket_of(operation)->fd, data, size, MSG_DONTWAIT, (struct sockaddr *)&from_or_null->storage,
                                                    &from_or_null->size);
    int failure = errno;
    Bytes *bytes = count < 0 ? NULL : bytes_new(vm, data, (size_t)count);
    if (data != small) buffer_free(vm, data, size);
    errno = failure;
    if (count < 0) return failed(vm, operation, WATCH_READ);
    Value value = bytes == NULL ? ERROR : from_object(bytes);
    return done(from_or_null == NULL ? value : with_address(vm, value, from_or_null), out);
}
static DelegateOutcome recv_advance(VM *vm, Operation *operation, bool woken, Value *out) { return receive(vm, operation, NULL, out); }
static DelegateOutcome recvfrom_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Address from;
    return receive(vm, operation, &from, out);
}

// item: the buffer, or a tuple of it and how many bytes
static DelegateOutcome receive_into(VM *vm, Operation *operation, const char *function, Address *from_or_null, Value *out) {
    uint8_t *data;
    size_t room, size;
    bool limited = is_tuple(operation->item);
    if (!writable_bytes(vm, limited ? to_tuple(operation->item)->items[0] : operation->item, function, &data, &room)) return DELEGATE_RAISED;
    size = limited ? (size_t)to_int(to_tuple(operation->item)->items[1]) : room;
    if (size > room) {
        raise_value_error(vm, "nbytes is greater than the length of the buffer");
        return DELEGATE_RAISED;
    }
    if (size == 0) size = room;
    if (from_or_null != NULL) from_or_null->size = sizeof from_or_null->storage;
    ssize_t count = from_or_null == NULL ? recv(socket_of(operation)->fd, data, size, MSG_DONTWAIT)
                                         : recvfrom(socket_of(operation)->fd, data, size, MSG_DONTWAIT, (struct sockaddr *)&from_or_null->storage,
                                                    &from_or_null->size);
    if (count < 0) return failed(vm, operation, WATCH_READ);
    return done(from_or_null == NULL ? from_int(count) : with_address(vm, from_int(count), from_or_null), out);
}
static DelegateOutcome recv_into_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    return receive_into(vm, operation, "recv_into", NULL, out);
}
static DelegateOutcome recvfrom_into_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Address from;
    return receive_into(vm, operation, "recvfrom_into", &from, out);
}

// ---- sending

// item: the data; or, once some of it has gone, a tuple of it and how much
static DelegateOutcome sendall_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    const uint8_t *data;
    size_t size;
    Value source = operation->item;
    int64_t sent = 0;
    if (is_tuple(source)) {
        sent = to_int(to_tuple(source)->items[1]);
        source = to_tuple(source)->items[0];
    }
    if (!bytes_like(vm, source, &data, &size)) return DELEGATE_RAISED;
    *out = NONE;
    while ((size_t)sent < size) {
        ssize_t count = send(socket_of(operation)->fd, data + sent, size - (size_t)sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            sent += count;
            continue;
        }
        int failure = errno;
        Tuple *rest = sent == 0 ? NULL : tuple_pack(vm, 2, source, from_int(sent));
        if (sent > 0 && rest == NULL) return DELEGATE_RAISED;
        if (rest != NULL) operation->item = from_object(rest);
        gc_write_barrier(vm, operation);
        errno = failure;
        return failed(vm, operation, WATCH_WRITE);
    }
    return DELEGATE_DONE;
}

// item: (data, address)
static DelegateOutcome sendto_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    const uint8_t *data;
    size_t size;
    Address to;
    Tuple *item = to_tuple(operation->item);
    if (!bytes_like(vm, item->items[0], &data, &size) || !address_parse(vm, socket_of(operation)->family, item->items[1], "sendto", &to))
        return DELEGATE_RAISED;
    ssize_t count = sendto(socket_of(operation)->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&to.storage, to.size);
    return count < 0 ? failed(vm, operation, WATCH_WRITE) : done(from_int(count), out);
}

// ---- connections

static DelegateOutcome accept_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Socket *s = socket_of(operation);
    Address address = {.size = sizeof address.storage};
    struct pollfd polled = {.fd = s->fd, .events = POLLIN};
    if (s->timeout != 0 && poll(&polled, 1, 0) == 0) return wait_for(vm, operation, WATCH_READ);   // it would block
    int fd = accept4(s->fd, (struct sockaddr *)&address.storage, &address.size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) return failed(vm, operation, WATCH_READ);
    Value made = socket_new(vm, fd, s->family, s->type, s->protocol);
    if (!is_error(made)) to_socket(made)->timeout = 0;
    return done(with_address(vm, made, &address), out);
}

// item: the address; NONE once the system is on its way
static DelegateOutcome connect_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Socket *s = socket_of(operation);
    int failure = 0;
    socklen_t size = sizeof failure;
    *out = NONE;
    if (woken) {
        if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &failure, &size) != 0) failure = errno;
    } else {
        Address address;
        if (!address_parse(vm, s->family, operation->item, "connect", &address)) return DELEGATE_RAISED;
        failure = connect(s->fd, (struct sockaddr *)&address.storage, address.size) == 0 ? 0 : errno;
        if (failure == EINPROGRESS || failure == EINTR || (failure == EAGAIN && s->family != AF_UNIX)) return wait_for(vm, operation, WATCH_WRITE);
    }
    if (failure == 0) return DELEGATE_DONE;
    if (woken) {
        Str *text = str_printf(vm, "Connect call failed %V", operation->item);
        Value args[2] = {from_int(failure), text == NULL ? ERROR : from_object(text)};
        if (text != NULL) raise_with_args(vm, vm->exc.OSError, 2, args);
    } else {
        raise_os_error(vm, failure, UNDEFINED);
    }
    return DELEGATE_RAISED;
}

static const OperationDef recv_operation = {"BaseSelectorEventLoop.sock_recv", recv_advance, abandon},
                          recvfrom_operation = {"BaseSelectorEventLoop.sock_recvfrom", recvfrom_advance, abandon},
                          recv_into_operation = {"BaseSelectorEventLoop.sock_recv_into", recv_into_advance, abandon},
                          recvfrom_into_operation = {"BaseSelectorEventLoop.sock_recvfrom_into", recvfrom_into_advance, abandon},
                          sendall_operation = {"BaseSelectorEventLoop.sock_sendall", sendall_advance, abandon},
                          sendto_operation = {"BaseSelectorEventLoop.sock_sendto", sendto_advance, abandon},
                          accept_operation = {"BaseSelectorEventLoop.sock_accept", accept_advance, abandon},
                          connect_operation = {"BaseSelectorEventLoop.sock_connect", connect_advance, abandon};

// ---- Python's view

static Value begin(VM *vm, const Value *args, const OperationDef *def, Value item) {
    Loop *loop = (Loop *)to_object(args[0]);
    if (is_error(item) || !loop_check_open(vm, loop)) return ERROR;
    if (!is_socket(vm, args[1])) return raise_type_error(vm, "a socket is required, not %T", args[1]);
    Socket *s = to_socket(args[1]);
    Object *owner = s->fd < 0 ? NULL : io_owner(loop, s->fd);
    if (owner != NULL && !((Transport *)owner)->closing)
        return raise_error(vm, vm->exc.RuntimeError, "File descriptor %d is used by transport %R", s->fd, from_object(owner));
    if (loop->debug && s->timeout != 0) return raise_value_error(vm, "the socket must be non-blocking");
    return operation_new(vm, def, s, item);
}

static Value size_item(VM *vm, Value v, const char *function) {
    Value number = value_index(vm, v);
    if (is_error(number)) return ERROR;
    if (int_sign(number) < 0) return raise_value_error(vm, "negative buffersize in %s", function);
    return is_int(number) ? number : raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C ssize_t");
}

static Value sock_recv(VM *vm, const Value *args, int argc) { return begin(vm, args, &recv_operation, size_item(vm, args[2], "recv")); }
static Value sock_recvfrom(VM *vm, const Value *args, int argc) { return begin(vm, args, &recvfrom_operation, size_item(vm, args[2], "recvfrom")); }
static Value sock_recv_into(VM *vm, const Value *args, int argc) { return begin(vm, args, &recv_into_operation, args[2]); }
static Value sock_recvfrom_into(VM *vm, const Value *args, int argc) {
    if (!arg_given(args, argc, 3)) return begin(vm, args, &recvfrom_into_operation, args[2]);
    Value size = size_item(vm, args[3], "recvfrom_into");
    Tuple *item = is_error(size) ? NULL : tuple_pack(vm, 2, args[2], size);
    return item == NULL ? ERROR : begin(vm, args, &recvfrom_into_operation, from_object(item));
}
static Value sock_sendall(VM *vm, const Value *args, int argc) { return begin(vm, args, &sendall_operation, args[2]); }
static Value sock_sendto(VM *vm, const Value *args, int argc) {
    Tuple *item = tuple_pack(vm, 2, args[2], args[3]);
    return item == NULL ? ERROR : begin(vm, args, &sendto_operation, from_object(item));
}
static Value sock_accept(VM *vm, const Value *args, int argc) { return begin(vm, args, &accept_operation, NONE); }
static Value sock_connect_now(VM *vm, const Value *args, int argc) { return begin(vm, args, &connect_operation, args[2]); }

const NativeDef loop_sock_methods[] = {
    {"sock_recv(self, sock, n)", sock_recv, "Receive up to n bytes.", 0},
    {"sock_recvfrom(self, sock, bufsize)", sock_recvfrom, "Receive a datagram: (bytes, address).", 0},
    {"sock_recv_into(self, sock, buf)", sock_recv_into, "Receive into a buffer; how many bytes.", 0},
    {"sock_recvfrom_into(self, sock, buf, nbytes=0)", sock_recvfrom_into, "Receive a datagram into a buffer: (how many bytes, address).", 0},
    {"sock_sendall(self, sock, data)", sock_sendall, "Send all of the data.", 0},
    {"sock_sendto(self, sock, data, address)", sock_sendto, "Send a datagram.", 0},
    {"sock_accept(self, sock)", sock_accept, "Wait for a connection: (socket, address).", 0},
    {"_sock_connect(self, sock, address)", sock_connect_now, NULL, 0},
    {0},
};
