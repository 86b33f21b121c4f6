// Standard streams of the process as the VM's hooks: see process.h.
#include "repl/process.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "repl/report_color.h"

// ---- output

// The VM has buffered already: what comes here goes out. EINTR and full pipes are waited for.
static int write_all(int stream, const char *text, size_t size) {
    while (size > 0) {
        ssize_t written = write(stream, text, size);
        if (written >= 0) {
            text += written;
            size -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd wait = {.fd = stream, .events = POLLOUT};
            poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

// Whoever writes part of a line and then calls input() means the part as a prompt.
static void note_partial(Process *process, const char *text, size_t size) {
    enum { PARTIAL_MAX = 1000 };
    size_t start = size;
    while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r' && size - start < PARTIAL_MAX) start--;
    if (start > 0 || process->partial.size > PARTIAL_MAX) text_clear(&process->partial);
    text_add(&process->partial, text + start, size - start);
}

void process_write(Process *process, int stream, const char *text, size_t size) {
    if (size == 0) return;
    if (stream == 2 && process->capture != NULL) {
        text_add(process->capture, text, size);
        return;
    }
    if (stream == 1 && process->stdout_broken) return;
    pthread_mutex_lock(&process->terminal);
    if (process->before_output != NULL) process->before_output(process->before_output_user);
    int error = write_all(stream, text, size);
    process->at_line_start = text[size - 1] == '\n';
    if (process->line_by_line) note_partial(process, text, size);
    if (process->waiting && process->after_output != NULL) process->after_output(process->before_output_user);
    pthread_mutex_unlock(&process->terminal);
    if (error == 0 || stream != 1) return;
    process->stdout_broken = true;
    process->output_error = error;
    coil_output_failed(process->vm, error);
}

void process_print(Process *process, const char *text) { process_write(process, 1, text, strlen(text)); }

static void hook_write(void *user, int stream, const char *text, size_t size) {
    process_write(user, stream, text, size);
}

static void hook_flush(void *user, int stream) {
    (void)user;
    (void)stream;
}

// ---- input

bool process_fill(Process *process) {
    char buffer[4096];
    errno = 0;
    if (process->input_ended) return false;
    struct pollfd wait = {.fd = 0, .events = POLLIN};
    if (signals_poll(&wait, 1, -1) < 0) return false;
    ssize_t count = read(0, buffer, sizeof buffer);
    if (count > 0) text_add(&process->input, buffer, (size_t)count);
    if (count == 0 && !isatty(0)) process->input_ended = true;
    return count > 0;
}

bool process_read_line(Process *process, Text *line) {
    text_clear(line);
    size_t looked = 0;
    for (;;) {
        const char *newline = process->input.size > looked
                                  ? memchr(process->input.data + looked, '\n', process->input.size - looked)
                                  : NULL;
        size_t size = newline != NULL ? (size_t)(newline - process->input.data) + 1 : 0;
        looked = process->input.size;
        if (newline == NULL) {
            if (process_fill(process)) continue;
            if (errno == EINTR || process->input.size == 0) return false;
            size = process->input.size;
        }
        text_add(line, process->input.data, size);
        text_remove(&process->input, 0, size);
        process->at_line_start = true;
        return true;
    }
}

// A line, or what fits of it, from what has been read already.
static ptrdiff_t take_line(Process *process, char *buffer, size_t size) {
    const char *newline = memchr(process->input.data, '\n', process->input.size);
    size_t count = newline != NULL ? (size_t)(newline - process->input.data) + 1 : process->input.size;
    if (count > size) count = size;
    memcpy(buffer, process->input.data, count);
    text_remove(&process->input, 0, count);
    process->at_line_start = buffer[count - 1] == '\n';
    if (process->at_line_start) text_clear(&process->partial);
    return (ptrdiff_t)count;
}

// Interrupted reads come back as errors: the VM sees then who has interrupted.
static ptrdiff_t hook_read(void *user, char *buffer, size_t size) {
    Process *process = user;
    if (!process->line_by_line) {
        struct pollfd wait = {.fd = 0, .events = POLLIN};
        if (signals_poll(&wait, 1, -1) < 0) return -1;
        ssize_t count = read(0, buffer, size);
        if (count > 0) process->at_line_start = buffer[count - 1] == '\n';
        return count;
    }
    if (process->input.size == 0 && !process_fill(process)) return errno == EINTR ? -1 : 0;
    return take_line(process, buffer, size);
}

static ptrdiff_t hook_ask(void *user, const char *prompt, size_t prompt_size, char *buffer, size_t size) {
    Process *process = user;
    if (process->ask == NULL || memchr(prompt, 0, prompt_size) != NULL) {
        process_write(process, 1, prompt, prompt_size);
        return hook_read(user, buffer, size);
    }
    Text shown = {0}, line = {0};
    text_add(&shown, text_c(&process->partial), process->partial.size);
    text_add(&shown, prompt, prompt_size);
    AskResult result = process->ask(process->ask_user, text_c(&shown), &line);
    text_clear(&process->partial);
    if (result != ASK_READ) process_write(process, 1, "\n", 1);
    ptrdiff_t count = 0;
    if (result == ASK_INTERRUPTED) {
        coil_interrupt(process->vm);
        errno = EINTR;
        count = -1;
    } else if (result == ASK_READ) {
        text_add_char(&line, '\n');
        // What is too much waits for hook_read().
        text_insert(&process->input, 0, text_c(&line), line.size);
        count = take_line(process, buffer, size);
    }
    text_free(&shown);
    text_free(&line);
    return count;
}

// ---- errors

int process_report(Process *process) {
    // Whoever reads our output has had enough: that is no error worth telling, but the program did not reach its end.
    if (process->stdout_broken && coil_exception_matches(process->vm, "BrokenPipeError")) {
        size_t scope = coil_scope_open(process->vm);
        (void)coil_exception_take(process->vm);
        coil_scope_close(process->vm, scope);
        return 1;
    }
    if (!process->color || coil_exception_matches(process->vm, "SystemExit")) return coil_report(process->vm);
    Text report = {0};
    coil_flush(process->vm);
    process->capture = &report;
    int status = coil_report(process->vm);
    process->capture = NULL;
    Text colored = {0};
    report_color(&report, &colored);
    Text *shown = colored.failed ? &report : &colored;
    process_write(process, 2, text_c(shown), shown->size);
    text_free(&report);
    text_free(&colored);
    return status;
}

// ---- life

void process_open(Process *process, CoilConfig *config) {
    coil_config_open(config);
    pthread_mutex_init(&process->terminal, NULL);
    config->user = process;
    config->write = hook_write;
    config->flush = hook_flush;
    config->read = hook_read;
    config->ask = hook_ask;
    config->signal_action = signals_action;
    process->at_line_start = true;
}

void process_close(Process *process) {
    text_free(&process->input);
    text_free(&process->partial);
    pthread_mutex_destroy(&process->terminal);
}
