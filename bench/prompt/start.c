// How long from the start of a command to its prompt: runs it in a pseudo-terminal until ">>> " is to be seen, over and over.
//
//   start ROUNDS NAME COMMAND [ARGUMENT...]
//
// prints NAME, the fastest round, the median (milliseconds of the wall clock), and the fastest in processor milliseconds of the child, which
// do not suffer from busy neighbours. A command that ends without a prompt (true) is measured to its end.
#define _GNU_SOURCE 1
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 10000 };

typedef struct Round { double wall_ms, processor_ms; } Round;

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static double time_ms(struct timeval time) { return (double)time.tv_sec * 1e3 + (double)time.tv_usec * 1e-3; }

// Until the prompt was seen, or the child has closed its terminal.
static void wait_for_prompt(int terminal) {
    static const char prompt[] = ">>> ";
    char seen[65536];
    size_t size = 0;
    for (;;) {
        ssize_t count = read(terminal, seen + size, sizeof seen - size);
        if (count <= 0) return;
        size += (size_t)count;
        if (memmem(seen, size, prompt, sizeof prompt - 1) != NULL) return;
        // The beginning of a prompt may be all that came of it.
        if (size > sizeof seen / 2) {
            memmove(seen, seen + size - sizeof prompt, sizeof prompt);
            size = sizeof prompt;
        }
    }
}

static Round measure(char **command) {
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    int terminal;
    double begin = now_ms();
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    if (child < 0) {
        perror("forkpty");
        exit(1);
    }
    wait_for_prompt(terminal);
    Round round = {.wall_ms = now_ms() - begin};
    kill(child, SIGKILL);
    struct rusage usage;
    int status;
    wait4(child, &status, 0, &usage);
    close(terminal);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        fprintf(stderr, "cannot run %s\n", command[0]);
        exit(1);
    }
    round.processor_ms = time_ms(usage.ru_utime) + time_ms(usage.ru_stime);
    return round;
}

static int by_wall(const void *left, const void *right) {
    double a = ((const Round *)left)->wall_ms, b = ((const Round *)right)->wall_ms;
    return (a > b) - (a < b);
}

int main(int argc, char **argv) {
    static Round rounds[ROUNDS_MAX];
    int count = argc > 3 ? atoi(argv[1]) : 0;
    if (count < 1 || count > ROUNDS_MAX) {
        fputs("usage: start ROUNDS NAME COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    double processor_ms = 1e9;
    for (int i = 0; i < count; i++) {
        rounds[i] = measure(argv + 3);
        if (rounds[i].processor_ms < processor_ms) processor_ms = rounds[i].processor_ms;
    }
    qsort(rounds, (size_t)count, sizeof *rounds, by_wall);
    printf("%-18s %8.2f %8.2f %10.2f\n", argv[2], rounds[0].wall_ms, rounds[count / 2].wall_ms, processor_ms);
    return 0;
}
