// A server that runs snippets which nobody trusts: a VM for each, all limits set, no doors open, and an answer in every case.
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Answer {
    char output[200];
    size_t size;
} Answer;

static void collect(void *user, int stream, const char *text, size_t size) {
    Answer *answer = user;
    size_t room = sizeof answer->output - 1 - answer->size;
    if (size > room) size = room;
    memcpy(answer->output + answer->size, text, size);
    answer->size += size;
}

static void serve(const char *snippet) {
    Answer answer = {0};
    CoilConfig config = {
        .user = &answer,
        .write = collect,
        .limits = {.memory_bytes = 16 << 20,
                   .instructions = 20 * 1000 * 1000,
                   .time_ns = INT64_C(5000) * 1000 * 1000,
                   .output_bytes = 1000,
                   .recursion_depth = 200,
                   .recursion_errors = 10},
    };
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) {
        printf("no memory\n");
        return;
    }
    CoilStatus status = coil_run(vm, snippet, strlen(snippet), "<snippet>", COIL_EXEC, 0);
    CoilUsage usage = coil_usage(vm);
    coil_flush(vm);
    printf("> %.60s%s\n", snippet, strlen(snippet) > 60 ? "..." : "");
    answer.output[strcspn(answer.output, "\n")] = 0;
    if (answer.size > 0) printf("  output: %.40s\n", answer.output);
    if (status == COIL_RAISED) {
        CoilError error;
        if (coil_exception_describe(vm, coil_exception_take(vm), &error) == COIL_OK) printf("  %s: %.60s\n", error.type, error.message);
        if (usage.ended_by != COIL_LIMIT_NONE) printf("  ended by limit number %d\n", usage.ended_by);
    }
    coil_close(vm);
}

int main(void) {
    static const char *const snippets[] = {
        "print(sum(n * n for n in range(1000)))",
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "x = []\nwhile True: x.append(' ' * 100000)",
        "x = 'a' * 10 ** 12",
        "x = 10 ** (10 ** 9)",
        "def f(): f()\nf()",
        "while True: print('spam')",
        "open('/etc/passwd')",
        "import socket\nsocket.socket()",
        "().__class__.__base__.__subclasses__()[0].__init__.__globals__",
        "(lambda: 0).__code__.replace(co_code=b'')",
        "sorted(range(10 ** 9))",
        "[i for i in range(10 ** 12)]",
        "raise SystemExit(5)",
        "1 +",
    };
    for (size_t i = 0; i < sizeof snippets / sizeof snippets[0]; i++) serve(snippets[i]);
    return 0;
}
