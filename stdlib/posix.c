// posix: what the system does with descriptors, files and processes, as thin as can be. The module `os` (os.py) is what programs see.
//
// Everything here needs the door of processes: who may run other programs may do all of this through them, and who was granted single folders
// must not get around that by way of this module.
#define _GNU_SOURCE   // pipe2, dup3
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sysexits.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stdlib/asyncio/backend.h"
#include "stdlib/modules.h"
#include "stdlib/socket/socket.h"
#include "vm/threads.h"
#include "vm/types/struct_sequence.h"

extern char **environ;

static const size_t READ_MAX = (size_t)1 << 30;

static Value fail(VM *vm) { return raise_os_error(vm, errno, UNDEFINED); }
static Value done(VM *vm, int result) { return result == 0 ? NONE : fail(vm); }

// ---- arguments

static bool i64_argument(VM *vm, Value v, int64_t *out) {
    Value number = value_index(vm, v);
    if (is_error(number)) return false;
    if (!int_as_i64(number, out)) return raise_error(vm, vm->exc.OverflowError, "int too big to convert"), false;
    return true;
}

// A name in the file system: `bytes` keeps its text alive; or, where that is allowed, a descriptor.
typedef struct Path {
    Value given;
    Bytes *bytes;
    const char *text;
    int fd;          // where text is NULL
} Path;

static Value encoded(VM *vm, Value v) {
    Str *encode = str_intern_c(vm, "encode"), *utf8 = str_from_c(vm, "utf-8"), *errors = str_from_c(vm, "surrogateescape");
    if (encode == NULL || utf8 == NULL || errors == NULL) return ERROR;
    const Value arguments[2] = {from_object(utf8), from_object(errors)};
    return call_method(vm, v, encode, arguments, 2);
}

static bool named_path_argument(VM *vm, Value v, const char *function, const char *argument, bool fd_allowed, Path *out) {
    *out = (Path){.given = v, .fd = -1};
    if (!door_processes(vm)) return false;
    if (fd_allowed && !is_undefined(int_or_bool(v))) {
        if (!int_argument(vm, v, &out->fd)) return false;
        return out->fd != -1 || (raise_os_error(vm, EFAULT, v), false);   // as CPython, where -1 stands for no descriptor and no name either
    }
    Value text = v;
    if (!is_str(v) && !is_bytes(v)) {
        Str *fspath = str_intern_c(vm, "__fspath__");
        Value asked = fspath == NULL ? ERROR : attr_get_optional(vm, v, fspath);
        if (is_error(asked)) return false;
        if (is_undefined(asked)) {
            raise_type_error(vm, "%s: %s should be string, bytes%s os.PathLike%s, not %T", function, argument, fd_allowed ? "," : " or",
                             fd_allowed ? " or integer" : "", v);
            return false;
        }
        text = call0(vm, asked);
        if (is_error(text)) return false;
        if (!is_str(text) && !is_bytes(text))
            return raise_type_error(vm, "expected %T.__fspath__() to return str or bytes, not %T", v, text), false;
        out->given = text;
    }
    if (is_str(text)) text = encoded(vm, text);
    if (is_error(text) || !is_bytes(text)) return false;
    out->bytes = to_bytes(text);
    out->text = (const char *)out->bytes->data;
    if (memchr(out->text, 0, out->bytes->size) != NULL) return raise_value_error(vm, "embedded null byte"), false;
    return true;
}

static bool path_argument(VM *vm, Value v, const char *function, bool fd_allowed, Path *out) {
    return named_path_argument(vm, v, function, "path", fd_allowed, out);
}

static Value path_done(VM *vm, const Path *path, int result) {
    int number = errno;
    gc_keep(path->bytes);
    return result == 0 ? NONE : raise_os_error(vm, number, path->given);
}

// A name that the system gave: bytes where bytes were asked with, else text.
static Value name_value(VM *vm, const char *name, size_t size, bool as_bytes) {
    if (as_bytes) {
        Bytes *bytes = bytes_new(vm, name, size);
        return bytes == NULL ? ERROR : from_object(bytes);
    }
    Str *text = str_from_latin1_or_utf8(vm, name, size, "surrogateescape");
    return text == NULL ? ERROR : from_object(text);
}

// ---- descriptors

static bool fd_argument(VM *vm, Value v, int *out) { return door_processes(vm) && int_argument(vm, v, out); }

