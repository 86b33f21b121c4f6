// What a host does wrong is told in builds with COIL_DEBUG; a hook that comes back finds the call failed. Elsewhere this test has nothing to do
// but what every build must survive.
#include "api_test.h"

#include <pthread.h>

typedef struct Watched { Host host; int count; char last[256]; } Watched;

static void misuse(void *user, const char *message) {
    Watched *watched = user;
    watched->count++;
    snprintf(watched->last, sizeof watched->last, "%s", message);
}

static bool told(Watched *watched, const char *part) {
    bool yes = watched->count == 1 && strstr(watched->last, part) != NULL;
    if (!yes) fprintf(stderr, "%d times, last: %s\n", watched->count, watched->last);
    watched->count = 0;
    return yes;
}

static CoilValue close_inside(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    coil_close(vm);
    return coil_none(vm);
}

// Every build: these are refused quietly.
static void refused(void) {
    Watched watched = {0};
    CoilConfig config = {.misuse = misuse};
    CoilVM *vm = host_open(&watched.host, &config);
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "close", coil_function(vm, "close()", close_inside, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "close()\nx = 5") == COIL_OK);
    CHECK(coil_is_error(coil_function(vm, "no parentheses", close_inside, NULL, NULL)) && coil_exception_matches(vm, "ValueError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
    coil_scope_close(vm, scope + 5);
    CHECK(host_run(vm, "assert x == 5") == COIL_OK);
    coil_close(vm);
    CHECK(watched.host.bytes == 0);
}

static void *use(void *user) {
    CoilVM *vm = user;
    if (!coil_is_error(coil_eval(vm, "1"))) coil_exception_clear(vm);
    return NULL;
}

static CoilValue from_another_thread(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, use, vm) == 0);
    pthread_join(thread, NULL);
    return coil_none(vm);
}

static CoilRef *kept;
static CoilValue keep(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    *(CoilValue *)user = args[0];
    return coil_none(vm);
}

static void detected(void) {
    Watched watched = {0}, other_watched = {0};
    CoilConfig config = {.misuse = misuse}, other_config = {.misuse = misuse};
    CoilVM *vm = host_open(&watched.host, &config), *other = host_open(&other_watched.host, &other_config);
    CoilValue argument = {0};
    size_t scope = coil_scope_open(vm);
    CoilValue closed;
    {
        size_t inner = coil_scope_open(vm);
        closed = coil_int(vm, 1);
        coil_scope_close(vm, inner);
    }
    CHECK(coil_is_error(coil_repr(vm, closed)) && told(&watched, "scope is closed") && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    CHECK(coil_is_error(coil_repr(other, coil_int(vm, 1))) && told(&other_watched, "another VM"));
    coil_exception_clear(other);
    coil_scope_close(vm, scope + 1000);
    CHECK(told(&watched, "closed already"));
    kept = coil_ref(vm, coil_int(vm, 1));
    CoilValue through = coil_deref(kept);
    coil_unref(vm, kept);
    CHECK(coil_is_error(coil_repr(vm, through)) && told(&watched, "given back"));
    coil_exception_clear(vm);
    coil_unref(vm, kept);
    CHECK(told(&watched, "given back already"));
    CHECK(coil_set_global(vm, "keep", coil_function(vm, "keep(x)", keep, NULL, &argument)) == COIL_OK);
    CHECK(host_run(vm, "keep([])") == COIL_OK);
    CHECK(coil_is_error(coil_repr(vm, argument)) && told(&watched, "scope is closed"));
    coil_exception_clear(vm);
    CHECK(coil_set_global(vm, "thread", coil_function(vm, "thread()", from_another_thread, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "thread()") == COIL_OK && told(&watched, "another thread"));
    coil_scope_close(vm, scope);
    coil_close(other);
    coil_close(vm);
    CHECK(watched.host.bytes == 0 && other_watched.host.bytes == 0);
}

int main(void) {
    refused();
    // A debug build says so: the message about a scope that is not open.
    Watched watched = {0};
    CoilConfig config = {.misuse = misuse};
    CoilVM *vm = host_open(&watched.host, &config);
    coil_scope_close(vm, 1000);
    bool debug = watched.count > 0;
    coil_close(vm);
    if (debug) detected();
    return 0;
}
