// Colours for tracebacks: the failing expression, the error's name, files and lines.
#ifndef COIL_REPL_REPORT_COLOR_H
#define COIL_REPL_REPORT_COLOR_H

#include "repl/text.h"

// Adds the report to `out` with colours. It is read as text, for a program's own sys.excepthook writes as it likes.
void report_color(const Text *report, Text *out);

#endif
