// StreamReaderProtocol: between a transport and a StreamReader; and FlowControlMixin, the part of it that makes drain() wait.
#include "stdlib/asyncio/transport.h"

static StreamProtocol *to_protocol(Value v) { return (StreamProtocol *)to_object(v); }
// Our own reader is told directly; anything else that somebody has put in its place is told through its methods.
static StreamReader *own_reader(VM *vm, StreamProtocol *p) {
    return is_object(p->reader) && to_object(p->reader)->shape->cls == IO_STATE(vm)->stream_reader ? (StreamReader *)to_object(p->reader) : NULL;
}

static bool tell_reader(VM *vm, StreamProtocol *p, const char *method, const Value *args, int argc) {
    Str *name = str_intern_c(vm, method);
    return is_none(p->reader) || (name != NULL && !is_error(call_method(vm, p->reader, name, args, argc)));
}

void stream_protocol_trace(VM *vm, Object *object) {
    StreamProtocol *p = (StreamProtocol *)object;
    gc_mark_object(vm, p->loop);
    gc_mark_value(vm, p->reader);
    gc_mark_value(vm, p->writer);
    gc_mark_value(vm, p->callback);
    gc_mark_value(vm, p->transport);
    gc_mark_value(vm, p->task);
    gc_mark_value(vm, p->served);
    gc_mark_value(vm, p->lost);
    gc_mark_object(vm, p->closed);
    gc_mark_object(vm, p->drainers.first);
}

// ---- flow control

// Valid before __init__ has run.
static Value flow_new(VM *vm, const Value *args, int argc) {
    Value v = host_instance_new(vm, args, argc);
    if (is_error(v)) return ERROR;
    StreamProtocol *p = to_protocol(v);
    p->lost = p->reader = p->writer = p->callback = p->transport = p->task = p->served = NONE;
    return v;
}

static bool init_flow(VM *vm, StreamProtocol *p, Value loop) {
    if (!is_none(loop) && !is_loop(vm, loop)) return raise_type_error(vm, "an event loop is required, not %T", loop), false;
    p->loop = is_none(loop) ? loop_default(vm) : (Loop *)to_object(loop);
    p->lost = p->reader = p->writer = p->callback = p->transport = p->task = p->served = NONE;
    gc_write_barrier(vm, p);
    return p->loop != NULL;
}

static Value flow_init(VM *vm, const Value *args, int argc) { return init_flow(vm, to_protocol(args[0]), arg_or(args, argc, 1, NONE)) ? NONE : ERROR; }

static Value flow_pause(VM *vm, const Value *args, int argc) {
    to_protocol(args[0])->paused = true;
    return NONE;
}

static bool wake_drainers(VM *vm, StreamProtocol *p) {
    while (p->drainers.first != NULL) {
        Operation *operation = p->drainers.first;
        waiters_remove(vm, p, &p->drainers, operation);
        if (operation_is_waiting(operation) && !operation_tell(vm, operation)) return false;
    }
    return true;
}

static Value flow_resume(VM *vm, const Value *args, int argc) {
    to_protocol(args[0])->paused = false;
    return wake_drainers(vm, to_protocol(args[0])) ? NONE : ERROR;
}

static bool flow_lost(VM *vm, StreamProtocol *p, Value exception) {
    if (p->paused && !p->connection_lost) p->lost = exception;   // a process's protocol is told twice: of its pipe, and of its end
    p->connection_lost = true;
    gc_write_barrier(vm, p);
    return wake_drainers(vm, p);
}

static Value flow_connection_lost(VM *vm, const Value *args, int argc) { return flow_lost(vm, to_protocol(args[0]), args[1]) ? NONE : ERROR; }

// Somebody who waits when the connection is lost gets what was said then; who comes later, ConnectionResetError.
static DelegateOutcome drain_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    StreamProtocol *p = (StreamProtocol *)operation->owner;
    *out = NONE;
    if (woken && p->connection_lost) {
        if (is_none(p->lost)) return DELEGATE_DONE;
        raise_exception(vm, p->lost);
        return DELEGATE_RAISED;
    }
    if (p->connection_lost) {
        raise_error(vm, vm->exc.ConnectionResetError, "Connection lost");
        return DELEGATE_RAISED;
    }
    if (!p->paused || woken) return DELEGATE_DONE;
    waiters_add(vm, p, &p->drainers, operation);
    return DELEGATE_SUSPEND;
}

