// Socket objects.
//
// A socket with a timeout, or a non-blocking one, is non-blocking for the system too. A blocking one waits in poll(), a slice at a time,
// so that an interrupt is seen, and then reads or writes without blocking.
#define _GNU_SOURCE   // accept4, ppoll
#include "stdlib/socket/socket.h"
#include "stdlib/asyncio/backend.h"
#include "vm/threads.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

static const double SLICE_SECONDS = 0.05;
enum { WAIT_READ = POLLIN, WAIT_WRITE = POLLOUT };

static double now_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Value fail(VM *vm) { return raise_os_error(vm, errno, UNDEFINED); }

// ---- arguments

bool int_argument(VM *vm, Value v, int *out) {
    Value number = value_index(vm, v);
    int64_t value;
    if (is_error(number)) return false;
    if (!int_as_i64(number, &value)) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int"), false;
    if (value > INT32_MAX) return raise_error(vm, vm->exc.OverflowError, "signed integer is greater than maximum"), false;
    if (value < INT32_MIN) return raise_error(vm, vm->exc.OverflowError, "signed integer is less than minimum"), false;
    *out = (int)value;
    return true;
}

bool writable_bytes(VM *vm, Value v, const char *function, uint8_t **out_data, size_t *out_size) {
    const uint8_t *data;
    if (is_bytearray(v) || (is_memoryview(v) && !((MemoryView *)to_object(v))->readonly)) {
        if (!bytes_like(vm, v, &data, out_size)) return false;
        *out_data = (uint8_t *)data;
        return true;
    }
    raise_type_error(vm, "%s() argument 1 must be read-write bytes-like object, not %T", function, v);
    return false;
}

static bool size_argument(VM *vm, Value v, const char *function, size_t *out) {
    Value number = value_index(vm, v);
    int64_t value;
    if (is_error(number)) return false;
    if (!int_as_i64(number, &value)) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C ssize_t"), false;
    if (value < 0) return raise_value_error(vm, "negative buffersize in %s", function), false;
    *out = (size_t)value;
    return true;
}

static bool flags_argument(VM *vm, const Value *args, int argc, int index, int *out) {
    *out = 0;
    return !arg_given(args, argc, index) || int_argument(vm, args[index], out);
}

bool fd_set_blocking(VM *vm, int fd, bool blocking) {
    int mode = fcntl(fd, F_GETFL), wanted = blocking ? mode & ~O_NONBLOCK : mode | O_NONBLOCK;
    if (mode >= 0 && (mode == wanted || fcntl(fd, F_SETFL, wanted) == 0)) return true;
    fail(vm);
    return false;
}

// ---- waiting

double socket_deadline(const Socket *s) { return s->timeout < 0 ? INFINITY : now_seconds() + s->timeout; }

static bool wait_until(VM *vm, Socket *s, int event, double deadline) {
    for (;;) {
        double left = deadline - now_seconds();
        struct timespec slice = {.tv_nsec = (long)ceil((left <= 0 ? 0 : left < SLICE_SECONDS ? left : SLICE_SECONDS) * 1e9)};
        struct pollfd polled = {.fd = s->fd, .events = (short)event};
        void *outside = vm_release(vm);
        int ready = ppoll(&polled, 1, &slice, NULL);
        vm_acquire(vm, outside);
        if (ready > 0) return true;
        if (!vm_step(vm)) return false;
        if (left <= 0) return raise_error(vm, vm->exc.TimeoutError, "timed out"), false;
        if (s->fd < 0) return raise_os_error(vm, EBADF, UNDEFINED), false;
    }
}

// After a failed attempt: true when it is worth another one.
bool socket_try_again(VM *vm, Socket *s, int event, double deadline) {
    if (errno == EINTR) return vm_step(vm);
    if ((errno == EAGAIN || errno == EWOULDBLOCK) && s->timeout != 0) return wait_until(vm, s, event, deadline);
    fail(vm);
    return false;
}

// ---- life

static Value socket_init_new(VM *vm, Class *cls, int fd, int family, int type, int protocol) {
    Value v = instance_new(vm, cls);
    if (is_error(v)) {
        close(fd);
        return ERROR;
    }
    *to_socket(v) = (Socket){.head = to_socket(v)->head, .fd = fd, .family = family, .type = type, .protocol = protocol, .timeout = -1};
    return v;
}

