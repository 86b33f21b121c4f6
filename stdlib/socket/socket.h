// Sockets, as the module socket and asyncio share them.
#ifndef COIL_STDLIB_SOCKET_H
#define COIL_STDLIB_SOCKET_H

#include <sys/socket.h>
#include <sys/un.h>

#include "vm/call.h"
#include "vm/doors.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

typedef struct Socket {
    Object head;
    int fd;                      // -1: closed
    int family, type, protocol;
    double timeout;              // seconds; negative: none, it blocks
    unsigned files;              // of makefile(), open
    bool close_wanted;           // close() was called; the last file closes it
} Socket;

typedef struct Address { struct sockaddr_storage storage; socklen_t size; } Address;

static inline bool is_socket(VM *vm, Value v) {
    return is_kind(v, KIND_HOST) && vm->socket_class != NULL && class_is_subclass(to_object(v)->shape->cls, vm->socket_class);
}
static inline Socket *to_socket(Value v) { return (Socket *)to_object(v); }

// ---- socket.c
MUST_CHECK Value socket_new(VM *vm, int fd, int family, int type, int protocol);   // takes the descriptor over, also when it fails
MUST_CHECK bool socket_module_ready(VM *vm);                                       // the class is there: imports the module
void socket_close(VM *vm, Socket *s);
MUST_CHECK bool int_argument(VM *vm, Value v, int *out);
// Memory to write into: a bytearray or writable memoryview. False: TypeError.
MUST_CHECK bool writable_bytes(VM *vm, Value v, const char *function, uint8_t **out_data, size_t *out_size);
MUST_CHECK bool fd_set_blocking(VM *vm, int fd, bool blocking);
double socket_deadline(const Socket *s);                                           // by the monotonic clock
// After a failed attempt, with its errno: true when it is worth another one, after waiting if need be.
MUST_CHECK bool socket_try_again(VM *vm, Socket *s, int event, double deadline);
extern const NativeDef socket_methods[];
extern const GetSetDef socket_getsets[];

// ---- address.c
// Python's address of this family as the system's. function: for error texts. resolve: names may be looked up, which blocks.
MUST_CHECK bool address_parse(VM *vm, int family, Value v, const char *function, Address *out);
MUST_CHECK Value address_value(VM *vm, const Address *address);
Value raise_gaierror(VM *vm, int code);
// getaddrinfo()'s list of tuples; and its arguments as C strings, NULL where None.
struct addrinfo;
MUST_CHECK Value addrinfo_list(VM *vm, const struct addrinfo *found);
MUST_CHECK bool host_text(VM *vm, Value host, char *buffer, size_t size, const char **out);
MUST_CHECK bool service_text(VM *vm, Value service, char *buffer, size_t size, const char **out);
extern const NativeDef address_functions[];

// ---- messages.c
extern const NativeDef socket_message_methods[], socket_message_functions[];

// ---- module.c
MUST_CHECK Value socket_python(VM *vm, const char *name, const Value *args, int argc);   // calls a function of _sockets.py

#endif
