// The smallest host: a script runs, calls a function of the host's, and a result is read back.
//
//     cc hello.c $(pkg-config --cflags --libs coil) -o hello
#include <coil.h>
#include <stdio.h>
#include <string.h>

static CoilValue host_add(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t a, b;
    if (coil_read_int(vm, args[0], &a) != COIL_OK || coil_read_int(vm, args[1], &b) != COIL_OK) return coil_error();
    return coil_int(vm, a + b);
}

int main(void) {
    CoilConfig config = {0};
    coil_config_open(&config);   // print() goes to this process's standard output
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;

    size_t scope = coil_scope_open(vm);
    const char *script = "result = add(20, b=22)\n"
                         "print('hello from Python, which has', result)\n";
    int64_t result = 0;
    int status = 0;
    if (coil_set_global(vm, "add", coil_function(vm, "add(a, b)", host_add, "Adds in C.", NULL)) != COIL_OK ||
        coil_run(vm, script, strlen(script), "<hello>", COIL_EXEC, 0) != COIL_OK ||
        coil_read_int(vm, coil_get_global(vm, "result"), &result) != COIL_OK)
        status = coil_report(vm);   // prints the traceback
    coil_scope_close(vm, scope);
    coil_flush(vm);
    printf("hello from C, which has %lld\n", (long long)result);
    coil_close(vm);
    return status;
}
