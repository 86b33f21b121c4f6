// Addresses: Python's tuples and paths as the system's structs and back, and the functions that look names up.
#include "stdlib/socket/socket.h"
#include "vm/threads.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>

enum { HOST_TEXT = 1025, SERVICE_TEXT = 64 };

Value raise_gaierror(VM *vm, int code) {
    if (code == EAI_SYSTEM) return raise_os_error(vm, errno, UNDEFINED);
    Str *text = str_from_c(vm, gai_strerror(code));
    if (text == NULL) return ERROR;
    Value args[2] = {from_int(code), from_object(text)};
    return raise_with_args(vm, vm->socket_gaierror, 2, args);
}

// ---- texts

static bool copy_text(VM *vm, Value v, char *buffer, size_t size, const char *what) {
    const uint8_t *data;
    size_t length;
    if (is_str(v)) {
        data = (const uint8_t *)str_data(vm, to_str(v));
        if (data == NULL) return false;
        length = to_str(v)->size;
    } else if (is_bytes(v) || is_bytearray(v)) {
        if (!bytes_like(vm, v, &data, &length)) return false;
    } else {
        return raise_type_error(vm, "str, bytes or bytearray expected, not %T", v), false;
    }
    if (memchr(data, 0, length) != NULL) return raise_value_error(vm, "%s contains null character", what), false;
    if (length >= size) return raise_value_error(vm, "%s is too long", what), false;
    memcpy(buffer, data, length);
    buffer[length] = 0;
    return true;
}

bool host_text(VM *vm, Value host, char *buffer, size_t size, const char **out) {
    *out = NULL;
    if (is_none(host)) return true;
    if (!is_str(host) && !is_bytes(host)) return raise_type_error(vm, "getaddrinfo() argument 1 must be string or None"), false;
    *out = buffer;
    return copy_text(vm, host, buffer, size, "host name");
}

bool service_text(VM *vm, Value service, char *buffer, size_t size, const char **out) {
    *out = NULL;
    if (is_none(service)) return true;
    *out = buffer;
    Value number = int_or_bool(service);
    int64_t port;
    if (!is_undefined(number)) {
        if (!int_as_i64(number, &port)) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C long"), false;
        snprintf(buffer, size, "%lld", (long long)port);
        return true;
    }
    if (!is_str(service) && !is_bytes(service)) return raise_error(vm, vm->exc.OSError, "Int or String expected"), false;
    return copy_text(vm, service, buffer, size, "service name");
}

// ---- Python to system

static bool resolve(VM *vm, Value host, int family, Address *out) {
    char text[HOST_TEXT];
    if (!copy_text(vm, host, text, sizeof text, "host name")) return false;
    memset(out, 0, sizeof *out);
    out->storage.ss_family = (sa_family_t)family;
    if (text[0] == 0) {   // any
        out->size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
        return true;
    }
    if (family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)&out->storage;
        out->size = sizeof *in;
        if (strcmp(text, "<broadcast>") == 0) {
            in->sin_addr.s_addr = INADDR_BROADCAST;
            return true;
        }
        if (inet_pton(AF_INET, text, &in->sin_addr) == 1) return true;
    } else if (strchr(text, '%') == NULL) {
        struct sockaddr_in6 *in = (struct sockaddr_in6 *)&out->storage;
        out->size = sizeof *in;
        if (inet_pton(AF_INET6, text, &in->sin6_addr) == 1) return true;
    }
    struct addrinfo hints = {.ai_family = family}, *found = NULL;
    void *outside = vm_release(vm);
    int failure = getaddrinfo(text, NULL, &hints, &found);
    vm_acquire(vm, outside);
    if (failure != 0) return raise_gaierror(vm, failure), false;
    memcpy(&out->storage, found->ai_addr, found->ai_addrlen);
    out->size = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static bool port_of(VM *vm, Value v, const char *function, uint16_t *out) {
    Value number = value_index(vm, v);
    int64_t port;
    if (is_error(number)) return false;
    if (!int_as_i64(number, &port) || port < 0 || port > 0xffff)
        return raise_error(vm, vm->exc.OverflowError, "%s(): port must be 0-65535.", function), false;
    *out = htons((uint16_t)port);
    return true;
}

