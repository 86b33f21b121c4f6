// Interrupts from another thread and deadlines end long work in C: each script would run for minutes or for ever in one built-in operation.
// `interrupts_in_long_work -v [PART]` tells how long each took; PART: only statements that contain it.
#define _GNU_SOURCE 1
#include "api_test.h"
#include "long_work.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

// A script that goes on after the interrupt, in a `finally`, is ended a second later.
enum { INTERRUPT_AFTER_US = 1500, TERMINATE_AFTER_S = 1, DEADLINE_NS = 2 * 1000 * 1000, WATCHDOG_SECONDS = 120 };

typedef struct Interrupter {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    CoilVM *vm;               // to be interrupted; NULL: nothing to do
    bool over;
} Interrupter;

static void *interrupter_run(void *user) {
    Interrupter *i = user;
    pthread_mutex_lock(&i->lock);
    while (!i->over) {
        if (i->vm == NULL) {
            pthread_cond_wait(&i->changed, &i->lock);
            continue;
        }
        pthread_mutex_unlock(&i->lock);
        usleep(INTERRUPT_AFTER_US);
        pthread_mutex_lock(&i->lock);
        if (i->vm == NULL) continue;
        coil_interrupt(i->vm);
        struct timespec late;
        clock_gettime(CLOCK_REALTIME, &late);
        late.tv_sec += TERMINATE_AFTER_S;
        while (i->vm != NULL && pthread_cond_timedwait(&i->changed, &i->lock, &late) == 0) {}
        if (i->vm != NULL) coil_terminate(i->vm);
        i->vm = NULL;
    }
    pthread_mutex_unlock(&i->lock);
    return NULL;
}

static void interrupter_set(Interrupter *i, CoilVM *vm, bool over) {
    pthread_mutex_lock(&i->lock);
    i->vm = vm;
    i->over = over;
    pthread_cond_signal(&i->changed);
    pthread_mutex_unlock(&i->lock);
}

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// What has ended the statement: the exception that was asked for, another one (memory, a type), or its end.
static void ended(CoilVM *vm, CoilStatus status, const char *wanted, const char *statement) {
    if (status == COIL_OK) {
        CHECK(strncmp(statement, "while True", 10) != 0);
        return;
    }
    CHECK(status == COIL_RAISED);
    bool fine = coil_exception_matches(vm, wanted) || coil_exception_matches(vm, "MemoryError") || coil_exception_matches(vm, "TypeError") ||
                coil_exception_matches(vm, "ValueError") || coil_exception_matches(vm, "SystemError") || coil_exception_matches(vm, "RecursionError");
    if (!fine) coil_report(vm);
    CHECK(fine);
    coil_exception_clear(vm);
}

int main(int argc, char **argv) {
    bool tell = argc > 1 && strcmp(argv[1], "-v") == 0;
    Interrupter interrupter = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, interrupter_run, &interrupter) == 0);
    for (size_t i = 0; i < sizeof long_work / sizeof long_work[0]; i++) {
        if (argc > 2 && strstr(long_work[i].statement, argv[2]) == NULL) continue;
        alarm(WATCHDOG_SECONDS);
        Host host = {0};
        CoilConfig config = {.hash_seed = 1, .limits.memory_bytes = 96 << 20};
        CoilVM *vm = host_open(&host, &config);
        CHECK(host_run(vm, long_work[i].before) == COIL_OK);
        double begun = now_ms();
        interrupter_set(&interrupter, vm, false);
        CoilStatus status = host_run(vm, long_work[i].statement);
        interrupter_set(&interrupter, NULL, false);
        (void)coil_interrupt_take(vm);
        double first = now_ms() - begun;
        ended(vm, status, "KeyboardInterrupt", long_work[i].statement);

        CHECK(coil_limits_set(vm, &(CoilLimits){.time_ns = DEADLINE_NS, .memory_bytes = 96 << 20}) == COIL_OK);
        status = host_run(vm, long_work[i].statement);
        if (tell) printf("%6.1f %6.1f ms  %s\n", first, now_ms() - begun - first, long_work[i].statement);
        ended(vm, status, "TimeoutError", long_work[i].statement);
        // Then the VM is as before.
        CHECK(coil_limits_set(vm, NULL) == COIL_OK);
        CHECK(host_run(vm, "assert sum([1, 2, 3]) == 6\n") == COIL_OK);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
    interrupter_set(&interrupter, NULL, true);
    pthread_join(thread, NULL);
    puts("interrupts in long work: ok");
    return 0;
}
