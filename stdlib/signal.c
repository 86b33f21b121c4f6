// signal: what happens when the system sends one.
//
// Coil installs no handlers in a host's process. The host's signal_action hook is asked to (the command does), and delivers what comes with
// coil_signal(), which only notes it; here it is dealt with at the next safe point of the main thread: an event loop's handle goes into its
// ring, a handler written in Python is called.
#define _GNU_SOURCE   // SIGRTMIN and others
#include "stdlib/signal.h"
#include "stdlib/asyncio/asyncio.h"
#include "stdlib/socket/socket.h"
#include "vm/threads.h"
#include "vm/types/frame_object.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { DEFAULT_ACTION, IGNORE_ACTION };   // SIG_DFL, SIG_IGN
enum { HOST_DEFAULT, HOST_IGNORE, HOST_DELIVER };   // CoilSignalAction

typedef struct SignalState {
    Value handlers[SIGNAL_COUNT];    // an int (DEFAULT_ACTION, IGNORE_ACTION) or something to call; NONE: not ours
    Object *handles[SIGNAL_COUNT];   // of event loops
    Value default_int_handler;
} SignalState;

static void state_trace(VM *vm, void *data) {
    SignalState *state = data;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        gc_mark_value(vm, state->handlers[i]);
        gc_mark_object(vm, state->handles[i]);
    }
    gc_mark_value(vm, state->default_int_handler);
}

// ---- delivery

static bool deliver(VM *vm, SignalState *state, int number) {
    Handle *handle = (Handle *)state->handles[number];
    if (handle != NULL) return handle->head.flags & HANDLE_CANCELLED || loop_push(vm, handle->loop, handle, TAG_HANDLE);
    Value handler = state->handlers[number];
    if (is_int(handler) || is_none(handler)) return true;
    if (value_same(handler, state->default_int_handler)) {
        if (vm->on_interrupt != NULL && vm->on_interrupt(vm)) return !is_raised(vm);
        raise_with_args(vm, vm->exc.KeyboardInterrupt, 0, NULL);
        return false;
    }
    Value frame = vm->frame == NULL ? NONE : frame_object_for(vm, vm->frame);
    return !is_error(frame) && !is_error(call2(vm, handler, from_int(number), frame));
}

static bool signals_came(VM *vm) {
    uint64_t pending = __atomic_exchange_n(&vm->signals_pending, 0, __ATOMIC_SEQ_CST);
    for (int number = 1; number < SIGNAL_COUNT && pending != 0; number++) {
        uint64_t bit = UINT64_C(1) << (number - 1);
        if (!(pending & bit)) continue;
        pending &= ~bit;
        if (deliver(vm, vm->signals, number)) continue;
        __atomic_fetch_or(&vm->signals_pending, pending, __ATOMIC_SEQ_CST);   // the others come when the exception has been dealt with
        return false;
    }
    return true;
}

// ---- life

static Value default_int_handler(VM *vm, const Value *args, int argc) { return raise_with_args(vm, vm->exc.KeyboardInterrupt, 0, NULL); }
static const NativeDef default_int_def = {"default_int_handler(signalnum, frame, /)", default_int_handler, "Raises KeyboardInterrupt.", 0};

static SignalState *state_of(VM *vm) {
    if (vm->signals != NULL) return vm->signals;
    SignalState *state = alloc_new(&vm->allocator, sizeof *state);
    Str *module = state == NULL ? NULL : str_intern_c(vm, "signal");
    if (state == NULL) return raise_no_memory(vm), NULL;
    memset(state, 0, sizeof *state);
    if (module != NULL && gc_add_roots(vm, state_trace, state)) {
        Value native = native_new(vm, &default_int_def, NULL, from_object(module));
        if (!is_error(native)) {
            for (int i = 0; i < SIGNAL_COUNT; i++) state->handlers[i] = from_int(DEFAULT_ACTION);
            state->default_int_handler = state->handlers[SIGINT] = native;
            state->handlers[SIGPIPE] = from_int(IGNORE_ACTION);
            vm->on_signals = signals_came;
            return vm->signals = state;
        }
        gc_remove_roots(vm, state);
    }
    alloc_free(&vm->allocator, state, sizeof *state);
    return NULL;
}

void signal_close(VM *vm) {
    SignalState *state = vm->signals;
    if (state == NULL) return;
    for (int i = 1; i < SIGNAL_COUNT && vm->hooks.signal_action != NULL; i++) {
        bool touched = state->handles[i] != NULL || (i == SIGINT ? !value_same(state->handlers[i], state->default_int_handler)
                                                                 : !is_int(state->handlers[i]));
        if (touched) vm->hooks.signal_action(vm->hooks.user, i, HOST_DEFAULT);
    }
    vm->on_signals = NULL;
    vm->signals = NULL;
    alloc_free(&vm->allocator, state, sizeof *state);
}

// ---- setting

static bool check_door(VM *vm) {
    if (!door_processes(vm)) return false;
    if (vm->hooks.signal_action != NULL) return true;
    raise_error(vm, vm->exc.RuntimeError, "the host of this program delivers no signals");
    return false;
}

