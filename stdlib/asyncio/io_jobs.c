// Calls of the system that block and have no descriptor to wait for (the resolver, waiting for a child where there is no pidfd): each runs
// on a thread of its own, which knows nothing of the VM.
//
// The loop and its threads share one small struct. It is not the VM's memory, because the last thread gives it back, maybe after the VM is
// gone: closing a loop does not wait for a resolver that does not answer.
#include "stdlib/asyncio/asyncio.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOB_STACK_SIZE = 256 * 1024, FIRST_TARGETS = 8 };

typedef struct IoJobs {
    pthread_mutex_t mutex;
    size_t owners;                    // the loop, and each thread
    bool closed;
    IoJob *finished;
    Loop *loop;                       // to wake, while not closed
    Object **targets;                 // what the jobs are for, by number; the VM's memory
    size_t target_capacity;
} IoJobs;

typedef struct JobStart { IoJobs *jobs; IoJob *job; } JobStart;

static void jobs_leave(IoJobs *jobs) {
    size_t left = --jobs->owners;
    pthread_mutex_unlock(&jobs->mutex);
    if (left > 0) return;
    pthread_mutex_destroy(&jobs->mutex);
    free(jobs);
}

static void *job_thread(void *data) {
    JobStart start = *(JobStart *)data;
    free(data);
    start.job->work(start.job);
    pthread_mutex_lock(&start.jobs->mutex);
    bool closed = start.jobs->closed;
    if (!closed) {
        start.job->next = start.jobs->finished;
        start.jobs->finished = start.job;
        backend_wake(start.jobs->loop);
    }
    jobs_leave(start.jobs);
    if (closed) start.job->free(start.job);
    return NULL;
}

static IoJobs *jobs_of(VM *vm, Loop *loop) {
    if (!io_open(vm, loop)) return NULL;
    if (loop->io->jobs != NULL) return loop->io->jobs;
    IoJobs *jobs = calloc(1, sizeof *jobs);
    if (jobs == NULL) return raise_no_memory(vm), NULL;
    pthread_mutex_init(&jobs->mutex, NULL);
    jobs->owners = 1;
    jobs->loop = loop;
    return loop->io->jobs = jobs;
}

static bool target_keep(VM *vm, Loop *loop, IoJobs *jobs, IoJob *job, Object *target) {
    size_t at = 0;
    while (at < jobs->target_capacity && jobs->targets[at] != NULL) at++;
    if (at == jobs->target_capacity) {
        size_t capacity = at == 0 ? FIRST_TARGETS : at * 2;
        Object **targets = buffer_resize(vm, jobs->targets, at * sizeof *targets, capacity * sizeof *targets);
        if (targets == NULL) return false;
        jobs->targets = targets;
        jobs->target_capacity = capacity;
    }
    jobs->targets[at] = target;
    job->number = at;
    gc_write_barrier(vm, loop);
    return true;
}

bool io_job_start(VM *vm, Loop *loop, IoJob *job, Object *target) {
    IoJobs *jobs = jobs_of(vm, loop);
    JobStart *start = malloc(sizeof *start);
    pthread_attr_t attributes;
    pthread_t thread;
    if (jobs == NULL || start == NULL || !target_keep(vm, loop, jobs, job, target)) {
        if (!is_raised(vm)) raise_no_memory(vm);
        goto failed;
    }
    *start = (JobStart){jobs, job};
    pthread_mutex_lock(&jobs->mutex);
    jobs->owners++;
    pthread_mutex_unlock(&jobs->mutex);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, JOB_STACK_SIZE);
    int failure = pthread_create(&thread, &attributes, job_thread, start);
    pthread_attr_destroy(&attributes);
    if (failure == 0) {
        loop->io->jobs_pending++;
        return true;
    }
    pthread_mutex_lock(&jobs->mutex);
    jobs_leave(jobs);
    jobs->targets[job->number] = NULL;
    raise_error(vm, vm->exc.RuntimeError, "can't start new thread");
failed:
    free(start);
    job->free(job);
    return false;
}

bool io_jobs_finish(VM *vm, Loop *loop) {
    IoJobs *jobs = loop->io->jobs;
    pthread_mutex_lock(&jobs->mutex);
    IoJob *job = jobs->finished;
    jobs->finished = NULL;
    pthread_mutex_unlock(&jobs->mutex);
    bool fine = true;
    while (job != NULL) {
        IoJob *next = job->next;
        Object *target = jobs->targets[job->number];
        jobs->targets[job->number] = NULL;
        loop->io->jobs_pending--;
        if (fine) fine = job->done(vm, loop, job, target);
        job->free(job);
        job = next;
    }
    return fine;
}

void io_jobs_close(VM *vm, Loop *loop) {
    IoJobs *jobs = loop->io->jobs;
    if (jobs == NULL) return;
    loop->io->jobs = NULL;
    buffer_free(vm, jobs->targets, jobs->target_capacity * sizeof *jobs->targets);
    pthread_mutex_lock(&jobs->mutex);
    IoJob *job = jobs->finished;
    jobs->closed = true;
    jobs->finished = NULL;
    jobs_leave(jobs);
    while (job != NULL) {
        IoJob *next = job->next;
        job->free(job);
        job = next;
    }
}

void io_jobs_trace(VM *vm, Loop *loop) {
    IoJobs *jobs = loop->io->jobs;
    for (size_t i = 0; jobs != NULL && i < jobs->target_capacity; i++) gc_mark_object(vm, jobs->targets[i]);
}