static bool inet_parse(VM *vm, Value v, const char *function, Address *out) {
    if (!is_tuple(v)) return raise_type_error(vm, "%s(): AF_INET address must be tuple, not %T", function, v), false;
    Tuple *tuple = to_tuple(v);
    if (tuple->count != 2) return raise_type_error(vm, "AF_INET address must be a pair (host, port)"), false;
    return resolve(vm, tuple->items[0], AF_INET, out) && port_of(vm, tuple->items[1], function, &((struct sockaddr_in *)&out->storage)->sin_port);
}

static bool inet6_parse(VM *vm, Value v, const char *function, Address *out) {
    if (!is_tuple(v)) return raise_type_error(vm, "%s(): AF_INET6 address must be tuple, not %T", function, v), false;
    Tuple *tuple = to_tuple(v);
    if (tuple->count < 2 || tuple->count > 4)
        return raise_type_error(vm, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"), false;
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)&out->storage;
    if (!resolve(vm, tuple->items[0], AF_INET6, out) || !port_of(vm, tuple->items[1], function, &in->sin6_port)) return false;
    for (size_t i = 2; i < tuple->count; i++) {
        Value number = value_index(vm, tuple->items[i]);
        int64_t part;
        if (is_error(number)) return false;
        if (!int_as_i64(number, &part) || part < 0 || part > (i == 2 ? 0xfffff : 0xffffffffLL))
            return raise_error(vm, vm->exc.OverflowError, i == 2 ? "%s(): flowinfo must be 0-1048575." : "%s(): scope_id is out of range", function), false;
        if (i == 2) in->sin6_flowinfo = htonl((uint32_t)part);
        else in->sin6_scope_id = (uint32_t)part;
    }
    return true;
}

static bool unix_parse(VM *vm, Value v, Address *out) {
    struct sockaddr_un *un = (struct sockaddr_un *)&out->storage;
    const uint8_t *data;
    size_t size;
    if (is_str(v)) {
        data = (const uint8_t *)str_data(vm, to_str(v));
        if (data == NULL) return false;
        size = to_str(v)->size;
    } else if (!bytes_like(vm, v, &data, &size)) {
        return false;
    }
    memset(out, 0, sizeof *out);
    un->sun_family = AF_UNIX;
    bool abstract = size > 0 && data[0] == 0;
    if (size + !abstract > sizeof un->sun_path) return raise_error(vm, vm->exc.OSError, "AF_UNIX path too long"), false;
    memcpy(un->sun_path, data, size);
    out->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size + (abstract || size == 0 ? 0 : 1));
    return true;
}

bool address_parse(VM *vm, int family, Value v, const char *function, Address *out) {
    switch (family) {
    case AF_INET: return inet_parse(vm, v, function, out);
    case AF_INET6: return inet6_parse(vm, v, function, out);
    case AF_UNIX: return unix_parse(vm, v, out);
    default: raise_error(vm, vm->exc.OSError, "%s(): bad family", function); return false;
    }
}

// ---- system to Python

static Value unix_value(VM *vm, const Address *address) {
    const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
    size_t size = address->size > offsetof(struct sockaddr_un, sun_path) ? address->size - offsetof(struct sockaddr_un, sun_path) : 0;
    if (size > 0 && un->sun_path[0] == 0) {
        Bytes *name = bytes_new(vm, un->sun_path, size);
        return name == NULL ? ERROR : from_object(name);
    }
    Str *path = str_from_latin1_or_utf8(vm, un->sun_path, strnlen(un->sun_path, size), "surrogateescape");
    return path == NULL ? ERROR : from_object(path);
}

