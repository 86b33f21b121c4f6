// Transports and streams: what their C files share. Made when first needed (io_module.c), for most programs never open a connection.
//
//     descriptor ready -> transport_readable() -> protocol.data_received(bytes)      any protocol
//                                              -> stream_feed(), no bytes object     StreamReaderProtocol itself
//     writer.write()   -> transport_write(): send() at once; what the system does not take is kept, and the descriptor watched
#ifndef COIL_STDLIB_ASYNCIO_TRANSPORT_H
#define COIL_STDLIB_ASYNCIO_TRANSPORT_H

#include "stdlib/asyncio/asyncio.h"
#include "stdlib/socket/socket.h"

typedef struct StreamReader StreamReader;
typedef struct StreamProtocol StreamProtocol;

// ---- bytes that wait: to be read by the program, or to be taken by the system
typedef struct ByteQueue { uint8_t *data; size_t start, end, capacity; } ByteQueue;
static inline size_t byte_queue_size(const ByteQueue *queue) { return queue->end - queue->start; }
static inline const uint8_t *byte_queue_data(const ByteQueue *queue) {
    return queue->data == NULL ? (const uint8_t *)"" : queue->data + queue->start;
}
MUST_CHECK bool byte_queue_add(VM *vm, ByteQueue *queue, const void *data, size_t size);
void byte_queue_remove(ByteQueue *queue, size_t size);               // from the front
void byte_queue_clear(VM *vm, ByteQueue *queue);
MUST_CHECK Value byte_queue_take(VM *vm, ByteQueue *queue, size_t size);   // as bytes, from the front

// ---- transports
typedef enum TransportKind { TRANSPORT_SOCKET, TRANSPORT_READ_PIPE, TRANSPORT_WRITE_PIPE, TRANSPORT_DATAGRAM } TransportKind;

typedef struct Transport {
    Object head;
    Loop *loop;                  // NULL once the connection is lost
    Value sock;                  // the Socket, or the file object of a pipe; NONE once it is lost
    Value protocol;
    Value extra;                 // dict of get_extra_info()
    Value server;                // UNDEFINED: none
    Value context;               // in which the protocol is called
    Value name;                  // of a datagram transport: the other side's address, or NONE
    StreamProtocol *stream;      // the protocol, when it is exactly ours; NULL otherwise
    List *datagrams;             // that wait: (bytes, address)
    int fd;
    uint8_t kind;                // TransportKind
    bool closing, eof, paused, protocol_paused, buffered_protocol, watch_closed, is_socket;   // is_socket: of the system, a pipe may be one
    unsigned conn_lost;
    size_t low, high, datagram_bytes;
    ByteQueue out;
} Transport;

// ---- streams
struct StreamReader {
    Object head;
    Loop *loop;
    size_t limit;
    ByteQueue in;
    size_t scanned;              // of the separator that is looked for: nothing before here
    bool eof, paused;
    Value exception;             // NONE: none
    Value transport;             // NONE: none yet
    WaiterList waiters;          // one at most
};

struct StreamProtocol {
    Object head;
    Loop *loop;
    Value reader, writer, callback, transport, task;
    Value served;                // the transport, while client_connected_cb's task runs
    Value lost;                  // the exception that connection_lost() brought
    Future *closed;
    bool paused, connection_lost;
    WaiterList drainers;
};

typedef struct StreamWriter {
    Object head;
    Loop *loop;
    Value transport, protocol, reader;
} StreamWriter;

// ---- what belongs to a VM
#define IO_NAMES(X) \
    X(connection_made) X(connection_lost) X(data_received) X(eof_received) X(pause_writing) X(resume_writing) X(get_buffer) X(buffer_updated) \
    X(datagram_received) X(error_received) X(get_extra_info) X(is_closing) X(pause_reading) X(resume_reading) X(write) X(close) X(fileno) \
    X(_call_connection_lost) X(_begin) X(_detach) X(_client_done)

typedef struct IoState {
    Class *base_transport, *read_transport, *write_transport, *transport, *datagram_transport, *subprocess_transport;
    Class *base_protocol, *protocol, *buffered_protocol, *datagram_protocol, *subprocess_protocol;
    Class *socket_transport, *read_pipe_transport, *write_pipe_transport, *selector_datagram_transport;
    Class *stream_reader, *stream_writer, *flow_control, *stream_protocol;
    Class *descriptor, *process_watch;
    struct { Str
#define X(name) *name,
        IO_NAMES(X)
#undef X
        *end; } names;
} IoState;

#define IO_STATE(vm) (ASYNCIO(vm)->io)

