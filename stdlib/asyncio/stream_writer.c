// StreamWriter: write() goes straight to the transport, drain() waits while too much waits there.
#include "stdlib/asyncio/transport.h"
#include "vm/warnings.h"

static StreamWriter *to_writer(Value v) { return (StreamWriter *)to_object(v); }
static Transport *own_transport(VM *vm, Value writer) {
    Value transport = to_writer(writer)->transport;
    return is_transport(vm, transport) ? to_transport(transport) : NULL;
}

void stream_writer_trace(VM *vm, Object *object) {
    StreamWriter *writer = (StreamWriter *)object;
    gc_mark_object(vm, writer->loop);
    gc_mark_value(vm, writer->transport);
    gc_mark_value(vm, writer->protocol);
    gc_mark_value(vm, writer->reader);
}

// The connection is closed when its writer is forgotten.
void stream_writer_finalize(VM *vm, Object *object) {
    StreamWriter *writer = (StreamWriter *)object;
    Value self = from_object(writer);
    Str *is_closing = str_intern_c(vm, "is_closing");
    if (writer->loop == NULL || is_closing == NULL) return;
    Value closing = call_method(vm, writer->transport, is_closing, NULL, 0);
    int truth = is_error(closing) ? -1 : value_is_true(vm, closing);
    bool fine = truth >= 0;
    if (truth == 0 && writer->loop->closed) fine = vm_warn(vm, vm->exc.ResourceWarning, 1, "loop is closed");
    else if (truth == 0)
        fine = !is_error(call_method(vm, writer->transport, IO_STATE(vm)->names.close, NULL, 0)) &&
               vm_warn(vm, vm->exc.ResourceWarning, 1, "unclosed %R", self);
    if (!fine) raised_report_unraisable(vm, NULL, self);
}

static void finalize_later(VM *vm, StreamWriter *writer) {
    writer->head.flags |= HOST_FINALIZE;
    gc_track_finalizer(vm, writer);
}

Value stream_writer_new(VM *vm, Value transport, Value protocol, Value reader, Loop *loop) {
    StreamWriter *writer = object_new_of(vm, IO_STATE(vm)->stream_writer, sizeof *writer);
    if (writer == NULL) return ERROR;
    writer->transport = transport;
    writer->protocol = protocol;
    writer->reader = reader;
    writer->loop = loop;
    finalize_later(vm, writer);
    return from_object(writer);
}

// Valid before __init__ has run.
static Value instance_make(VM *vm, const Value *args, int argc) {
    Value v = host_instance_new(vm, args, argc);
    if (is_error(v)) return ERROR;
    to_writer(v)->transport = to_writer(v)->protocol = to_writer(v)->reader = NONE;
    return v;
}

static Value method_init(VM *vm, const Value *args, int argc) {
    StreamWriter *writer = to_writer(args[0]);
    if (!is_none(args[3]) && !is_of(args[3], IO_STATE(vm)->stream_reader)) return raise_with_args(vm, vm->exc.AssertionError, 0, NULL);
    if (!is_loop(vm, args[4])) return raise_type_error(vm, "an event loop is required, not %T", args[4]);
    // Somebody may wait in drain(), in a list of the protocol that it has.
    if (writer->loop != NULL) return raise_error(vm, vm->exc.RuntimeError, "StreamWriter object is initialized already");
    writer->transport = args[1];
    writer->protocol = args[2];
    writer->reader = args[3];
    writer->loop = (Loop *)to_object(args[4]);
    gc_write_barrier(vm, writer);
    finalize_later(vm, writer);
    return NONE;
}

// ---- what goes to the transport

static Value method_write(VM *vm, const Value *args, int argc) {
    Transport *t = own_transport(vm, args[0]);
    if (LIKELY(t != NULL && (t->kind == TRANSPORT_SOCKET || t->kind == TRANSPORT_WRITE_PIPE))) return transport_write(vm, t, args[1]) ? NONE : ERROR;
    return is_error(call_method(vm, to_writer(args[0])->transport, IO_STATE(vm)->names.write, &args[1], 1)) ? ERROR : NONE;
}

static Value ask(VM *vm, const Value *args, const char *method, int argc) {
    Str *name = str_intern_c(vm, method);
    return name == NULL ? ERROR : call_method(vm, to_writer(args[0])->transport, name, args + 1, argc);
}
static Value method_writelines(VM *vm, const Value *args, int argc) { return is_error(ask(vm, args, "writelines", 1)) ? ERROR : NONE; }
static Value method_write_eof(VM *vm, const Value *args, int argc) { return ask(vm, args, "write_eof", 0); }
static Value method_can_write_eof(VM *vm, const Value *args, int argc) { return ask(vm, args, "can_write_eof", 0); }
static Value method_close(VM *vm, const Value *args, int argc) { return ask(vm, args, "close", 0); }
static Value method_is_closing(VM *vm, const Value *args, int argc) { return ask(vm, args, "is_closing", 0); }
static Value method_get_extra_info(VM *vm, const Value *args, int argc) {
    Value both[2] = {args[1], arg_or(args, argc, 2, NONE)};
    return call_method(vm, to_writer(args[0])->transport, IO_STATE(vm)->names.get_extra_info, both, 2);
}

