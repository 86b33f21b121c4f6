// The hooks of a process that opens its own streams and files to a VM: coil_config_open().
#include "coil.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void open_write(void *user, int stream, const char *text, size_t size) {
    (void)user;
    FILE *file = stream == 2 ? stderr : stdout;
    fwrite(text, 1, size, file);
    if (stream == 2) fflush(file);
}

static void open_flush(void *user, int stream) {
    (void)user;
    fflush(stream == 2 ? stderr : stdout);
}

static ptrdiff_t open_read(void *user, char *buffer, size_t size) {
    (void)user;
    for (;;) {
        ssize_t count = read(0, buffer, size);
        if (count >= 0 || errno != EINTR) return count;
    }
}

static bool open_is_terminal(void *user, int stream) {
    (void)user;
    return isatty(stream);
}

static int open_file_kind(void *user, const char *path) {
    (void)user;
    struct stat status;
    if (stat(*path != 0 ? path : ".", &status) != 0) return COIL_FILE_NONE;
    return S_ISDIR(status.st_mode) ? COIL_FILE_DIRECTORY : COIL_FILE_PLAIN;
}

static char *open_file_read(void *user, const char *path, size_t *out_size) {
    (void)user;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    size_t size = 0, capacity = 32768;
    char *data = malloc(capacity);
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size, file);
        if (size < capacity) break;
        char *grown = realloc(data, capacity *= 2);
        if (grown == NULL) free(data);
        data = grown;
    }
    bool failed = ferror(file);
    fclose(file);
    if (failed) {
        free(data);
        return NULL;
    }
    *out_size = size;
    return data;
}

static void open_file_release(void *user, char *data, size_t size) {
    (void)user;
    (void)size;
    free(data);
}

// ---- open()

static int open_handle_open(void *user, const char *path, const char *mode) {
    (void)user;
    bool plus = mode[1] == '+';
    int flags = O_CLOEXEC | (plus ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY);
    if (mode[0] == 'w') flags |= O_CREAT | O_TRUNC;
    if (mode[0] == 'a') flags |= O_CREAT | O_APPEND;
    if (mode[0] == 'x') flags |= O_CREAT | O_EXCL;
    int file = open(path, flags, 0666);
    if (file < 0) return -errno;
    struct stat status;
    if (fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(file);
        return -EISDIR;
    }
    return file;
}

static ptrdiff_t open_handle_read(void *user, int handle, char *buffer, size_t size) {
    (void)user;
    ssize_t count;
    do count = read(handle, buffer, size);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

static ptrdiff_t open_handle_write(void *user, int handle, const char *data, size_t size) {
    (void)user;
    ssize_t count;
    do count = write(handle, data, size);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

static int64_t open_handle_seek(void *user, int handle, int64_t offset, int whence) {
    (void)user;
    off_t position = lseek(handle, offset, whence == 0 ? SEEK_SET : whence == 1 ? SEEK_CUR : SEEK_END);
    return position < 0 ? -errno : position;
}

static int open_handle_truncate(void *user, int handle, int64_t size) {
    (void)user;
    return ftruncate(handle, size) < 0 ? -errno : 0;
}

static int open_handle_close(void *user, int handle) {
    (void)user;
    return close(handle) < 0 ? -errno : 0;
}

void coil_config_open(CoilConfig *config) {
    config->write = open_write;
    config->flush = open_flush;
    config->read = open_read;
    config->is_terminal = open_is_terminal;
    config->file_kind = open_file_kind;
    config->file_read = open_file_read;
    config->file_release = open_file_release;
    config->handle_open = open_handle_open;
    config->handle_read = open_handle_read;
    config->handle_write = open_handle_write;
    config->handle_seek = open_handle_seek;
    config->handle_truncate = open_handle_truncate;
    config->handle_close = open_handle_close;
    config->open_network = true;
    config->open_processes = true;
    config->open_clock = true;
    config->open_environment = true;
    config->open_randomness = true;
    config->open_threads = true;
}
