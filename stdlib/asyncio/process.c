// Running other programs, and learning that they have ended.
//
// posix_spawn() does what fork() and exec() would, without a copy of the address space and without running anything of ours in the child; what
// it cannot do (another user, umask) is in process_fork.c. A
// child's end is the readiness of its pidfd; where the system has none, a thread waits for it.
#define _GNU_SOURCE
#include "stdlib/asyncio/process.h"
#include "stdlib/asyncio/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// ---- descriptors as objects: one end of a pipe

typedef struct PipeEnd { Object head; int fd; } PipeEnd;

static void descriptor_close(VM *vm, PipeEnd *d) {
    if (d->fd < 0) return;
    int fd = d->fd;
    d->fd = -1;
    io_closing_everywhere(vm, fd);
    close(fd);
}

// By the collector: nothing but the descriptor itself is touched.
void descriptor_free(VM *vm, Object *object) {
    PipeEnd *d = (PipeEnd *)object;
    if (d->fd < 0) return;
    io_lost_everywhere(vm, d->fd);
    close(d->fd);
    d->fd = -1;
}

static Value descriptor_new(VM *vm, int fd) {
    PipeEnd *d = object_new_of(vm, IO_STATE(vm)->descriptor, sizeof *d);
    if (d == NULL) {
        close(fd);
        return ERROR;
    }
    d->fd = fd;
    return from_object(d);
}

static Value method_fileno(VM *vm, const Value *args, int argc) { return from_int(((PipeEnd *)to_object(args[0]))->fd); }
static Value method_close(VM *vm, const Value *args, int argc) {
    descriptor_close(vm, (PipeEnd *)to_object(args[0]));
    return NONE;
}
static Value method_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_printf(vm, "<pipe fd=%d>", ((PipeEnd *)to_object(args[0]))->fd);
    return text == NULL ? ERROR : from_object(text);
}

const NativeDef descriptor_methods[] = {
    {"fileno(self, /)", method_fileno, "The number; -1 when closed.", 0},
    {"close(self, /)", method_close, "Close it.", 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {0},
};
const size_t descriptor_size = sizeof(PipeEnd);

static Value pair_value(Tuple *pair) { return pair == NULL ? ERROR : from_object(pair); }

static Value make_pipe(VM *vm, const Value *args, int argc) {
    int fds[2];
    if (!door_processes(vm)) return ERROR;
    if (pipe2(fds, O_CLOEXEC) != 0) return raise_os_error(vm, errno, UNDEFINED);
    Value reading = descriptor_new(vm, fds[0]), writing = descriptor_new(vm, fds[1]);
    return is_error(reading) || is_error(writing) ? ERROR : pair_value(tuple_pack(vm, 2, reading, writing));
}

static Value open_devnull(VM *vm, const Value *args, int argc) {
    if (!door_processes(vm)) return ERROR;
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    return fd < 0 ? raise_os_error(vm, errno, UNDEFINED) : descriptor_new(vm, fd);
}

// ---- texts of the child: its arguments and environment


static bool text_of(VM *vm, Value v, const char **out, size_t *out_size) {
    const uint8_t *data;
    Str *path = str_intern_c(vm, "__fspath__");
    if (path == NULL) return false;
    if (!is_str(v) && !is_bytes(v)) {
        Value asked = attr_get_optional(vm, v, path);
        if (is_error(asked)) return false;
        if (is_undefined(asked)) return raise_type_error(vm, "expected str, bytes or os.PathLike object, not %T", v), false;
        v = call0(vm, asked);
        if (is_error(v)) return false;
    }
    if (is_str(v)) {
        *out = str_data(vm, to_str(v));
        *out_size = to_str(v)->size;
        if (*out == NULL) return false;
    } else {
        if (!bytes_like(vm, v, &data, out_size)) return false;
        *out = (const char *)data;
    }
    if (memchr(*out, 0, *out_size) != NULL) return raise_value_error(vm, "embedded null byte"), false;
    return true;
}

static void texts_free(VM *vm, TextList *texts) { buffer_free(vm, texts->items, texts->bytes); }

// What has __fspath__ may be anything, so all are texts before they are measured.
static List *plain_texts(VM *vm, Value iterable) {
    List *list = list_from_iterable(vm, iterable);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const char *data;
        size_t size;
        if (!text_of(vm, list->items[i], &data, &size)) return NULL;
        Bytes *bytes = bytes_new(vm, data, size);
        if (bytes == NULL || i >= list->count) return NULL;
        list->items[i] = from_object(bytes);
        gc_write_barrier(vm, list);
    }
    return list;
}

