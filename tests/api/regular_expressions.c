// The VM's limits and interrupts hold inside regular expressions, interpreted and compiled to machine code, and PCRE2 takes no memory that the
// host does not see.
#include "api_test.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

typedef struct Script { const char *pattern, *text; } Script;

// Each would take longer than anybody can wait.
static const Script catastrophes[] = {
    {"(a+)+$", "'a' * 60 + 'b'"}, {"(a|aa)+$", "'a' * 90 + 'b'"}, {"(?:a?){40}a{40}", "'a' * 39 + 'b'"}, {"(?=(a+)+$)", "'a' * 60 + 'b'"}, {"(?:a*)*[^a]$", "'a' * 60 + 'bb'"},
    {"^(([a-z])+.)+[A-Z]([a-z])+$", "'a' * 70"}, {"(?:(a)|b|(?(1)a+|b+))*$", "'ab' * 60 + 'c'"}, {"a*a*a*a*a*a*[bd][ce]", "'a' * 3000 + 'bb'"}, {"(a*a*a*a*)[bd][ce]", "'a' * 5000 + 'bb'"},
    {"[a-z]+[b-z]+[c-z]+[d-z]+[e-z]+\\\\d[xy]", "'z' * 3000 + '11'"}, {"(\\\\w+\\\\s?)+[$]$", "'word ' * 40 + '$!'"}, {"(?:.*,){40}[P]$", "'1,' * 80 + 'PQ'"}, {"(?>b|(?:a|aa)*[xy][zq])+", "('a' * 70 + 'xx') * 3"},
    {"((a{0,9}){0,9}){0,9}[bd][ce]", "'a' * 200 + 'bb'"}, {"(.*)\\\\1*(.*)\\\\2[bd][ce]", "'a' * 4000 + 'bb'"}, {"(?:x+x+)+[bd][ce]", "'x' * 90 + 'bb'"}, {"(?i:(?:k|K)+)+$", "'k' * 60 + '\\u212a!'"},
    {"(?:\\\\w+)+$", "'\\u00e9' * 70 + '!'"}, {"(?<!x)(?:(?:a|b|ab)+)+[cd][ef]", "'ab' * 60 + 'dd'"}, {"(a?){28}(a?){28}[bd][ce]", "'a' * 60 + 'bb'"},
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// `often`: searches of harmless texts before, so that it is machine code by then.
static CoilVM *prepare(Host *host, const Script *script, int often) {
    CoilConfig config = {.hash_seed = 1, .limits.memory_bytes = 64 << 20};
    CoilVM *vm = host_open(host, &config);
    char source[512];
    snprintf(source, sizeof source, "import re\np = re.compile('%s')\nt = %s\nfor i in range(%d): p.search('!?' * 20, i %% 3)\n", script->pattern, script->text, often);
    CHECK(host_run(vm, source) == COIL_OK);
    return vm;
}

static bool ended_with(CoilVM *vm, Host *host, const char *text) {
    host->written[1] = 0;
    coil_report(vm);
    coil_flush(vm);
    host->output[1][host->written[1]] = 0;
    return strstr(host->output[1], text) != NULL;
}

static void test_instructions(void) {
    for (int often = 0; often <= 200; often += 200) {
        for (size_t i = 0; i < sizeof catastrophes / sizeof catastrophes[0]; i++) {
            Host host = {0};
            CoilVM *vm = prepare(&host, &catastrophes[i], often);
            CHECK(coil_limits_set(vm, &(CoilLimits){.instructions = 50000, .memory_bytes = 64 << 20}) == COIL_OK);
            int64_t begun = now_ms();
            CoilStatus status = host_run(vm, "p.search(t)");
            if (status != COIL_RAISED || now_ms() - begun > 5000) {
                fprintf(stderr, "%s: status %d after %d ms\n", catastrophes[i].pattern, (int)status, (int)(now_ms() - begun));
                exit(1);
            }
            CHECK(ended_with(vm, &host, "TimeoutError: instruction limit exceeded"));
            // A second breach is final, and the VM is whole afterwards.
            CHECK(host_run(vm, "p.search(t)") == COIL_RAISED);
            CHECK(coil_limits_set(vm, NULL) == COIL_OK);
            CHECK(host_run(vm, "assert re.findall('[a-c]+', 'abc cab') == ['abc', 'cab']") == COIL_OK);
            coil_close(vm);
            CHECK(host.bytes == 0);
        }
    }
}

static void test_deadline(void) {
    Host host = {0};
    CoilVM *vm = prepare(&host, &catastrophes[0], 0);
    CHECK(coil_limits_set(vm, &(CoilLimits){.time_ns = 20 * 1000 * 1000}) == COIL_OK);
    CHECK(host_run(vm, "p.search(t)") == COIL_RAISED);
    CHECK(ended_with(vm, &host, "TimeoutError: time limit exceeded"));
    coil_close(vm);
    CHECK(host.bytes == 0);
}

static void *interrupt_soon(void *vm) {
    usleep(30 * 1000);
    coil_interrupt(vm);
    return NULL;
}

static void test_interrupt(void) {
    for (int often = 0; often <= 200; often += 200) {
        Host host = {0};
        CoilVM *vm = prepare(&host, &catastrophes[1], often);
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, interrupt_soon, vm) == 0);
        CHECK(host_run(vm, "try: p.search(t)\nexcept KeyboardInterrupt: print('interrupted')") == COIL_OK);
        pthread_join(thread, NULL);
        CHECK(strcmp(host_output(vm, &host), "interrupted\n") == 0);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
}

