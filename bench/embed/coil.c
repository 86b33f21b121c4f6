// What embedding costs in Coil. bench/embed/run builds this beside the same in Lua and CPython.
#include "measure.h"

#include <coil.h>

static CoilValue add(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t a, b;
    if (coil_read_int(vm, args[0], &a) != COIL_OK || coil_read_int(vm, args[1], &b) != COIL_OK) return coil_error();
    return coil_int(vm, a + b);
}

static const char script[] =
    "def small(a, b):\n"
    "    return a + b\n"
    "def calls_c(n):\n"
    "    f = add\n"
    "    for i in range(n): f(i, 1)\n"
    "def empty_loop(n):\n"
    "    for i in range(n): pass\n"
    "def run_methods(n):\n"
    "    c = counter\n"
    "    for i in range(n): c.up(1)\n";

static const CoilClass counter_class;
static CoilValue counter_up(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t *data = coil_data(vm, args[0], &counter_class), by;
    if (data == NULL || coil_read_int(vm, args[1], &by) != COIL_OK) return coil_error();
    return coil_int(vm, *data += by);
}
static const CoilFunction counter_methods[] = {{.signature = "up(self, by, /)", .function = counter_up}, {0}};
static const CoilClass counter_class = {.name = "Counter", .data_size = sizeof(int64_t), .methods = counter_methods};

static void fail(CoilVM *vm) {
    coil_report(vm);
    exit(1);
}

static void open_and_close(void *context, long count) {
    for (long i = 0; i < count; i++) coil_close(coil_new(NULL));
}

static void call_python(void *context, long count) {
    CoilVM *vm = context;
    size_t scope = coil_scope_open(vm);
    CoilRef *function = coil_ref(vm, coil_get_global(vm, "small"));
    int64_t sum = 0;
    for (long i = 0; i < count; i++) {
        size_t inner = coil_scope_open(vm);
        CoilValue args[2] = {coil_int(vm, i), coil_int(vm, 1)};
        if (coil_read_int(vm, coil_call(vm, coil_deref(function), args, 2), &sum) != COIL_OK) fail(vm);
        coil_scope_close(vm, inner);
    }
    coil_unref(vm, function);
    coil_scope_close(vm, scope);
}

static void run_function(CoilVM *vm, const char *name, long count) {
    size_t scope = coil_scope_open(vm);
    CoilValue n = coil_int(vm, count);
    if (coil_is_error(coil_call(vm, coil_get_global(vm, name), &n, 1))) fail(vm);
    coil_scope_close(vm, scope);
}
static void python_calls_c(void *context, long count) { run_function(context, "calls_c", count); }
static void python_calls_method(void *context, long count) { run_function(context, "run_methods", count); }
static void python_loop(void *context, long count) { run_function(context, "empty_loop", count); }

static void idle_vms(int count) {
    CoilVM **vms = malloc((size_t)count * sizeof *vms);
    double before = resident_bytes(), begin = seconds();
    for (int i = 0; i < count; i++) {
        vms[i] = coil_new(NULL);
        if (vms[i] == NULL || coil_run(vms[i], "x = 1", 5, "<idle>", COIL_EXEC, 0) != COIL_OK) exit(1);
    }
    printf("%d idle VMs: %.0f KB resident and %.0f us each\n", count, (resident_bytes() - before) / count / 1024, (seconds() - begin) / count * 1e6);
    for (int i = 0; i < count; i++) coil_close(vms[i]);
    free(vms);
}

int main(int argc, char **argv) {
    printf("== Coil %s\n", coil_version());
    measure("create and close a VM", open_and_close, NULL, 300);
    CoilVM *vm = coil_new(NULL);
    size_t scope = coil_scope_open(vm);
    if (coil_set_global(vm, "add", coil_function(vm, "add(a, b, /)", add, NULL, NULL)) != COIL_OK ||
        coil_set_global(vm, "counter", coil_instance(vm, &counter_class, NULL)) != COIL_OK ||
        coil_run(vm, script, sizeof script - 1, "<bench>", COIL_EXEC, 0) != COIL_OK)
        fail(vm);
    coil_scope_close(vm, scope);
    printf("memory of a VM after a script: %zu KB\n", coil_heap_stats(vm).bytes / 1024);
    measure("C -> Python -> C", call_python, vm, 2000000);
    measure("Python -> C -> Python, with the loop", python_calls_c, vm, 3000000);
    measure("a method of a host class", python_calls_method, vm, 3000000);
    measure("the loop alone", python_loop, vm, 10000000);
    coil_close(vm);
    idle_vms(argc > 1 ? atoi(argv[1]) : 10000);
    return 0;
}
