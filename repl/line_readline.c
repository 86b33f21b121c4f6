// GNU readline: used where its headers were there at build time.
#include "repl/line.h"

const LineEditorType line_readline = {"readline", NULL, NULL, NULL, NULL, false};
