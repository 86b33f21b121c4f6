// Files by folder and mode: what a VM whose host gave it CoilConfig.folders has instead of the host's file hooks.
#ifndef COIL_VM_FOLDERS_H
#define COIL_VM_FOLDERS_H

#include "coil.h"
#include "vm/vm.h"

typedef struct Folders Folders;

// Opens the folders and puts the hooks in place. False without memory; nothing is raised.
MUST_CHECK bool folders_open(VM *vm, const CoilFolder *folders, size_t count, const char *working_folder);
void folders_close(VM *vm);

#endif
