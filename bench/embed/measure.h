// What the three measurements share: a clock, the best of several rounds, memory of the process, and the lines they print.
#ifndef MEASURE_H
#define MEASURE_H

#define _GNU_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 7 };

// Processor time of this process: it does not suffer from busy neighbours.
static inline double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline double resident_bytes(void) {
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

// "name: best of the rounds, in ns"; `work` does `count` times what is measured.
static inline void measure(const char *name, void (*work)(void *context, long count), void *context, long count) {
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = seconds();
        work(context, count);
        double took = seconds() - begin;
        if (took < best) best = took;
    }
    printf("%-34s %10.1f ns\n", name, best / (double)count * 1e9);
}

#endif
