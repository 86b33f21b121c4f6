// sendmsg() and recvmsg(): data in several pieces, with ancillary data such as descriptors.
//
// The pieces are put together before they are sent, and taken apart after they were received: while a socket waits, a program may do
// anything to its buffers.
#define _GNU_SOURCE
#include "stdlib/socket/socket.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

enum { CONTROL_MAX = 1 << 16 };

#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

// ---- arguments

static bool optional_flags(VM *vm, const Value *args, int argc, int index, int *out) {
    *out = 0;
    return !arg_given(args, argc, index) || int_argument(vm, args[index], out);
}

static bool size_of(VM *vm, const Value *args, int argc, int index, const char *what, size_t *out) {
    int size = 0;
    if (arg_given(args, argc, index) && !int_argument(vm, args[index], &size)) return false;
    if (size < 0) return raise_value_error(vm, "%s", what), false;
    *out = (size_t)size;
    return true;
}

// All buffers as one bytes object.
static Bytes *joined(VM *vm, Value buffers) {
    List *list = list_from_iterable(vm, buffers);
    size_t total = 0, at = 0;
    const uint8_t *data;
    size_t size;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (!bytes_like(vm, list->items[i], &data, &size)) return NULL;
        if (!size_add(total, size, &total)) return raise_no_memory(vm), NULL;
    }
    uint8_t *room = NULL;
    Bytes *all = list == NULL ? NULL : bytes_new_raw(vm, total, &room);
    for (size_t i = 0; all != NULL && i < list->count; i++) {
        if (!bytes_like(vm, list->items[i], &data, &size)) return NULL;
        if (size > total - at) size = total - at;
        memcpy(room + at, data, size);
        at += size;
    }
    return all;
}

// ---- sending

// One row of ancdata: (level, type, data).
static bool read_row(VM *vm, Value row, int *level, int *type, const uint8_t **data, size_t *size) {
    Tuple *tuple = is_tuple(row) ? to_tuple(row) : tuple_from_iterable(vm, row);
    if (tuple == NULL) return false;
    if (tuple->count != 3) return raise_type_error(vm, "[sendmsg() ancillary data items]() argument must be sequence of length 3, not %zu", tuple->count), false;
    return int_argument(vm, tuple->items[0], level) && int_argument(vm, tuple->items[1], type) && bytes_like(vm, tuple->items[2], data, size);
}

static bool control_make(VM *vm, List *rows, uint8_t **out, size_t *out_size) {
    size_t total = 0, size;
    const uint8_t *data;
    int level, type;
    *out = NULL;
    *out_size = 0;
    if (rows->count == 0) return true;
    for (size_t i = 0; i < rows->count; i++) {
        if (!read_row(vm, rows->items[i], &level, &type, &data, &size)) return false;
        if (size > CONTROL_MAX || (total += CMSG_SPACE(size)) > CONTROL_MAX) {
            raise_error(vm, vm->exc.OSError, "ancillary data item too large");
            return false;
        }
    }
    uint8_t *control = buffer_new(vm, total);
    if (control == NULL) return false;
    memset(control, 0, total);
    struct msghdr message = {.msg_control = control, .msg_controllen = total};
    struct cmsghdr *at = CMSG_FIRSTHDR(&message);
    for (size_t i = 0; i < rows->count && at != NULL; i++, at = CMSG_NXTHDR(&message, at)) {
        size_t left = total - (size_t)((uint8_t *)CMSG_DATA(at) - control);
        if (!read_row(vm, rows->items[i], &level, &type, &data, &size) || size > left) {
            if (!is_raised(vm)) raise_error(vm, vm->exc.RuntimeError, "ancillary data changed while they were read");
            buffer_free(vm, control, total);
            return false;
        }
        at->cmsg_level = level;
        at->cmsg_type = type;
        at->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(at), data, size);
    }
    *out = control;
    *out_size = total;
    return true;
}

