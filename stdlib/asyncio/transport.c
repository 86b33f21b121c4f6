// Transports of connected sockets and pipes: writing, flow control, closing. Reading is in transport_read.c.
//
// Closing goes in steps, each through the ring: what waits to be written goes out first (close), or is dropped (abort, errors); then
// connection_lost() is called, once, and the descriptor is closed.
#define _GNU_SOURCE
#include "stdlib/asyncio/transport.h"
#include "vm/report.h"
#include "vm/warnings.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HIGH_WATER = 64 * 1024, LOST_WRITES_LOGGED = 5, FIRST_QUEUE = 1024 };

// ---- bytes that wait

bool byte_queue_add(VM *vm, ByteQueue *queue, const void *data, size_t size) {
    size_t waiting = byte_queue_size(queue), needed;
    if (!size_add(waiting, size, &needed)) return raise_no_memory(vm), false;
    if (queue->end + size > queue->capacity && queue->start > 0) {
        memmove(queue->data, queue->data + queue->start, waiting);
        queue->start = 0;
        queue->end = waiting;
    }
    if (needed > queue->capacity) {
        size_t capacity = queue->capacity == 0 ? FIRST_QUEUE : queue->capacity;
        while (capacity < needed) capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
        uint8_t *grown = buffer_resize_unset(vm, queue->data, queue->capacity, capacity);
        if (grown == NULL) return false;
        queue->data = grown;
        queue->capacity = capacity;
    }
    memcpy(queue->data + queue->end, data, size);
    queue->end += size;
    return true;
}

void byte_queue_remove(ByteQueue *queue, size_t size) {
    queue->start += size;
    if (queue->start == queue->end) queue->start = queue->end = 0;
}

void byte_queue_clear(VM *vm, ByteQueue *queue) {
    buffer_free(vm, queue->data, queue->capacity);
    *queue = (ByteQueue){0};
}

Value byte_queue_take(VM *vm, ByteQueue *queue, size_t size) {
    Bytes *bytes = bytes_new(vm, byte_queue_data(queue), size);
    if (bytes == NULL) return ERROR;
    byte_queue_remove(queue, size);
    if (queue->capacity > 4 * HIGH_WATER && byte_queue_size(queue) == 0) byte_queue_clear(vm, queue);
    return from_object(bytes);
}

// ---- life

void transport_trace(VM *vm, Object *object) {
    Transport *t = (Transport *)object;
    gc_mark_object(vm, t->loop);
    gc_mark_value(vm, t->sock);
    gc_mark_value(vm, t->protocol);
    gc_mark_value(vm, t->extra);
    gc_mark_value(vm, t->server);
    gc_mark_value(vm, t->context);
    gc_mark_value(vm, t->name);
    gc_mark_object(vm, t->datagrams);
}

// Nobody has closed it, and nobody can any more.
void transport_finalize(VM *vm, Object *object) {
    Transport *t = (Transport *)object;
    if (is_none(t->sock)) return;
    if (!vm_warn(vm, vm->exc.ResourceWarning, 1, "unclosed transport %R", from_object(t))) raised_report_unraisable(vm, NULL, from_object(t));
    Value sock = t->sock;
    t->sock = NONE;
    t->closing = true;
    if (t->loop != NULL && !t->loop->closed) io_closing(vm, t->loop, t->fd);
    if (is_socket(vm, sock)) socket_close(vm, to_socket(sock));
    else if (is_error(call_method(vm, sock, IO_STATE(vm)->names.close, NULL, 0))) raised_report_unraisable(vm, NULL, from_object(t));
}

void transport_free(VM *vm, Object *object) { byte_queue_clear(vm, &((Transport *)object)->out); }

size_t transport_waiting(const Transport *t) { return t->kind == TRANSPORT_DATAGRAM ? t->datagram_bytes : byte_queue_size(&t->out); }

static Class *class_of_kind(VM *vm, TransportKind kind) {
    IoState *io = IO_STATE(vm);
    switch (kind) {
    case TRANSPORT_READ_PIPE: return io->read_pipe_transport;
    case TRANSPORT_WRITE_PIPE: return io->write_pipe_transport;
    case TRANSPORT_DATAGRAM: return io->selector_datagram_transport;
    default: return io->socket_transport;
    }
}

