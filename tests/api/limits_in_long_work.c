// Limits hold inside long work in C: each script would run for minutes or for ever in one built-in operation, and ends soon after its few steps.
#include "api_test.h"
#include "long_work.h"

#include <time.h>

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(int argc, char **argv) {
    bool tell = argc > 1 && strcmp(argv[1], "-v") == 0;
    for (size_t i = 0; i < sizeof long_work / sizeof long_work[0]; i++) {
        Host host = {0};
        CoilConfig config = {.hash_seed = 1, .limits.memory_bytes = 64 << 20};
        CoilVM *vm = host_open(&host, &config);
        if (host_run(vm, long_work[i].before) != COIL_OK) {
            coil_report(vm);
            fprintf(stderr, "%s: %s\n", long_work[i].before, host.output[1]);
            return 1;
        }
        CHECK(coil_limits_set(vm, &(CoilLimits){.instructions = 2000, .memory_bytes = 64 << 20}) == COIL_OK);
        int64_t begun = now_ms();
        CoilStatus status = host_run(vm, long_work[i].statement);
        int64_t took = now_ms() - begun;
        // On a machine that does much else, under a sanitizer, this is still far from what any of them would take.
        if (took > 30000) {
            fprintf(stderr, "%s: took %d ms\n", long_work[i].statement, (int)took);
            if (!tell) return 1;
        }
        if (tell) {
            if (status == COIL_RAISED) coil_report(vm);
            char *last = strrchr(host.output[1], '\n');
            if (last != NULL) *last = 0;
            last = strrchr(host.output[1], '\n');
            printf("%4d ms %8d steps  %-60.60s %s\n", (int)took, (int)coil_usage(vm).instructions, long_work[i].statement, last != NULL ? last + 1 : "");
        }
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
    puts("limits in long work: ok");
    return 0;
}
