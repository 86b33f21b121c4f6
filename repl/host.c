// The hooks of the command: the C library's files and the process's streams.
#include "repl/host.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void host_write(void *user, int stream, const char *text, size_t size) {
    while (size > 0) {
        ssize_t written = write(stream == 1 ? STDOUT_FILENO : STDERR_FILENO, text, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text += written;
        size -= (size_t)written;
    }
}

static int host_file_kind(void *user, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return FILE_KIND_NONE;
    return S_ISDIR(status.st_mode) ? FILE_KIND_DIRECTORY : FILE_KIND_FILE;
}

static char *host_file_read(void *user, const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    size_t size = 0, capacity = 16 << 10;
    char *data = malloc(capacity);
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size, file);
        if (size < capacity) break;
        char *more = realloc(data, capacity *= 2);
        if (more == NULL) free(data);
        data = more;
    }
    if (data != NULL && ferror(file)) {
        free(data);
        data = NULL;
    }
    fclose(file);
    *out_size = size;
    return data;
}

static void host_file_release(void *user, char *data, size_t size) { free(data); }

static ptrdiff_t host_read(void *user, char *buffer, size_t size) {
    for (;;) {
        ssize_t count = read(STDIN_FILENO, buffer, size);
        if (count >= 0 || errno != EINTR) return count < 0 ? 0 : count;
    }
}

static bool host_is_terminal(void *user, int stream) { return isatty(stream); }

void host_open(VM *vm) {
    vm->hooks.user = vm;
    vm->hooks.write = host_write;
    vm->hooks.file_kind = host_file_kind;
    vm->hooks.file_read = host_file_read;
    vm->hooks.file_release = host_file_release;
    vm->hooks.read = host_read;
    vm->hooks.is_terminal = host_is_terminal;
    vm->output.by_line = isatty(STDOUT_FILENO);
}
