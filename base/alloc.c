// The allocator hook over the C library: see alloc.h.
#include "base/alloc.h"

#include <stdlib.h>

static void *libc_resize(void *user, void *block, size_t old_size, size_t new_size) {
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const Allocator allocator_of_libc = {libc_resize, NULL};