static void set_protocol(VM *vm, Transport *t, Value protocol) {
    IoState *io = IO_STATE(vm);
    t->protocol = protocol;
    t->buffered_protocol = is_instance(vm, protocol, io->buffered_protocol);
    t->stream = is_kind(protocol, KIND_HOST) && to_object(protocol)->shape->cls == io->stream_protocol ? (StreamProtocol *)to_object(protocol) : NULL;
    gc_write_barrier(vm, t);
}

static bool extra_set(VM *vm, Dict *extra, const char *key, Value value) {
    Str *name = str_intern_c(vm, key);
    return name != NULL && dict_set_str(vm, extra, name, value);
}

// What get_extra_info() knows. An address that cannot be had is None.
static bool extra_of(VM *vm, Dict *extra, TransportKind kind, Value sock, int fd) {
    Address address = {.size = sizeof address.storage};
    Value own = NONE, other = NONE;
    if (kind == TRANSPORT_READ_PIPE || kind == TRANSPORT_WRITE_PIPE) return extra_set(vm, extra, "pipe", sock);
    if (getsockname(fd, (struct sockaddr *)&address.storage, &address.size) == 0 && is_error(own = address_value(vm, &address))) return false;
    address.size = sizeof address.storage;
    Str *key = str_intern_c(vm, "peername");
    if (key == NULL) return false;
    if (getpeername(fd, (struct sockaddr *)&address.storage, &address.size) == 0 && is_error(other = address_value(vm, &address))) return false;
    if (is_none(own) && to_socket(sock)->family == AF_UNIX) own = from_object(vm->empty_str);
    return extra_set(vm, extra, "socket", sock) && extra_set(vm, extra, "sockname", own) &&
           (!is_undefined(dict_get_str(vm, extra, key)) || dict_set_str(vm, extra, key, other));
}

static bool soon(VM *vm, Transport *t, Value object, Str *method, Value argument) {
    Value callback = attr_get(vm, object, method);
    return !is_error(callback) && loop_call_soon_one(vm, t->loop, callback, argument, t->context) != NULL;
}

static bool check_pipe(VM *vm, Transport *t) {
    struct stat status;
    if (t->kind != TRANSPORT_READ_PIPE && t->kind != TRANSPORT_WRITE_PIPE) return true;
    if (fstat(t->fd, &status) != 0) return raise_os_error(vm, errno, UNDEFINED), false;
    if (!S_ISFIFO(status.st_mode) && !S_ISSOCK(status.st_mode) && !S_ISCHR(status.st_mode)) {
        raise_value_error(vm, t->kind == TRANSPORT_READ_PIPE ? "Pipe transport is for pipes/sockets only."
                                                              : "Pipe transport is only for pipes, sockets and character devices");
        return false;
    }
    t->is_socket = S_ISSOCK(status.st_mode);
    t->watch_closed = t->kind == TRANSPORT_WRITE_PIPE && !S_ISCHR(status.st_mode);
    return fd_set_blocking(vm, t->fd, false);
}