// sendmsg(self, buffers, ancdata=(), flags=0, address=None)
static Value method_sendmsg(VM *vm, const Value *args, int argc) {
    Socket *s = to_socket(args[0]);
    Address to;
    int flags;
    uint8_t *control;
    size_t control_size;
    bool addressed = arg_given(args, argc, 4) && !is_none(args[4]);
    Bytes *data = joined(vm, args[1]);
    List *rows = data == NULL ? NULL : arg_given(args, argc, 2) ? list_from_iterable(vm, args[2]) : list_new(vm, 0);
    if (rows == NULL || !optional_flags(vm, args, argc, 3, &flags) || (addressed && !address_parse(vm, s->family, args[4], "sendmsg", &to)) ||
        !control_make(vm, rows, &control, &control_size))
        return ERROR;
    struct iovec piece = {(void *)(uintptr_t)data->data, data->size};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = control_size};
    if (addressed) {
        message.msg_name = &to.storage;
        message.msg_namelen = to.size;
    }
    double deadline = socket_deadline(s);
    ssize_t count;
    do count = sendmsg(s->fd, &message, flags | MSG_DONTWAIT | MSG_NOSIGNAL);
    while (count < 0 && socket_try_again(vm, s, POLLOUT, deadline));
    gc_keep(data);
    if (control != NULL) buffer_free(vm, control, control_size);
    return count < 0 ? ERROR : from_int(count);
}

// ---- receiving

static Value ancillary_list(VM *vm, struct msghdr *message) {
    List *rows = list_new(vm, 0);
    const uint8_t *end = (const uint8_t *)message->msg_control + message->msg_controllen;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); rows != NULL && at != NULL; at = CMSG_NXTHDR(message, at)) {
        const uint8_t *data = CMSG_DATA(at);
        size_t size = at->cmsg_len < CMSG_LEN(0) ? 0 : at->cmsg_len - CMSG_LEN(0), left = data < end ? (size_t)(end - data) : 0;
        Bytes *bytes = bytes_new(vm, data, size < left ? size : left);
        Tuple *row = bytes == NULL ? NULL : tuple_pack(vm, 3, from_int(at->cmsg_level), from_int(at->cmsg_type), from_object(bytes));
        if (row == NULL || !list_append(vm, rows, from_object(row))) return ERROR;
    }
    return rows == NULL ? ERROR : from_object(rows);
}

typedef struct Received {
    ssize_t count;
    Value ancillary, address;
    int flags;
} Received;