Value address_value(VM *vm, const Address *address) {
    char text[INET6_ADDRSTRLEN + IF_NAMESIZE + 2];
    Tuple *tuple;
    if (address->size == 0) return NONE;
    if (address->storage.ss_family == AF_UNIX) return unix_value(vm, address);
    if (address->storage.ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
        inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
        Str *host = str_from_c(vm, text);
        tuple = host == NULL ? NULL : tuple_pack(vm, 2, from_object(host), from_int(ntohs(in->sin_port)));
    } else if (address->storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&address->storage;
        if (getnameinfo((const struct sockaddr *)in, sizeof *in, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
            inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
        Str *host = str_from_c(vm, text);
        tuple = host == NULL ? NULL
                             : tuple_pack(vm, 4, from_object(host), from_int(ntohs(in->sin6_port)), from_int(ntohl(in->sin6_flowinfo)),
                                          from_int(in->sin6_scope_id));
    } else {
        Bytes *raw = bytes_new(vm, (const char *)&address->storage + sizeof(sa_family_t), address->size - sizeof(sa_family_t));
        tuple = raw == NULL ? NULL : tuple_pack(vm, 2, from_int(address->storage.ss_family), from_object(raw));
    }
    return tuple == NULL ? ERROR : from_object(tuple);
}

Value addrinfo_list(VM *vm, const struct addrinfo *found) {
    List *list = list_new(vm, 4);
    for (const struct addrinfo *at = found; list != NULL && at != NULL; at = at->ai_next) {
        Address address = {.size = at->ai_addrlen};
        if (at->ai_addrlen > sizeof address.storage) continue;
        memcpy(&address.storage, at->ai_addr, at->ai_addrlen);
        Value where = address_value(vm, &address);
        Str *name = is_error(where) ? NULL : str_from_c(vm, at->ai_canonname == NULL ? "" : at->ai_canonname);
        Tuple *row = name == NULL ? NULL
                                  : tuple_pack(vm, 5, from_int(at->ai_family), from_int(at->ai_socktype), from_int(at->ai_protocol),
                                               from_object(name), where);
        if (row == NULL || !list_append(vm, list, from_object(row))) return ERROR;
    }
    return list == NULL ? ERROR : from_object(list);
}

// ---- functions

static Value get_addrinfo(VM *vm, const Value *args, int argc) {
    char host[HOST_TEXT], service[SERVICE_TEXT];
    const char *host_or_null, *service_or_null;
    struct addrinfo hints = {0}, *found = NULL;
    int *const numbers[] = {&hints.ai_family, &hints.ai_socktype, &hints.ai_protocol, &hints.ai_flags};
    if (!door_network(vm) || !host_text(vm, args[0], host, sizeof host, &host_or_null) ||
        !service_text(vm, args[1], service, sizeof service, &service_or_null))
        return ERROR;
    for (int i = 0; i < 4; i++)
        if (arg_given(args, argc, 2 + i) && !int_argument(vm, args[2 + i], numbers[i])) return ERROR;
    void *outside = vm_release(vm);
    int failure = getaddrinfo(host_or_null, service_or_null, &hints, &found);
    vm_acquire(vm, outside);
    if (failure != 0) return raise_gaierror(vm, failure);
    Value list = addrinfo_list(vm, found);
    freeaddrinfo(found);
    return list;
}

static Value get_nameinfo(VM *vm, const Value *args, int argc) {
    int flags;
    char text[HOST_TEXT], service[SERVICE_TEXT];
    if (!door_network(vm) || !int_argument(vm, args[1], &flags)) return ERROR;
    if (!is_tuple(args[0])) return raise_type_error(vm, "getnameinfo() argument 1 must be a tuple");
    Tuple *tuple = to_tuple(args[0]);
    if (tuple->count < 2 || tuple->count > 4 || !is_str(tuple->items[0]))
        return raise_type_error(vm, "getnameinfo(): illegal sockaddr argument");
    const char *host_or_null, *service_or_null;
    if (!host_text(vm, tuple->items[0], text, sizeof text, &host_or_null) || !service_text(vm, tuple->items[1], service, sizeof service, &service_or_null))
        return ERROR;
    struct addrinfo hints = {.ai_socktype = SOCK_DGRAM}, *found = NULL;
    hints.ai_flags = AI_NUMERICHOST;
    int failure = getaddrinfo(host_or_null, service_or_null, &hints, &found);
    if (failure != 0) return raise_gaierror(vm, failure);
    failure = getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, service, sizeof service, flags);
    freeaddrinfo(found);
    if (failure != 0) return raise_gaierror(vm, failure);
    Str *host_str = str_from_c(vm, text), *service_str = host_str == NULL ? NULL : str_from_c(vm, service);
    Tuple *pair = service_str == NULL ? NULL : tuple_pack(vm, 2, from_object(host_str), from_object(service_str));
    return pair == NULL ? ERROR : from_object(pair);
}

static Value str_or_error(VM *vm, const char *text) {
    Str *s = str_from_c(vm, text);
    return s == NULL ? ERROR : from_object(s);
}

static Value get_hostbyname(VM *vm, const Value *args, int argc) {
    Address address;
    char text[INET_ADDRSTRLEN];
    if (!door_network(vm) || !resolve(vm, args[0], AF_INET, &address)) return ERROR;
    return str_or_error(vm, inet_ntop(AF_INET, &((struct sockaddr_in *)&address.storage)->sin_addr, text, sizeof text));
}

static Value get_hostname(VM *vm, const Value *args, int argc) {
    char text[HOST_TEXT];
    if (!door_network(vm)) return ERROR;
    if (gethostname(text, sizeof text) != 0) return raise_os_error(vm, errno, UNDEFINED);
    text[sizeof text - 1] = 0;
    return str_or_error(vm, text);
}

// The databases of services are read by functions that share a buffer of the C library: getaddrinfo() and getnameinfo() do not.
static Value get_servbyname(VM *vm, const Value *args, int argc) {
    char name[SERVICE_TEXT], protocol[SERVICE_TEXT] = "";
    if (!door_network(vm) || !copy_text(vm, args[0], name, sizeof name, "service name")) return ERROR;
    if (arg_given(args, argc, 1) && !copy_text(vm, args[1], protocol, sizeof protocol, "protocol name")) return ERROR;
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = strcmp(protocol, "udp") == 0 ? SOCK_DGRAM : SOCK_STREAM}, *found = NULL;
    bool number = name[0] >= '0' && name[0] <= '9';
    if (number || getaddrinfo(NULL, name, &hints, &found) != 0) return raise_error(vm, vm->exc.OSError, "service/proto not found");
    int port = ntohs(((struct sockaddr_in *)found->ai_addr)->sin_port);
    freeaddrinfo(found);
    return from_int(port);
}