Value transport_new(VM *vm, Loop *loop, TransportKind kind, int fd, Value sock, Value protocol, Value waiter, Value extra, Value server) {
    IoState *io = IO_STATE(vm);
    Transport *t = object_new_of(vm, class_of_kind(vm, kind), sizeof *t);
    Dict *dict = t == NULL ? NULL : is_dict(extra) ? dict_copy(vm, to_dict(extra)) : dict_new(vm);
    if (dict == NULL) return ERROR;
    t->kind = (uint8_t)kind;
    t->loop = loop;
    t->fd = fd;
    t->sock = sock;
    t->extra = from_object(dict);
    t->server = server;
    t->low = HIGH_WATER / 4;
    t->high = HIGH_WATER;
    t->name = NONE;
    t->is_socket = kind == TRANSPORT_SOCKET;
    set_protocol(vm, t, protocol);
    if (!context_copy_current(vm, &t->context) || !io_open(vm, loop) || !check_pipe(vm, t) || !extra_of(vm, dict, kind, sock, fd)) return ERROR;
    if (kind == TRANSPORT_SOCKET && is_socket(vm, sock) && to_socket(sock)->family != AF_UNIX) {
        int on = 1;   // as asyncio does: small writes go out at once
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if (kind == TRANSPORT_DATAGRAM) {
        Str *key = str_intern_c(vm, "peername");
        if (key == NULL) return ERROR;
        t->name = dict_get_str(vm, dict, key);
    }
    io_own(vm, loop, fd, (Object *)t);
    t->head.flags |= HOST_FINALIZE;
    gc_track_finalizer(vm, t);
    // Reading begins, and the waiter is told, when connection_made() has been called.
    if (!soon(vm, t, protocol, io->names.connection_made, from_object(t)) || !soon(vm, t, from_object(t), io->names._begin, waiter)) return ERROR;
    return from_object(t);
}

// ---- watching

void transport_unwatch(VM *vm, Transport *t, int event) {
    if (t->loop != NULL && !t->loop->closed) io_unwatch(vm, t->loop, t->fd, event);
}

bool transport_watch(VM *vm, Transport *t, int event) {
    if (t->loop == NULL || t->loop->closed) return true;
    WatchRun run = t->kind == TRANSPORT_DATAGRAM ? (event == WATCH_READ ? datagram_readable : datagram_writable)
                                                 : (event == WATCH_READ ? transport_readable : transport_writable);
    return io_watch(vm, t->loop, t->fd, event, (Object *)t, run);
}

static Value method_begin(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    bool reads = t->kind != TRANSPORT_WRITE_PIPE || t->watch_closed;
    if (reads && !t->closing && !t->paused && t->loop != NULL && !transport_watch(vm, t, WATCH_READ)) return ERROR;
    if (!is_future(args[1]) || future_is_done(to_future(args[1]))) return NONE;
    return future_set_result(vm, to_future(args[1]), NONE) ? NONE : ERROR;
}

bool transport_pause_reading(VM *vm, Transport *t) {
    if (t->closing || t->paused) return true;
    t->paused = true;
    transport_unwatch(vm, t, WATCH_READ);
    return true;
}

bool transport_resume_reading(VM *vm, Transport *t) {
    if (t->closing || !t->paused) return true;
    t->paused = false;
    return transport_watch(vm, t, WATCH_READ);
}

// ---- calling the protocol

static bool is_fatal(VM *vm) { return raised_matches(vm, vm->exc.SystemExit) || raised_matches(vm, vm->exc.KeyboardInterrupt); }

bool transport_call(VM *vm, Transport *t, Str *name, const Value *args, int argc, Value *out) {
    Value result = call_method(vm, t->protocol, name, args, argc);
    if (out != NULL) *out = result;
    return !is_error(result);
}

// The pending exception goes to the loop's handler, with the transport and its protocol. False: it must leave the loop.
static bool report(VM *vm, Transport *t, const char *message) {
    if (is_fatal(vm) || t->loop == NULL) return false;
    Value exception = raised_take(vm);
    Dict *context = dict_new(vm);
    Str *text = context == NULL ? NULL : str_from_c(vm, message);
    if (text == NULL || !extra_set(vm, context, "message", from_object(text)) || !extra_set(vm, context, "exception", exception) ||
        !extra_set(vm, context, "transport", from_object(t)) || !extra_set(vm, context, "protocol", t->protocol))
        return false;
    return !is_error(loop_call_exception_handler(vm, t->loop, context));
}

// What the system says of a connection is the protocol's affair (connection_lost), anything else a mistake that somebody should see.
bool transport_fatal(VM *vm, Transport *t, const char *message) {
    if (is_fatal(vm)) return false;
    Value exception = vm->raised;
    if (raised_matches(vm, vm->exc.OSError)) raised_clear(vm);
    else if (!report(vm, t, message)) return false;
    return transport_force_close(vm, t, exception);
}

bool transport_pause_protocol(VM *vm, Transport *t) {
    if (transport_waiting(t) <= t->high || t->protocol_paused) return true;
    t->protocol_paused = true;
    if (t->stream != NULL) {
        t->stream->paused = true;
        return true;
    }
    return transport_call(vm, t, IO_STATE(vm)->names.pause_writing, NULL, 0, NULL) || report(vm, t, "protocol.pause_writing() failed");
}

bool transport_resume_protocol(VM *vm, Transport *t) {
    if (!t->protocol_paused || transport_waiting(t) > t->low) return true;
    t->protocol_paused = false;
    return transport_call(vm, t, IO_STATE(vm)->names.resume_writing, NULL, 0, NULL) || report(vm, t, "protocol.resume_writing() failed");
}

// ---- the end

static bool close_descriptor(VM *vm, Transport *t) {
    Value sock = t->sock;
    int fd = t->fd;
    if (is_none(sock)) return true;
    io_closing(vm, t->loop, fd);
    t->sock = NONE;
    t->head.flags &= (uint16_t)~HOST_FINALIZE;
    if (is_socket(vm, sock)) {
        socket_close(vm, to_socket(sock));
        return true;
    }
    return !is_error(call_method(vm, sock, IO_STATE(vm)->names.close, NULL, 0));
}

bool transport_lose(VM *vm, Transport *t, Value exception) {
    if (t->loop == NULL) return true;
    Value result = NONE, error = UNDEFINED;
    if (!transport_call(vm, t, IO_STATE(vm)->names.connection_lost, &exception, 1, &result)) error = raised_take(vm);
    bool fine = close_descriptor(vm, t);
    if (fine && !is_undefined(t->server) && !is_none(t->server)) {
        Value server = t->server;
        t->server = UNDEFINED;
        fine = !is_error(call_method(vm, server, IO_STATE(vm)->names._detach, NULL, 0));
    }
    t->loop = NULL;
    t->protocol = NONE;
    t->stream = NULL;
    byte_queue_clear(vm, &t->out);
    if (is_undefined(error)) return fine;
    raised_set(vm, error);
    return false;
}

static Value method_call_connection_lost(VM *vm, const Value *args, int argc) { return transport_lose(vm, to_transport(args[0]), args[1]) ? NONE : ERROR; }

static bool lose_soon(VM *vm, Transport *t, Value exception) {
    return soon(vm, t, from_object(t), IO_STATE(vm)->names._call_connection_lost, exception);
}

bool transport_force_close(VM *vm, Transport *t, Value exception) {
    if (t->loop == NULL || t->conn_lost > 0) return true;
    transport_unwatch(vm, t, WATCH_WRITE);
    transport_unwatch(vm, t, WATCH_READ);
    byte_queue_clear(vm, &t->out);
    if (t->datagrams != NULL) t->datagrams->count = t->datagram_bytes = 0;
    t->closing = true;
    t->conn_lost++;
    io_own(vm, t->loop, t->fd, NULL);
    return lose_soon(vm, t, exception);
}

bool transport_close(VM *vm, Transport *t) {
    if (t->closing || t->loop == NULL) return true;
    t->closing = true;
    transport_unwatch(vm, t, WATCH_READ);
    if (transport_waiting(t) > 0) return true;
    t->conn_lost++;
    transport_unwatch(vm, t, WATCH_WRITE);
    io_own(vm, t->loop, t->fd, NULL);
    return lose_soon(vm, t, NONE);
}

// ---- writing

// write() to a pipe that nobody reads raises SIGPIPE, which would end a host that has not thought of it.
static ssize_t write_quietly(int fd, const uint8_t *data, size_t size) {
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE)) return write(fd, data, size);
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    ssize_t count = write(fd, data, size);
    int failure = errno;
    if (count < 0 && failure == EPIPE) sigtimedwait(&pipe_only, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failure;
    return count;
}