Value socket_new(VM *vm, int fd, int family, int type, int protocol) { return socket_init_new(vm, vm->socket_class, fd, family, type, protocol); }

void socket_close(VM *vm, Socket *s) {
    int fd = s->fd;
    if (fd < 0) return;
    s->fd = -1;
    io_closing_everywhere(vm, fd);
    close(fd);
}

static Value method_new(VM *vm, const Value *args, int argc) {
    Value v = instance_new(vm, to_class(args[0]));
    if (is_error(v)) return ERROR;
    to_socket(v)->fd = -1;
    to_socket(v)->timeout = -1;
    return v;
}

static bool option_number(int fd, int option, int *out) {
    socklen_t size = sizeof *out;
    return getsockopt(fd, SOL_SOCKET, option, out, &size) == 0;
}

// An existing descriptor: what is not given is asked of the system.
static Value adopt(VM *vm, Socket *s, Value fileno, int family, int type, int protocol) {
    Address address = {.size = sizeof address.storage};
    int fd;
    if (is_any_float(fileno)) return raise_type_error(vm, "integer argument expected, got float");
    if (!int_argument(vm, fileno, &fd)) return ERROR;
    if (fd < 0) return raise_value_error(vm, "negative file descriptor");
    if (getsockname(fd, (struct sockaddr *)&address.storage, &address.size) != 0) return fail(vm);
    if (family == -1) family = address.storage.ss_family;
    if (type == -1 && !option_number(fd, SO_TYPE, &type)) return fail(vm);
#ifdef SO_PROTOCOL
    if (protocol == -1 && !option_number(fd, SO_PROTOCOL, &protocol)) return fail(vm);
#endif
    s->fd = fd;
    s->family = family;
    s->type = type;
    s->protocol = protocol < 0 ? 0 : protocol;
    return NONE;
}

static Value method_init(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    int numbers[3] = {-1, -1, -1};
    if (!door_network(vm)) return ERROR;
    for (int i = 0; i < 3; i++)
        if (arg_given(args, argc, 1 + i) && !int_argument(vm, args[1 + i], &numbers[i])) return ERROR;
    socket_close(vm, s);
    s->timeout = vm->socket_default_timeout - 1;
    s->close_wanted = false;
    s->files = 0;
    Value fileno = arg_or(args, argc, 4, NONE);
    if (!is_none(fileno)) {
        if (is_error(adopt(vm, s, fileno, numbers[0], numbers[1], numbers[2]))) return ERROR;
    } else {
        s->family = numbers[0] == -1 ? AF_INET : numbers[0];
        int type = numbers[1] == -1 ? SOCK_STREAM : numbers[1];
        s->protocol = numbers[2] == -1 ? 0 : numbers[2];
        s->fd = socket(s->family, type | SOCK_CLOEXEC, s->protocol);
        if (s->fd < 0) return fail(vm);
        s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (type & SOCK_NONBLOCK) s->timeout = 0;
    }
    return s->timeout < 0 || fd_set_blocking(vm, s->fd, false) ? NONE : ERROR;
}

// Files made of it (makefile()) go on using the connection.
static Value method_close(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    s->close_wanted = true;
    if (s->files == 0) socket_close(vm, s);
    return NONE;
}

static Value method_file_opened(VM *vm, const Value *args, int argc) {
    to_socket(args[0])->files++;
    return NONE;
}
static Value method_file_closed(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    if (s->files > 0 && --s->files == 0 && s->close_wanted) socket_close(vm, s);
    return NONE;
}

static Value method_makefile(VM *vm, const Value *args, int argc) { return socket_python(vm, "_makefile", args, argc); }
static Value method_sendfile(VM *vm, const Value *args, int argc) { return socket_python(vm, "_sendfile", args, argc); }

static Value method_detach(VM *vm, const Value *args, int argc) {
    int fd = to_socket(args[0])->fd;
    to_socket(args[0])->fd = -1;
    return from_int(fd);
}