static Value posix_open(VM *vm, const Value *args, int argc) {
    Path path;
    int flags, mode = 0777, fd;
    if (!path_argument(vm, args[0], "open", false, &path) || !int_argument(vm, args[1], &flags) ||
        (arg_given(args, argc, 2) && !int_argument(vm, args[2], &mode)))
        return ERROR;
    void *outside = vm_release(vm);
    do fd = open(path.text, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    int number = errno;
    vm_acquire(vm, outside);
    errno = number;
    return fd >= 0 ? from_int(fd) : path_done(vm, &path, fd);
}

static Value posix_close(VM *vm, const Value *args, int argc) {
    int fd;
    if (!fd_argument(vm, args[0], &fd)) return ERROR;
    io_closing_everywhere(vm, fd);
    return done(vm, close(fd));
}

static Value posix_read(VM *vm, const Value *args, int argc) {
    int fd;
    int64_t wanted;
    if (!fd_argument(vm, args[0], &fd) || !i64_argument(vm, args[1], &wanted)) return ERROR;
    if (wanted < 0) return raise_os_error(vm, EINVAL, UNDEFINED);
    size_t size = (size_t)wanted < READ_MAX ? (size_t)wanted : READ_MAX;
    char *buffer = buffer_new(vm, size + 1);
    if (buffer == NULL) return ERROR;
    ssize_t count;
    do {
        void *outside = vm_release(vm);
        count = read(fd, buffer, size);
        int number = errno;
        vm_acquire(vm, outside);
        errno = number;
    } while (count < 0 && errno == EINTR && vm_step(vm));
    Value result = ERROR;
    if (count < 0) {
        if (!is_raised(vm)) fail(vm);
    } else {
        Bytes *bytes = bytes_new(vm, buffer, (size_t)count);
        if (bytes != NULL) result = from_object(bytes);
    }
    buffer_free(vm, buffer, size + 1);
    return result;
}

// While it waits outside, the data must not move: what can change is copied.
static Value posix_write(VM *vm, const Value *args, int argc) {
    int fd;
    const uint8_t *data;
    size_t size;
    if (!fd_argument(vm, args[0], &fd) || !bytes_like(vm, args[1], &data, &size)) return ERROR;
    Bytes *copy = is_bytes(args[1]) ? to_bytes(args[1]) : bytes_new(vm, (const char *)data, size);
    if (copy == NULL) return ERROR;
    ssize_t count;
    do {
        void *outside = vm_release(vm);
        count = write(fd, copy->data, size);
        int number = errno;
        vm_acquire(vm, outside);
        errno = number;
    } while (count < 0 && errno == EINTR && vm_step(vm));
    gc_keep(copy);
    return count >= 0 ? from_int(count) : is_raised(vm) ? ERROR : fail(vm);
}

static Value posix_lseek(VM *vm, const Value *args, int argc) {
    int fd, whence;
    int64_t offset;
    if (!fd_argument(vm, args[0], &fd) || !i64_argument(vm, args[1], &offset) || !int_argument(vm, args[2], &whence)) return ERROR;
    off_t position = lseek(fd, offset, whence);
    return position < 0 ? fail(vm) : int_from_i64(vm, position);
}

static Value fd_value(VM *vm, int fd) { return fd < 0 ? fail(vm) : from_int(fd); }

static Value posix_dup(VM *vm, const Value *args, int argc) {
    int fd;
    return fd_argument(vm, args[0], &fd) ? fd_value(vm, fcntl(fd, F_DUPFD_CLOEXEC, 0)) : ERROR;
}

static Value posix_dup2(VM *vm, const Value *args, int argc) {
    int fd, wanted, inheritable = 1;
    if (!fd_argument(vm, args[0], &fd) || !int_argument(vm, args[1], &wanted)) return ERROR;
    if (arg_given(args, argc, 2) && (inheritable = value_is_true(vm, args[2])) < 0) return ERROR;
    if (fd == wanted) return fcntl(fd, F_SETFD, inheritable ? 0 : FD_CLOEXEC) < 0 ? fail(vm) : from_int(fd);
    io_closing_everywhere(vm, wanted);
    return fd_value(vm, dup3(fd, wanted, inheritable ? 0 : O_CLOEXEC));
}

static Value pair_of(VM *vm, const int *fds) {
    Tuple *pair = tuple_pack(vm, 2, from_int(fds[0]), from_int(fds[1]));
    if (pair != NULL) return from_object(pair);
    close(fds[0]);
    close(fds[1]);
    return ERROR;
}

static Value posix_pipe(VM *vm, const Value *args, int argc) {
    int fds[2];
    if (!door_processes(vm)) return ERROR;
    return pipe2(fds, O_CLOEXEC) != 0 ? fail(vm) : pair_of(vm, fds);
}

static Value posix_openpty(VM *vm, const Value *args, int argc) {
    int fds[2];
    if (!door_processes(vm)) return ERROR;
    if (openpty(&fds[0], &fds[1], NULL, NULL, NULL) != 0) return fail(vm);
    for (int i = 0; i < 2; i++) fcntl(fds[i], F_SETFD, FD_CLOEXEC);
    return pair_of(vm, fds);
}

static Value posix_isatty(VM *vm, const Value *args, int argc) {
    int fd;
    return fd_argument(vm, args[0], &fd) ? from_bool(isatty(fd)) : ERROR;
}

static Value posix_fsync(VM *vm, const Value *args, int argc) {
    int fd;
    if (!fd_argument(vm, args[0], &fd)) return ERROR;
    void *outside = vm_release(vm);
    int result = fsync(fd), number = errno;
    vm_acquire(vm, outside);
    errno = number;
    return done(vm, result);
}

static Value posix_ftruncate(VM *vm, const Value *args, int argc) {
    int fd;
    int64_t size;
    return fd_argument(vm, args[0], &fd) && i64_argument(vm, args[1], &size) ? done(vm, ftruncate(fd, size)) : ERROR;
}

static Value posix_get_blocking(VM *vm, const Value *args, int argc) {
    int fd;
    if (!fd_argument(vm, args[0], &fd)) return ERROR;
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? fail(vm) : from_bool(!(flags & O_NONBLOCK));
}

static Value posix_set_blocking(VM *vm, const Value *args, int argc) {
    int fd, truth;
    if (!fd_argument(vm, args[0], &fd) || (truth = value_is_true(vm, args[1])) < 0) return ERROR;
    return fd_set_blocking(vm, fd, truth) ? NONE : ERROR;
}

static Value posix_get_inheritable(VM *vm, const Value *args, int argc) {
    int fd;
    if (!fd_argument(vm, args[0], &fd)) return ERROR;
    int flags = fcntl(fd, F_GETFD);
    return flags < 0 ? fail(vm) : from_bool(!(flags & FD_CLOEXEC));
}

static Value posix_set_inheritable(VM *vm, const Value *args, int argc) {
    int fd, truth;
    if (!fd_argument(vm, args[0], &fd) || (truth = value_is_true(vm, args[1])) < 0) return ERROR;
    return done(vm, fcntl(fd, F_SETFD, truth ? 0 : FD_CLOEXEC));
}

static Value posix_sendfile(VM *vm, const Value *args, int argc) {
    int to, from;
    int64_t offset = 0, count;
    bool here = is_none(args[2]);
    if (!fd_argument(vm, args[0], &to) || !int_argument(vm, args[1], &from) || (!here && !i64_argument(vm, args[2], &offset)) ||
        !i64_argument(vm, args[3], &count))
        return ERROR;
    off_t at = offset;
    ssize_t sent;
    do {
        void *outside = vm_release(vm);
        sent = sendfile(to, from, here ? NULL : &at, (size_t)(count < 0 ? 0 : count));
        int number = errno;
        vm_acquire(vm, outside);
        errno = number;
    } while (sent < 0 && errno == EINTR && vm_step(vm));
    return sent >= 0 ? from_int(sent) : is_raised(vm) ? ERROR : fail(vm);
}

// ---- files

static Value record(VM *vm, const char *class_name, const Value *values, size_t count) {
    Str *posix = str_intern_c(vm, "posix"), *name = str_intern_c(vm, class_name);
    Value module = posix == NULL || name == NULL ? ERROR : import_module(vm, posix, NULL, from_object(vm->empty_tuple), 0);
    Value cls = is_error(module) ? ERROR : attr_get(vm, module, name);
    if (is_error(cls)) return ERROR;
    if (!is_class(cls)) return raise_error(vm, vm->exc.RuntimeError, "posix.%s is no class any more", class_name);
    for (size_t i = 0; i < count; i++)
        if (is_error(values[i])) return ERROR;
    return struct_sequence_new(vm, to_class(cls), values, count);
}

static Value ns_value(VM *vm, struct timespec t) { return int_from_i64(vm, (int64_t)t.tv_sec * 1000000000 + t.tv_nsec); }
static Value seconds_value(VM *vm, struct timespec t) { return float_new(vm, (double)t.tv_sec + 1e-9 * (double)t.tv_nsec); }

static Value stat_value(VM *vm, const struct stat *s) {
    Value values[19] = {
        from_int(s->st_mode), int_from_i64(vm, (int64_t)s->st_ino), int_from_i64(vm, (int64_t)s->st_dev), from_int((int64_t)s->st_nlink),
        from_int(s->st_uid), from_int(s->st_gid), int_from_i64(vm, s->st_size), int_from_i64(vm, s->st_atim.tv_sec),
        int_from_i64(vm, s->st_mtim.tv_sec), int_from_i64(vm, s->st_ctim.tv_sec),
        seconds_value(vm, s->st_atim), seconds_value(vm, s->st_mtim), seconds_value(vm, s->st_ctim),
        ns_value(vm, s->st_atim), ns_value(vm, s->st_mtim), ns_value(vm, s->st_ctim),
        from_int(s->st_blksize), int_from_i64(vm, s->st_blocks), int_from_i64(vm, (int64_t)s->st_rdev),
    };
    return record(vm, "stat_result", values, 19);
}

// stat(path, *, follow_symlinks): a network's file system may take its time
static Value stat_path(VM *vm, Value v, const char *function, bool follow) {
    Path path;
    struct stat status;
    if (!path_argument(vm, v, function, follow, &path)) return ERROR;
    void *outside = vm_release(vm);
    int result = path.text == NULL ? fstat(path.fd, &status) : follow ? stat(path.text, &status) : lstat(path.text, &status), number = errno;
    vm_acquire(vm, outside);
    errno = number;
    return result == 0 ? stat_value(vm, &status) : path_done(vm, &path, result);
}

static Value posix_stat(VM *vm, const Value *args, int argc) {
    int follow = arg_given(args, argc, 1) ? value_is_true(vm, args[1]) : 1;
    return follow < 0 ? ERROR : stat_path(vm, args[0], "stat", follow);
}
static Value posix_lstat(VM *vm, const Value *args, int argc) { return stat_path(vm, args[0], "lstat", false); }

static Value posix_fstat(VM *vm, const Value *args, int argc) {
    int fd;
    struct stat status;
    if (!fd_argument(vm, args[0], &fd)) return ERROR;
    return fstat(fd, &status) == 0 ? stat_value(vm, &status) : fail(vm);
}

static Value posix_statvfs(VM *vm, const Value *args, int argc) {
    Path path;
    struct statvfs s;
    if (!path_argument(vm, args[0], "statvfs", true, &path)) return ERROR;
    int result = path.text == NULL ? fstatvfs(path.fd, &s) : statvfs(path.text, &s);
    if (result != 0) return path_done(vm, &path, result);
    const unsigned long numbers[11] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree, s.f_bavail, s.f_files, s.f_ffree, s.f_favail, s.f_flag, s.f_namemax, s.f_fsid};
    Value values[11];
    for (int i = 0; i < 11; i++) values[i] = int_from_i64(vm, (int64_t)numbers[i]);
    return record(vm, "statvfs_result", values, 11);
}

