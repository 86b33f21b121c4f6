// The classes of transports, protocols and streams, made when the first of them is needed; and the module _asyncio_io, through which the
// parts of asyncio that are written in Python have them.
#include "stdlib/asyncio/transport.h"
#include "stdlib/modules.h"

static void io_state_trace(VM *vm, void *data) {
    IoState *io = data;
    Class *const classes[] = {io->base_transport, io->read_transport, io->write_transport, io->transport, io->datagram_transport,
                              io->subprocess_transport, io->base_protocol, io->protocol, io->buffered_protocol, io->datagram_protocol,
                              io->subprocess_protocol, io->socket_transport, io->read_pipe_transport, io->write_pipe_transport,
                              io->selector_datagram_transport, io->stream_reader, io->stream_writer, io->flow_control, io->stream_protocol, io->descriptor, io->process_watch};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) gc_mark_object(vm, classes[i]);
#define X(name) gc_mark_object(vm, io->names.name);
    IO_NAMES(X)
#undef X
}

// A class without data of its own, to derive from.
static bool make_base(VM *vm, Class **where, const char *module, const char *name, Class *base, const NativeDef *methods) {
    Class *cls = class_create_simple(vm, module, name, base == NULL ? vm->types.object : base, NULL);
    if (cls == NULL) return false;
    cls->flags |= CLASS_BASETYPE | CLASS_HAS_DICT;
    *where = cls;
    return class_add_members(vm, cls, methods, NULL);
}

static bool make_bases(VM *vm, IoState *io) {
    static const NativeDef no_methods[] = {{0}};
    const char *t = "asyncio.transports", *p = "asyncio.protocols";
    return make_base(vm, &io->base_transport, t, "BaseTransport", NULL, base_transport_methods) &&
           make_base(vm, &io->read_transport, t, "ReadTransport", io->base_transport, read_transport_methods) &&
           make_base(vm, &io->write_transport, t, "WriteTransport", io->base_transport, write_transport_methods) &&
           make_base(vm, &io->transport, t, "Transport", io->read_transport, no_methods) && class_add_base(vm, io->transport, io->write_transport) &&
           make_base(vm, &io->datagram_transport, t, "DatagramTransport", io->base_transport, datagram_base_methods) &&
           make_base(vm, &io->subprocess_transport, t, "SubprocessTransport", io->base_transport, subprocess_base_methods) &&
           make_base(vm, &io->base_protocol, p, "BaseProtocol", NULL, base_protocol_methods) &&
           make_base(vm, &io->protocol, p, "Protocol", io->base_protocol, protocol_methods) &&
           make_base(vm, &io->buffered_protocol, p, "BufferedProtocol", io->base_protocol, buffered_protocol_methods) &&
           make_base(vm, &io->datagram_protocol, p, "DatagramProtocol", io->base_protocol, datagram_protocol_methods) &&
           make_base(vm, &io->subprocess_protocol, p, "SubprocessProtocol", io->base_protocol, subprocess_protocol_methods);
}

typedef struct HostClass {
    Class **where;
    const char *module, *name;
    Class *base;
    size_t size;
    void (*trace)(VM *vm, Object *object);
    void (*free)(VM *vm, Object *object);
    const NativeDef *methods;
    const GetSetDef *getsets;
    bool open;                   // programs may derive from it
    void (*finalize)(VM *vm, Object *object);
} HostClass;

static bool make_host_class(VM *vm, const HostClass *row) {
    Class *cls = class_create_simple(vm, row->module, row->name, row->base, NULL);
    if (cls == NULL) return false;
    *row->where = cls;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)row->size;
    cls->flags &= ~(unsigned)CLASS_BASETYPE;
    cls->flags |= CLASS_HAS_WEAKREF | (row->open ? CLASS_BASETYPE | CLASS_HAS_DICT : CLASS_DISALLOW_INSTANTIATION);
    cls->inline_slots = 0;
    cls->host_trace = row->trace;
    cls->host_free = row->free;
    cls->host_finalize = row->finalize;
    return class_add_members(vm, cls, row->methods, row->getsets);
}

