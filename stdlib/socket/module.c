// The module socket: its constants and functions. What is written in Python (create_connection() and the like) is in stdlib/_sockets.py.
#define _GNU_SOURCE
#include "stdlib/socket/socket.h"
#include "stdlib/asyncio/backend.h"
#include "stdlib/modules.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

// ---- functions

static Value socketpair_(VM *vm, const Value *args, int argc) {
    int numbers[3] = {AF_UNIX, SOCK_STREAM, 0}, pair[2];
    if (!door_network(vm)) return ERROR;
    for (int i = 0; i < 3; i++)
        if (arg_given(args, argc, i) && !is_none(args[i]) && !int_argument(vm, args[i], &numbers[i])) return ERROR;
    if (socketpair(numbers[0], numbers[1] | SOCK_CLOEXEC, numbers[2], pair) != 0) return raise_os_error(vm, errno, UNDEFINED);
    int type = numbers[1] & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    Value a = socket_new(vm, pair[0], numbers[0], type, numbers[2]), b = socket_new(vm, pair[1], numbers[0], type, numbers[2]);
    Tuple *both = is_error(a) || is_error(b) ? NULL : tuple_pack(vm, 2, a, b);
    return both == NULL ? ERROR : from_object(both);
}

static Value close_(VM *vm, const Value *args, int argc) {
    int fd;
    if (!door_network(vm) || !int_argument(vm, args[0], &fd)) return ERROR;
    io_closing_everywhere(vm, fd);
    return close(fd) == 0 ? NONE : raise_os_error(vm, errno, UNDEFINED);
}

static Value dup_(VM *vm, const Value *args, int argc) {
    int fd;
    if (!door_network(vm) || !int_argument(vm, args[0], &fd)) return ERROR;
    int made = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return made < 0 ? raise_os_error(vm, errno, UNDEFINED) : from_int(made);
}

// Kept plus one: a new VM, which is zeroed, has none.
static Value getdefaulttimeout_(VM *vm, const Value *args, int argc) {
    return vm->socket_default_timeout - 1 < 0 ? NONE : float_new(vm, vm->socket_default_timeout - 1);
}

static Value setdefaulttimeout_(VM *vm, const Value *args, int argc) {
    double seconds = -1;
    if (!is_none(args[0])) {
        if (!value_as_double(vm, args[0], &seconds)) return ERROR;
        if (!(seconds >= 0)) return raise_value_error(vm, "Timeout value out of range");
    }
    vm->socket_default_timeout = seconds + 1;
    return NONE;
}

static Value if_nametoindex_(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0])) return raise_type_error(vm, "if_nametoindex() argument 1 must be str, not %T", args[0]);
    const char *name = str_data(vm, to_str(args[0]));
    char text[IF_NAMESIZE] = "";
    if (name == NULL) return ERROR;
    if (to_str(args[0])->size < sizeof text) memcpy(text, name, to_str(args[0])->size);
    unsigned index = if_nametoindex(text);
    return index == 0 ? raise_error(vm, vm->exc.OSError, "no interface with this name") : from_int(index);
}

static const char helper_names[] = " create_connection create_server has_dualstack_ipv6 fromfd getfqdn gethostbyaddr gethostbyname_ex send_fds recv_fds ";

static Value getattr_(VM *vm, const Value *args, int argc) {
    Str *name = is_str(args[0]) ? str_intern(vm, to_str(args[0])) : NULL;
    const char *text = name == NULL ? NULL : str_data(vm, name);
    if (text == NULL) return is_raised(vm) ? ERROR : raise_type_error(vm, "attribute name must be string, not '%T'", args[0]);
    Str *padded = str_printf(vm, " %S ", name), *module_name = str_intern_c(vm, "_sockets"), *self_name = str_intern_c(vm, "socket");
    if (padded == NULL || module_name == NULL || self_name == NULL || str_data(vm, padded) == NULL) return ERROR;
    Value self = dict_get_str(vm, vm->modules, self_name);
    if (memmem(helper_names, sizeof helper_names - 1, padded->data, padded->size) == NULL)
        return raise_attribute_error(vm, is_undefined(self) ? NONE : self, name, "module 'socket' has no attribute '%S'", name);
    Value module = import_module(vm, module_name, NULL, from_object(vm->empty_tuple), 0), value = is_error(module) ? ERROR : attr_get(vm, module, name);
    if (!is_error(value) && is_module(self) && !dict_set_str(vm, to_module(self)->dict, name, value)) return ERROR;
    return value;
}

Value socket_python(VM *vm, const char *name, const Value *args, int argc) {
    Str *module_name = str_intern_c(vm, "_sockets"), *attribute = str_intern_c(vm, name);
    if (module_name == NULL || attribute == NULL) return ERROR;
    Value module = import_module(vm, module_name, NULL, from_object(vm->empty_tuple), 0), function = is_error(module) ? ERROR : attr_get(vm, module, attribute);
    if (is_error(function)) return ERROR;
    while (argc > 0 && is_undefined(args[argc - 1])) argc--;
    Value all[8];
    for (int i = 0; i < argc && i < 8; i++) all[i] = is_undefined(args[i]) ? NONE : args[i];
    return call_value(vm, function, all, argc < 8 ? argc : 8);
}