static bool texts_make(VM *vm, Value iterable, TextList *out) {
    List *list = plain_texts(vm, iterable);
    size_t bytes;
    *out = (TextList){0};
    if (list == NULL || !size_for(vm, list->count + 1, sizeof(char *), 0, &bytes)) return false;
    for (size_t i = 0; i < list->count; i++)
        if (!size_add(bytes, to_bytes(list->items[i])->size + 1, &bytes)) return raise_no_memory(vm), false;
    out->items = buffer_new(vm, bytes);
    out->bytes = bytes;
    if (out->items == NULL) return false;
    char *at = (char *)(out->items + list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        Bytes *one = to_bytes(list->items[i]);
        out->items[i] = at;
        memcpy(at, one->data, one->size);
        at[one->size] = 0;
        at += one->size + 1;
    }
    return true;
}

// ---- finding the program

static const char *path_of(char **environment) {
    for (char **at = environment; at != NULL && *at != NULL; at++)
        if (strncmp(*at, "PATH=", 5) == 0) return *at + 5;
    return "/bin:/usr/bin";
}

// The first file of this name that may be executed on the PATH, as execvp() would take it. False: none, and *out_failure says why.
static bool find_program(const char *name, const char *path, char *out, size_t room, int *out_failure) {
    *out_failure = ENOENT;
    if (strchr(name, '/') != NULL || *name == 0) return strlen(name) < room && *name != 0 && strcpy(out, name) != NULL;
    for (const char *at = path;;) {
        size_t size = strcspn(at, ":"), length = strlen(name);
        if (size + length + 2 <= room) {
            memcpy(out, at, size);
            memcpy(out + size + (size > 0), name, length + 1);
            if (size > 0) out[size] = '/';
            struct stat status;
            if (stat(out, &status) == 0 && S_ISREG(status.st_mode)) {
                if (access(out, X_OK) == 0) return true;
                *out_failure = EACCES;
            }
        }
        if (at[size] == 0) return false;
        at += size + 1;
    }
}

// ---- spawning


// Standard streams may be given as each other: then they are copied out of the way first.
static int prepare_streams(Spawn *spawn) {
    for (int i = 0; i < 3; i++) {
        if (spawn->streams[i] < 0 || spawn->streams[i] > 2 || spawn->streams[i] == i) continue;
        spawn->copies[i] = fcntl(spawn->streams[i], F_DUPFD_CLOEXEC, 3);
        if (spawn->copies[i] < 0) return errno;
        spawn->streams[i] = spawn->copies[i];
    }
    return 0;
}

static int add_actions(VM *vm, const Spawn *spawn, posix_spawn_file_actions_t *actions, List *pass) {
    int failure = 0;
    for (int i = 0; failure == 0 && i < 3; i++)
        if (spawn->streams[i] >= 0) failure = posix_spawn_file_actions_adddup2(actions, spawn->streams[i], i);
    for (size_t i = 0; failure == 0 && pass != NULL && i < pass->count; i++)
        if (is_int(pass->items[i])) failure = posix_spawn_file_actions_adddup2(actions, (int)to_int(pass->items[i]), (int)to_int(pass->items[i]));
    if (failure == 0 && spawn->cwd != NULL) failure = posix_spawn_file_actions_addchdir_np(actions, spawn->cwd);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    if (failure == 0 && spawn->close_others && (pass == NULL || pass->count == 0)) failure = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
    return failure;
}

static int set_attributes(const Spawn *spawn, posix_spawnattr_t *attributes) {
    sigset_t none, reset;
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigemptyset(&none);
    sigemptyset(&reset);
    sigaddset(&reset, SIGPIPE);
#ifdef SIGXFSZ
    sigaddset(&reset, SIGXFSZ);
#endif
    if (spawn->new_session) flags |= POSIX_SPAWN_SETSID;
    if (spawn->group >= 0) flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &reset);
    if (spawn->group >= 0) posix_spawnattr_setpgroup(attributes, spawn->group);
    return posix_spawnattr_setflags(attributes, flags);
}

