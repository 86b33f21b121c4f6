// The host drives the event loop: steps and what they answer, coroutines started from C, and futures that the host completes, from this
// thread and from others, in time, too late and after the VM is gone.
#include "api_test.h"

#include <poll.h>
#include <pthread.h>
#include <time.h>

static CoilValue start(CoilVM *vm, const char *expression, CoilCompletion completion, void *user) {
    CoilValue coroutine = coil_eval(vm, expression);
    CHECK(!coil_is_error(coroutine));
    return coil_start(vm, coroutine, completion, user);
}

typedef struct Outcome { int calls; CoilStatus status; int64_t number; char text[100]; } Outcome;

static void note(CoilVM *vm, CoilStatus status, CoilValue result, void *user) {
    Outcome *outcome = user;
    const char *text;
    size_t size;
    outcome->calls++;
    outcome->status = status;
    if (coil_kind(vm, result) == COIL_KIND_INT) CHECK(coil_read_int(vm, result, &outcome->number) == COIL_OK);
    CHECK(coil_read_str(vm, coil_repr(vm, result), &text, &size) == COIL_OK);
    snprintf(outcome->text, sizeof outcome->text, "%s", text);
}

// ---- steps

static void steps_say_what_is_next(void) {
    Host host = {0};
    CoilConfig config = {.virtual_time = true};
    CoilVM *vm = host_open(&host, &config);
    CoilLoopStep step;
    CHECK(coil_loop_step(vm, 0, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_DONE && step.tasks == 0);
    CHECK(host_run(vm, "import asyncio\nasync def count(n):\n    for i in range(n):\n        print(i, end=' ')\n        await asyncio.sleep(0)\n    return n\n") == COIL_OK);
    Outcome outcome = {0};
    size_t scope = coil_scope_open(vm);
    CHECK(!coil_is_error(start(vm, "count(5)", note, &outcome)));
    CHECK(host.written[0] == 0);                       // nothing runs before the loop does
    CHECK(coil_loop_step(vm, 2, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_READY && step.tasks == 1 && step.wait_seconds == 0);
    CHECK(strcmp(host_output(vm, &host), "0 1 ") == 0);
    CHECK(coil_loop_step(vm, 0, &step) == COIL_OK);    // one iteration
    CHECK(strcmp(host_output(vm, &host), "2 ") == 0);
    while (step.state == COIL_LOOP_READY) CHECK(coil_loop_step(vm, 1, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_DONE && outcome.calls == 1 && outcome.status == COIL_OK && outcome.number == 5);
    CHECK(strcmp(host_output(vm, &host), "3 4 ") == 0);

    // Tasks that scripts make, in virtual time: what sleeps runs when nothing else can.
    CHECK(host_run(vm, "loop = asyncio.get_event_loop()\n"
                       "async def nap(t):\n    await asyncio.sleep(t)\n    print('slept', t, end=';')\n"
                       "tasks = [loop.create_task(nap(t)) for t in (7200, 3600)]\n") == COIL_OK);
    do CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    while (step.state == COIL_LOOP_READY);
    CHECK(step.state == COIL_LOOP_DONE);
    CHECK(strcmp(host_output(vm, &host), "slept 3600;slept 7200;") == 0);

    // What nothing can wake is told, and goes on when the host runs something that wakes it.
    CHECK(host_run(vm, "event = asyncio.Event()\nasync def wait():\n    await event.wait()\n    print('woken', end=';')\nt = loop.create_task(wait())") == COIL_OK);
    CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_STUCK && step.tasks == 1);
    CHECK(host_run(vm, "event.set()") == COIL_OK);
    CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_DONE);
    CHECK(strcmp(host_output(vm, &host), "woken;") == 0);

    // The loop lives on beside asyncio.run(), and is not entered twice.
    CHECK(host_run(vm, "t = loop.create_task(count(1))\nasyncio.run(count(2))") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "0 1 ") == 0);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static CoilValue step_inside(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    CoilLoopStep step;
    CHECK(coil_loop_step(vm, 1, &step) == COIL_RAISED);
    return (CoilValue){0};
}

static void real_time_answers_when(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CoilLoopStep step;
    size_t scope = coil_scope_open(vm);
    CHECK(host_run(vm, "import asyncio\nasync def nap(t):\n    await asyncio.sleep(t)\n    return 'rested'") == COIL_OK);
    Outcome outcome = {0};
    CoilValue task = start(vm, "nap(1000)", note, &outcome);
    CHECK(coil_loop_step(vm, 10, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_WAIT && step.wait_seconds > 900 && step.wait_seconds <= 1000);
    CHECK(coil_run_until(vm, task, 0, NULL) == COIL_TIMEOUT);
    CHECK(coil_run_until(vm, task, 5, NULL) == COIL_TIMEOUT);
    CoilValue result, short_nap = coil_eval(vm, "nap(0.001)");
    CHECK(coil_run_until(vm, short_nap, 60000, &result) == COIL_OK);
    const char *text;
    size_t size;
    CHECK(coil_read_str(vm, result, &text, &size) == COIL_OK && strcmp(text, "rested") == 0);
    CHECK(!coil_is_error(coil_call(vm, coil_get_attr(vm, task, "cancel"), NULL, 0)));
    CHECK(coil_run_until(vm, task, COIL_FOREVER, NULL) == COIL_RAISED);
    coil_exception_take(vm);
    while (outcome.calls == 0) CHECK(coil_loop_step(vm, 10, &step) == COIL_OK);
    CHECK(outcome.status == COIL_RAISED && strcmp(outcome.text, "CancelledError()") == 0);
    CHECK(coil_run_until(vm, coil_eval(vm, "asyncio.Event().wait()"), COIL_FOREVER, NULL) == COIL_RAISED);
    CHECK(coil_exception_matches(vm, "RuntimeError"));   // a deadlock
    coil_exception_take(vm);
    CHECK(coil_set_global(vm, "step", coil_function(vm, "step()", step_inside, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "async def main():\n    step()\ntry: asyncio.run(main())\nexcept RuntimeError as e: print(e)") == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), "This event loop is already running\n") == 0);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

// ---- futures of the host

static CoilFuture *pending[64];
static int pending_count;

static CoilValue later(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    CoilValue awaitable;
    CoilFuture *future = coil_future(vm, &awaitable);
    if (future == NULL) return (CoilValue){0};
    pending[pending_count++] = future;
    return awaitable;
}

static void completed_in_the_same_thread(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CoilLoopStep step;
    size_t scope = coil_scope_open(vm);
    pending_count = 0;
    CHECK(coil_set_global(vm, "later", coil_function(vm, "later()", later, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "import asyncio\n"
                       "async def show():\n"
                       "    try: print(repr(await later()), end=';')\n"
                       "    except Exception as e: print(type(e).__name__, e, end=';')\n"
                       "loop = asyncio.get_event_loop()\n"
                       "tasks = [loop.create_task(show()) for _ in range(11)]\n") == COIL_OK);
    CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    CHECK(step.state == COIL_LOOP_WAIT && step.wait_seconds < 0 && step.descriptor_count == 1 && pending_count == 11);
    char text[] = "gr\xc3\xbc\xc3\x9f", bytes[] = "a\0b";
    CHECK(coil_future_set_none(pending[0]) && coil_future_set_bool(pending[1], true) && coil_future_set_int(pending[2], INT64_MIN));
    CHECK(coil_future_set_float(pending[3], 2.5) && coil_future_set_str(pending[4], text, strlen(text)) && coil_future_set_bytes(pending[5], bytes, 3));
    memset(text, 'x', 4);   // it was copied
    CHECK(coil_future_fail(pending[6], "KeyError", "lost") && coil_future_fail(pending[7], "NoSuchError", "unknown"));
    coil_future_drop(pending[8]);
    CHECK(coil_future_set(vm, pending[9], coil_eval(vm, "[1, 2]")) == COIL_OK);
    CHECK(coil_future_set(vm, pending[10], coil_eval(vm, "1 / 0")) == COIL_OK);
    struct pollfd fd = {step.descriptors[0].fd, POLLIN, 0};
    CHECK(step.descriptors[0].read && poll(&fd, 1, 0) == 1);   // a host that waits wakes up
    do CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    while (step.state == COIL_LOOP_READY);
    CHECK(step.state == COIL_LOOP_DONE);
    CHECK(strcmp(host_output(vm, &host), "[1, 2];ZeroDivisionError division by zero;None;True;-9223372036854775808;2.5;'gr\xc3\xbc\xc3\x9f';b'a\\x00b';KeyError 'lost';"
                                         "RuntimeError unknown;RuntimeError the host has given up this future;") == 0);
    // Cancelled by Python: the host can see it, and its result goes nowhere.
    pending_count = 0;
    CHECK(host_run(vm, "t = loop.create_task(show())") == COIL_OK);
    CHECK(coil_loop_step(vm, 100, &step) == COIL_OK && !coil_future_cancelled(pending[0]));
    CHECK(host_run(vm, "t.cancel()") == COIL_OK);
    do CHECK(coil_loop_step(vm, 100, &step) == COIL_OK);
    while (step.state == COIL_LOOP_READY);
    CHECK(step.state == COIL_LOOP_DONE && coil_future_cancelled(pending[0]));
    CHECK(coil_future_set_int(pending[0], 1));
    CHECK(coil_loop_step(vm, 100, &step) == COIL_OK && step.state == COIL_LOOP_DONE);
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void *complete_from_outside(void *user) {
    for (int i = 0; i < 20; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
        CHECK(coil_future_set_int(((CoilFuture **)user)[i], i));
    }
    return NULL;
}

static pthread_t workers[2];
static CoilValue go(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    for (int i = 0; i < 2; i++) CHECK(pthread_create(&workers[i], NULL, complete_from_outside, pending + i * 20) == 0);
    return coil_none(vm);
}

static int wakes;
static void count_wake(void *user) { __atomic_fetch_add((int *)user, 1, __ATOMIC_SEQ_CST); }

static void completed_in_other_threads(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    size_t scope = coil_scope_open(vm);
    pending_count = 0;
    CHECK(coil_loop_on_wake(vm, count_wake, &wakes) == COIL_OK);
    CHECK(coil_set_global(vm, "later", coil_function(vm, "later()", later, NULL, NULL)) == COIL_OK);
    CHECK(coil_set_global(vm, "go", coil_function(vm, "go()", go, NULL, NULL)) == COIL_OK);
    // The loop really waits here, and the other threads wake it.
    CHECK(host_run(vm, "import asyncio\nasync def main():\n    futures = [later() for _ in range(40)]\n    go()\n    return sum(await asyncio.gather(*futures))\n"
                       "print(asyncio.run(main()))") == COIL_OK);
    for (int i = 0; i < 2; i++) pthread_join(workers[i], NULL);
    CHECK(strcmp(host_output(vm, &host), "380\n") == 0 && wakes == 40);
    // Completed when the VM is gone, and given up when it is.
    pending_count = 0;
    CHECK(host_run(vm, "loop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nf, g, h = later(), later(), later()") == COIL_OK);
    CHECK(coil_future_set_int(pending[2], 3));   // on its way
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(host.bytes == 0);
    CHECK(coil_future_set_str(pending[0], "late", 4));
    coil_future_drop(pending[1]);
}

int main(void) {
    steps_say_what_is_next();
    real_time_answers_when();
    completed_in_the_same_thread();
    completed_in_other_threads();
    return 0;
}