static const NativeDef socket_functions[] = {
    {"socketpair(family=None, type=1, proto=0)", socketpair_, "Two sockets that are connected to each other.", 0},
    {"close(fd, /)", close_, "Close a descriptor.", 0},
    {"dup(fd, /)", dup_, "Another descriptor for the same thing.", 0},
    {"getdefaulttimeout()", getdefaulttimeout_, "The timeout of new sockets.", 0},
    {"setdefaulttimeout(timeout, /)", setdefaulttimeout_, "Set the timeout of new sockets.", 0},
    {"if_nametoindex(if_name, /)", if_nametoindex_, "The number of a network interface.", 0},
    {"__getattr__(name, /)", getattr_, NULL, 0},
    {0},
};

// ---- constants

#define ROW(name) {#name, name}
static const struct { const char *name; int value; } constants[] = {
    ROW(AF_UNSPEC), ROW(AF_INET), ROW(AF_INET6), ROW(AF_UNIX),
    ROW(SOCK_STREAM), ROW(SOCK_DGRAM), ROW(SOCK_RAW), ROW(SOCK_SEQPACKET), ROW(SOCK_RDM),
#ifdef SOCK_NONBLOCK
    ROW(SOCK_NONBLOCK), ROW(SOCK_CLOEXEC),
#endif
    ROW(SOL_SOCKET), ROW(SO_REUSEADDR), ROW(SO_KEEPALIVE), ROW(SO_BROADCAST), ROW(SO_LINGER), ROW(SO_SNDBUF), ROW(SO_RCVBUF), ROW(SO_ERROR),
    ROW(SO_TYPE), ROW(SO_ACCEPTCONN), ROW(SO_OOBINLINE), ROW(SO_RCVTIMEO), ROW(SO_SNDTIMEO), ROW(SO_RCVLOWAT), ROW(SO_SNDLOWAT), ROW(SO_DEBUG),
    ROW(SO_DONTROUTE),
#ifdef SO_REUSEPORT
    ROW(SO_REUSEPORT),
#endif
#ifdef SO_DOMAIN
    ROW(SO_DOMAIN), ROW(SO_PROTOCOL), ROW(SO_PEERCRED), ROW(SO_PASSCRED), ROW(SO_BINDTODEVICE), ROW(SO_PRIORITY), ROW(SO_MARK),
#endif
    ROW(SOMAXCONN), ROW(SHUT_RD), ROW(SHUT_WR), ROW(SHUT_RDWR),
    ROW(MSG_OOB), ROW(MSG_PEEK), ROW(MSG_DONTROUTE), ROW(MSG_DONTWAIT), ROW(MSG_WAITALL), ROW(MSG_TRUNC), ROW(MSG_CTRUNC),
#ifdef MSG_NOSIGNAL
    ROW(MSG_NOSIGNAL), ROW(MSG_EOR), ROW(MSG_MORE), ROW(SCM_RIGHTS), {"SOL_IP", IPPROTO_IP}, {"SOL_TCP", IPPROTO_TCP}, {"SOL_UDP", IPPROTO_UDP},
#endif
    ROW(IPPROTO_IP), ROW(IPPROTO_ICMP), ROW(IPPROTO_TCP), ROW(IPPROTO_UDP), ROW(IPPROTO_IPV6), ROW(IPPROTO_ICMPV6), ROW(IPPROTO_RAW),
    ROW(IP_TOS), ROW(IP_TTL), ROW(IP_MULTICAST_IF), ROW(IP_MULTICAST_TTL), ROW(IP_MULTICAST_LOOP), ROW(IP_ADD_MEMBERSHIP), ROW(IP_DROP_MEMBERSHIP),
    ROW(IPV6_V6ONLY), ROW(IPV6_JOIN_GROUP), ROW(IPV6_LEAVE_GROUP), ROW(IPV6_MULTICAST_HOPS), ROW(IPV6_MULTICAST_IF), ROW(IPV6_MULTICAST_LOOP),
    ROW(IPV6_UNICAST_HOPS),
    ROW(TCP_NODELAY), ROW(TCP_MAXSEG),
#ifdef TCP_KEEPIDLE
    ROW(TCP_CORK), ROW(TCP_KEEPIDLE), ROW(TCP_KEEPINTVL), ROW(TCP_KEEPCNT), ROW(TCP_SYNCNT), ROW(TCP_LINGER2), ROW(TCP_DEFER_ACCEPT),
    ROW(TCP_WINDOW_CLAMP), ROW(TCP_INFO), ROW(TCP_QUICKACK), ROW(TCP_USER_TIMEOUT), ROW(TCP_FASTOPEN), ROW(TCP_CONGESTION),
#endif
    ROW(INADDR_BROADCAST), ROW(INADDR_LOOPBACK), ROW(INADDR_ANY),
    ROW(AI_PASSIVE), ROW(AI_CANONNAME), ROW(AI_NUMERICHOST), ROW(AI_NUMERICSERV), ROW(AI_ADDRCONFIG), ROW(AI_V4MAPPED), ROW(AI_ALL),
    ROW(NI_NUMERICHOST), ROW(NI_NUMERICSERV), ROW(NI_NOFQDN), ROW(NI_NAMEREQD), ROW(NI_DGRAM), ROW(NI_MAXHOST), ROW(NI_MAXSERV),
    ROW(EAI_AGAIN), ROW(EAI_BADFLAGS), ROW(EAI_FAIL), ROW(EAI_FAMILY), ROW(EAI_MEMORY), ROW(EAI_NONAME), ROW(EAI_SERVICE), ROW(EAI_SOCKTYPE),
    ROW(EAI_SYSTEM), ROW(EAI_OVERFLOW), ROW(EBADF), ROW(EAGAIN), ROW(EWOULDBLOCK),
#ifdef EAI_NODATA
    ROW(EAI_NODATA), ROW(EAI_ADDRFAMILY),
#endif
};
#undef ROW
static const char *const unsigned_constants[] = {"INADDR_BROADCAST", "INADDR_LOOPBACK", "INADDR_ANY"};