static inline bool is_of(Value v, Class *cls) { return is_kind(v, KIND_HOST) && class_is_subclass(to_object(v)->shape->cls, cls); }
static inline Transport *to_transport(Value v) { return (Transport *)to_object(v); }
static inline bool is_transport(VM *vm, Value v) {
    IoState *io = IO_STATE(vm);
    return is_of(v, io->socket_transport) || is_of(v, io->read_pipe_transport) || is_of(v, io->write_pipe_transport) || is_of(v, io->selector_datagram_transport);
}

// ---- io_module.c
MUST_CHECK bool io_state_ready(VM *vm);

// ---- transport.c
MUST_CHECK Value transport_new(VM *vm, Loop *loop, TransportKind kind, int fd, Value sock, Value protocol, Value waiter, Value extra, Value server);
MUST_CHECK bool transport_write(VM *vm, Transport *t, Value data);
MUST_CHECK bool transport_close(VM *vm, Transport *t);
MUST_CHECK bool transport_pause_reading(VM *vm, Transport *t);
MUST_CHECK bool transport_resume_reading(VM *vm, Transport *t);
MUST_CHECK bool transport_force_close(VM *vm, Transport *t, Value exception_or_none);
MUST_CHECK bool transport_fatal(VM *vm, Transport *t, const char *message);       // of the pending exception; false: it must leave the loop
MUST_CHECK bool transport_pause_protocol(VM *vm, Transport *t);                   // when too much waits
MUST_CHECK bool transport_resume_protocol(VM *vm, Transport *t);
MUST_CHECK bool transport_lose(VM *vm, Transport *t, Value exception_or_none);    // connection_lost(), now
MUST_CHECK bool transport_call(VM *vm, Transport *t, Str *name, const Value *args, int argc, Value *out);   // of the protocol
MUST_CHECK bool transport_watch(VM *vm, Transport *t, int event);
void transport_unwatch(VM *vm, Transport *t, int event);
size_t transport_waiting(const Transport *t);                                     // bytes not yet taken by the system
void transport_trace(VM *vm, Object *object);
void transport_finalize(VM *vm, Object *object);
void transport_free(VM *vm, Object *object);
bool transport_writable(VM *vm, Loop *loop, Object *target, int event);
extern const NativeDef socket_transport_methods[], read_pipe_transport_methods[], write_pipe_transport_methods[], datagram_common_methods[];
extern const GetSetDef transport_getsets[];

// ---- transport_read.c
bool transport_readable(VM *vm, Loop *loop, Object *target, int event);
// ---- datagram.c
bool datagram_readable(VM *vm, Loop *loop, Object *target, int event);
bool datagram_writable(VM *vm, Loop *loop, Object *target, int event);
extern const NativeDef datagram_transport_methods[];

// ---- transport_bases.c: the abstract classes
extern const NativeDef base_transport_methods[], read_transport_methods[], write_transport_methods[], datagram_base_methods[], subprocess_base_methods[];
extern const NativeDef base_protocol_methods[], protocol_methods[], buffered_protocol_methods[], datagram_protocol_methods[], subprocess_protocol_methods[];

// ---- stream_reader.c
MUST_CHECK bool stream_feed(VM *vm, StreamReader *reader, const void *data, size_t size);
MUST_CHECK bool stream_feed_eof(VM *vm, StreamReader *reader);
MUST_CHECK bool stream_set_exception(VM *vm, StreamReader *reader, Value exception);
void stream_reader_trace(VM *vm, Object *object);
void stream_reader_free(VM *vm, Object *object);
extern const NativeDef stream_reader_methods[];
extern const GetSetDef stream_reader_getsets[];

// ---- stream_protocol.c
bool stream_protocol_data(VM *vm, StreamProtocol *protocol, const void *data, size_t size);
void stream_protocol_trace(VM *vm, Object *object);
extern const NativeDef flow_control_methods[], stream_protocol_methods[];
extern const GetSetDef flow_control_getsets[];

// ---- process.c
void descriptor_free(VM *vm, Object *object);
void process_watch_trace(VM *vm, Object *object);
void process_watch_free(VM *vm, Object *object);
extern const size_t descriptor_size, process_watch_size;
extern const NativeDef descriptor_methods[], process_functions[];

// ---- stream_writer.c
MUST_CHECK Value stream_writer_new(VM *vm, Value transport, Value protocol, Value reader, Loop *loop);
MUST_CHECK Value stream_drain_helper(VM *vm, StreamProtocol *protocol);
void stream_writer_finalize(VM *vm, Object *object);
void stream_writer_trace(VM *vm, Object *object);
extern const NativeDef stream_writer_methods[];
extern const GetSetDef stream_writer_getsets[];

#endif