static Value method_dup(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    int fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return fail(vm);
    Value v = socket_init_new(vm, s->head.shape->cls, fd, s->family, s->type, s->protocol);
    if (!is_error(v)) to_socket(v)->timeout = s->timeout;
    return v;
}

static Value method_enter(VM *vm, const Value *args, int argc) { return args[0]; }
static Value method_fileno(VM *vm, const Value *args, int argc) { return from_int(to_socket(args[0])->fd); }

// ---- names and connections

static Value method_bind(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    Address address;
    if (!address_parse(vm, s->family, args[1], "bind", &address)) return ERROR;
    return bind(s->fd, (struct sockaddr *)&address.storage, address.size) == 0 ? NONE : fail(vm);
}

static Value method_listen(VM *vm, const Value *args, int argc) {
    int backlog = 128;
    if (arg_given(args, argc, 1) && !int_argument(vm, args[1], &backlog)) return ERROR;
    return listen(to_socket(args[0])->fd, backlog < 0 ? 0 : backlog) == 0 ? NONE : fail(vm);
}

static Value method_accept(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    double deadline = socket_deadline(s);
    if (s->fd >= 0 && s->timeout != 0 && !wait_until(vm, s, WAIT_READ, deadline)) return ERROR;
    for (;;) {
        Address address = {.size = sizeof address.storage};
        int fd = accept4(s->fd, (struct sockaddr *)&address.storage, &address.size, SOCK_CLOEXEC);
        if (fd < 0) {
            if (!socket_try_again(vm, s, WAIT_READ, deadline)) return ERROR;
            continue;
        }
        Value made = socket_new(vm, fd, s->family, s->type, s->protocol);
        if (is_error(made)) return ERROR;
        to_socket(made)->timeout = vm->socket_default_timeout - 1;
        if (to_socket(made)->timeout >= 0 && !fd_set_blocking(vm, fd, false)) return ERROR;
        Value where = address_value(vm, &address);
        Tuple *pair = is_error(where) ? NULL : tuple_pack(vm, 2, made, where);
        return pair == NULL ? ERROR : from_object(pair);
    }
}

// errno, 0, or -1 with an exception raised
static int connect_to(VM *vm, Socket *s, const Address *address) {
    if (s->timeout < 0 && !fd_set_blocking(vm, s->fd, false)) return -1;
    int failure = connect(s->fd, (const struct sockaddr *)&address->storage, address->size) == 0 ? 0 : errno;
    // Linux tells once that an earlier attempt has failed.
    if (failure == ECONNABORTED) failure = connect(s->fd, (const struct sockaddr *)&address->storage, address->size) == 0 ? 0 : errno;
    if ((failure == EINPROGRESS || failure == EINTR || (failure == EAGAIN && s->family != AF_UNIX)) && s->timeout != 0) {
        if (!wait_until(vm, s, WAIT_WRITE, socket_deadline(s))) failure = -1;
        else if (!option_number(s->fd, SO_ERROR, &failure)) failure = errno;
    }
    if (s->timeout < 0 && s->fd >= 0) {
        int mode = fcntl(s->fd, F_GETFL);
        fcntl(s->fd, F_SETFL, mode & ~O_NONBLOCK);
    }
    return failure;
}

static Value method_connect(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    Address address;
    if (!address_parse(vm, s->family, args[1], "connect", &address)) return ERROR;
    int failure = connect_to(vm, s, &address);
    return failure == 0 ? NONE : failure < 0 ? ERROR : raise_os_error(vm, failure, UNDEFINED);
}

static Value method_connect_ex(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    Address address;
    if (!address_parse(vm, s->family, args[1], "connect_ex", &address)) return ERROR;
    int failure = s->fd < 0 ? EBADF : connect_to(vm, s, &address);
    if (failure < 0 && raised_matches(vm, vm->exc.TimeoutError)) {
        raised_clear(vm);
        failure = EAGAIN;
    }
    return failure < 0 ? ERROR : from_int(failure);
}

static Value method_shutdown(VM *vm, const Value *args, int argc) {
    int how;
    if (!int_argument(vm, args[1], &how)) return ERROR;
    return shutdown(to_socket(args[0])->fd, how) == 0 ? NONE : fail(vm);
}

