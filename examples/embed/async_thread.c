// An async function of the host's whose work is done by threads: scripts await it, and everything else in the VM goes on meanwhile.
#include <coil.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Job {
    CoilFuture *future;
    int64_t number;
} Job;

// In a thread of its own. Nothing of the VM may be used here but the functions that complete futures.
static void *work(void *user) {
    Job *job = user;
    nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    int64_t divisor = 2;
    while (divisor * divisor <= job->number && job->number % divisor != 0) divisor++;
    bool told = job->number < 2                           ? coil_future_fail(job->future, "ValueError", "only numbers from 2 on")
                : divisor * divisor > job->number         ? coil_future_set_bool(job->future, true)
                                                          : coil_future_set_bool(job->future, false);
    if (!told) coil_future_drop(job->future);
    free(job);
    return NULL;
}

static CoilValue is_prime(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t number;
    if (coil_read_int(vm, args[0], &number) != COIL_OK) return coil_error();
    Job *job = malloc(sizeof *job);
    if (job == NULL) return coil_raise(vm, "MemoryError", "");
    CoilValue awaitable;
    *job = (Job){coil_future(vm, &awaitable), number};
    if (job->future == NULL) {
        free(job);
        return coil_error();
    }
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, job) != 0) {
        coil_future_drop(job->future);
        free(job);
        return coil_raise(vm, "RuntimeError", "no thread");
    }
    pthread_detach(thread);
    return awaitable;
}

static const char script[] =
    "import asyncio\n"
    "async def main():\n"
    "    numbers = [2, 91, 97, 1000003, 1000001]\n"
    "    ticks = 0\n"
    "    async def tick():\n"
    "        nonlocal ticks\n"
    "        while True:\n"
    "            ticks += 1\n"
    "            await asyncio.sleep(0.001)\n"
    "    ticking = asyncio.create_task(tick())\n"
    "    answers = await asyncio.gather(*map(is_prime, numbers))\n"
    "    ticking.cancel()\n"
    "    print([n for n, prime in zip(numbers, answers) if prime], 'and the loop went on:', ticks > 0)\n"
    "    try: await is_prime(1)\n"
    "    except ValueError as e: print('ValueError:', e)\n"
    "    return len(answers)\n";

int main(void) {
    CoilConfig config = {.open_clock = true};
    coil_config_open(&config);
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;
    int status = 0;
    int64_t count = 0;
    CoilValue result;
    if (coil_set_global(vm, "is_prime", coil_function(vm, "is_prime(n, /)", is_prime, "Awaitable: is n a prime number?", NULL)) != COIL_OK ||
        coil_run(vm, script, sizeof script - 1, "<primes>", COIL_EXEC, 0) != COIL_OK ||
        coil_run_until(vm, coil_eval(vm, "main()"), COIL_FOREVER, &result) != COIL_OK || coil_read_int(vm, result, &count) != COIL_OK)
        status = coil_report(vm);
    coil_flush(vm);
    printf("%d numbers\n", (int)count);
    coil_close(vm);
    return status;
}
