// The classes that programs derive from: transports whose methods all say NotImplementedError, protocols whose methods do nothing.
#include "stdlib/asyncio/transport.h"

static Value not_implemented(VM *vm, const Value *args, int argc) { return raise_with_args(vm, vm->exc.NotImplementedError, 0, NULL); }
static Value nothing(VM *vm, const Value *args, int argc) { return NONE; }

// Python transports may keep what get_extra_info() knows in `_extra`, as asyncio's own do.
static Value base_init(VM *vm, const Value *args, int argc) {
    Str *name = str_intern_c(vm, "_extra");
    Value extra = arg_or(args, argc, 1, NONE);
    if (is_none(extra)) {
        Dict *dict = dict_new(vm);
        extra = dict == NULL ? ERROR : from_object(dict);
    }
    return name == NULL || is_error(extra) || !attr_set(vm, args[0], name, extra) ? ERROR : NONE;
}

static Value base_get_extra_info(VM *vm, const Value *args, int argc) {
    Str *name = str_intern_c(vm, "_extra");
    Value extra = name == NULL ? ERROR : attr_get(vm, args[0], name), found = UNDEFINED;
    if (is_error(extra)) return ERROR;
    if (is_dict(extra)) found = dict_get(vm, to_dict(extra), args[1]);
    return is_undefined(found) ? arg_or(args, argc, 2, NONE) : found;
}

static Value write_lines(VM *vm, const Value *args, int argc) {
    Bytes *empty = bytes_new(vm, NULL, 0);
    Str *join = empty == NULL ? NULL : str_intern_c(vm, "join"), *write = join == NULL ? NULL : str_intern_c(vm, "write");
    Value all = write == NULL ? ERROR : call_method(vm, from_object(empty), join, &args[1], 1);
    return is_error(all) ? ERROR : call_method(vm, args[0], write, &all, 1);
}

const NativeDef base_transport_methods[] = {
    {"__init__(self, extra=None)", base_init, NULL, 0},
    {"get_extra_info(self, name, default=None)", base_get_extra_info, "What is known about the connection.", 0},
    {"is_closing(self)", not_implemented, "Whether it is closed or on its way there.", 0},
    {"close(self)", not_implemented, "Close, after what waits has been written.", 0},
    {"set_protocol(self, protocol)", not_implemented, "Who is told what comes.", 0},
    {"get_protocol(self)", not_implemented, "Who is told what comes.", 0},
    {0},
};
const NativeDef read_transport_methods[] = {
    {"is_reading(self)", not_implemented, "Whether data are being received.", 0},
    {"pause_reading(self)", not_implemented, "Receive nothing until resume_reading().", 0},
    {"resume_reading(self)", not_implemented, "Receive again.", 0},
    {0},
};
const NativeDef write_transport_methods[] = {
    {"set_write_buffer_limits(self, high=None, low=None)", not_implemented, "When the protocol is told to pause and to go on.", 0},
    {"get_write_buffer_size(self)", not_implemented, "How many bytes wait to be written.", 0},
    {"get_write_buffer_limits(self)", not_implemented, "(low, high).", 0},
    {"write(self, data)", not_implemented, "Send data, now or when there is room.", 0},
    {"writelines(self, list_of_data)", write_lines, "Send several pieces of data.", 0},
    {"write_eof(self)", not_implemented, "Nothing more will be written.", 0},
    {"can_write_eof(self)", not_implemented, "Whether there is write_eof().", 0},
    {"abort(self)", not_implemented, "Close at once.", 0},
    {0},
};
const NativeDef datagram_base_methods[] = {
    {"sendto(self, data, addr=None)", not_implemented, "Send a datagram.", 0},
    {"abort(self)", not_implemented, "Close at once.", 0},
    {0},
};
const NativeDef subprocess_base_methods[] = {
    {"get_pid(self)", not_implemented, "The number of the process.", 0},
    {"get_returncode(self)", not_implemented, "The exit status; None while it runs.", 0},
    {"get_pipe_transport(self, fd)", not_implemented, "The transport of a standard stream.", 0},
    {"send_signal(self, signal)", not_implemented, "Send a signal.", 0},
    {"terminate(self)", not_implemented, "Ask the process to end.", 0},
    {"kill(self)", not_implemented, "End the process.", 0},
    {0},
};

const NativeDef base_protocol_methods[] = {
    {"connection_made(self, transport)", nothing, "The connection is there.", 0},
    {"connection_lost(self, exc)", nothing, "The connection is gone; None, or why.", 0},
    {"pause_writing(self)", nothing, "Too much waits to be written.", 0},
    {"resume_writing(self)", nothing, "There is room again.", 0},
    {0},
};
const NativeDef protocol_methods[] = {
    {"data_received(self, data)", nothing, "Something came.", 0},
    {"eof_received(self)", nothing, "Nothing more will come; true: stay open.", 0},
    {0},
};
const NativeDef buffered_protocol_methods[] = {
    {"get_buffer(self, sizehint)", nothing, "Where to put what comes.", 0},
    {"buffer_updated(self, nbytes)", nothing, "So much was put there.", 0},
    {"eof_received(self)", nothing, "Nothing more will come; true: stay open.", 0},
    {0},
};
const NativeDef datagram_protocol_methods[] = {
    {"datagram_received(self, data, addr)", nothing, "A datagram came.", 0},
    {"error_received(self, exc)", nothing, "Sending or receiving failed.", 0},
    {0},
};
const NativeDef subprocess_protocol_methods[] = {
    {"pipe_data_received(self, fd, data)", nothing, "The process wrote something.", 0},
    {"pipe_connection_lost(self, fd, exc)", nothing, "A pipe was closed.", 0},
    {"process_exited(self)", nothing, "The process has ended.", 0},
    {0},
};