static Value name_of(VM *vm, const Value *args, int (*ask)(int, struct sockaddr *, socklen_t *)) {
    Address address = {.size = sizeof address.storage};
    if (ask(to_socket(args[0])->fd, (struct sockaddr *)&address.storage, &address.size) != 0) return fail(vm);
    return address_value(vm, &address);
}
static Value method_getsockname(VM *vm, const Value *args, int argc) { return name_of(vm, args, getsockname); }
static Value method_getpeername(VM *vm, const Value *args, int argc) { return name_of(vm, args, getpeername); }

// ---- receiving

static ptrdiff_t receive(VM *vm, Socket *s, void *data, size_t size, int flags, Address *from_or_null) {
    double deadline = socket_deadline(s);
    for (;;) {
        ssize_t count;
        if (from_or_null != NULL) {
            from_or_null->size = sizeof from_or_null->storage;
            count = recvfrom(s->fd, data, size, flags | MSG_DONTWAIT, (struct sockaddr *)&from_or_null->storage, &from_or_null->size);
        } else {
            count = recv(s->fd, data, size, flags | MSG_DONTWAIT);
        }
        if (count >= 0) return count;
        if (!socket_try_again(vm, s, WAIT_READ, deadline)) return -1;
    }
}

enum { RECEIVE_AT_ONCE = 64 * 1024 };

// A large buffer is not asked of the heap before it is known how much there is.
static Value receive_bytes(VM *vm, Socket *s, size_t size, int flags, Address *from_or_null) {
    uint8_t small[RECEIVE_AT_ONCE];
    if (size <= sizeof small) {
        ptrdiff_t count = receive(vm, s, small, size, flags, from_or_null);
        Bytes *bytes = count < 0 ? NULL : bytes_new(vm, small, (size_t)count);
        return bytes == NULL ? ERROR : from_object(bytes);
    }
    uint8_t *large = buffer_new_unset(vm, size);
    ptrdiff_t count = large == NULL ? -1 : receive(vm, s, large, size, flags, from_or_null);
    Bytes *bytes = count < 0 ? NULL : bytes_new(vm, large, (size_t)count);
    buffer_free(vm, large, size);
    return bytes == NULL ? ERROR : from_object(bytes);
}

static Value method_recv(VM *vm, const Value *args, int argc) {
    size_t size;
    int flags;
    if (!size_argument(vm, args[1], "recv", &size) || !flags_argument(vm, args, argc, 2, &flags)) return ERROR;
    return receive_bytes(vm, to_socket(args[0]), size, flags, NULL);
}

static Value with_address(VM *vm, Value received, const Address *from) {
    Value where = is_error(received) ? ERROR : address_value(vm, from);
    Tuple *pair = is_error(where) ? NULL : tuple_pack(vm, 2, received, where);
    return pair == NULL ? ERROR : from_object(pair);
}

static Value method_recvfrom(VM *vm, const Value *args, int argc) {
    size_t size;
    int flags;
    Address from;
    if (!size_argument(vm, args[1], "recvfrom", &size) || !flags_argument(vm, args, argc, 2, &flags)) return ERROR;
    return with_address(vm, receive_bytes(vm, to_socket(args[0]), size, flags, &from), &from);
}

static Value receive_into(VM *vm, const Value *args, int argc, const char *function, Address *from_or_null) {
    uint8_t *data;
    size_t room, size = 0;
    int flags;
    if (!writable_bytes(vm, args[1], function, &data, &room) || (arg_given(args, argc, 2) && !size_argument(vm, args[2], function, &size)) ||
        !flags_argument(vm, args, argc, 3, &flags))
        return ERROR;
    if (size == 0) size = room;
    if (size > room) return raise_value_error(vm, from_or_null == NULL ? "buffer too small for requested bytes" : "nbytes is greater than the length of the buffer");
    // While it waits, an interrupt's handler may do anything to the bytearray: so each attempt reads into memory that nobody else has.
    if (to_socket(args[0])->timeout != 0 && !wait_until(vm, to_socket(args[0]), WAIT_READ, socket_deadline(to_socket(args[0])))) return ERROR;
    if (!writable_bytes(vm, args[1], function, &data, &room)) return ERROR;
    ptrdiff_t count = receive(vm, to_socket(args[0]), data, size < room ? size : room, flags, from_or_null);
    return count < 0 ? ERROR : from_int(count);
}