static Value get_servbyport(VM *vm, const Value *args, int argc) {
    int port;
    char protocol[SERVICE_TEXT] = "", service[SERVICE_TEXT];
    if (!door_network(vm) || !int_argument(vm, args[0], &port)) return ERROR;
    if (port < 0 || port > 0xffff) return raise_error(vm, vm->exc.OverflowError, "getservbyport: port must be 0-65535.");
    if (arg_given(args, argc, 1) && !copy_text(vm, args[1], protocol, sizeof protocol, "protocol name")) return ERROR;
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int flags = strcmp(protocol, "udp") == 0 ? NI_DGRAM : 0;
    if (getnameinfo((struct sockaddr *)&in, sizeof in, NULL, 0, service, sizeof service, flags) != 0 || (service[0] >= '0' && service[0] <= '9'))
        return raise_error(vm, vm->exc.OSError, "port/proto not found");
    return str_or_error(vm, service);
}

static Value inet_aton_(VM *vm, const Value *args, int argc) {
    char text[HOST_TEXT];
    struct in_addr address;
    if (!copy_text(vm, args[0], text, sizeof text, "address")) return ERROR;
    if (inet_aton(text, &address) == 0) return raise_error(vm, vm->exc.OSError, "illegal IP address string passed to inet_aton");
    Bytes *packed = bytes_new(vm, &address, sizeof address);
    return packed == NULL ? ERROR : from_object(packed);
}

static Value inet_ntoa_(VM *vm, const Value *args, int argc) {
    const uint8_t *data;
    size_t size;
    char text[INET_ADDRSTRLEN];
    if (!bytes_like(vm, args[0], &data, &size)) return ERROR;
    if (size != 4) return raise_error(vm, vm->exc.OSError, "packed IP wrong length for inet_ntoa");
    return str_or_error(vm, inet_ntop(AF_INET, data, text, sizeof text));
}