static bool drain_abandon(VM *vm, Operation *operation, bool woken) {
    waiters_remove(vm, operation->owner, &((StreamProtocol *)operation->owner)->drainers, operation);
    return true;
}

static const OperationDef drain_operation = {"FlowControlMixin._drain_helper", drain_advance, drain_abandon};

Value stream_drain_helper(VM *vm, StreamProtocol *p) { return operation_new(vm, &drain_operation, p, UNDEFINED); }

static Value flow_drain_helper(VM *vm, const Value *args, int argc) { return stream_drain_helper(vm, to_protocol(args[0])); }
static Value flow_get_close_waiter(VM *vm, const Value *args, int argc) { return raise_with_args(vm, vm->exc.NotImplementedError, 0, NULL); }

const NativeDef flow_control_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", flow_new, NULL, NATIVE_NEW},
    {"__init__(self, loop=None)", flow_init, NULL, 0},
    {"pause_writing(self)", flow_pause, "drain() waits from now on.", 0},
    {"resume_writing(self)", flow_resume, "drain() waits no longer.", 0},
    {"connection_lost(self, exc)", flow_connection_lost, "The connection is gone; None, or why.", 0},
    {"_drain_helper(self)", flow_drain_helper, NULL, 0},
    {"_get_close_waiter(self, stream)", flow_get_close_waiter, NULL, 0},
    {0},
};

static Value get_paused(VM *vm, Value self) { return from_bool(to_protocol(self)->paused); }
static Value get_lost(VM *vm, Value self) { return from_bool(to_protocol(self)->connection_lost); }
static Value get_loop(VM *vm, Value self) { return to_protocol(self)->loop == NULL ? NONE : from_object(to_protocol(self)->loop); }
static Value get_reader(VM *vm, Value self) { return to_protocol(self)->reader; }
static Value get_writer(VM *vm, Value self) { return to_protocol(self)->writer; }
static Value get_transport(VM *vm, Value self) { return to_protocol(self)->transport; }
static Value get_callback(VM *vm, Value self) { return to_protocol(self)->callback; }