static Value method_recv_into(VM *vm, const Value *args, int argc) { return receive_into(vm, args, argc, "recv_into", NULL); }
static Value method_recvfrom_into(VM *vm, const Value *args, int argc) {
    Address from;
    return with_address(vm, receive_into(vm, args, argc, "recvfrom_into", &from), &from);
}

// ---- sending

// The data may move or shrink while it waits, so it is read anew each time. How many bytes were sent, or -1.
static ptrdiff_t send_some(VM *vm, Socket *s, Value source, size_t offset, int flags, const Address *to_or_null, double deadline) {
    for (;;) {
        const uint8_t *data;
        size_t size;
        if (!bytes_like(vm, source, &data, &size)) return -1;
        if (offset > size) offset = size;
        ssize_t count = to_or_null != NULL
                            ? sendto(s->fd, data + offset, size - offset, flags | MSG_DONTWAIT | MSG_NOSIGNAL,
                                     (const struct sockaddr *)&to_or_null->storage, to_or_null->size)
                            : send(s->fd, data + offset, size - offset, flags | MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) return count;
        if (!socket_try_again(vm, s, WAIT_WRITE, deadline)) return -1;
    }
}

static Value method_send(VM *vm, const Value *args, int argc) {
    int flags;
    if (!flags_argument(vm, args, argc, 2, &flags)) return ERROR;
    ptrdiff_t count = send_some(vm, to_socket(args[0]), args[1], 0, flags, NULL, socket_deadline(to_socket(args[0])));
    return count < 0 ? ERROR : from_int(count);
}

static Value method_sendall(VM *vm, const Value *args, int argc) {
    int flags;
    const uint8_t *data;
    size_t size, sent = 0;
    double deadline = socket_deadline(to_socket(args[0]));
    if (!flags_argument(vm, args, argc, 2, &flags) || !bytes_like(vm, args[1], &data, &size)) return ERROR;
    do {
        ptrdiff_t count = send_some(vm, to_socket(args[0]), args[1], sent, flags, NULL, deadline);
        if (count < 0 || !vm_charge(vm, 1)) return ERROR;
        sent += (size_t)count;
    } while (sent < size);
    return NONE;
}

// sendto(data, address) or sendto(data, flags, address)
static Value method_sendto(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    bool flagged = arg_given(args, argc, 3);
    int flags = 0;
    Address to;
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, args[1], &data, &size) || (flagged && !int_argument(vm, args[2], &flags)) ||
        !address_parse(vm, s->family, args[flagged ? 3 : 2], "sendto", &to))
        return ERROR;
    ptrdiff_t count = send_some(vm, s, args[1], 0, flags, &to, socket_deadline(s));
    return count < 0 ? ERROR : from_int(count);
}

// ---- options

static Value method_getsockopt(VM *vm, const Value *args, int argc) {
    int level, option, value, room = 0;
    if (!int_argument(vm, args[1], &level) || !int_argument(vm, args[2], &option) || (arg_given(args, argc, 3) && !int_argument(vm, args[3], &room)))
        return ERROR;
    socklen_t size = sizeof value;
    if (room == 0) return getsockopt(to_socket(args[0])->fd, level, option, &value, &size) == 0 ? from_int(value) : fail(vm);
    char buffer[1024];
    if (room < 0 || room > (int)sizeof buffer) return raise_error(vm, vm->exc.OSError, "getsockopt buflen out of range");
    size = (socklen_t)room;
    if (getsockopt(to_socket(args[0])->fd, level, option, buffer, &size) != 0) return fail(vm);
    Bytes *bytes = bytes_new(vm, buffer, size);
    return bytes == NULL ? ERROR : from_object(bytes);
}