static bool number_argument(VM *vm, Value v, int *out) {
    if (!int_argument(vm, v, out)) return false;
    if (*out >= 1 && *out < SIGNAL_COUNT) return true;
    raise_value_error(vm, "signal number out of range");
    return false;
}

// What the system does follows from both, the loop's handle first.
static int action_of(const SignalState *state, int number) {
    if (state->handles[number] != NULL) return HOST_DELIVER;
    Value handler = state->handlers[number];
    if (number == SIGINT && value_same(handler, state->default_int_handler)) return HOST_DEFAULT;   // the host's own way of interrupting
    return !is_int(handler) ? HOST_DELIVER : to_int(handler) == IGNORE_ACTION ? HOST_IGNORE : HOST_DEFAULT;
}

static bool apply(VM *vm, SignalState *state, int number) {
    int action = action_of(state, number);
    if (number == SIGINT && action == HOST_DEFAULT && is_int(state->handlers[number])) action = HOST_DELIVER + 1;   // COIL_SIGNAL_SYSTEM
    int failure = vm->hooks.signal_action(vm->hooks.user, number, action);
    if (failure == 0) return true;
    raise_os_error(vm, failure, UNDEFINED);
    return false;
}

bool signal_set_loop_handle(VM *vm, int number, Object *handle) {
    SignalState *state = check_door(vm) ? state_of(vm) : NULL;
    if (state == NULL) return false;
    Object *before = state->handles[number];
    state->handles[number] = handle;
    if (apply(vm, state, number)) return true;
    state->handles[number] = before;
    return false;
}

Object *signal_loop_handle(VM *vm, int number) { return vm->signals == NULL ? NULL : ((SignalState *)vm->signals)->handles[number]; }