const GetSetDef flow_control_getsets[] = {
    {"_paused", get_paused, NULL, NULL},
    {"_connection_lost", get_lost, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {"_stream_reader", get_reader, NULL, NULL},
    {"_stream_writer", get_writer, NULL, NULL},
    {"_transport", get_transport, NULL, NULL},
    {"_client_connected_cb", get_callback, NULL, NULL},
    {0},
};

// ---- the protocol

static Value protocol_init(VM *vm, const Value *args, int argc) {
    StreamProtocol *p = to_protocol(args[0]);
    if (!init_flow(vm, p, arg_or(args, argc, 3, NONE))) return ERROR;
    p->reader = args[1];
    p->callback = arg_or(args, argc, 2, NONE);
    return NONE;
}

// What the program's handler of a new connection returns may be a coroutine: it becomes a task.
static bool client_connected(VM *vm, StreamProtocol *p) {
    Value writer = stream_writer_new(vm, p->transport, from_object(p), p->reader, p->loop);
    if (is_error(writer)) return false;
    p->writer = writer;
    gc_write_barrier(vm, p);
    Value result = call2(vm, p->callback, p->reader, writer);
    if (is_error(result)) return false;
    if (!is_coroutine_object(vm, result)) return true;
    p->task = loop_create_task_method(vm, p->loop, result, UNDEFINED, UNDEFINED);
    p->served = p->transport;
    gc_write_barrier(vm, p);
    if (is_error(p->task)) return p->task = NONE, false;
    Str *done = IO_STATE(vm)->names._client_done, *add = str_intern_c(vm, "add_done_callback");
    Value callback = add == NULL ? ERROR : attr_get(vm, from_object(p), done);
    if (is_error(callback)) return false;
    if (is_future(p->task)) return future_add_callback(vm, to_future(p->task), callback, UNDEFINED);
    return !is_error(call_method(vm, p->task, add, &callback, 1));
}

// A handler that fails does not leave its connection open.
static Value protocol_client_done(VM *vm, const Value *args, int argc) {
    StreamProtocol *p = to_protocol(args[0]);
    Value transport = p->served, exception = UNDEFINED;
    if (!is_future(args[1]) || is_none(transport)) return NONE;
    Future *task = to_future(args[1]);
    p->served = NONE;
    if (task->head.flags & FUTURE_FAILED) {
        exception = task->result;
        task->head.flags &= (uint16_t)~FUTURE_LOG;
    } else if (!(task->head.flags & FUTURE_CANCELLED)) {
        return NONE;
    }
    if (!is_undefined(exception)) {
        Str *message = str_from_c(vm, "Unhandled exception in client_connected_cb");
        if (message == NULL) return ERROR;
        loop_report(vm, p->loop, message, exception, "transport", transport);
    }
    Value closed = call_method(vm, transport, IO_STATE(vm)->names.close, NULL, 0);
    return is_error(closed) ? ERROR : NONE;
}

static Value protocol_connection_made(VM *vm, const Value *args, int argc) {
    StreamProtocol *p = to_protocol(args[0]);
    if (p->loop == NULL) return raise_error(vm, vm->exc.RuntimeError, "StreamReaderProtocol object is not initialized.");
    p->transport = args[1];
    gc_write_barrier(vm, p);
    StreamReader *reader = own_reader(vm, p);
    if (reader != NULL) {
        reader->transport = args[1];
        gc_write_barrier(vm, reader);
    } else if (!tell_reader(vm, p, "set_transport", &args[1], 1)) {
        return ERROR;
    }
    return is_none(p->callback) || client_connected(vm, p) ? NONE : ERROR;
}

static bool finish_closed(VM *vm, StreamProtocol *p, Value exception) {
    if (p->closed == NULL || future_is_done(p->closed)) return true;
    if (is_none(exception)) return future_set_result(vm, p->closed, NONE);
    bool set = future_set_exception(vm, p->closed, exception);
    p->closed->head.flags &= (uint16_t)~FUTURE_LOG;   // nobody need look at it
    return set;
}

static Value protocol_connection_lost(VM *vm, const Value *args, int argc) {
    StreamProtocol *p = to_protocol(args[0]);
    if (p->loop == NULL) return NONE;
    bool ended = is_none(args[1]);
    bool fine = tell_reader(vm, p, ended ? "feed_eof" : "set_exception", &args[1], ended ? 0 : 1);
    if (!fine || !finish_closed(vm, p, args[1]) || !flow_lost(vm, p, args[1])) return ERROR;
    if (p->closed == NULL && !is_none(args[1])) p->lost = args[1];
    p->reader = p->writer = p->task = p->transport = NONE;
    return NONE;
}

// Who asks after the connection is lost is told at once.
static Value protocol_get_close_waiter(VM *vm, const Value *args, int argc) {
    StreamProtocol *p = to_protocol(args[0]);
    if (p->closed != NULL) return from_object(p->closed);
    if (p->loop == NULL) return raise_error(vm, vm->exc.RuntimeError, "StreamReaderProtocol object is not initialized.");
    p->closed = future_new(vm, p->loop);
    gc_write_barrier(vm, p);
    if (p->closed == NULL || (p->connection_lost && !finish_closed(vm, p, p->lost))) return ERROR;
    return from_object(p->closed);
}

bool stream_protocol_data(VM *vm, StreamProtocol *p, const void *data, size_t size) {
    StreamReader *reader = own_reader(vm, p);
    if (LIKELY(reader != NULL)) return stream_feed(vm, reader, data, size);
    Bytes *bytes = bytes_new(vm, data, size);
    Value v = bytes == NULL ? ERROR : from_object(bytes);
    return bytes != NULL && tell_reader(vm, p, "feed_data", &v, 1);
}

static Value protocol_data_received(VM *vm, const Value *args, int argc) {
    return tell_reader(vm, to_protocol(args[0]), "feed_data", &args[1], 1) ? NONE : ERROR;
}

static Value protocol_eof_received(VM *vm, const Value *args, int argc) {
    return tell_reader(vm, to_protocol(args[0]), "feed_eof", NULL, 0) ? TRUE_VALUE : ERROR;
}

const NativeDef stream_protocol_methods[] = {
    {"__init__(self, stream_reader, client_connected_cb=None, loop=None)", protocol_init, NULL, 0},
    {"connection_made(self, transport)", protocol_connection_made, "The connection is there.", 0},
    {"connection_lost(self, exc)", protocol_connection_lost, "The connection is gone; None, or why.", 0},
    {"data_received(self, data)", protocol_data_received, "Something came.", 0},
    {"eof_received(self)", protocol_eof_received, "Nothing more will come; writing may go on.", 0},
    {"_get_close_waiter(self, stream)", protocol_get_close_waiter, NULL, 0},
    {"_client_done(self, task, /)", protocol_client_done, NULL, 0},
    {0},
};