// ---- drain()

// While the transport is closing, the loop goes round once, so that connection_lost() is called and its reason is raised. item: UNDEFINED,
// then TRUE_VALUE once it has gone round, or the operation of the protocol that it waits in.
static DelegateOutcome drain_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamWriter *writer = (StreamWriter *)operation->owner;
    StreamProtocol *p = (StreamProtocol *)to_object(writer->protocol);
    *out = NONE;
    if (operation->item.bits == FALSE_VALUE.bits) {   // it has waited for room
        if (!p->connection_lost || is_none(p->lost)) return DELEGATE_DONE;
        raise_exception(vm, p->lost);
        return DELEGATE_RAISED;
    }
    if (!woken) {
        StreamReader *reader = is_object(writer->reader) ? (StreamReader *)to_object(writer->reader) : NULL;
        if (reader != NULL && !is_none(reader->exception)) {
            raise_exception(vm, reader->exception);
            return DELEGATE_RAISED;
        }
        Transport *t = to_transport(writer->transport);
        if (t->closing) return operation_tell(vm, operation) ? DELEGATE_SUSPEND : DELEGATE_RAISED;
    }
    if (p->connection_lost) {
        raise_error(vm, vm->exc.ConnectionResetError, "Connection lost");
        return DELEGATE_RAISED;
    }
    if (!p->paused) return DELEGATE_DONE;
    operation->item = FALSE_VALUE;
    waiters_add(vm, p, &p->drainers, operation);
    return DELEGATE_SUSPEND;
}

static bool drain_abandon(VM *vm, Operation *operation, bool woken) {
    StreamProtocol *p = (StreamProtocol *)to_object(((StreamWriter *)operation->owner)->protocol);
    waiters_remove(vm, p, &p->drainers, operation);
    return true;
}

static const OperationDef drain_operation = {"StreamWriter.drain", drain_advance, drain_abandon};

static Value python_coroutine(VM *vm, const char *name, Value writer) {
    Value function = asyncio_python(vm, "streams", name);
    return is_error(function) ? ERROR : call1(vm, function, writer);
}

// Foreign transports and protocols are asked through their methods, in Python.
static Value method_drain(VM *vm, const Value *args, int argc) {
    StreamWriter *writer = to_writer(args[0]);
    Class *cls = class_of(vm, writer->protocol);
    bool own = own_transport(vm, args[0]) != NULL && (cls == IO_STATE(vm)->stream_protocol || cls == IO_STATE(vm)->flow_control);
    return own ? operation_new(vm, &drain_operation, writer, UNDEFINED) : python_coroutine(vm, "_drain", args[0]);
}

static Value method_wait_closed(VM *vm, const Value *args, int argc) { return python_coroutine(vm, "_wait_closed", args[0]); }

static Value method_start_tls(VM *vm, const Value *args, int argc) {
    Value function = asyncio_python(vm, "streams", "_start_tls");
    return is_error(function) ? ERROR : call2(vm, function, args[0], args[1]);
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    StreamWriter *writer = to_writer(args[0]);
    Str *text = is_none(writer->reader) ? str_printf(vm, "<%T transport=%R>", args[0], writer->transport)
                                        : str_printf(vm, "<%T transport=%R reader=%R>", args[0], writer->transport, writer->reader);
    return text == NULL ? ERROR : from_object(text);
}

const NativeDef stream_writer_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", instance_make, NULL, NATIVE_NEW},
    {"__init__(self, transport, protocol, reader, loop)", method_init, NULL, 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"write(self, data)", method_write, "Send data, now or when there is room.", 0},
    {"writelines(self, data)", method_writelines, "Send several pieces of data.", 0},
    {"write_eof(self)", method_write_eof, "Nothing more will be written; reading goes on.", 0},
    {"can_write_eof(self)", method_can_write_eof, "Whether there is write_eof().", 0},
    {"close(self)", method_close, "Close, after what waits has been written.", 0},
    {"is_closing(self)", method_is_closing, "Whether it is closed or on its way there.", 0},
    {"wait_closed(self)", method_wait_closed, "Wait until the connection is closed.", 0},
    {"get_extra_info(self, name, default=None)", method_get_extra_info, "What is known about the connection: 'peername', 'sockname', 'socket', ...", 0},
    {"drain(self)", method_drain, "Wait until there is room for more.", 0},
    {"start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None)", method_start_tls, "Encrypt the connection.", 0},
    {0},
};

static Value get_transport(VM *vm, Value self) { return to_writer(self)->transport; }
static Value get_protocol(VM *vm, Value self) { return to_writer(self)->protocol; }
static Value get_reader(VM *vm, Value self) { return to_writer(self)->reader; }
static Value get_loop(VM *vm, Value self) { return to_writer(self)->loop == NULL ? NONE : from_object(to_writer(self)->loop); }

const GetSetDef stream_writer_getsets[] = {
    {"transport", get_transport, NULL, "What the data are sent through."},
    {"_transport", get_transport, NULL, NULL},
    {"_protocol", get_protocol, NULL, NULL},
    {"_reader", get_reader, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {0},
};
