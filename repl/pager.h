// Long texts on a terminal, a screenful at a time: what help() shows them with.
#ifndef COIL_REPL_PAGER_H
#define COIL_REPL_PAGER_H

#include "repl/process.h"

// Gives the VM's `help` a pager when there is a terminal to page on. pager: the command to show texts with, NULL for
// `less` or our own. Both must outlive the VM.
typedef struct Pager { Process *process; const char *command; } Pager;
void pager_install(Pager *pager);

#endif
