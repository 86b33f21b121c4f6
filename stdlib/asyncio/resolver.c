// Names of hosts, looked up on a thread so that the loop goes on (io_jobs.c). Addresses given in numbers need no thread.
#include "stdlib/asyncio/transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>

enum { HOST_TEXT = 1025, SERVICE_TEXT = 64 };

typedef struct Lookup {
    IoJob job;
    bool has_host, has_service, names;   // names: getnameinfo()
    char host[HOST_TEXT], service[SERVICE_TEXT];
    struct addrinfo hints, *found;
    struct sockaddr_storage address;
    socklen_t address_size;
    int failure, system_error, flags;
} Lookup;

static void look_up(IoJob *job) {
    Lookup *lookup = (Lookup *)job;
    if (lookup->names)
        lookup->failure = getnameinfo((struct sockaddr *)&lookup->address, lookup->address_size, lookup->host, sizeof lookup->host, lookup->service,
                                      sizeof lookup->service, lookup->flags);
    else
        lookup->failure = getaddrinfo(lookup->has_host ? lookup->host : NULL, lookup->has_service ? lookup->service : NULL, &lookup->hints, &lookup->found);
    lookup->system_error = errno;
}

static Value names_value(VM *vm, Lookup *lookup) {
    Str *host = str_from_c(vm, lookup->host), *service = host == NULL ? NULL : str_from_c(vm, lookup->service);
    Tuple *pair = service == NULL ? NULL : tuple_pack(vm, 2, from_object(host), from_object(service));
    return pair == NULL ? ERROR : from_object(pair);
}

static bool looked_up(VM *vm, Loop *loop, IoJob *job, Object *target) {
    Lookup *lookup = (Lookup *)job;
    Future *future = (Future *)target;
    if (future_is_done(future)) return true;
    errno = lookup->system_error;
    Value result = lookup->failure != 0 ? raise_gaierror(vm, lookup->failure) : lookup->names ? names_value(vm, lookup) : addrinfo_list(vm, lookup->found);
    return is_error(result) ? future_set_exception(vm, future, raised_take(vm)) : future_set_result(vm, future, result);
}

static void lookup_free(IoJob *job) {
    Lookup *lookup = (Lookup *)job;
    if (lookup->found != NULL) freeaddrinfo(lookup->found);
    free(lookup);
}

static Lookup *lookup_new(VM *vm) {
    Lookup *lookup = calloc(1, sizeof *lookup);
    if (lookup == NULL) return raise_no_memory(vm), NULL;
    lookup->job = (IoJob){.work = look_up, .done = looked_up, .free = lookup_free};
    return lookup;
}

// Takes the lookup over; the future of its result.
static Value lookup_start(VM *vm, Loop *loop, Lookup *lookup, bool at_once) {
    Future *future = future_new(vm, loop);
    if (future == NULL) {
        lookup_free(&lookup->job);
        return ERROR;
    }
    if (!at_once) return io_job_start(vm, loop, &lookup->job, (Object *)future) ? from_object(future) : ERROR;
    bool fine = looked_up(vm, loop, &lookup->job, (Object *)future);
    lookup_free(&lookup->job);
    return fine ? from_object(future) : ERROR;
}

// _getaddrinfo(self, host, port, family, type, proto, flags)
static Value getaddrinfo_soon(VM *vm, const Value *args, int argc) {
    const char *host, *service;
    if (!door_network(vm) || !socket_module_ready(vm) || !loop_check_open(vm, (Loop *)to_object(args[0]))) return ERROR;
    Lookup *lookup = lookup_new(vm);
    if (lookup == NULL) return ERROR;
    struct addrinfo *hints = &lookup->hints;
    if (!host_text(vm, args[1], lookup->host, sizeof lookup->host, &host) ||
        !service_text(vm, args[2], lookup->service, sizeof lookup->service, &service) || !int_argument(vm, args[3], &hints->ai_family) ||
        !int_argument(vm, args[4], &hints->ai_socktype) || !int_argument(vm, args[5], &hints->ai_protocol) || !int_argument(vm, args[6], &hints->ai_flags)) {
        lookup_free(&lookup->job);
        return ERROR;
    }
    lookup->has_host = host != NULL;
    lookup->has_service = service != NULL;
    bool numeric_service = service == NULL || strspn(service, "0123456789") == strlen(service);
    if (numeric_service) {
        int flags = hints->ai_flags;
        hints->ai_flags |= AI_NUMERICHOST;
        look_up(&lookup->job);
        hints->ai_flags = flags;
        if (lookup->failure == 0) return lookup_start(vm, (Loop *)to_object(args[0]), lookup, true);
    }
    return lookup_start(vm, (Loop *)to_object(args[0]), lookup, false);
}

// _getnameinfo(self, sockaddr, flags)
static Value getnameinfo_soon(VM *vm, const Value *args, int argc) {
    Address address;
    int flags;
    if (!door_network(vm) || !socket_module_ready(vm) || !loop_check_open(vm, (Loop *)to_object(args[0])) || !int_argument(vm, args[2], &flags)) return ERROR;
    if (!is_tuple(args[1])) return raise_type_error(vm, "getnameinfo() argument 1 must be a tuple");
    Tuple *tuple = to_tuple(args[1]);
    if (tuple->count < 2 || tuple->count > 4 || !is_str(tuple->items[0])) return raise_type_error(vm, "getnameinfo(): illegal sockaddr argument");
    const char *text = str_data(vm, to_str(tuple->items[0]));
    if (text == NULL) return ERROR;
    // Addresses are numbers here: a name would have to be looked up first.
    char host[INET6_ADDRSTRLEN + 1] = "";
    struct in6_addr number;
    if (to_str(tuple->items[0])->size < sizeof host) memcpy(host, text, to_str(tuple->items[0])->size);
    if (inet_pton(AF_INET, host, &number) != 1 && inet_pton(AF_INET6, host, &number) != 1) return raise_gaierror(vm, EAI_NONAME);
    bool six = tuple->count > 2 || memchr(text, ':', to_str(tuple->items[0])->size) != NULL;
    if (!address_parse(vm, six ? AF_INET6 : AF_INET, args[1], "getnameinfo", &address)) return ERROR;
    Lookup *lookup = lookup_new(vm);
    if (lookup == NULL) return ERROR;
    lookup->names = true;
    lookup->address = address.storage;
    lookup->address_size = address.size;
    lookup->flags = flags;
    bool numeric = flags & NI_NUMERICHOST && flags & NI_NUMERICSERV;
    if (numeric) look_up(&lookup->job);
    return lookup_start(vm, (Loop *)to_object(args[0]), lookup, numeric);
}

const NativeDef loop_resolver_methods[] = {
    {"_getaddrinfo(self, host, port, family, type, proto, flags, /)", getaddrinfo_soon, NULL, 0},
    {"_getnameinfo(self, sockaddr, flags, /)", getnameinfo_soon, NULL, 0},
    {0},
};
