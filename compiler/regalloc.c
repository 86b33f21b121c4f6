// Registers: locals have theirs from the symbol table, temporaries are a stack above them.
#include "compiler/gen.h"

Reg temps_new(Compiler *c, uint32_t count) {
    Unit *u = c->unit;
    if (count >= NO_REG - u->next_temp) {
        diag_raise_nowhere(c->fe, DIAG_OVERFLOW_ERROR, "too many values in one expression");
    }
    Reg first = u->next_temp;
    u->next_temp += count;
    if (u->next_temp > u->register_count) u->register_count = u->next_temp;
    return first;
}

Reg temp_new(Compiler *c) {
    return temps_new(c, 1);
}

// A variable that some `del` or except clause unbinds is never trusted: the set then only grows along every path, and a
// loop needs no second pass.
bool variable_is_bound(const Compiler *c, const Symbol *symbol) {
    return c->unit->bound[symbol->slot / 64] >> (symbol->slot % 64) & 1;
}

void variable_bind(Compiler *c, const Symbol *symbol) {
    if (!(symbol->flags & SYMBOL_UNBOUND)) c->unit->bound[symbol->slot / 64] |= (uint64_t)1 << (symbol->slot % 64);
}

// For the variables of an inlined comprehension, which are new each time.
void variable_unbind(Compiler *c, const Symbol *symbol) {
    c->unit->bound[symbol->slot / 64] &= ~((uint64_t)1 << (symbol->slot % 64));
}