static Value posix_access(VM *vm, const Value *args, int argc) {
    Path path;
    int mode;
    if (!path_argument(vm, args[0], "access", false, &path) || !int_argument(vm, args[1], &mode)) return ERROR;
    return from_bool(access(path.text, mode) == 0);
}

static Value list_names(VM *vm, DIR *directory, bool as_bytes) {
    List *names = list_new(vm, 16);
    for (struct dirent *entry; names != NULL && (errno = 0, entry = readdir(directory)) != NULL;) {
        const char *name = entry->d_name;
        if (name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0))) continue;
        Value value = name_value(vm, name, strlen(name), as_bytes);
        if (is_error(value) || !list_append(vm, names, value) || !vm_charge(vm, 1)) return ERROR;
    }
    return names == NULL ? ERROR : errno != 0 ? fail(vm) : from_object(names);
}

static Value posix_listdir(VM *vm, const Value *args, int argc) {
    Path path;
    Value given = arg_or(args, argc, 0, NONE);
    if (is_none(given)) {
        Str *here = str_intern_c(vm, ".");
        if (here == NULL) return ERROR;
        given = from_object(here);
    }
    if (!path_argument(vm, given, "listdir", true, &path)) return ERROR;
    int copy = path.text == NULL ? fcntl(path.fd, F_DUPFD_CLOEXEC, 0) : -1;
    DIR *directory = path.text == NULL ? copy < 0 ? NULL : fdopendir(copy) : opendir(path.text);
    if (directory == NULL) {
        Value result = path_done(vm, &path, -1);
        if (copy >= 0) close(copy);
        return result;
    }
    if (path.text == NULL) rewinddir(directory);
    Value names = list_names(vm, directory, path.text != NULL && is_bytes(path.given));
    closedir(directory);
    return names;
}

