// Files by folder and mode.
//
// A path is first made absolute and cleared of `.` and `..` as text; the longest granted folder that it lies in decides what may be done. The
// rest of the path is then opened relative to a descriptor of that folder, and never leaves it: by openat2(RESOLVE_BENEATH) where the kernel
// has it, else part by part without following any symbolic link. Only plain files are opened: a pipe could wait for ever, a device do anything.
#define _GNU_SOURCE 1   // O_PATH, syscall
#include "vm/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/openat2.h>
#endif

#include "vm/heap_internal.h"

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

enum { PATH_SIZE_MAX = 4096 };

typedef struct Folder {
    char *name;          // as scripts see it: absolute, normal, without a slash at the end ("" is the root)
    char *file;          // a single file, granted by itself: its path in the host's file system; NULL for a folder
    int descriptor;      // -1: it was not there
    int mode;            // COIL_FOLDER_...
} Folder;

struct Folders {
    VM *vm;
    char *working_folder;
    size_t size, count;
    Folder items[];
};

// ---- paths

static char *text_copy(VM *vm, const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = heap_raw_resize(vm, NULL, 0, size);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

static void text_free(VM *vm, char *text) {
    if (text != NULL) heap_raw_resize(vm, text, strlen(text) + 1, 0);
}

// The absolute path without empty, `.` and `..` parts, and without a slash at the end. False when it is too long.
static bool path_normalize(const char *folder, const char *path, char out[PATH_SIZE_MAX]) {
    size_t size = 0;
    for (int half = *path == '/'; half < 2; half++) {
        for (const char *at = half == 0 ? folder : path; *at != 0;) {
            size_t part = strcspn(at, "/");
            if (part == 2 && memcmp(at, "..", 2) == 0) {
                while (size > 0 && out[--size] != '/') {}
            } else if (part > 0 && !(part == 1 && *at == '.')) {
                if (part + 2 > PATH_SIZE_MAX - size) return false;
                out[size++] = '/';
                memcpy(out + size, at, part);
                size += part;
            }
            at += part + (at[part] == '/');
        }
    }
    out[size] = 0;
    return true;
}

// The longest granted folder that the path lies in, and what remains ("." for the folder itself); NULL when there is none.
static const Folder *folder_of(const Folders *folders, const char *path, const char **out_rest) {
    const Folder *best = NULL;
    size_t best_size = 0;
    for (size_t i = 0; i < folders->count; i++) {
        const Folder *folder = &folders->items[i];
        size_t size = strlen(folder->name);
        if ((best != NULL && size < best_size) || strncmp(path, folder->name, size) != 0) continue;
        if (path[size] != 0 && (path[size] != '/' || folder->file != NULL)) continue;
        best = folder;
        best_size = size;
        *out_rest = path[size] == 0 || path[size + 1] == 0 ? "." : path + size + 1;
    }
    return best;
}

// ---- opening beneath a folder

#if defined(__linux__) && defined(SYS_openat2)
#define HAVE_OPENAT2 1
static int open_by_kernel(int folder, const char *rest, int flags, mode_t mode) {
    struct open_how how = {.flags = (uint64_t)(unsigned)flags, .mode = flags & O_CREAT ? mode : 0, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    int file = (int)syscall(SYS_openat2, folder, rest, &how, sizeof how);
    if (file < 0 && errno == EXDEV) errno = EACCES;   // it would have left the folder
    return file;
}
#endif

static int open_by_parts(int folder, const char *rest, int flags, mode_t mode) {
    int at = folder;
    for (;;) {
        size_t part = strcspn(rest, "/");
        char name[PATH_SIZE_MAX];
        memcpy(name, rest, part);
        name[part] = 0;
        bool last = rest[part] == 0;
        int next = openat(at, name, last ? flags | O_NOFOLLOW | O_CLOEXEC : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode);
        int error = errno == ELOOP ? EACCES : errno;
        if (at != folder) close(at);
        if (next < 0 || last) return errno = error, next;
        at = next;
        rest += part + 1;
    }
}

static int open_beneath(const Folder *folder, const char *rest, int flags) {
    if (folder->file != NULL) return open(folder->file, flags, 0666);
    if (folder->descriptor < 0) return errno = ENOENT, -1;
#ifdef HAVE_OPENAT2
    int file = open_by_kernel(folder->descriptor, rest, flags, 0666);
    if (file >= 0 || (errno != ENOSYS && errno != EPERM)) return file;
#endif
    return open_by_parts(folder->descriptor, rest, flags, 0666);
}

// A descriptor, or -errno. Whatever a script may not reach is as forbidden as what is there but closed to it.
static int folders_open_path(const Folders *folders, const char *path, int flags, bool writes) {
    char normal[PATH_SIZE_MAX];
    const char *rest = "";
    if (!path_normalize(folders->working_folder, path, normal)) return -ENAMETOOLONG;
    const Folder *folder = folder_of(folders, normal, &rest);
    if (folder == NULL) return -EACCES;
    bool reads = (flags & O_ACCMODE) != O_WRONLY;
    if ((reads && !(folder->mode & COIL_FOLDER_READ)) || (writes && !(folder->mode & COIL_FOLDER_WRITE))) return -EACCES;
    if (flags != O_PATH) flags |= O_NOCTTY | O_NONBLOCK;
    int file = open_beneath(folder, rest, flags | O_CLOEXEC);
    return file < 0 ? -errno : file;
}

// ---- the hooks

static int folder_file_kind(void *user, const char *path) {
    int file = folders_open_path(user, path, O_PATH, false);
    if (file < 0) return COIL_FILE_NONE;
    struct stat status;
    int kind = fstat(file, &status) != 0 ? COIL_FILE_NONE : S_ISDIR(status.st_mode) ? COIL_FILE_DIRECTORY : S_ISREG(status.st_mode) ? COIL_FILE_PLAIN
               : COIL_FILE_NONE;
    close(file);
    return kind;
}

// A plain file that is open, or -errno.
static int plain_file(int file) {
    struct stat status;
    int error = file < 0 ? file : fstat(file, &status) != 0 ? -errno : S_ISDIR(status.st_mode) ? -EISDIR : !S_ISREG(status.st_mode) ? -EACCES : 0;
    if (error == 0) return file;
    if (file >= 0) close(file);
    return error;
}

static ptrdiff_t folder_handle_read(void *user, int handle, char *buffer, size_t size) {
    (void)user;
    ssize_t count;
    do count = read(handle, buffer, size);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

// The memory counts against the VM's limit: a script may have made the file.
static char *folder_file_read(void *user, const char *path, size_t *out_size) {
    Folders *folders = user;
    int file = plain_file(folders_open_path(folders, path, O_RDONLY, false));
    if (file < 0) return NULL;
    size_t size = 0, capacity = 16384;
    char *data = heap_raw_resize(folders->vm, NULL, 0, capacity);
    while (data != NULL) {
        ptrdiff_t count = folder_handle_read(user, file, data + size, capacity - size);
        if (count <= 0) {
            char *fitted = count == 0 ? heap_raw_resize(folders->vm, data, capacity, size + 1) : NULL;
            if (fitted == NULL) heap_raw_resize(folders->vm, data, capacity, 0);
            data = fitted;
            break;
        }
        size += (size_t)count;
        if (size < capacity) continue;
        char *grown = heap_raw_resize(folders->vm, data, capacity, capacity * 2);
        if (grown == NULL) heap_raw_resize(folders->vm, data, capacity, 0);
        data = grown;
        capacity *= 2;
    }
    close(file);
    *out_size = size;
    return data;
}

static void folder_file_release(void *user, char *data, size_t size) { heap_raw_resize(((Folders *)user)->vm, data, size + 1, 0); }

static int folder_handle_open(void *user, const char *path, const char *mode) {
    int flags = mode[1] == '+' ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    if (mode[0] == 'w') flags |= O_CREAT | O_TRUNC;
    if (mode[0] == 'a') flags |= O_CREAT | O_APPEND;
    if (mode[0] == 'x') flags |= O_CREAT | O_EXCL;
    return plain_file(folders_open_path(user, path, flags, flags != O_RDONLY));
}

static ptrdiff_t folder_handle_write(void *user, int handle, const char *data, size_t size) {
    (void)user;
    ssize_t count;
    do count = write(handle, data, size);
    while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : count;
}

static int64_t folder_handle_seek(void *user, int handle, int64_t offset, int whence) {
    (void)user;
    off_t position = lseek(handle, offset, whence == 0 ? SEEK_SET : whence == 1 ? SEEK_CUR : SEEK_END);
    return position < 0 ? -errno : position;
}

static int folder_handle_truncate(void *user, int handle, int64_t size) {
    (void)user;
    return ftruncate(handle, size) < 0 ? -errno : 0;
}

static int folder_handle_close(void *user, int handle) {
    (void)user;
    return close(handle) < 0 ? -errno : 0;
}

// ---- life

static bool folder_init(VM *vm, Folders *folders, const CoilFolder *wanted, Folder *out) {
    char normal[PATH_SIZE_MAX];
    *out = (Folder){.descriptor = -1, .mode = wanted->mode};
    if (!path_normalize(folders->working_folder, wanted->name != NULL ? wanted->name : wanted->path, normal)) return true;
    struct stat status;
    if (stat(wanted->path, &status) == 0 && S_ISREG(status.st_mode)) {
        out->file = text_copy(vm, wanted->path);
        if (out->file == NULL) return false;
    } else {
        out->descriptor = open(wanted->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    out->name = text_copy(vm, normal);
    if (out->name == NULL && out->descriptor >= 0) close(out->descriptor);
    return out->name != NULL;
}

bool folders_open(VM *vm, const CoilFolder *wanted, size_t count, const char *working_folder) {
    size_t size;
    if (__builtin_mul_overflow(count, sizeof(Folder), &size)) return false;
    Folders *folders = heap_raw_resize(vm, NULL, 0, sizeof *folders + size);
    if (folders == NULL) return false;
    *folders = (Folders){.vm = vm, .size = sizeof *folders + size};
    vm->folders = folders;
    folders->working_folder = text_copy(vm, working_folder != NULL ? working_folder : "/");
    if (folders->working_folder == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        Folder *folder = &folders->items[folders->count];
        bool done = folder_init(vm, folders, &wanted[i], folder);
        folders->count += folder->name != NULL;
        if (!done) return text_free(vm, folder->file), false;
    }
    struct Hooks *hooks = &vm->hooks;
    hooks->file_user = folders;
    hooks->file_kind = folder_file_kind;
    hooks->file_read = folder_file_read;
    hooks->file_release = folder_file_release;
    hooks->handle_open = folder_handle_open;
    hooks->handle_read = folder_handle_read;
    hooks->handle_write = folder_handle_write;
    hooks->handle_seek = folder_handle_seek;
    hooks->handle_truncate = folder_handle_truncate;
    hooks->handle_close = folder_handle_close;
    return true;
}

void folders_close(VM *vm) {
    Folders *folders = vm->folders;
    if (folders == NULL) return;
    for (size_t i = 0; i < folders->count; i++) {
        Folder *folder = &folders->items[i];
        if (folder->descriptor >= 0) close(folder->descriptor);
        text_free(vm, folder->file);
        text_free(vm, folder->name);
    }
    text_free(vm, folders->working_folder);
    heap_raw_resize(vm, folders, folders->size, 0);
    vm->folders = NULL;
}
