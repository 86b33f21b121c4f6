// Signals of the process. A handler has no argument of ours: the one VM of this process is found in this file's
// variables, the only ones of the command that are not in somebody's hands.
#define _GNU_SOURCE   // ppoll
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "repl/process.h"

static CoilVM *volatile interrupted_vm;
static volatile sig_atomic_t is_running, interrupts, passed_on, resizes, continued, stops, end_signal;

static volatile sig_atomic_t delivered[65];   // signals that the program has asked for

static pthread_t main_thread;

static void on_signal(int number) {
    int saved = errno;
    // Waits that a signal must end are the main thread's.
    if (!pthread_equal(pthread_self(), main_thread)) {
        pthread_kill(main_thread, number);
        errno = saved;
        return;
    }
    if (delivered[number] && interrupted_vm != NULL) {
        coil_signal(interrupted_vm, number);
        errno = saved;
        return;
    }
    switch (number) {
    case SIGINT:
        // Nobody is there to listen any more: die as any program.
        if (interrupted_vm == NULL) _exit(130);
        if (is_running) {
            coil_interrupt(interrupted_vm);
            passed_on = 1;
        } else {
            interrupts = 1;
        }
        break;
    case SIGUSR1:
        if (interrupted_vm != NULL) coil_show_tasks(interrupted_vm);
        break;
    case SIGWINCH: resizes = 1; break;
    case SIGCONT: continued = 1; break;
    case SIGTSTP: stops = 1; break;
    default: end_signal = number; break;
    }
    errno = saved;
}

// Without SA_RESTART: a wait for input must come back.
static void handle(int number, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void signals_install(CoilVM *vm) {
    main_thread = pthread_self();
    interrupted_vm = vm;
    is_running = 1;
    // A program that was started with interrupts ignored (nohup, a shell's background) leaves them so, as python3 does.
    struct sigaction before;
    if (sigaction(SIGINT, NULL, &before) != 0 || before.sa_handler != SIG_IGN) handle(SIGINT, on_signal);
    handle(SIGPIPE, SIG_IGN);
}

void signals_watch_tasks(void) { handle(SIGUSR1, on_signal); }

void signals_remove(void) {
    interrupted_vm = NULL;
    for (int i = 1; i < 65; i++) delivered[i] = 0;
}

int signals_action(void *user, int number, int action) {
    (void)user;
    void (*handler)(int) = action == COIL_SIGNAL_DELIVER ? on_signal : action == COIL_SIGNAL_IGNORE ? SIG_IGN : SIG_DFL;
    if (action == COIL_SIGNAL_DEFAULT && number == SIGINT) handler = on_signal;
    struct sigaction wanted = {.sa_handler = handler};
    sigemptyset(&wanted.sa_mask);
    if (number < 1 || number > 64) return EINVAL;
    delivered[number] = action == COIL_SIGNAL_DELIVER;
    if (sigaction(number, &wanted, NULL) == 0) return 0;
    int failure = errno;
    delivered[number] = 0;
    return failure;
}

// What came while nobody ran is for whoever runs now.
void signals_set_running(bool running) {
    is_running = running;
    if (running && interrupts) {
        interrupts = 0;
        passed_on = 1;
        coil_interrupt(interrupted_vm);
    } else if (!running) {
        // And what the code did not see any more is for whoever reads keys.
        passed_on = 0;
        if (coil_interrupt_take(interrupted_vm)) interrupts = 1;
    }
}

void signals_interrupt(void) { interrupts = 1; }

static const int watched[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT};
enum { WATCHED = sizeof watched / sizeof watched[0] };
static struct sigaction before_watch[WATCHED];

// Signals are held back from looking at the flags until the wait has begun.
int signals_poll(struct pollfd *polls, size_t count, int timeout_ms) {
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    for (size_t i = 0; i < WATCHED; i++) sigaddset(&held, watched[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    int ready = -1;
    if (interrupts || passed_on || resizes || continued || stops || end_signal) {
        passed_on = 0;
        errno = EINTR;
    } else {
        struct timespec timeout = {.tv_sec = timeout_ms / 1000, .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
        ready = ppoll(polls, (nfds_t)count, timeout_ms < 0 ? NULL : &timeout, &before);
        if (ready < 0) passed_on = 0;
    }
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return ready;
}

void signals_watch_terminal(bool watch) {
    for (size_t i = 0; i < WATCHED; i++) {
        struct sigaction now;
        if (sigaction(watched[i], NULL, &now) != 0) continue;
        if (watch) {
            before_watch[i] = now;
            // What is ignored stays so, as under nohup; a program's own handler is ours already.
            if (now.sa_handler != SIG_IGN && now.sa_handler != on_signal) handle(watched[i], on_signal);
        } else if (now.sa_handler == on_signal && !delivered[watched[i]]) {
            sigaction(watched[i], &before_watch[i], NULL);
        }
    }
    if (!watch) resizes = continued = stops = 0;
}

Signal signals_take(void) {
    if (end_signal) return SIGNAL_END;
    if (interrupts) return interrupts = 0, SIGNAL_INTERRUPT;
    if (stops) return stops = 0, SIGNAL_STOP;
    if (continued) return continued = 0, SIGNAL_CONTINUE;
    if (resizes) return resizes = 0, SIGNAL_RESIZE;
    return SIGNAL_NONE;
}

void signals_obey(Signal which) {
    if (which == SIGNAL_STOP) {
        handle(SIGTSTP, SIG_DFL);
        raise(SIGTSTP);
        handle(SIGTSTP, on_signal);
        continued = 0;       // whoever stopped knows that it goes on
    } else if (which == SIGNAL_END) {
        handle(end_signal, SIG_DFL);
        raise(end_signal);
    }
}
