// Children that need more than posix_spawn() offers: another user, groups, umask, or all descriptors closed but some.
//
// The host may have threads, so between fork() and execve() the child calls nothing but system calls. Why it failed comes back through a pipe
// that execve() closes.
#define _GNU_SOURCE   // pipe2, close_range
#include "stdlib/asyncio/process.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Failure { int number; bool cwd; } Failure;

enum { DESCRIPTORS_TRIED = 65536 };   // closed one by one where the system has no close_range()

static void close_from_to(unsigned first, unsigned last) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
    for (unsigned fd = first; fd <= last && fd < DESCRIPTORS_TRIED; fd++) close((int)fd);
}

// From gap to gap between those that stay.
static void close_others(const Spawn *spawn, int report) {
    unsigned first = 3;
    for (;;) {
        unsigned next = ~0u;
        if (report >= 0 && (unsigned)report >= first) next = (unsigned)report;
        for (size_t i = 0; i < spawn->passed_count; i++)
            if (spawn->passed[i] >= 0 && (unsigned)spawn->passed[i] >= first && (unsigned)spawn->passed[i] < next) next = (unsigned)spawn->passed[i];
        if (next == ~0u) break;
        if (next > first) close_from_to(first, next - 1);
        first = next + 1;
    }
    close_from_to(first, ~0u);
}

static bool set_streams(const Spawn *spawn) {
    for (int i = 0; i < 3; i++) {
        if (spawn->streams[i] < 0) continue;
        if (spawn->streams[i] == i ? fcntl(i, F_SETFD, 0) < 0 : dup2(spawn->streams[i], i) < 0) return false;
    }
    for (size_t i = 0; i < spawn->passed_count; i++)
        if (fcntl(spawn->passed[i], F_SETFD, 0) < 0) return false;
    return true;
}

static bool set_identity(const Spawn *spawn) {
    if (spawn->umask >= 0) umask((mode_t)spawn->umask);
    if (spawn->new_session && setsid() < 0) return false;
    if (spawn->group >= 0 && setpgid(0, spawn->group) < 0) return false;
    // As system calls: the C library's functions tell other threads, which the child has not.
    if (spawn->groups != NULL && syscall(SYS_setgroups, spawn->group_count, spawn->groups) != 0) return false;
    if (spawn->group_id >= 0 && syscall(SYS_setregid, (gid_t)spawn->group_id, (gid_t)spawn->group_id) != 0) return false;
    return spawn->user_id < 0 || syscall(SYS_setreuid, (uid_t)spawn->user_id, (uid_t)spawn->user_id) == 0;
}

static void set_signals(const Spawn *spawn) {
    sigset_t none;
    if (!spawn->keep_signals) {
        signal(SIGPIPE, SIG_DFL);
#ifdef SIGXFSZ
        signal(SIGXFSZ, SIG_DFL);
#endif
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void child(const Spawn *spawn, char **environment, int report) {
    Failure failure = {0};
    if (set_streams(spawn)) {
        failure.cwd = spawn->cwd != NULL && chdir(spawn->cwd) != 0;
        if (!failure.cwd && set_identity(spawn)) {
            if (spawn->close_others) close_others(spawn, report);
            set_signals(spawn);
            execve(spawn->program, spawn->arguments.items, environment);
        }
    }
    failure.number = errno;
    ssize_t written = write(report, &failure, sizeof failure);
    _exit(written == sizeof failure ? 255 : 254);
}

// Above the standard streams, where the child puts its own.
static bool report_pipe(int pipes[2]) {
    if (pipe2(pipes, O_CLOEXEC) != 0) return false;
    for (int i = 0; i < 2; i++) {
        if (pipes[i] > 2) continue;
        int moved = fcntl(pipes[i], F_DUPFD_CLOEXEC, 3), number = errno;
        close(pipes[i]);
        pipes[i] = moved;
        if (moved >= 0) continue;
        close(pipes[1 - i]);
        errno = number;
        return false;
    }
    return true;
}

int spawn_by_fork(const Spawn *spawn, char **environment, pid_t *out, bool *out_failed_cwd) {
    int pipes[2];
    sigset_t all, before;
    *out_failed_cwd = false;
    if (!report_pipe(pipes)) return errno;
    // No handler of the host's runs in the child.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) child(spawn, environment, pipes[1]);
    int number = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(pipes[1]);
    Failure failure = {pid < 0 ? number : 0, false};
    ssize_t count = 0;
    if (pid > 0) {
        do count = read(pipes[0], &failure, sizeof failure);
        while (count < 0 && errno == EINTR);
        if (count > 0)
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    }
    close(pipes[0]);
    *out = pid;
    *out_failed_cwd = failure.cwd;
    return count == 0 ? pid < 0 ? number : 0 : failure.number;
}