static ssize_t put(Transport *t, const uint8_t *data, size_t size) {
    for (;;) {
        ssize_t count = t->is_socket ? send(t->fd, data, size, MSG_NOSIGNAL) : write_quietly(t->fd, data, size);
        if (count >= 0 || errno != EINTR) return count;
    }
}

static const char *write_error(const Transport *t) {
    return t->kind == TRANSPORT_SOCKET ? "Fatal write error on socket transport" : "Fatal write error on pipe transport";
}

static bool write_failed(VM *vm, Transport *t) {
    raise_os_error(vm, errno, UNDEFINED);
    return transport_fatal(vm, t, write_error(t));
}

// A program that goes on writing after the end is told, but not at the first time: it may not have heard of it yet.
static bool written_in_vain(VM *vm, Transport *t) {
    if (t->conn_lost == 0 || t->conn_lost++ < LOST_WRITES_LOGGED) return true;
    Str *text = str_from_c(vm, t->kind == TRANSPORT_SOCKET ? "socket.send() raised exception.\n"
                                                           : "pipe closed by peer or os.write(pipe, data) raised exception.\n");
    if (text != NULL) report_write(vm, text);
    return text != NULL;
}

bool transport_write(VM *vm, Transport *t, Value v) {
    const uint8_t *data;
    size_t size;
    if (!is_bytes(v) && !is_bytearray(v) && !is_memoryview(v))
        return raise_type_error(vm, "data argument must be a bytes-like object, not '%T'", v), false;
    if (!bytes_like(vm, v, &data, &size)) return false;
    if (t->eof && t->kind == TRANSPORT_SOCKET) return raise_error(vm, vm->exc.RuntimeError, "Cannot call write() after write_eof()"), false;
    if (size == 0) return true;
    if (t->conn_lost > 0 || t->loop == NULL || (t->closing && t->kind == TRANSPORT_WRITE_PIPE)) return written_in_vain(vm, t);
    if (byte_queue_size(&t->out) == 0) {
        ssize_t count = put(t, data, size);
        if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return write_failed(vm, t);
        if (count > 0) {
            data += count;
            size -= (size_t)count;
        }
        if (size == 0) return true;
        if (!transport_watch(vm, t, WATCH_WRITE)) return transport_fatal(vm, t, write_error(t));
    }
    return byte_queue_add(vm, &t->out, data, size) && transport_pause_protocol(vm, t);
}

