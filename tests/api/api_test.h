// What the API tests share: a check that says where it failed, a VM that records what scripts print, and an allocator
// that counts, so that every test also sees that closing a VM gives back every byte.
#ifndef API_TEST_H
#define API_TEST_H

#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

typedef struct Host {
    size_t bytes, peak, limit; // bytes in use, the most there ever were, what allocate() refuses to exceed (0: nothing)
    char output[2][8192];      // what went to standard output and standard error
    size_t written[2];
} Host;

static void *host_allocate(void *user, void *block, size_t old_size, size_t new_size) {
    Host *host = user;
    if (new_size > old_size && host->limit && host->bytes + new_size - old_size > host->limit) return NULL;
    if (new_size == 0) {
        host->bytes -= old_size;
        free(block);
        return NULL;
    }
    void *moved = realloc(block, new_size);
    if (moved != NULL) {
        host->bytes += new_size - (block ? old_size : 0);
        if (host->bytes > host->peak) host->peak = host->bytes;
    }
    return moved;
}

static void host_write(void *user, int stream, const char *text, size_t size) {
    Host *host = user;
    int i = stream == 2;
    size_t room = sizeof host->output[i] - 1 - host->written[i];
    if (size > room) size = room;
    memcpy(host->output[i] + host->written[i], text, size);
    host->written[i] += size;
}

static inline CoilVM *host_open(Host *host, CoilConfig *config) {
    CoilConfig plain = {0};
    if (config == NULL) config = &plain;
    config->allocate = host_allocate;
    config->write = host_write;
    config->user = host;
    return coil_new(config);
}

static inline CoilStatus host_run(CoilVM *vm, const char *source) {
    return coil_run(vm, source, strlen(source), "<test>", COIL_EXEC, 0);
}

// What was printed so far, which is then forgotten. With API_TEST_SHOW in the environment it is shown, too.
static inline const char *host_output(CoilVM *vm, Host *host) {
    static char text[8192];
    coil_flush(vm);
    if (getenv("API_TEST_SHOW") != NULL) fwrite(host->output[0], 1, host->written[0], stderr);
    memcpy(text, host->output[0], host->written[0]);
    text[host->written[0]] = 0;
    host->written[0] = 0;
    return text;
}

#endif

