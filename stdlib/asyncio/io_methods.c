// The event loop's methods about descriptors: add_reader() and its kin, making transports, and those that are written in Python.
#include "stdlib/asyncio/transport.h"

#include <sys/stat.h>
#include <unistd.h>

static Loop *loop_of(Value v) { return (Loop *)to_object(v); }

// ---- arguments

// A descriptor, or something with fileno().
static bool descriptor_argument(VM *vm, Value v, int *out) {
    Value number = int_or_bool(v);
    int64_t fd;
    if (is_undefined(number)) {
        Str *name = str_intern_c(vm, "fileno");
        Value asked = name == NULL ? ERROR : call_method(vm, v, name, NULL, 0);
        if (is_error(asked)) {
            if (!raised_matches(vm, vm->exc.AttributeError) && !raised_matches(vm, vm->exc.TypeError) && !raised_matches(vm, vm->exc.ValueError)) return false;
            raised_clear(vm);
            raise_value_error(vm, "Invalid file object: %R", v);
            return false;
        }
        number = int_or_bool(asked);
    }
    if (is_undefined(number) || !int_as_i64(number, &fd) || fd > INT32_MAX) return raise_value_error(vm, "Invalid file object: %R", v), false;
    if (fd < 0) return raise_value_error(vm, "Invalid file descriptor: %lld", (long long)fd), false;
    *out = (int)fd;
    return true;
}

static bool check_not_owned(VM *vm, Loop *loop, int fd, Value shown) {
    Object *owner = io_owner(loop, fd);
    if (owner == NULL || ((Transport *)owner)->closing) return true;
    raise_error(vm, vm->exc.RuntimeError, "File descriptor %R is used by transport %R", shown, from_object(owner));
    return false;
}

// ---- readers and writers

static bool handle_ready(VM *vm, Loop *loop, Object *target, int event) { return handle_run(vm, (Handle *)target); }

static void handle_drop(Object *object) {
    Handle *handle = (Handle *)object;
    handle->head.flags = (uint16_t)((handle->head.flags | HANDLE_CANCELLED) & ~HANDLE_ONE_ARGUMENT);
    handle->callback = handle->args = NONE;
}

// add_reader(self, fd, callback, *args)
static Value add(VM *vm, const Value *args, int argc, int event) {
    Loop *loop = loop_of(args[0]);
    int fd;
    bool one = argc == 4;
    Value packed = one ? args[3] : UNDEFINED, context;
    if (!vm->doors.processes && !door_network(vm)) return ERROR;
    if (!loop_check_open(vm, loop) || !descriptor_argument(vm, args[1], &fd) || !check_not_owned(vm, loop, fd, args[1])) return ERROR;
    if (argc > 4) {
        Tuple *tuple = tuple_from_values(vm, args + 3, (size_t)(argc - 3));
        if (tuple == NULL) return ERROR;
        packed = from_object(tuple);
    }
    if (!context_copy_current(vm, &context)) return ERROR;
    Handle *handle = handle_new(vm, loop, args[2], packed, one, context);
    Object *before = io_watcher(loop, fd, event);
    if (handle == NULL || !io_watch(vm, loop, fd, event, &handle->head, handle_ready)) return ERROR;
    if (before != NULL && to_object(from_object(before))->shape->cls == ASYNCIO(vm)->handle) handle_drop(before);
    return NONE;
}

static Value take_away(VM *vm, const Value *args, int event) {
    Loop *loop = loop_of(args[0]);
    int fd;
    if (loop->closed) return FALSE_VALUE;
    if (!descriptor_argument(vm, args[1], &fd) || !check_not_owned(vm, loop, fd, args[1])) return ERROR;
    Object *before = io_watcher(loop, fd, event);
    if (before == NULL) return FALSE_VALUE;
    if (before->shape->cls == ASYNCIO(vm)->handle) handle_drop(before);
    io_unwatch(vm, loop, fd, event);
    io_settle(vm, loop, fd);   // it may be closed next
    return TRUE_VALUE;
}

static Value add_reader(VM *vm, const Value *args, int argc) { return add(vm, args, argc, WATCH_READ); }
static Value add_writer(VM *vm, const Value *args, int argc) { return add(vm, args, argc, WATCH_WRITE); }
static Value remove_reader(VM *vm, const Value *args, int argc) { return take_away(vm, args, WATCH_READ); }
static Value remove_writer(VM *vm, const Value *args, int argc) { return take_away(vm, args, WATCH_WRITE); }

// ---- transports

static Value make_transport(VM *vm, const Value *args, int argc, TransportKind kind) {
    Loop *loop = loop_of(args[0]);
    int fd;
    if (!(kind == TRANSPORT_SOCKET || kind == TRANSPORT_DATAGRAM ? door_network(vm) : door_processes(vm))) return ERROR;
    if (!io_state_ready(vm) || !loop_check_open(vm, loop) || !descriptor_argument(vm, args[1], &fd) || !check_not_owned(vm, loop, fd, from_int(fd))) return ERROR;
    if ((kind == TRANSPORT_DATAGRAM || kind == TRANSPORT_SOCKET) && !is_socket(vm, args[1])) return raise_type_error(vm, "a socket is required, not %T", args[1]);
    return transport_new(vm, loop, kind, fd, args[1], args[2], arg_or(args, argc, 3, NONE), arg_or(args, argc, 4, NONE), arg_or(args, argc, 5, NONE));
}
static Value make_socket(VM *vm, const Value *args, int argc) { return make_transport(vm, args, argc, TRANSPORT_SOCKET); }
static Value make_read_pipe(VM *vm, const Value *args, int argc) { return make_transport(vm, args, argc, TRANSPORT_READ_PIPE); }
static Value make_write_pipe(VM *vm, const Value *args, int argc) { return make_transport(vm, args, argc, TRANSPORT_WRITE_PIPE); }
static Value make_datagram(VM *vm, const Value *args, int argc) { return make_transport(vm, args, argc, TRANSPORT_DATAGRAM); }