static bool write_more(VM *vm, Loop *loop, Transport *t) {
    ssize_t count = put(t, byte_queue_data(&t->out), byte_queue_size(&t->out));
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK || write_failed(vm, t);
    byte_queue_remove(&t->out, (size_t)count);
    if (!transport_resume_protocol(vm, t)) return false;
    if (byte_queue_size(&t->out) > 0 || t->loop == NULL) return true;
    transport_unwatch(vm, t, WATCH_WRITE);
    if (t->closing) {
        transport_unwatch(vm, t, WATCH_READ);
        t->conn_lost++;
        if (transport_lose(vm, t, NONE)) return true;
        if (is_fatal(vm)) return false;
        Value exception = raised_take(vm);
        Str *message = str_from_c(vm, "Exception in callback connection_lost()");
        if (message != NULL) loop_report(vm, loop, message, exception, "transport", from_object(t));
        return true;
    }
    if (t->eof && t->kind == TRANSPORT_SOCKET) shutdown(t->fd, SHUT_WR);
    return true;
}

bool transport_writable(VM *vm, Loop *loop, Object *target, int event) {
    Transport *t = (Transport *)target;
    if (t->conn_lost > 0 || t->loop == NULL) return true;
    Value outer = vm->context;
    vm->context = t->context;
    bool fine = write_more(vm, loop, t);
    vm->context = outer;
    return fine;
}

// ---- Python's view

static Value method_write(VM *vm, const Value *args, int argc) { return transport_write(vm, to_transport(args[0]), args[1]) ? NONE : ERROR; }

static Value method_writelines(VM *vm, const Value *args, int argc) {
    Bytes *empty = bytes_new(vm, NULL, 0);
    Str *join = empty == NULL ? NULL : str_intern_c(vm, "join");
    Value all = join == NULL ? ERROR : call_method(vm, from_object(empty), join, &args[1], 1);
    return is_error(all) || !transport_write(vm, to_transport(args[0]), all) ? ERROR : NONE;
}

