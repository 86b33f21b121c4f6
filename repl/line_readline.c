#include "repl/line.h"
const LineEditorType line_readline = {"readline", NULL, NULL, NULL}, line_builtin = {"builtin", NULL, NULL, NULL};