static int spawn_now(VM *vm, Spawn *spawn, List *pass, pid_t *out) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char **environment = spawn->own_environment ? spawn->environment.items : environ;
    if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
    int failure = posix_spawnattr_init(&attributes);
    if (failure != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return failure;
    }
    failure = prepare_streams(spawn);
    if (failure == 0) failure = add_actions(vm, spawn, &actions, pass);
    if (failure == 0) failure = set_attributes(spawn, &attributes);
    if (failure == 0) failure = posix_spawn(out, spawn->program, &actions, &attributes, spawn->arguments.items, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    for (int i = 0; i < 3; i++)
        if (spawn->copies[i] >= 0) close(spawn->copies[i]);
    return failure;
}

static int start(VM *vm, Spawn *spawn, List *pass, pid_t *out) {
    bool fork_needed = spawn->umask >= 0 || spawn->user_id >= 0 || spawn->group_id >= 0 || spawn->groups != NULL || spawn->keep_signals ||
                       (spawn->close_others && spawn->passed_count > 0);
    if (!fork_needed) return spawn_now(vm, spawn, pass, out);
    bool failed_cwd;
    int failure = prepare_streams(spawn);
    if (failure == 0) failure = spawn_by_fork(spawn, spawn->own_environment ? spawn->environment.items : environ, out, &failed_cwd);
    for (int i = 0; i < 3; i++)
        if (spawn->copies[i] >= 0) close(spawn->copies[i]);
    return failure;
}

// Whether it was the program or the directory that was wrong.
static Value spawn_failed(VM *vm, const Spawn *spawn, int failure, Value program, Value cwd) {
    struct stat status;
    bool directory = spawn->cwd != NULL && (stat(spawn->cwd, &status) != 0 || !S_ISDIR(status.st_mode));
    return raise_os_error(vm, failure, directory ? cwd : program);
}

// (umask, user, group, groups or None, whether signals stay ignored): numbers, -1 for what stays as it is.
static bool read_identity(VM *vm, Value v, Spawn *spawn, gid_t **out_groups) {
    int numbers[3];
    *out_groups = NULL;
    if (!is_tuple(v) || to_tuple(v)->count != 5) return raise_type_error(vm, "a tuple of five is required"), false;
    Tuple *tuple = to_tuple(v);
    for (int i = 0; i < 3; i++)
        if (!int_argument(vm, tuple->items[i], &numbers[i])) return false;
    spawn->umask = numbers[0];
    spawn->user_id = numbers[1];
    spawn->group_id = numbers[2];
    spawn->keep_signals = is_true_value(tuple->items[4]);
    List *groups = is_none(tuple->items[3]) ? NULL : list_from_iterable(vm, tuple->items[3]);
    if (is_none(tuple->items[3])) return true;
    if (groups == NULL || (*out_groups = buffer_new(vm, (groups->count + 1) * sizeof(gid_t))) == NULL) return false;
    spawn->group_count = groups->count;
    for (size_t i = 0; i < spawn->group_count; i++) {
        int number = -1;
        if (i >= groups->count || !int_argument(vm, groups->items[i], &number)) break;
        (*out_groups)[i] = (gid_t)number;
    }
    if (!is_raised(vm)) return spawn->groups = *out_groups, true;
    buffer_free(vm, *out_groups, (spawn->group_count + 1) * sizeof(gid_t));
    *out_groups = NULL;
    return false;
}

static bool read_passed(VM *vm, List *pass, Spawn *spawn) {
    spawn->passed_count = pass->count;
    if (pass->count == 0) return true;
    spawn->passed = buffer_new(vm, spawn->passed_count * sizeof(int));
    if (spawn->passed == NULL) return false;
    for (size_t i = 0; i < spawn->passed_count; i++)
        if (i >= pass->count || !int_argument(vm, pass->items[i], &spawn->passed[i])) return false;
    return true;
}