static bool add_constants(VM *vm, Module *module) {
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
        bool is_unsigned = false;
        for (size_t j = 0; j < sizeof unsigned_constants / sizeof unsigned_constants[0]; j++)
            is_unsigned |= strcmp(constants[i].name, unsigned_constants[j]) == 0;
        int64_t value = is_unsigned ? (int64_t)(uint32_t)constants[i].value : constants[i].value;
        if (!module_add(vm, module, constants[i].name, from_int(value))) return false;
    }
    return module_add(vm, module, "has_ipv6", TRUE_VALUE);
}

// ---- the module

static void host_free_socket(VM *vm, Object *object) {
    Socket *s = (Socket *)object;
    if (s->fd < 0) return;
    io_lost_everywhere(vm, s->fd);
    close(s->fd);
    s->fd = -1;
}

static Class *make_class(VM *vm) {
    Class *cls = class_create_simple(vm, "socket", "socket", vm->types.object, "One end of a connection, or of a network.");
    if (cls == NULL) return NULL;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = sizeof(Socket);
    cls->flags |= CLASS_BASETYPE | CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
    cls->inline_slots = 0;
    cls->host_free = host_free_socket;
    if (!class_add_members(vm, cls, socket_methods, socket_getsets) || !class_add_members(vm, cls, socket_message_methods, NULL)) return NULL;
    gc_make_immortal(vm, cls);
    return vm->socket_class = cls;
}

static Class *make_error(VM *vm, const char *name) {
    Class *cls = class_create_simple(vm, "socket", name, vm->exc.OSError, NULL);
    if (cls != NULL) gc_make_immortal(vm, cls);
    return cls;
}

static bool add_functions(VM *vm, Module *module, const NativeDef *defs) {
    for (const NativeDef *def = defs; def->signature != NULL; def++) {
        char name[32];
        size_t size = strcspn(def->signature, "(");
        if (size >= sizeof name) return false;
        memcpy(name, def->signature, size);
        name[size] = 0;
        Value native = native_new(vm, def, NULL, from_object(module->name));
        if (is_error(native) || !module_add(vm, module, name, native)) return false;
    }
    return true;
}

static bool socket_module_init(VM *vm, Module *module) {
    if (vm->socket_class == NULL && make_class(vm) == NULL) return false;
    if (vm->socket_gaierror == NULL && (vm->socket_gaierror = make_error(vm, "gaierror")) == NULL) return false;
    if (vm->socket_herror == NULL && (vm->socket_herror = make_error(vm, "herror")) == NULL) return false;
    return module_add(vm, module, "socket", from_object(vm->socket_class)) && module_add(vm, module, "SocketType", from_object(vm->socket_class)) &&
           module_add(vm, module, "error", from_object(vm->exc.OSError)) && module_add(vm, module, "timeout", from_object(vm->exc.TimeoutError)) &&
           module_add(vm, module, "gaierror", from_object(vm->socket_gaierror)) && module_add(vm, module, "herror", from_object(vm->socket_herror)) &&
           add_functions(vm, module, address_functions) && add_functions(vm, module, socket_message_functions) && add_constants(vm, module);
}

bool socket_module_ready(VM *vm) {
    if (vm->socket_class != NULL) return true;
    Str *name = str_intern_c(vm, "socket");
    return name != NULL && !is_error(import_module(vm, name, NULL, from_object(vm->empty_tuple), 0));
}

const ModuleDef module_socket = {"socket", "Connections between programs, on one machine or many.", socket_functions, socket_module_init};
