// _warnings: the line of source that warnings.py shows under a warning.
#include "stdlib/modules.h"
#include "vm/report.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static Value warnings_source_line(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0]) || !is_int(args[1]) || to_int(args[1]) < 1 || to_int(args[1]) > INT32_MAX) return NONE;
    Str *line = source_line_of(vm, to_str(args[0]), (int)to_int(args[1]));
    if (line == NULL) return is_raised(vm) ? ERROR : NONE;
    return from_object(line);
}

static const NativeDef warnings_source_functions[] = {
    {"source_line(filename, line, /)", warnings_source_line, "The line of a source file without its indentation, None when it cannot be read.", 0},
    {0},
};

const ModuleDef module_warnings_source = {"_warnings", "What warnings.py needs of the VM.", warnings_source_functions, NULL};
