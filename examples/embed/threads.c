// A VM for each thread: they run side by side and share nothing. Another thread interrupts one that would not end.
#include <coil.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4 };

typedef struct Worker {
    pthread_t thread;
    int number;
    int64_t result;
    bool failed;
} Worker;

static const char script[] =
    "def primes(below):\n"
    "    sieve = [True] * below\n"
    "    for n in range(2, below):\n"
    "        if sieve[n]:\n"
    "            for m in range(n * n, below, n): sieve[m] = False\n"
    "    return [n for n in range(2, below) if sieve[n]]\n"
    "result = len(primes(2000 * number))\n";

static void *work(void *user) {
    Worker *worker = user;
    CoilVM *vm = coil_new(NULL);
    if (vm == NULL) return worker->failed = true, NULL;
    size_t scope = coil_scope_open(vm);
    worker->failed = coil_set_global(vm, "number", coil_int(vm, worker->number)) != COIL_OK ||
                     coil_run(vm, script, sizeof script - 1, "<primes>", COIL_EXEC, 0) != COIL_OK ||
                     coil_read_int(vm, coil_get_global(vm, "result"), &worker->result) != COIL_OK;
    coil_scope_close(vm, scope);
    coil_close(vm);
    return NULL;
}

// ---- a program that does not end

typedef struct Endless {
    CoilVM *vm;
    pthread_mutex_t mutex;
    pthread_cond_t begun;
    bool is_running, interrupted;
} Endless;

static CoilValue running(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Endless *endless = user;
    pthread_mutex_lock(&endless->mutex);
    endless->is_running = true;
    pthread_cond_signal(&endless->begun);
    pthread_mutex_unlock(&endless->mutex);
    return coil_none(vm);
}

static void *run_endless(void *user) {
    Endless *endless = user;
    const char *source = "running()\nwhile True: pass";
    endless->interrupted = coil_run(endless->vm, source, strlen(source), "<endless>", COIL_EXEC, 0) == COIL_RAISED &&
                           coil_exception_matches(endless->vm, "KeyboardInterrupt");
    return NULL;
}

static bool interrupt_one(void) {
    Endless endless = {.vm = coil_new(NULL), .mutex = PTHREAD_MUTEX_INITIALIZER, .begun = PTHREAD_COND_INITIALIZER};
    if (endless.vm == NULL) return false;
    pthread_t thread;
    if (coil_set_global(endless.vm, "running", coil_function(endless.vm, "running()", running, NULL, &endless)) != COIL_OK ||
        pthread_create(&thread, NULL, run_endless, &endless) != 0)
        return false;
    pthread_mutex_lock(&endless.mutex);
    while (!endless.is_running) pthread_cond_wait(&endless.begun, &endless.mutex);
    pthread_mutex_unlock(&endless.mutex);
    coil_interrupt(endless.vm);   // from any thread
    pthread_join(thread, NULL);
    coil_close(endless.vm);
    return endless.interrupted;
}

int main(void) {
    Worker workers[THREADS] = {{0}};
    for (int i = 0; i < THREADS; i++) {
        workers[i].number = i + 1;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) return 1;
    }
    bool failed = false;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        failed |= workers[i].failed;
        printf("thread %d: %lld primes below %d\n", i + 1, (long long)workers[i].result, 2000 * (i + 1));
    }
    bool interrupted = interrupt_one();
    printf("interrupted: %s\n", interrupted ? "yes" : "no");
    return failed || !interrupted;
}