static Value method_setsockopt(VM *vm, const Value *args, int argc) {
    int level, option, number, length = 0;
    const uint8_t *data;
    size_t size;
    if (!int_argument(vm, args[1], &level) || !int_argument(vm, args[2], &option)) return ERROR;
    if (arg_given(args, argc, 4)) {
        if (!is_none(args[3])) return raise_type_error(vm, "setsockopt() argument 3 must be None, not %T", args[3]);
        if (!int_argument(vm, args[4], &length)) return ERROR;
        data = NULL;
        size = (size_t)length;
    } else if (!is_undefined(int_or_bool(args[3]))) {
        if (!int_argument(vm, args[3], &number)) return ERROR;
        data = (const uint8_t *)&number;
        size = sizeof number;
    } else if (!bytes_like(vm, args[3], &data, &size)) {
        return ERROR;
    }
    return setsockopt(to_socket(args[0])->fd, level, option, data, (socklen_t)size) == 0 ? NONE : fail(vm);
}

static Value set_timeout(VM *vm, Socket *s, double timeout) {
    s->timeout = timeout;
    return s->fd < 0 ? raise_os_error(vm, EBADF, UNDEFINED) : fd_set_blocking(vm, s->fd, timeout < 0) ? NONE : ERROR;
}

static Value method_settimeout(VM *vm, const Value *args, int argc) {
    double seconds;
    if (is_none(args[1])) return set_timeout(vm, to_socket(args[0]), -1);
    if (!is_any_float(args[1])) {
        Value number = value_index(vm, args[1]);
        if (is_error(number)) return ERROR;
        seconds = int_as_double(number);
    } else {
        seconds = float_value(args[1]);
    }
    if (isnan(seconds)) return raise_value_error(vm, "Invalid value NaN (not a number)");
    if (seconds < 0) return raise_value_error(vm, "Timeout value out of range");
    if (seconds > 9.2e9) return raise_error(vm, vm->exc.OverflowError, "timeout doesn't fit into C timeval");
    return set_timeout(vm, to_socket(args[0]), seconds);
}

static Value method_gettimeout(VM *vm, const Value *args, int argc) {
    return to_socket(args[0])->timeout < 0 ? NONE : float_new(vm, to_socket(args[0])->timeout);
}

static Value method_setblocking(VM *vm, const Value *args, int argc) {
    int truth = value_is_true(vm, args[1]);
    return truth < 0 ? ERROR : set_timeout(vm, to_socket(args[0]), truth ? -1 : 0);
}

static Value method_getblocking(VM *vm, const Value *args, int argc) { return from_bool(to_socket(args[0])->timeout != 0); }

static Value method_get_inheritable(VM *vm, const Value *args, int argc) {
    int flags = fcntl(to_socket(args[0])->fd, F_GETFD);
    return flags < 0 ? fail(vm) : from_bool(!(flags & FD_CLOEXEC));
}

static Value method_set_inheritable(VM *vm, const Value *args, int argc) {
    int truth = value_is_true(vm, args[1]);
    if (truth < 0) return ERROR;
    return fcntl(to_socket(args[0])->fd, F_SETFD, truth ? 0 : FD_CLOEXEC) == 0 ? NONE : fail(vm);
}

// ---- texts

static Value method_repr(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    Str *name = class_full_name(vm, s->head.shape->cls), *places = vm->empty_str;
    int (*const asks[2])(int, struct sockaddr *, socklen_t *) = {getsockname, getpeername};
    for (int i = 0; i < 2 && s->fd >= 0 && places != NULL; i++) {
        Address address = {.size = sizeof address.storage};
        if (asks[i](s->fd, (struct sockaddr *)&address.storage, &address.size) != 0) continue;
        Value where = address_value(vm, &address);
        if (is_error(where)) return ERROR;
        if (is_none(where) || (is_str(where) && to_str(where)->size == 0)) continue;
        places = str_printf(vm, "%S, %s=%V", places, i == 0 ? "laddr" : "raddr", where);
    }
    if (name == NULL || places == NULL) return ERROR;
    Str *text = str_printf(vm, "<%S%s fd=%d, family=%d, type=%d, proto=%d%S>", name, s->fd < 0 ? " [closed]" : "", s->fd, s->family, s->type,
                           s->protocol, places);
    return text == NULL ? ERROR : from_object(text);
}