static Value posix_mkdir(VM *vm, const Value *args, int argc) {
    Path path;
    int mode = 0777;
    if (!path_argument(vm, args[0], "mkdir", false, &path) || (arg_given(args, argc, 1) && !int_argument(vm, args[1], &mode))) return ERROR;
    return path_done(vm, &path, mkdir(path.text, (mode_t)mode));
}

static Value with_path(VM *vm, Value v, const char *function, int (*act)(const char *)) {
    Path path;
    return path_argument(vm, v, function, false, &path) ? path_done(vm, &path, act(path.text)) : ERROR;
}
static Value posix_rmdir(VM *vm, const Value *args, int argc) { return with_path(vm, args[0], "rmdir", rmdir); }
static Value posix_unlink(VM *vm, const Value *args, int argc) { return with_path(vm, args[0], "unlink", unlink); }
static Value posix_remove(VM *vm, const Value *args, int argc) { return with_path(vm, args[0], "remove", unlink); }
static Value posix_chdir(VM *vm, const Value *args, int argc) { return with_path(vm, args[0], "chdir", chdir); }

static Value with_paths(VM *vm, const Value *args, const char *function, int (*act)(const char *, const char *)) {
    Path from, to;
    if (!named_path_argument(vm, args[0], function, "src", false, &from) || !named_path_argument(vm, args[1], function, "dst", false, &to)) return ERROR;
    int result = act(from.text, to.text), number = errno;
    gc_keep(from.bytes);
    gc_keep(to.bytes);
    Str *text = result == 0 ? NULL : str_from_c(vm, strerror(number));
    if (text == NULL) return result == 0 ? NONE : ERROR;
    const Value details[5] = {from_int(number), from_object(text), from.given, NONE, to.given};
    return raise_with_args(vm, vm->exc.OSError, 5, details);
}
static Value posix_rename(VM *vm, const Value *args, int argc) { return with_paths(vm, args, "rename", rename); }
static Value posix_replace(VM *vm, const Value *args, int argc) { return with_paths(vm, args, "replace", rename); }
static Value posix_link(VM *vm, const Value *args, int argc) { return with_paths(vm, args, "link", link); }
static Value posix_symlink(VM *vm, const Value *args, int argc) { return with_paths(vm, args, "symlink", symlink); }