static void test_memory(void) {
    static const char *const hungry[] = {
        "re.match('(?:(.)|(..))*?$', 'x' * 3000000 + '\\n\\n')", "re.match('((?:(.)|(..)|(...))+)+?$', 'x' * 2000000 + '\\n\\n')",
        "[re.compile('(a+|b)*%d' % i) for i in range(10**6)] and [re.compile('x' * i) for i in range(10**6)]",
        "x = [re.compile('[a-z%d]' % i * 50) for i in range(10**6)]", "re.findall('', 'x' * 10000000)", "re.sub('', 'yyyyyyyyyy', 'x' * 10000000)", "re.split('(x)', 'x' * 10000000)",
    };
    for (size_t i = 0; i < sizeof hungry / sizeof hungry[0]; i++) {
        Host host = {0};
        CoilConfig config = {.hash_seed = 1, .limits.memory_bytes = 24 << 20};
        CoilVM *vm = host_open(&host, &config);
        CHECK(host_run(vm, "import re") == COIL_OK);
        char source[256];
        snprintf(source, sizeof source, "try: %s\nexcept MemoryError: print('refused')", hungry[i]);
        CHECK(host_run(vm, source) == COIL_OK);
        if (strcmp(host_output(vm, &host), "refused\n") != 0) {
            fprintf(stderr, "%s: not refused\n", hungry[i]);
            exit(1);
        }
        CHECK(host.peak <= 25 << 20);
        CHECK(host_run(vm, "x = None\nassert re.sub('b', 'c', 'abc') == 'acc'") == COIL_OK);
        coil_close(vm);
        CHECK(host.bytes == 0);
    }
}

// Every allocation that importing re and using it asks for fails once.
static void test_allocation_failures(void) {
    const char *use = "import re\nfor i in range(150): re.sub('(?i)(\\\\w+)|[^k-s]', lambda m: m[0], 'abc d\\u00e9f K' * 20)\n"
                      "m = re.search('(?P<n>a|b)*(?<=b)', 'xaab'); m.groupdict(), re.split('(b)', 'abc'), list(re.finditer('.', 'ab')), re.compile('x', re.I | re.M)\n";
    for (size_t limit = 0;; limit += limit < 400000 ? 7919 : 40009) {
        Host host = {0};
        CoilVM *vm = host_open(&host, NULL);
        CHECK(vm != NULL);
        host.limit = host.bytes + limit;
        CoilStatus status = host_run(vm, use);
        host.limit = 0;
        CHECK(status == COIL_OK || status == COIL_RAISED);
        coil_close(vm);
        CHECK(host.bytes == 0);
        if (status == COIL_OK) break;
        CHECK(limit < 20 << 20);
    }
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    bool there = host_run(vm, "import re") == COIL_OK;
    if (!there) CHECK(ended_with(vm, &host, "ImportError: re is not available: Coil was built without PCRE2"));
    coil_close(vm);
    CHECK(host.bytes == 0);
    if (!there) {
        puts("regular expressions: skipped, built without PCRE2");
        return 0;
    }
    test_instructions();
    test_deadline();
    test_interrupt();
    test_memory();
    test_allocation_failures();
    puts("regular expressions: ok");
    return 0;
}