static Value signal_signal(VM *vm, const Value *args, int argc) {
    int number;
    SignalState *state = check_door(vm) ? state_of(vm) : NULL;
    if (state == NULL) return ERROR;
    if (!thread_is_main(vm)) return raise_value_error(vm, "signal only works in main thread of the main interpreter");
    if (!int_argument(vm, args[0], &number)) return ERROR;
    Value plain = int_or_bool(args[1]);
    bool action = is_int(plain) && (to_int(plain) == DEFAULT_ACTION || to_int(plain) == IGNORE_ACTION);
    if (!action && !is_callable(vm, args[1]))
        return raise_type_error(vm, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    if (number < 1 || number >= SIGNAL_COUNT) return raise_value_error(vm, "signal number out of range");
    Value before = state->handlers[number];
    state->handlers[number] = action ? plain : args[1];
    if (apply(vm, state, number)) return before;
    state->handlers[number] = before;
    return ERROR;
}

static Value signal_getsignal(VM *vm, const Value *args, int argc) {
    int number;
    SignalState *state = state_of(vm);
    return state != NULL && number_argument(vm, args[0], &number) ? state->handlers[number] : ERROR;
}

// ---- sending and waiting

static Value signal_raise_signal(VM *vm, const Value *args, int argc) {
    int number;
    if (!check_door(vm) || state_of(vm) == NULL || !int_argument(vm, args[0], &number)) return ERROR;
    if (raise(number) != 0) return raise_os_error(vm, errno, UNDEFINED);
    return vm_wake(vm) ? NONE : ERROR;
}

static Value signal_alarm(VM *vm, const Value *args, int argc) {
    int seconds;
    if (!check_door(vm) || !int_argument(vm, args[0], &seconds)) return ERROR;
    return from_int(alarm((unsigned)seconds));
}

static bool time_argument(VM *vm, Value v, struct timeval *out) {
    double seconds;
    if (!value_as_double(vm, v, &seconds)) return false;
    out->tv_sec = seconds < 0 ? -1 : (time_t)seconds;
    out->tv_usec = seconds < 0 ? 0 : (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6 + 0.5);
    if (out->tv_usec > 999999) *out = (struct timeval){out->tv_sec + 1, 0};
    return true;
}

static Value timer_value(VM *vm, const struct itimerval *timer) {
    Value first = float_new(vm, (double)timer->it_value.tv_sec + (double)timer->it_value.tv_usec * 1e-6);
    Value second = float_new(vm, (double)timer->it_interval.tv_sec + (double)timer->it_interval.tv_usec * 1e-6);
    Tuple *pair = is_error(first) || is_error(second) ? NULL : tuple_pack(vm, 2, first, second);
    return pair == NULL ? ERROR : from_object(pair);
}

// ItimerError is OSError by another name.
static Value signal_setitimer(VM *vm, const Value *args, int argc) {
    int which;
    struct itimerval timer = {0}, before;
    if (!check_door(vm) || !int_argument(vm, args[0], &which) || !time_argument(vm, args[1], &timer.it_value)) return ERROR;
    if (arg_given(args, argc, 2) && !time_argument(vm, args[2], &timer.it_interval)) return ERROR;
    return setitimer(which, &timer, &before) == 0 ? timer_value(vm, &before) : raise_os_error(vm, errno, UNDEFINED);
}

static Value signal_getitimer(VM *vm, const Value *args, int argc) {
    int which;
    struct itimerval timer;
    if (!check_door(vm) || !int_argument(vm, args[0], &which)) return ERROR;
    return getitimer(which, &timer) == 0 ? timer_value(vm, &timer) : raise_os_error(vm, errno, UNDEFINED);
}

static Value signal_pause(VM *vm, const Value *args, int argc) {
    if (!check_door(vm)) return ERROR;
    SignalState *state = state_of(vm);
    if (state == NULL) return ERROR;
    uint64_t seen = __atomic_load_n(&vm->signals_seen, __ATOMIC_RELAXED);
    while (__atomic_load_n(&vm->signals_seen, __ATOMIC_RELAXED) == seen) {
        void *outside = vm_release(vm);
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
        vm_acquire(vm, outside);
        if (!vm_wake(vm)) return ERROR;
    }
    return vm_wake(vm) ? NONE : ERROR;
}

static Value signal_strsignal(VM *vm, const Value *args, int argc) {
    int number;
    if (!number_argument(vm, args[0], &number)) return ERROR;
    const char *text = strsignal(number);
    if (text == NULL || strncmp(text, "Unknown signal", 14) == 0) return NONE;
    Str *s = str_from_c(vm, text);
    return s == NULL ? ERROR : from_object(s);
}

static Value signal_valid_signals(VM *vm, const Value *args, int argc) {
    Set *set = set_new(vm, false);
    sigset_t all;
    sigfillset(&all);
    for (int i = 1; set != NULL && i < SIGNAL_COUNT; i++)
        if (sigismember(&all, i) == 1 && !set_add(vm, set, from_int(i))) return ERROR;
    return set == NULL ? ERROR : from_object(set);
}

static const NativeDef signal_functions[] = {
    {"signal(signalnum, handler, /)", signal_signal, "Set what happens at a signal: SIG_DFL, SIG_IGN, or handler(signalnum, frame); what was set before.", 0},
    {"getsignal(signalnum, /)", signal_getsignal, "What happens at a signal.", 0},
    {"raise_signal(signalnum, /)", signal_raise_signal, "Send a signal to this process.", 0},
    {"alarm(seconds, /)", signal_alarm, "SIGALRM after so many seconds; what was left of the last one.", 0},
    {"setitimer(which, seconds, interval=0.0, /)", signal_setitimer, "A signal after a time, then at intervals.", 0},
    {"getitimer(which, /)", signal_getitimer, "What is left of a timer, and its interval.", 0},
    {"pause()", signal_pause, "Wait for a signal.", 0},
    {"strsignal(signalnum, /)", signal_strsignal, "The description of a signal.", 0},
    {"valid_signals()", signal_valid_signals, "The numbers of all signals.", 0},
    {0},
};

// ---- constants

#define ROW(name) {#name, name}
static const struct { const char *name; int value; } constants[] = {
    {"SIG_DFL", DEFAULT_ACTION}, {"SIG_IGN", IGNORE_ACTION}, {"NSIG", SIGNAL_COUNT},
    ROW(SIGHUP), ROW(SIGINT), ROW(SIGQUIT), ROW(SIGILL), ROW(SIGTRAP), ROW(SIGABRT), ROW(SIGBUS), ROW(SIGFPE), ROW(SIGKILL), ROW(SIGUSR1),
    ROW(SIGSEGV), ROW(SIGUSR2), ROW(SIGPIPE), ROW(SIGALRM), ROW(SIGTERM), ROW(SIGCHLD), ROW(SIGCONT), ROW(SIGSTOP), ROW(SIGTSTP), ROW(SIGTTIN),
    ROW(SIGTTOU), ROW(SIGURG), ROW(SIGXCPU), ROW(SIGXFSZ), ROW(SIGVTALRM), ROW(SIGPROF), ROW(SIGWINCH), ROW(SIGIO), ROW(SIGSYS),
    ROW(ITIMER_REAL), ROW(ITIMER_VIRTUAL), ROW(ITIMER_PROF),
#ifdef SIGPWR
    ROW(SIGPWR), ROW(SIGPOLL), ROW(SIGSTKFLT), {"SIGCLD", SIGCHLD}, {"SIGIOT", SIGABRT},
#endif
};
#undef ROW

static bool signal_module_init(VM *vm, Module *module) {
    SignalState *state = state_of(vm);
    if (state == NULL) return false;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (!module_add(vm, module, constants[i].name, from_int(constants[i].value))) return false;
#ifdef SIGRTMIN
    if (!module_add(vm, module, "SIGRTMIN", from_int(SIGRTMIN)) || !module_add(vm, module, "SIGRTMAX", from_int(SIGRTMAX))) return false;
#endif
    return module_add(vm, module, "default_int_handler", state->default_int_handler) &&
           module_add(vm, module, "ItimerError", from_object(vm->exc.OSError));
}

const ModuleDef module_signal = {"signal", "What happens when the system sends a signal.", signal_functions, signal_module_init};
