// A child to be started, as process.c and process_fork.c see it.
#ifndef COIL_STDLIB_ASYNCIO_PROCESS_H
#define COIL_STDLIB_ASYNCIO_PROCESS_H

#include <sys/types.h>

#include "vm/types/containers.h"

typedef struct TextList { char **items; size_t bytes; } TextList;   // one buffer: the pointers, then what they point to

typedef struct Spawn {
    TextList arguments, environment;
    const char *cwd;
    char program[4096];
    int streams[3], copies[3];       // copies: to be closed, -1: none
    bool own_environment, close_others, new_session, keep_signals;
    int group;                       // process group; -1: the same
    int umask;                       // -1: the same
    int64_t user_id, group_id;       // -1: the same
    gid_t *groups;                   // NULL: the same; else group_count of them
    size_t group_count;
    int *passed;                     // descriptors that the child keeps
    size_t passed_count;
} Spawn;

// ---- process_fork.c
// For what posix_spawn() cannot do. Gives errno, 0 when the program runs. *out_failed_cwd: it was the directory.
int spawn_by_fork(const Spawn *spawn, char **environment, pid_t *out, bool *out_failed_cwd);

#endif
