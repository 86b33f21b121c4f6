// The host that README.md shows: a function of C's called by a script, and a result read back.
#include <coil.h>
#include <stdio.h>
#include <string.h>

static CoilValue host_add(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t a, b;
    if (coil_read_int(vm, args[0], &a) != COIL_OK || coil_read_int(vm, args[1], &b) != COIL_OK)
        return coil_raise(vm, "TypeError", "add() takes two ints");
    return coil_int(vm, a + b);
}

int main(void) {
    CoilConfig config = {0};
    coil_config_open(&config); // print() and imports work as in a process of its own
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;

    size_t scope = coil_scope_open(vm);
    CoilValue add = coil_function(vm, "add(a, b)", host_add, "Adds two ints in C.", NULL);
    const char *script = "result = add(20, b=22)\nprint('the script has', result)\n";
    int64_t result = 0;
    int status = 1;
    if (coil_is_error(add) || coil_set_global(vm, "add", add) != COIL_OK ||
        coil_run(vm, script, strlen(script), "<script>", COIL_EXEC, 0) != COIL_OK ||
        coil_read_int(vm, coil_eval(vm, "result"), &result) != COIL_OK) {
        coil_report(vm); // prints the traceback
    } else {
        coil_flush(vm); // what the script printed stands before what the host prints
        printf("the host has %lld\n", (long long)result);
        status = result == 42 ? 0 : 1;
    }
    coil_scope_close(vm, scope);
    coil_close(vm);
    return status;
}