static bool make_host_classes(VM *vm, IoState *io) {
    const HostClass rows[] = {
        {&io->socket_transport, "asyncio.selector_events", "_SelectorSocketTransport", io->transport, sizeof(Transport), transport_trace, transport_free,
         socket_transport_methods, transport_getsets, false, transport_finalize},
        {&io->read_pipe_transport, "asyncio.unix_events", "_UnixReadPipeTransport", io->read_transport, sizeof(Transport), transport_trace, transport_free,
         read_pipe_transport_methods, transport_getsets, false, transport_finalize},
        {&io->write_pipe_transport, "asyncio.unix_events", "_UnixWritePipeTransport", io->write_transport, sizeof(Transport), transport_trace,
         transport_free, write_pipe_transport_methods, transport_getsets, false, transport_finalize},
        {&io->selector_datagram_transport, "asyncio.selector_events", "_SelectorDatagramTransport", io->transport, sizeof(Transport),
         transport_trace, transport_free, datagram_common_methods, transport_getsets, false, transport_finalize},
        {&io->stream_reader, "asyncio.streams", "StreamReader", vm->types.object, sizeof(StreamReader), stream_reader_trace, stream_reader_free,
         stream_reader_methods, stream_reader_getsets, true, NULL},
        {&io->stream_writer, "asyncio.streams", "StreamWriter", vm->types.object, sizeof(StreamWriter), stream_writer_trace, NULL, stream_writer_methods,
         stream_writer_getsets, true, stream_writer_finalize},
        {&io->flow_control, "asyncio.streams", "FlowControlMixin", io->protocol, sizeof(StreamProtocol), stream_protocol_trace, NULL,
         flow_control_methods, flow_control_getsets, true, NULL},
        {&io->descriptor, "_asyncio_io", "pipe", vm->types.object, descriptor_size, NULL, descriptor_free, descriptor_methods, NULL, false, NULL},
        {&io->process_watch, "_asyncio_io", "process_watch", vm->types.object, process_watch_size, process_watch_trace, process_watch_free, NULL, NULL,
         false, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!make_host_class(vm, &rows[i])) return false;
    const HostClass protocol = {&io->stream_protocol, "asyncio.streams", "StreamReaderProtocol", io->flow_control, sizeof(StreamProtocol),
                                stream_protocol_trace, NULL, stream_protocol_methods, NULL, true, NULL};
    return class_add_base(vm, io->selector_datagram_transport, io->datagram_transport) && class_add_members(vm, io->selector_datagram_transport, datagram_transport_methods, NULL) && make_host_class(vm, &protocol);
}

static bool make_names(VM *vm, IoState *io) {
#define X(name) \
    if ((io->names.name = str_intern_c(vm, #name)) == NULL) return false;
    IO_NAMES(X)
#undef X
    return true;
}

bool io_state_ready(VM *vm) {
    AsyncioState *state = ASYNCIO(vm);
    if (LIKELY(state->io != NULL)) return true;
    if (!socket_module_ready(vm)) return false;
    IoState *io = alloc_new(&vm->allocator, sizeof *io);
    if (io == NULL) return raise_no_memory(vm), false;
    memset(io, 0, sizeof *io);
    if (gc_add_roots(vm, io_state_trace, io) && make_names(vm, io) && make_bases(vm, io) && make_host_classes(vm, io)) {
        state->io = io;
        return true;
    }
    gc_remove_roots(vm, io);
    alloc_free(&vm->allocator, io, sizeof *io);
    return false;
}

static bool io_module_init(VM *vm, Module *module) {
    Str *asyncio = str_intern_c(vm, "asyncio");
    if (asyncio == NULL || is_error(import_module(vm, asyncio, NULL, from_object(vm->empty_tuple), 0)) || !io_state_ready(vm)) return false;
    IoState *io = IO_STATE(vm);
    const struct { const char *name; Class *cls; } classes[] = {
        {"BaseTransport", io->base_transport}, {"ReadTransport", io->read_transport}, {"WriteTransport", io->write_transport},
        {"Transport", io->transport}, {"DatagramTransport", io->datagram_transport}, {"SubprocessTransport", io->subprocess_transport},
        {"BaseProtocol", io->base_protocol}, {"Protocol", io->protocol}, {"BufferedProtocol", io->buffered_protocol},
        {"DatagramProtocol", io->datagram_protocol}, {"SubprocessProtocol", io->subprocess_protocol}, {"StreamReader", io->stream_reader},
        {"StreamWriter", io->stream_writer}, {"FlowControlMixin", io->flow_control}, {"StreamReaderProtocol", io->stream_protocol},
        {"_SelectorSocketTransport", io->socket_transport}, {"_SelectorDatagramTransport", io->selector_datagram_transport},
        {"_UnixReadPipeTransport", io->read_pipe_transport}, {"_UnixWritePipeTransport", io->write_pipe_transport},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (!module_add(vm, module, classes[i].name, from_object(classes[i].cls))) return false;
    return true;
}

const ModuleDef module_asyncio_io = {"_asyncio_io", "Transports, protocols and streams: what asyncio's modules share.", process_functions, io_module_init};
