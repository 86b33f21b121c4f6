// The verifier: whether a code unit can be run without surprises.
#ifndef COIL_COMPILER_VERIFY_H
#define COIL_COMPILER_VERIFY_H

#include <stdbool.h>

#include "compiler/codeunit.h"

// NULL when the unit is sound, else what is wrong with it: operands in range, jumps and handlers on instructions, code
// that does not run off its end. With `deep` the units among its constants too. Captures are checked against the maker.
const char *codeunit_problem(const CodeUnit *code, bool deep);

#endif