static Value method_write_eof(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    if (t->closing || t->eof || t->loop == NULL) return NONE;
    if (t->kind == TRANSPORT_WRITE_PIPE) return transport_close(vm, t) ? NONE : ERROR;
    t->eof = true;
    if (byte_queue_size(&t->out) > 0) return NONE;
    return shutdown(t->fd, SHUT_WR) == 0 ? NONE : raise_os_error(vm, errno, UNDEFINED);
}
static Value method_can_write_eof(VM *vm, const Value *args, int argc) { return TRUE_VALUE; }
static Value method_is_closing(VM *vm, const Value *args, int argc) { return from_bool(to_transport(args[0])->closing); }
static Value method_close(VM *vm, const Value *args, int argc) { return transport_close(vm, to_transport(args[0])) ? NONE : ERROR; }
static Value method_abort(VM *vm, const Value *args, int argc) { return transport_force_close(vm, to_transport(args[0]), NONE) ? NONE : ERROR; }
static Value method_pause_reading(VM *vm, const Value *args, int argc) { return transport_pause_reading(vm, to_transport(args[0])) ? NONE : ERROR; }
static Value method_resume_reading(VM *vm, const Value *args, int argc) { return transport_resume_reading(vm, to_transport(args[0])) ? NONE : ERROR; }
static Value method_is_reading(VM *vm, const Value *args, int argc) {
    return from_bool(!to_transport(args[0])->closing && !to_transport(args[0])->paused);
}
static Value method_get_protocol(VM *vm, const Value *args, int argc) { return to_transport(args[0])->protocol; }
static Value method_set_protocol(VM *vm, const Value *args, int argc) {
    set_protocol(vm, to_transport(args[0]), args[1]);
    return NONE;
}

static Value method_get_extra_info(VM *vm, const Value *args, int argc) {
    Value found = dict_get(vm, to_dict(to_transport(args[0])->extra), args[1]);
    return is_undefined(found) ? arg_or(args, argc, 2, NONE) : found;
}

static Value method_get_write_buffer_size(VM *vm, const Value *args, int argc) { return from_int((int64_t)transport_waiting(to_transport(args[0]))); }
static Value method_get_write_buffer_limits(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    Tuple *pair = tuple_pack(vm, 2, from_int((int64_t)t->low), from_int((int64_t)t->high));
    return pair == NULL ? ERROR : from_object(pair);
}

static bool limit_argument(VM *vm, const Value *args, int argc, int index, int64_t *out) {
    Value v = arg_or(args, argc, index, NONE);
    *out = -1;
    if (is_none(v)) return true;
    Value number = value_index(vm, v);
    if (is_error(number)) return false;
    if (!int_as_i64(number, out)) *out = int_sign(number) < 0 ? INT64_MIN / 8 : INT64_MAX / 8;
    return true;
}

static Value method_set_write_buffer_limits(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    int64_t high, low;
    bool high_given = !is_none(arg_or(args, argc, 1, NONE)), low_given = !is_none(arg_or(args, argc, 2, NONE));
    if (!limit_argument(vm, args, argc, 1, &high) || !limit_argument(vm, args, argc, 2, &low)) return ERROR;
    if (!high_given) high = low_given ? 4 * low : HIGH_WATER;
    if (!low_given) low = high >= 0 ? high / 4 : (high - 3) / 4;
    if (high < low || low < 0) return raise_value_error(vm, "high (%lld) must be >= low (%lld) must be >= 0", (long long)high, (long long)low);
    t->high = (size_t)high;
    t->low = (size_t)low;
    return t->loop == NULL || transport_pause_protocol(vm, t) ? NONE : ERROR;
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    Transport *t = to_transport(args[0]);
    const char *state = is_none(t->sock) ? " closed" : t->closing ? " closing" : "";
    bool open = t->loop != NULL && !t->loop->closed, reads = open && io_watcher(t->loop, t->fd, WATCH_READ) != NULL;
    bool writes = open && io_watcher(t->loop, t->fd, WATCH_WRITE) != NULL;
    const char *without_loop = is_none(t->sock) ? "closed" : "open";
    Str *text;
    if (t->kind == TRANSPORT_READ_PIPE) {
        text = str_printf(vm, "<%T%s fd=%d %s>", args[0], state, t->fd, !open ? without_loop : reads ? "polling" : "idle");
    } else if (t->kind == TRANSPORT_WRITE_PIPE) {
        text = !open ? str_printf(vm, "<%T%s fd=%d %s>", args[0], state, t->fd, without_loop)
                     : str_printf(vm, "<%T%s fd=%d %s bufsize=%zu>", args[0], state, t->fd, writes ? "polling" : "idle", transport_waiting(t));
    } else {
        text = !open ? str_printf(vm, "<%T%s fd=%d>", args[0], state, t->fd)
                     : str_printf(vm, "<%T%s fd=%d read=%s write=<%s, bufsize=%zu>>", args[0], state, t->fd, reads ? "polling" : "idle",
                                  writes ? "polling" : "idle", transport_waiting(t));
    }
    return text == NULL ? ERROR : from_object(text);
}