const NativeDef socket_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", method_new, NULL, NATIVE_NEW},
    {"__init__(self, family=-1, type=-1, proto=-1, fileno=None)", method_init, NULL, 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"__enter__(self, /)", method_enter, NULL, 0},
    {"__exit__(self, /, *args)", method_close, NULL, 0},
    {"accept(self, /)", method_accept, "Wait for a connection: (socket, address).", 0},
    {"bind(self, address, /)", method_bind, "Give the socket an address of its own.", 0},
    {"close(self, /)", method_close, "Close the socket.", 0},
    {"_file_opened(self, /)", method_file_opened, NULL, 0},
    {"_file_closed(self, /)", method_file_closed, NULL, 0},
    {"makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None)", method_makefile, "A file for the connection.", 0},
    {"sendfile(self, file, offset=0, count=None)", method_sendfile, "Send a file; how many bytes.", 0},
    {"connect(self, address, /)", method_connect, "Connect to an address.", 0},
    {"connect_ex(self, address, /)", method_connect_ex, "connect() that gives an error's number instead of raising it.", 0},
    {"detach(self, /)", method_detach, "Give up the descriptor without closing it.", 0},
    {"dup(self, /)", method_dup, "Another socket object for the same connection.", 0},
    {"fileno(self, /)", method_fileno, "The descriptor; -1 when closed.", 0},
    {"getpeername(self, /)", method_getpeername, "The address of the other side.", 0},
    {"getsockname(self, /)", method_getsockname, "The address of this side.", 0},
    {"getsockopt(self, level, option, buflen=?, /)", method_getsockopt, "An option: an int, or bytes of at most buflen.", 0},
    {"setsockopt(self, level, option, value, optlen=?, /)", method_setsockopt, "Set an option.", 0},
    {"listen(self, backlog=128, /)", method_listen, "Wait for connections.", 0},
    {"recv(self, bufsize, flags=0, /)", method_recv, "Up to bufsize bytes; none at the end.", 0},
    {"recvfrom(self, bufsize, flags=0, /)", method_recvfrom, "(bytes, address of the sender).", 0},
    {"recv_into(self, buffer, nbytes=0, flags=0)", method_recv_into, "Receive into a buffer; how many bytes.", 0},
    {"recvfrom_into(self, buffer, nbytes=0, flags=0)", method_recvfrom_into, "Receive into a buffer: (how many, address).", 0},
    {"send(self, data, flags=0, /)", method_send, "Send data; how many bytes were taken.", 0},
    {"sendall(self, data, flags=0, /)", method_sendall, "Send all of the data.", 0},
    {"sendto(self, data, flags_or_address, address=?, /)", method_sendto, "Send a datagram to an address.", 0},
    {"setblocking(self, flag, /)", method_setblocking, "True: wait without limit; False: never wait.", 0},
    {"getblocking(self, /)", method_getblocking, "Whether operations wait.", 0},
    {"settimeout(self, timeout, /)", method_settimeout, "How long operations wait, in seconds; None: without limit.", 0},
    {"gettimeout(self, /)", method_gettimeout, "How long operations wait.", 0},
    {"shutdown(self, how, /)", method_shutdown, "Close one direction or both.", 0},
    {"get_inheritable(self, /)", method_get_inheritable, "Whether programs that are run inherit the descriptor.", 0},
    {"set_inheritable(self, inheritable, /)", method_set_inheritable, "Whether programs that are run inherit the descriptor.", 0},
    {0},
};

static Value get_family(VM *vm, Value self) { return from_int(to_socket(self)->family); }
static Value get_type(VM *vm, Value self) { return from_int(to_socket(self)->type); }
static Value get_proto(VM *vm, Value self) { return from_int(to_socket(self)->protocol); }
static Value get_timeout(VM *vm, Value self) { return method_gettimeout(vm, &self, 1); }
static Value get_closed(VM *vm, Value self) { return from_bool(to_socket(self)->fd < 0 || to_socket(self)->close_wanted); }

const GetSetDef socket_getsets[] = {
    {"family", get_family, NULL, "AF_INET and so on."},
    {"type", get_type, NULL, "SOCK_STREAM and so on."},
    {"proto", get_proto, NULL, "The number of the protocol."},
    {"timeout", get_timeout, NULL, "What gettimeout() gives."},
    {"_closed", get_closed, NULL, NULL},
    {0},
};