static Value inet_pton_(VM *vm, const Value *args, int argc) {
    int family;
    char text[HOST_TEXT];
    struct in6_addr address;
    if (!int_argument(vm, args[0], &family) || !copy_text(vm, args[1], text, sizeof text, "address")) return ERROR;
    int done = inet_pton(family, text, &address);
    if (done < 0) return raise_os_error(vm, errno, UNDEFINED);
    if (done == 0) return raise_error(vm, vm->exc.OSError, "illegal IP address string passed to inet_pton");
    Bytes *packed = bytes_new(vm, &address, family == AF_INET ? 4 : 16);
    return packed == NULL ? ERROR : from_object(packed);
}

static Value inet_ntop_(VM *vm, const Value *args, int argc) {
    int family;
    const uint8_t *data;
    size_t size;
    char text[INET6_ADDRSTRLEN];
    if (!int_argument(vm, args[0], &family) || !bytes_like(vm, args[1], &data, &size)) return ERROR;
    if (family != AF_INET && family != AF_INET6) return raise_value_error(vm, "unknown address family %d", family);
    if (size != (family == AF_INET ? 4 : 16)) return raise_value_error(vm, "invalid length of packed IP address string");
    return str_or_error(vm, inet_ntop(family, data, text, sizeof text));
}

static Value swap_bytes(VM *vm, Value v, const char *name, int bits) {
    Value number = value_index(vm, v);
    int64_t value;
    if (is_error(number)) return ERROR;
    if (bits == 32 && (int_sign(number) < 0 || !int_as_i64(number, &value) || value >> 32 != 0))
        return int_sign(number) < 0 ? raise_error(vm, vm->exc.OverflowError, "can't convert negative value to unsigned int")
                                    : raise_error(vm, vm->exc.OverflowError, "int larger than 32 bits");
    if (int_sign(number) < 0)
        return raise_error(vm, vm->exc.OverflowError, "%s: can't convert negative Python int to C %d-bit unsigned integer", name, bits);
    if (!int_as_i64(number, &value) || value >> bits != 0)
        return raise_error(vm, vm->exc.OverflowError, "%s: Python int too large to convert to C %d-bit unsigned integer", name, bits);
    return from_int(bits == 16 ? ntohs((uint16_t)value) : ntohl((uint32_t)value));
}
static Value htons_(VM *vm, const Value *args, int argc) { return swap_bytes(vm, args[0], "htons", 16); }
static Value ntohs_(VM *vm, const Value *args, int argc) { return swap_bytes(vm, args[0], "ntohs", 16); }
static Value htonl_(VM *vm, const Value *args, int argc) { return swap_bytes(vm, args[0], "htonl", 32); }
static Value ntohl_(VM *vm, const Value *args, int argc) { return swap_bytes(vm, args[0], "ntohl", 32); }

const NativeDef address_functions[] = {
    {"getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", get_addrinfo, "What to connect to for a host and a port: (family, type, proto, canonname, sockaddr), ...", 0},
    {"getnameinfo(sockaddr, flags, /)", get_nameinfo, "(host, service) of an address.", 0},
    {"gethostbyname(host, /)", get_hostbyname, "The IPv4 address of a host.", 0},
    {"gethostname()", get_hostname, "The name of this machine.", 0},
    {"getservbyname(servicename, protocolname=?, /)", get_servbyname, "The port of a service.", 0},
    {"getservbyport(port, protocolname=?, /)", get_servbyport, "The service of a port.", 0},
    {"inet_aton(ip_addr, /)", inet_aton_, "'1.2.3.4' as four bytes.", 0},
    {"inet_ntoa(packed_ip, /)", inet_ntoa_, "Four bytes as '1.2.3.4'.", 0},
    {"inet_pton(af, ip, /)", inet_pton_, "The text of an address as bytes.", 0},
    {"inet_ntop(af, packed_ip, /)", inet_ntop_, "The bytes of an address as text.", 0},
    {"htons(x, /)", htons_, "16 bits from host to network byte order.", 0},
    {"ntohs(x, /)", ntohs_, "16 bits from network to host byte order.", 0},
    {"htonl(x, /)", htonl_, "32 bits from host to network byte order.", 0},
    {"ntohl(x, /)", ntohl_, "32 bits from network to host byte order.", 0},
    {0},
};
