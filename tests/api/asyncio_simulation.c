// A sample of the randomised simulation (tests/asyncio_sim), on the virtual clock: what happens in it is what happens on CPython.
#include "api_test.h"

// What `python3 tests/asyncio_sim/simulation.py 0 200` prints.
static const char expected[] = "seeds 0 to 199: 1785708838722022051\n";

int main(void) {
    Host host = {0};
    CoilConfig config = {0};
    coil_config_open(&config);
    config.virtual_time = true;
    config.write = host_write;
    config.user = &host;
    CoilVM *vm = coil_new(&config);
    CHECK(vm != NULL);
    static const char *const arguments[] = {"simulation.py", "0", "200"};
    CHECK(coil_set_argv(vm, 3, arguments) == COIL_OK);
    CoilStatus status = coil_run_file(vm, "tests/asyncio_sim/simulation.py");
    if (status != COIL_OK) coil_report(vm);
    host.output[1][host.written[1]] = 0;
    if (status != COIL_OK) fputs(host.output[1], stderr);
    CHECK(status == COIL_OK);
    CHECK(strcmp(host_output(vm, &host), expected) == 0);
    coil_close(vm);
    return 0;
}
