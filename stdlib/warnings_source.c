// _warnings: what warnings.py needs of the VM: the line of source that it shows under a warning, and the host's hook.
#include "stdlib/modules.h"
#include "vm/errors.h"
#include "vm/report.h"
#include "vm/types/class.h"
#include "vm/types/exception.h"
#include "vm/types/int.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

static Value warnings_source_line(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0]) || !is_int(args[1]) || to_int(args[1]) < 1 || to_int(args[1]) > INT32_MAX) return NONE;
    Str *line = source_line_of(vm, to_str(args[0]), (int)to_int(args[1]));
    if (line == NULL) return is_raised(vm) ? ERROR : NONE;
    return from_object(line);
}

// What a script hands to showwarning() may be anything: the hook is told of what looks like a warning.
static Value warnings_tell(VM *vm, const Value *args, int argc) {
    Value message = args[0], category = args[1];
    int64_t line;
    if (!is_exception(message) && !is_class(category)) return FALSE_VALUE;
    if (!is_str(args[2]) || !is_int(args[3]) || !int_as_i64(args[3], &line)) return FALSE_VALUE;
    int told = warning_tell(vm, message, category, to_str(args[2]), line < 0 || line > INT32_MAX ? 0 : (int)line);
    return told < 0 ? ERROR : from_bool(told > 0);
}

static const NativeDef warnings_source_functions[] = {
    {"source_line(filename, line, /)", warnings_source_line, "The line of a source file without its indentation, None when it cannot be read.", 0},
    {"tell(message, category, filename, line, /)", warnings_tell, "Whether the host has dealt with a warning.", 0},
    {0},
};

const ModuleDef module_warnings_source = {"_warnings", "What warnings.py needs of the VM.", warnings_source_functions, NULL};