static Value posix_readlink(VM *vm, const Value *args, int argc) {
    Path path;
    char buffer[4096];
    if (!path_argument(vm, args[0], "readlink", false, &path)) return ERROR;
    ssize_t size = readlink(path.text, buffer, sizeof buffer);
    return size < 0 ? path_done(vm, &path, -1) : name_value(vm, buffer, (size_t)size, is_bytes(path.given));
}

static Value posix_chmod(VM *vm, const Value *args, int argc) {
    Path path;
    int mode;
    if (!path_argument(vm, args[0], "chmod", true, &path) || !int_argument(vm, args[1], &mode)) return ERROR;
    return path_done(vm, &path, path.text == NULL ? fchmod(path.fd, (mode_t)mode) : chmod(path.text, (mode_t)mode));
}

static Value posix_truncate(VM *vm, const Value *args, int argc) {
    Path path;
    int64_t size;
    if (!path_argument(vm, args[0], "truncate", true, &path) || !i64_argument(vm, args[1], &size)) return ERROR;
    return path_done(vm, &path, path.text == NULL ? ftruncate(path.fd, size) : truncate(path.text, size));
}

// _utime_ns(path, atime, mtime): -1 for both: now
static Value posix_utime_ns(VM *vm, const Value *args, int argc) {
    Path path;
    struct timespec times[2];
    if (!path_argument(vm, args[0], "utime", true, &path)) return ERROR;
    for (int i = 0; i < 2; i++) {
        int64_t ns;
        if (is_none(args[1 + i])) {
            times[i] = (struct timespec){.tv_nsec = UTIME_NOW};
            continue;
        }
        if (!i64_argument(vm, args[1 + i], &ns)) return ERROR;
        int64_t rest = ns % 1000000000;
        if (rest < 0) rest += 1000000000;
        times[i] = (struct timespec){.tv_sec = (ns - rest) / 1000000000, .tv_nsec = rest};
    }
    return path_done(vm, &path, path.text == NULL ? futimens(path.fd, times) : utimensat(AT_FDCWD, path.text, times, 0));
}

static Value current_directory(VM *vm, bool as_bytes) {
    if (!door_processes(vm)) return ERROR;
    char *where = getcwd(NULL, 0);
    if (where == NULL) return fail(vm);
    Value value = name_value(vm, where, strlen(where), as_bytes);
    free(where);
    return value;
}
static Value posix_getcwd(VM *vm, const Value *args, int argc) { return current_directory(vm, false); }
static Value posix_getcwdb(VM *vm, const Value *args, int argc) { return current_directory(vm, true); }

static Value posix_umask(VM *vm, const Value *args, int argc) {
    int mask;
    return fd_argument(vm, args[0], &mask) ? from_int(umask((mode_t)mask)) : ERROR;
}