// Into data, which is nobody else's.
static bool receive_message(VM *vm, Socket *s, void *data, size_t size, size_t control_size, int flags, Received *out) {
    Address from = {.size = sizeof from.storage};
    uint8_t *control = control_size > 0 ? buffer_new(vm, control_size) : NULL;
    if (control_size > 0 && control == NULL) return false;
    double deadline = socket_deadline(s);
    struct iovec piece = {data, size};
    struct msghdr message;
    do {
        message = (struct msghdr){.msg_name = &from.storage, .msg_namelen = sizeof from.storage, .msg_iov = &piece, .msg_iovlen = 1,
                                  .msg_control = control, .msg_controllen = control_size};
        out->count = recvmsg(s->fd, &message, flags | MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    } while (out->count < 0 && socket_try_again(vm, s, POLLIN, deadline));
    if (out->count >= 0) {
        from.size = message.msg_namelen;
        out->flags = message.msg_flags & ~MSG_CMSG_CLOEXEC;
        out->ancillary = ancillary_list(vm, &message);
        out->address = is_error(out->ancillary) ? ERROR : address_value(vm, &from);
    }
    if (control != NULL) buffer_free(vm, control, control_size);
    return out->count >= 0 && !is_error(out->ancillary) && !is_error(out->address);
}

static Value four(VM *vm, Value first, const Received *got) {
    Tuple *result = tuple_pack(vm, 4, first, got->ancillary, from_int(got->flags), got->address);
    return result == NULL ? ERROR : from_object(result);
}

// recvmsg(self, bufsize, ancbufsize=0, flags=0)
static Value method_recvmsg(VM *vm, const Value *args, int argc) {
    size_t size, control_size;
    int flags;
    Received got;
    if (!size_of(vm, args, argc, 1, "negative buffer size in recvmsg()", &size) ||
        !size_of(vm, args, argc, 2, "invalid ancillary data buffer length", &control_size) || !optional_flags(vm, args, argc, 3, &flags))
        return ERROR;
    uint8_t *data = buffer_new(vm, size + 1);
    if (data == NULL) return ERROR;
    Value result = ERROR;
    if (receive_message(vm, to_socket(args[0]), data, size, control_size, flags, &got)) {
        Bytes *bytes = bytes_new(vm, data, (size_t)got.count < size ? (size_t)got.count : size);
        if (bytes != NULL) result = four(vm, from_object(bytes), &got);
    }
    buffer_free(vm, data, size + 1);
    return result;
}

static bool scatter(VM *vm, List *buffers, const uint8_t *data, size_t count) {
    for (size_t i = 0; i < buffers->count && count > 0; i++) {
        uint8_t *room;
        size_t size;
        if (!writable_bytes(vm, buffers->items[i], "recvmsg_into", &room, &size)) return false;
        if (size > count) size = count;
        memcpy(room, data, size);
        data += size;
        count -= size;
    }
    return true;
}

// recvmsg_into(self, buffers, ancbufsize=0, flags=0)
static Value method_recvmsg_into(VM *vm, const Value *args, int argc) {
    size_t total = 0, control_size;
    int flags;
    Received got;
    List *buffers = list_from_iterable(vm, args[1]);
    if (buffers == NULL || !size_of(vm, args, argc, 2, "invalid ancillary data buffer length", &control_size) || !optional_flags(vm, args, argc, 3, &flags))
        return ERROR;
    for (size_t i = 0; i < buffers->count; i++) {
        uint8_t *room;
        size_t size;
        if (!writable_bytes(vm, buffers->items[i], "recvmsg_into", &room, &size)) {
            if (!raised_matches(vm, vm->exc.TypeError)) return ERROR;
            raised_clear(vm);
            return raise_type_error(vm, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers");
        }
        if (!size_add(total, size, &total)) return raise_no_memory(vm);
    }
    uint8_t *data = buffer_new(vm, total + 1);
    if (data == NULL) return ERROR;
    Value result = ERROR;
    if (receive_message(vm, to_socket(args[0]), data, total, control_size, flags, &got) &&
        scatter(vm, buffers, data, (size_t)got.count < total ? (size_t)got.count : total))
        result = four(vm, from_int(got.count), &got);
    buffer_free(vm, data, total + 1);
    return result;
}

const NativeDef socket_message_methods[] = {
    {"sendmsg(self, buffers, ancdata=?, flags=0, address=None, /)", method_sendmsg, "Send several buffers and ancillary data; how many bytes were taken.", 0},
    {"recvmsg(self, bufsize, ancbufsize=0, flags=0, /)", method_recvmsg, "(data, ancillary data, flags, address)", 0},
    {"recvmsg_into(self, buffers, ancbufsize=0, flags=0, /)", method_recvmsg_into, "(number of bytes, ancillary data, flags, address)", 0},
    {0},
};

// ---- sizes of ancillary data

static Value control_size(VM *vm, Value v, const char *function, bool padded) {
    int64_t size;
    Value number = value_index(vm, v);
    if (is_error(number)) return ERROR;
    if (!int_as_i64(number, &size) || size < 0 || size > INT32_MAX - 64)
        return raise_error(vm, vm->exc.OverflowError, "%s() argument out of range", function);
    return from_int((int64_t)(padded ? CMSG_SPACE((size_t)size) : CMSG_LEN((size_t)size)));
}
static Value cmsg_len(VM *vm, const Value *args, int argc) { return control_size(vm, args[0], "CMSG_LEN", false); }
static Value cmsg_space(VM *vm, const Value *args, int argc) { return control_size(vm, args[0], "CMSG_SPACE", true); }

const NativeDef socket_message_functions[] = {
    {"CMSG_LEN(length, /)", cmsg_len, "The length of an item of ancillary data, header included.", 0},
    {"CMSG_SPACE(length, /)", cmsg_space, "The room that an item of ancillary data takes.", 0},
    {0},
};