// _spawn(self, args, executable, streams, cwd, env, pass_fds, close_fds, new_session, group, identity): the pid
static Value loop_spawn(VM *vm, const Value *args, int argc) {
    Spawn spawn = {.copies = {-1, -1, -1}, .group = -1, .umask = -1, .user_id = -1, .group_id = -1};
    gid_t *groups;
    const char *program;
    size_t size;
    int failure;
    pid_t pid = 0;
    if (!door_processes(vm)) return ERROR;
    Bytes *cwd = NULL;
    if (!is_none(args[4])) {
        if (!text_of(vm, args[4], &program, &size) || (cwd = bytes_new(vm, program, size)) == NULL) return ERROR;
        spawn.cwd = (const char *)cwd->data;
    }
    List *pass = list_from_iterable(vm, args[6]);
    if (pass == NULL) return ERROR;
    if (!is_tuple(args[3]) || to_tuple(args[3])->count != 3) return raise_type_error(vm, "streams must be a tuple of three descriptors");
    for (int i = 0; i < 3; i++)
        if (!int_argument(vm, to_tuple(args[3])->items[i], &spawn.streams[i])) return ERROR;
    spawn.close_others = is_true_value(args[7]);
    spawn.new_session = is_true_value(args[8]);
    if (!int_argument(vm, args[9], &spawn.group)) return ERROR;
    spawn.own_environment = !is_none(args[5]);
    if (!read_identity(vm, args[10], &spawn, &groups)) return ERROR;
    Value result = ERROR;
    if (read_passed(vm, pass, &spawn) && texts_make(vm, args[1], &spawn.arguments) && (!spawn.own_environment || texts_make(vm, args[5], &spawn.environment)) && text_of(vm, args[2], &program, &size)) {
        Bytes *name = bytes_new(vm, program, size);
        if (name != NULL) {
            bool found = find_program((const char *)name->data, path_of(spawn.own_environment ? spawn.environment.items : environ), spawn.program,
                                      sizeof spawn.program, &failure);
            if (found) failure = start(vm, &spawn, pass, &pid);
            result = failure == 0 && found ? from_int(pid) : spawn_failed(vm, &spawn, failure, args[2], args[4]);
        }
    }
    texts_free(vm, &spawn.arguments);
    texts_free(vm, &spawn.environment);
    if (groups != NULL) buffer_free(vm, groups, (spawn.group_count + 1) * sizeof(gid_t));
    if (spawn.passed != NULL) buffer_free(vm, spawn.passed, spawn.passed_count * sizeof(int));
    return result;
}

// ---- its end

typedef struct ProcessWatch { Object head; Value callback; pid_t pid; int pidfd; } ProcessWatch;
const size_t process_watch_size = sizeof(ProcessWatch);

void process_watch_trace(VM *vm, Object *object) { gc_mark_value(vm, ((ProcessWatch *)object)->callback); }

void process_watch_free(VM *vm, Object *object) {
    ProcessWatch *watch = (ProcessWatch *)object;
    if (watch->pidfd < 0) return;
    io_lost_everywhere(vm, watch->pidfd);
    close(watch->pidfd);
    watch->pidfd = -1;
}