// ---- processes

static Value number_of_process(VM *vm, int64_t number) { return door_processes(vm) ? from_int(number) : ERROR; }
static Value posix_getpid(VM *vm, const Value *args, int argc) { return number_of_process(vm, getpid()); }
static Value posix_getppid(VM *vm, const Value *args, int argc) { return number_of_process(vm, getppid()); }
static Value posix_getpgrp(VM *vm, const Value *args, int argc) { return number_of_process(vm, getpgrp()); }
static Value posix_getuid(VM *vm, const Value *args, int argc) { return number_of_process(vm, getuid()); }
static Value posix_geteuid(VM *vm, const Value *args, int argc) { return number_of_process(vm, geteuid()); }
static Value posix_getgid(VM *vm, const Value *args, int argc) { return number_of_process(vm, getgid()); }
static Value posix_getegid(VM *vm, const Value *args, int argc) { return number_of_process(vm, getegid()); }

static Value posix_getpgid(VM *vm, const Value *args, int argc) {
    int pid;
    return fd_argument(vm, args[0], &pid) ? fd_value(vm, getpgid(pid)) : ERROR;
}
static Value posix_getsid(VM *vm, const Value *args, int argc) {
    int pid;
    return fd_argument(vm, args[0], &pid) ? fd_value(vm, getsid(pid)) : ERROR;
}

static Value posix_kill(VM *vm, const Value *args, int argc) {
    int pid, number;
    if (!fd_argument(vm, args[0], &pid) || !int_argument(vm, args[1], &number)) return ERROR;
    if (kill(pid, number) != 0) return fail(vm);
    return vm_wake(vm) ? NONE : ERROR;   // a signal to ourselves is dealt with at once
}
static Value posix_killpg(VM *vm, const Value *args, int argc) {
    int group, number;
    return fd_argument(vm, args[0], &group) && int_argument(vm, args[1], &number) ? done(vm, killpg(group, number)) : ERROR;
}

static Value posix_waitpid(VM *vm, const Value *args, int argc) {
    int pid, options, status = 0;
    pid_t ended;
    if (!fd_argument(vm, args[0], &pid) || !int_argument(vm, args[1], &options)) return ERROR;
    do {
        void *outside = vm_release(vm);
        ended = waitpid(pid, &status, options);
        int number = errno;
        vm_acquire(vm, outside);
        errno = number;
    } while (ended < 0 && errno == EINTR && vm_step(vm));
    if (ended < 0) return is_raised(vm) ? ERROR : fail(vm);
    Tuple *pair = tuple_pack(vm, 2, from_int(ended), from_int(status));
    return pair == NULL ? ERROR : from_object(pair);
}

static Value posix_pidfd_open(VM *vm, const Value *args, int argc) {
    int pid, flags = 0;
    if (!fd_argument(vm, args[0], &pid) || (arg_given(args, argc, 1) && !int_argument(vm, args[1], &flags))) return ERROR;
#ifdef SYS_pidfd_open
    return fd_value(vm, (int)syscall(SYS_pidfd_open, pid, flags));
#else
    return raise_os_error(vm, ENOSYS, UNDEFINED);
#endif
}

static Value posix_exit_now(VM *vm, const Value *args, int argc) {
    int status;
    if (!fd_argument(vm, args[0], &status)) return ERROR;
    _exit(status);
}

static Value posix_cpu_count(VM *vm, const Value *args, int argc) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return !door_processes(vm) ? ERROR : count < 1 ? NONE : from_int(count);
}

static Value posix_strerror(VM *vm, const Value *args, int argc) {
    int number;
    if (!int_argument(vm, args[0], &number)) return ERROR;
    Str *text = str_from_c(vm, strerror(number));
    return text == NULL ? ERROR : from_object(text);
}

static Value posix_uname(VM *vm, const Value *args, int argc) {
    struct utsname names;
    if (!door_processes(vm)) return ERROR;
    if (uname(&names) != 0) return fail(vm);
    const char *texts[5] = {names.sysname, names.nodename, names.release, names.version, names.machine};
    Value values[5];
    for (int i = 0; i < 5; i++) values[i] = name_value(vm, texts[i], strlen(texts[i]), false);
    return record(vm, "uname_result", values, 5);
}

