// The public API's tracing: coil.h says what tracers are told, trace.c when.
#include "vm/api_internal.h"

#include "vm/frame.h"
#include "vm/trace.h"
#include "vm/types/str.h"

_Static_assert((int)COIL_TRACE_CALL == (int)TRACE_CALL && (int)COIL_TRACE_C_EXCEPTION == (int)TRACE_C_EXCEPTION, "events are passed on");

static size_t depth_of(Frame *frame) {
    size_t depth = 0;
    for (; frame != NULL; frame = frame->caller) depth++;
    return depth;
}

// How a built-in function is called in a listener's report: "len", "list.append".
static const char *callee_name(VM *vm, Value callee) {
    Value name = attr_get(vm, callee, vm->names.__qualname__);
    return api_text_or(vm, is_str(name) ? to_str(name) : NULL, "?");
}

static bool call_tracer(VM *vm, int event, Frame *frame, int line, Value callee, Value value) {
    CoilTracer tracer = (CoilTracer)(uintptr_t)vm->trace.host_hook;
    CoilTraceInfo info = {.event = (CoilTraceEvent)event, .line = line, .depth = depth_of(frame)};
    size_t scope = coil_scope_open((CoilVM *)vm);
    info.file = api_text_or(vm, frame->code->filename, "?");
    info.function = is_undefined(callee) ? api_text_or(vm, frame->code->qualname, "?") : callee_name(vm, callee);
    if (!is_undefined(callee)) info.callee = api_handle(vm, callee);
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
    trace_set_hook(vm, tracer != NULL ? events & TRACE_ALL : 0, call_tracer);
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