static int exit_code(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

static bool tell_end(VM *vm, Loop *loop, ProcessWatch *watch, int code) {
    return loop_call_soon_one(vm, loop, watch->callback, from_int(code), UNDEFINED) != NULL;
}

// Somebody else may have waited for the child: then nobody knows how it ended.
static bool process_ready(VM *vm, Loop *loop, Object *target, int event) {
    ProcessWatch *watch = (ProcessWatch *)target;
    int status = 0;
    pid_t done = waitpid(watch->pid, &status, WNOHANG);
    if (done == 0 || (done < 0 && errno == EINTR)) return true;
    io_closing(vm, loop, watch->pidfd);
    close(watch->pidfd);
    watch->pidfd = -1;
    return tell_end(vm, loop, watch, done < 0 ? 255 : exit_code(status));
}

typedef struct WaitJob { IoJob job; pid_t pid; int code; } WaitJob;

static void wait_work(IoJob *job) {
    WaitJob *wait = (WaitJob *)job;
    int status = 0;
    pid_t done;
    do done = waitpid(wait->pid, &status, 0);
    while (done < 0 && errno == EINTR);
    wait->code = done < 0 ? 255 : exit_code(status);
}
static bool wait_done(VM *vm, Loop *loop, IoJob *job, Object *target) { return tell_end(vm, loop, (ProcessWatch *)target, ((WaitJob *)job)->code); }
static void wait_free(IoJob *job) { free(job); }

static bool wait_on_thread(VM *vm, Loop *loop, ProcessWatch *watch) {
    WaitJob *wait = calloc(1, sizeof *wait);
    if (wait == NULL) return raise_no_memory(vm), false;
    *wait = (WaitJob){{.work = wait_work, .done = wait_done, .free = wait_free}, watch->pid, 0};
    return io_job_start(vm, loop, &wait->job, &watch->head);
}

// _watch_process(self, pid, callback): callback(returncode) when it has ended
static Value watch_process(VM *vm, const Value *args, int argc) {
    Loop *loop = (Loop *)to_object(args[0]);
    int pid;
    if (!door_processes(vm) || !int_argument(vm, args[1], &pid) || !io_state_ready(vm) || !loop_check_open(vm, loop)) return ERROR;
    if (pid <= 0) return raise_value_error(vm, "a process's number is positive");
    ProcessWatch *watch = object_new_of(vm, IO_STATE(vm)->process_watch, sizeof *watch);
    if (watch == NULL) return ERROR;
    watch->pid = pid;
    watch->callback = args[2];
#ifdef SYS_pidfd_open
    watch->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
#else
    watch->pidfd = -1;
#endif
    if (watch->pidfd < 0) return wait_on_thread(vm, loop, watch) ? NONE : ERROR;
    return io_watch(vm, loop, watch->pidfd, WATCH_READ, &watch->head, process_ready) ? NONE : ERROR;
}

// Only children that nobody has waited for yet: their number cannot belong to another program.
static Value loop_kill(VM *vm, const Value *args, int argc) {
    int pid, number;
    siginfo_t info = {0};
    if (!door_processes(vm) || !int_argument(vm, args[1], &pid) || !int_argument(vm, args[2], &number)) return ERROR;
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return raise_os_error(vm, errno == ECHILD ? ESRCH : errno, UNDEFINED);
    return kill(pid, number) == 0 ? NONE : raise_os_error(vm, errno, UNDEFINED);
}

const NativeDef loop_process_methods[] = {
    {"_spawn(self, args, executable, streams, cwd, env, pass_fds, close_fds, new_session, group, identity, /)", loop_spawn, NULL, 0},
    {"_watch_process(self, pid, callback, /)", watch_process, NULL, 0},
    {"_kill(self, pid, number, /)", loop_kill, NULL, 0},
    {0},
};

// The number of a user or a group, by name.
static Value id_of(VM *vm, Value v, bool of_group) {
    char room[4096];
    if (!door_processes(vm)) return ERROR;
    const char *name = is_str(v) ? str_data(vm, to_str(v)) : NULL;
    if (name == NULL) return is_raised(vm) ? ERROR : raise_type_error(vm, "a str is required, not %T", v);
    if (of_group) {
        struct group entry, *found = NULL;
        if (getgrnam_r(name, &entry, room, sizeof room, &found) == 0 && found != NULL) return from_int(entry.gr_gid);
    } else {
        struct passwd entry, *found = NULL;
        if (getpwnam_r(name, &entry, room, sizeof room, &found) == 0 && found != NULL) return from_int(entry.pw_uid);
    }
    Str *text = str_printf(vm, "%s(): name not found: %R", of_group ? "getgrnam" : "getpwnam", v);
    return text == NULL ? ERROR : raise_key_error(vm, from_object(text));
}
static Value user_id(VM *vm, const Value *args, int argc) { return id_of(vm, args[0], false); }
static Value group_id(VM *vm, const Value *args, int argc) { return id_of(vm, args[0], true); }

const NativeDef process_functions[] = {
    {"user_id(name, /)", user_id, "The number of a user.", 0},
    {"group_id(name, /)", group_id, "The number of a group.", 0},
    {"pipe()", make_pipe, "Two ends of a pipe: (reading, writing).", 0},
    {"devnull()", open_devnull, "/dev/null.", 0},
    {0},
};