static Value posix_urandom(VM *vm, const Value *args, int argc) {
    int64_t size;
    if (!door_randomness(vm) || !i64_argument(vm, args[0], &size)) return ERROR;
    if (size < 0) return raise_value_error(vm, "negative argument not allowed");
    if ((uint64_t)size > READ_MAX) return raise_no_memory(vm);
    uint8_t *buffer = buffer_new(vm, (size_t)size + 1);
    if (buffer == NULL) return ERROR;
    size_t got = 0;
    while (got < (size_t)size) {
        size_t block = (size_t)size - got < 256 ? (size_t)size - got : 256;
        if (getentropy(buffer + got, block) != 0) break;
        got += block;
        if (!vm_charge(vm, 1)) break;
    }
    Bytes *bytes = got == (size_t)size ? bytes_new(vm, (const char *)buffer, got) : NULL;
    buffer_free(vm, buffer, (size_t)size + 1);
    return bytes != NULL ? from_object(bytes) : is_raised(vm) ? ERROR : fail(vm);
}

// ---- the environment

static Value posix_environ(VM *vm, const Value *args, int argc) {
    Dict *found = dict_new(vm);
    if (found == NULL) return ERROR;
    for (char **at = vm->doors.environment ? environ : NULL; at != NULL && *at != NULL; at++) {
        const char *equals = strchr(*at, '=');
        if (equals == NULL) continue;
        Value name = name_value(vm, *at, (size_t)(equals - *at), false), value = name_value(vm, equals + 1, strlen(equals + 1), false);
        if (is_error(name) || is_error(value) || !dict_set_str(vm, found, to_str(name), value)) return ERROR;
    }
    return from_object(found);
}

static Value posix_putenv(VM *vm, const Value *args, int argc) {
    Path name, value;
    if (!door_environment(vm) || !path_argument(vm, args[0], "putenv", false, &name) || !path_argument(vm, args[1], "putenv", false, &value)) return ERROR;
    if (*name.text == 0 || strchr(name.text, '=') != NULL) return raise_value_error(vm, "illegal environment variable name");
    return done(vm, setenv(name.text, value.text, 1));
}

static Value posix_unsetenv(VM *vm, const Value *args, int argc) {
    Path name;
    return door_environment(vm) && path_argument(vm, args[0], "unsetenv", false, &name) ? done(vm, unsetenv(name.text)) : ERROR;
}

// ---- the table