static Value get_extra(VM *vm, Value self) { return to_transport(self)->extra; }
static Value get_loop(VM *vm, Value self) { return to_transport(self)->loop == NULL ? NONE : from_object(to_transport(self)->loop); }
static Value get_sock(VM *vm, Value self) { return to_transport(self)->sock; }
static Value get_conn_lost(VM *vm, Value self) { return from_int(to_transport(self)->conn_lost); }

const GetSetDef transport_getsets[] = {
    {"_extra", get_extra, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {"_sock", get_sock, NULL, NULL},
    {"_conn_lost", get_conn_lost, NULL, NULL},
    {0},
};

#define COMMON_METHODS \
    {"__repr__(self, /)", method_repr, NULL, 0}, \
    {"_begin(self, waiter, /)", method_begin, NULL, 0}, \
    {"_call_connection_lost(self, exc, /)", method_call_connection_lost, NULL, 0}, \
    {"get_extra_info(self, name, default=None)", method_get_extra_info, "What is known about the connection: 'peername', 'sockname', 'socket', ...", 0}, \
    {"is_closing(self, /)", method_is_closing, "Whether it is closed or on its way there.", 0}, \
    {"close(self, /)", method_close, "Close, after what waits has been written.", 0}, \
    {"abort(self, /)", method_abort, "Close at once.", 0}, \
    {"set_protocol(self, protocol, /)", method_set_protocol, "Who is told what comes.", 0}, \
    {"get_protocol(self, /)", method_get_protocol, "Who is told what comes.", 0}
#define READ_METHODS \
    {"is_reading(self, /)", method_is_reading, "Whether data are being received.", 0}, \
    {"pause_reading(self, /)", method_pause_reading, "Receive nothing until resume_reading().", 0}, \
    {"resume_reading(self, /)", method_resume_reading, "Receive again.", 0}
#define FLOW_METHODS \
    {"set_write_buffer_limits(self, /, high=None, low=None)", method_set_write_buffer_limits, "When the protocol's pause_writing() and resume_writing() are called.", 0}, \
    {"get_write_buffer_limits(self, /)", method_get_write_buffer_limits, "(low, high).", 0}, \
    {"get_write_buffer_size(self, /)", method_get_write_buffer_size, "How many bytes wait to be written.", 0}
#define WRITE_METHODS \
    FLOW_METHODS, \
    {"write(self, data, /)", method_write, "Send data, now or when there is room.", 0}, \
    {"writelines(self, list_of_data, /)", method_writelines, "Send several pieces of data.", 0}, \
    {"write_eof(self, /)", method_write_eof, "Nothing more will be written; reading goes on.", 0}, \
    {"can_write_eof(self, /)", method_can_write_eof, "Whether there is write_eof().", 0}

const NativeDef socket_transport_methods[] = {COMMON_METHODS, READ_METHODS, WRITE_METHODS, {0}};
const NativeDef read_pipe_transport_methods[] = {COMMON_METHODS, READ_METHODS, {0}};
const NativeDef write_pipe_transport_methods[] = {COMMON_METHODS, WRITE_METHODS, {0}};
const NativeDef datagram_common_methods[] = {COMMON_METHODS, READ_METHODS, FLOW_METHODS, {0}};
