// The public API's tracing: coil.h says what tracers are told, trace.c when.
#include "vm/api_internal.h"

#include "vm/frame.h"
#include "vm/trace.h"
#include "vm/types/str.h"

_Static_assert((int)COIL_TRACE_CALL == (int)TRACE_CALL && (int)COIL_TRACE_EXCEPTION == (int)TRACE_EXCEPTION, "events are passed on");

static size_t depth_of(Frame *frame) {
    size_t depth = 0;
    for (; frame != NULL; frame = frame->caller) depth++;
    return depth;
}

static bool call_tracer(VM *vm, int event, Frame *frame, int line, Value value) {
    CoilTracer tracer = (CoilTracer)(uintptr_t)vm->trace.host_hook;
    CoilTraceInfo info = {.event = (CoilTraceEvent)event, .line = line, .depth = depth_of(frame)};
    info.file = str_data(vm, frame->code->filename);
    info.function = str_data(vm, frame->code->qualname);
    if (info.file == NULL || info.function == NULL) return false;
    size_t scope = coil_scope_open((CoilVM *)vm);
    if (!is_undefined(value)) info.value = api_handle(vm, value);
    CoilStatus status = tracer((CoilVM *)vm, &info, vm->trace.host_user);
    coil_scope_close((CoilVM *)vm, scope);
    if (status == COIL_RAISED && !is_raised(vm)) raise_error(vm, vm->exc.SystemError, "tracer failed without an exception");
    return status != COIL_RAISED;
}

void coil_trace(CoilVM *coil, unsigned events, CoilTracer tracer, void *user) {
    VM *vm = (VM *)coil;
    vm->trace.host_hook = (void *)(uintptr_t)tracer;
    vm->trace.host_user = user;
    trace_set_hook(vm, tracer != NULL ? events & 15 : 0, call_tracer);
}

CoilValue coil_frame_locals(CoilVM *coil, size_t depth) {
    VM *vm = (VM *)coil;
    VMEntry entry;
    vm_enter(vm, &entry);
    Frame *frame = vm->frame;
    size_t height = depth_of(frame);
    for (; frame != NULL && height > depth; height--) frame = frame->caller;
    Value locals = frame == NULL || depth == 0 || height != depth ? raise_value_error(vm, "no function runs at depth %zu", depth) : frame_locals(vm, frame);
    CoilValue result = is_error(locals) ? (CoilValue){NULL} : api_handle(vm, locals);
    vm_leave(vm, &entry);
    return result;
}