static const NativeDef posix_functions[] = {
    {"open(path, flags, mode=511)", posix_open, "Open a file for low level IO. Return a descriptor.", 0},
    {"close(fd)", posix_close, "Close a descriptor.", 0},
    {"read(fd, length, /)", posix_read, "Read from a descriptor; no bytes at the end.", 0},
    {"write(fd, data, /)", posix_write, "Write to a descriptor; how many bytes were taken.", 0},
    {"lseek(fd, position, whence, /)", posix_lseek, "Set the position of a descriptor; the new one.", 0},
    {"dup(fd, /)", posix_dup, "A duplicate of a descriptor.", 0},
    {"dup2(fd, fd2, inheritable=True)", posix_dup2, "Make fd2 a duplicate of fd.", 0},
    {"pipe()", posix_pipe, "Two descriptors, (reading, writing), of a pipe.", 0},
    {"openpty()", posix_openpty, "Two descriptors, (master, slave), of a pseudo-terminal.", 0},
    {"isatty(fd, /)", posix_isatty, "Whether a descriptor is a terminal.", 0},
    {"fsync(fd)", posix_fsync, "Force a file to disk.", 0},
    {"ftruncate(fd, length, /)", posix_ftruncate, "Cut a file.", 0},
    {"get_blocking(fd, /)", posix_get_blocking, "Whether operations of a descriptor wait.", 0},
    {"set_blocking(fd, blocking, /)", posix_set_blocking, "Have operations of a descriptor wait, or not.", 0},
    {"get_inheritable(fd, /)", posix_get_inheritable, "Whether programs that are run inherit a descriptor.", 0},
    {"set_inheritable(fd, inheritable, /)", posix_set_inheritable, "Have programs that are run inherit a descriptor, or not.", 0},
    {"sendfile(out_fd, in_fd, offset, count)", posix_sendfile, "Copy bytes from one descriptor to another; how many.", 0},
    {"stat(path, *, follow_symlinks=True)", posix_stat, "What the system knows of a file.", 0},
    {"lstat(path)", posix_lstat, "Like stat(), of a symbolic link itself.", 0},
    {"fstat(fd)", posix_fstat, "Like stat(), of a descriptor.", 0},
    {"statvfs(path)", posix_statvfs, "What the system knows of a file system.", 0},
    {"access(path, mode)", posix_access, "Whether a file may be read, written, executed.", 0},
    {"listdir(path=None)", posix_listdir, "The names of a directory's entries.", 0},
    {"mkdir(path, mode=511)", posix_mkdir, "Make a directory.", 0},
    {"rmdir(path)", posix_rmdir, "Remove an empty directory.", 0},
    {"unlink(path)", posix_unlink, "Remove a file.", 0},
    {"remove(path)", posix_remove, "Remove a file.", 0},
    {"chdir(path)", posix_chdir, "Set the current directory.", 0},
    {"rename(src, dst)", posix_rename, "Rename a file or directory.", 0},
    {"replace(src, dst)", posix_replace, "Rename a file or directory.", 0},
    {"link(src, dst)", posix_link, "Give a file another name.", 0},
    {"symlink(src, dst)", posix_symlink, "Make dst a symbolic link to src.", 0},
    {"readlink(path)", posix_readlink, "Where a symbolic link points to.", 0},
    {"chmod(path, mode)", posix_chmod, "Set who may do what with a file.", 0},
    {"truncate(path, length)", posix_truncate, "Cut a file.", 0},
    {"_utime_ns(path, atime, mtime, /)", posix_utime_ns, NULL, 0},
    {"getcwd()", posix_getcwd, "The current directory.", 0},
    {"getcwdb()", posix_getcwdb, "The current directory as bytes.", 0},
    {"umask(mask, /)", posix_umask, "Set the mask for the modes of new files; the one before.", 0},
    {"getpid()", posix_getpid, "The number of this process.", 0},
    {"getppid()", posix_getppid, "The number of the parent process.", 0},
    {"getpgrp()", posix_getpgrp, "The number of the process group.", 0},
    {"getpgid(pid)", posix_getpgid, "The process group of a process.", 0},
    {"getsid(pid, /)", posix_getsid, "The session of a process.", 0},
    {"getuid()", posix_getuid, "The number of the user.", 0},
    {"geteuid()", posix_geteuid, "The number of the effective user.", 0},
    {"getgid()", posix_getgid, "The number of the group.", 0},
    {"getegid()", posix_getegid, "The number of the effective group.", 0},
    {"kill(pid, signal, /)", posix_kill, "Send a signal to a process.", 0},
    {"killpg(pgid, signal, /)", posix_killpg, "Send a signal to a process group.", 0},
    {"waitpid(pid, options, /)", posix_waitpid, "Wait for a child: (pid, status).", 0},
    {"pidfd_open(pid, flags=0)", posix_pidfd_open, "A descriptor that stands for a process.", 0},
    {"_exit(status)", posix_exit_now, "End the process at once.", 0},
    {"cpu_count()", posix_cpu_count, "How many processors there are.", 0},
    {"strerror(code, /)", posix_strerror, "What an error's number means.", 0},
    {"uname()", posix_uname, "The names of the operating system.", 0},
    {"urandom(size, /)", posix_urandom, "Random bytes of the operating system.", 0},
    {"_environ()", posix_environ, NULL, 0},
    {"putenv(name, value, /)", posix_putenv, "Change or add a variable of the environment.", 0},
    {"unsetenv(name, /)", posix_unsetenv, "Remove a variable of the environment.", 0},
    {0},
};

#define ROW(name) {#name, name}
static const struct { const char *name; int value; } constants[] = {
    ROW(O_RDONLY), ROW(O_WRONLY), ROW(O_RDWR), ROW(O_CREAT), ROW(O_EXCL), ROW(O_TRUNC), ROW(O_APPEND), ROW(O_NONBLOCK), ROW(O_CLOEXEC),
    ROW(O_DIRECTORY), ROW(O_NOFOLLOW), ROW(O_SYNC), ROW(O_NOCTTY), ROW(F_OK), ROW(R_OK), ROW(W_OK), ROW(X_OK), ROW(WNOHANG), ROW(WUNTRACED),
    ROW(WCONTINUED), ROW(EX_OK),
};
#undef ROW

static bool add_class(VM *vm, Module *module, const char *name, const char *fields, const char *hidden) {
    Class *cls = struct_sequence_class(vm, name, fields, hidden);
    return cls != NULL && module_add(vm, module, strrchr(name, '.') + 1, from_object(cls));
}

static bool posix_init(VM *vm, Module *module) {
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (!module_add(vm, module, constants[i].name, from_int(constants[i].value))) return false;
    return add_class(vm, module, "os.stat_result", "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime",
                     "st_atime st_mtime st_ctime st_atime_ns st_mtime_ns st_ctime_ns st_blksize st_blocks st_rdev") &&
           add_class(vm, module, "os.statvfs_result", "f_bsize f_frsize f_blocks f_bfree f_bavail f_files f_ffree f_favail f_flag f_namemax", "f_fsid") &&
           add_class(vm, module, "posix.uname_result", "sysname nodename release version machine", NULL);
}

const ModuleDef module_posix = {"posix", "What the system does with descriptors, files and processes.", posix_functions, posix_init};