// What a server that was killed has left behind stands in the way of the next one.
static Value remove_stale_socket(VM *vm, const Value *args, int argc) {
    Address address;
    struct stat status;
    if (!door_network(vm) || !address_parse(vm, AF_UNIX, args[1], "bind", &address)) return ERROR;
    const char *path = ((struct sockaddr_un *)&address.storage)->sun_path;
    if (path[0] != 0 && stat(path, &status) == 0 && S_ISSOCK(status.st_mode)) unlink(path);
    return NONE;
}

// ---- written in Python: base_events.py, processes.py

// (self, /, *args, **kwargs): self, the keywords, the other arguments
static Value call_python(VM *vm, const Value *args, int argc, const char *submodule, const char *name) {
    Value function = asyncio_python(vm, submodule, name);
    Tuple *all = is_error(function) ? NULL : tuple_new(vm, (size_t)argc - 1);
    if (all == NULL) return ERROR;
    all->items[0] = args[0];
    for (int i = 2; i < argc; i++) all->items[i - 1] = args[i];
    return call_ex(vm, function, from_object(all), args[1]);
}

#define IN_PYTHON(submodule, name) \
    static Value python_##name(VM *vm, const Value *args, int argc) { return call_python(vm, args, argc, submodule, #name); }
IN_PYTHON("base_events", create_connection)
IN_PYTHON("base_events", create_server)
IN_PYTHON("base_events", create_unix_connection)
IN_PYTHON("base_events", create_unix_server)
IN_PYTHON("base_events", create_datagram_endpoint)
IN_PYTHON("base_events", connect_accepted_socket)
IN_PYTHON("base_events", connect_read_pipe)
IN_PYTHON("base_events", connect_write_pipe)
IN_PYTHON("base_events", getaddrinfo)
IN_PYTHON("base_events", getnameinfo)
IN_PYTHON("base_events", sock_connect)
IN_PYTHON("base_events", sock_sendfile)
IN_PYTHON("base_events", sendfile)
IN_PYTHON("base_events", start_tls)
IN_PYTHON("base_events", _stop_serving)
IN_PYTHON("base_events", _sock_sendfile_native)
IN_PYTHON("processes", subprocess_exec)
IN_PYTHON("processes", subprocess_shell)
#undef IN_PYTHON

#define ROW(name, doc) {#name "(self, /, *args, **kwargs)", python_##name, doc, 0}
const NativeDef loop_io_methods[] = {
    {"add_reader(self, fd, callback, /, *args)", add_reader, "Call callback(*args) whenever the descriptor can be read.", 0},
    {"remove_reader(self, fd, /)", remove_reader, "Undo add_reader(); whether there was one.", 0},
    {"add_writer(self, fd, callback, /, *args)", add_writer, "Call callback(*args) whenever the descriptor can be written.", 0},
    {"remove_writer(self, fd, /)", remove_writer, "Undo add_writer(); whether there was one.", 0},
    {"_make_socket_transport(self, sock, protocol, waiter=None, extra=None, server=None)", make_socket, NULL, 0},
    {"_make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None)", make_read_pipe, NULL, 0},
    {"_make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None)", make_write_pipe, NULL, 0},
    {"_make_datagram_transport(self, sock, protocol, waiter=None, extra=None)", make_datagram, NULL, 0},
    {"_remove_stale_socket(self, path, /)", remove_stale_socket, NULL, 0},
    ROW(create_connection, "Connect to a host and a port: (transport, protocol)."),
    ROW(create_server, "A Server that accepts connections."),
    ROW(create_unix_connection, "Connect to a Unix socket: (transport, protocol)."),
    ROW(create_unix_server, "A Server that accepts connections to a Unix socket."),
    ROW(create_datagram_endpoint, "An endpoint of datagrams: (transport, protocol)."),
    ROW(connect_accepted_socket, "Go on with a connection accepted elsewhere: (transport, protocol)."),
    ROW(connect_read_pipe, "Read from a pipe: (transport, protocol)."),
    ROW(connect_write_pipe, "Write to a pipe: (transport, protocol)."),
    ROW(getaddrinfo, "socket.getaddrinfo() without blocking."),
    ROW(getnameinfo, "socket.getnameinfo() without blocking."),
    ROW(sock_connect, "Connect a socket."),
    ROW(sock_sendfile, "Send a file through a socket."),
    ROW(sendfile, "Send a file through a transport."),
    ROW(start_tls, "Encrypt a connection."),
    ROW(_stop_serving, NULL),
    ROW(_sock_sendfile_native, NULL),
    ROW(subprocess_exec, "Run a program: (transport, protocol)."),
    ROW(subprocess_shell, "Run a command of the shell: (transport, protocol)."),
    {0},
};
