// What all line editors share: see line.h.
#include "repl/line.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void completions_free(Completions *completions) {
    for (size_t i = 0; i < completions->count; i++) free(completions->items[i]);
    free(completions->items);
    *completions = (Completions){0};
}

size_t completions_common(const Completions *completions) {
    size_t common = completions->count > 0 ? strlen(completions->items[0]) : 0;
    for (size_t i = 1; i < completions->count; i++) {
        size_t same = 0;
        while (same < common && completions->items[i][same] == completions->items[0][same]) same++;
        common = same;
    }
    // Not in the middle of a character.
    while (common > 0 && (completions->items[0][common] & 0xc0) == 0x80) common--;
    return common;
}

static bool is_terminal_for_editing(void) {
    const char *term = getenv("TERM");
    return isatty(0) && isatty(1) && term != NULL && *term != 0 && strcmp(term, "dumb") != 0;
}

LineEditor *line_open(const LineHost *host, const char *wanted) {
    static const LineEditorType *const types[] = {&line_readline, &line_builtin, &line_plain};
    enum { COUNT = sizeof types / sizeof types[0] };
    size_t first = is_terminal_for_editing() ? 0 : COUNT - 1;
    for (size_t i = first; wanted != NULL && i < COUNT; i++)
        if (strcmp(types[i]->name, wanted) == 0) first = i;
    for (size_t i = first; i < COUNT; i++) {
        LineEditor *editor = types[i]->open != NULL ? types[i]->open(host) : NULL;
        if (editor == NULL) continue;
        editor->type = types[i];
        editor->host = *host;
        return editor;
    }
    return NULL;
}

void line_take_typed_ahead(const LineHost *host) {
    int waiting = 0;
    char buffer[4096];
    if (ioctl(0, FIONREAD, &waiting) != 0 || waiting <= 0) return;
    ssize_t count = read(0, buffer, (size_t)waiting < sizeof buffer ? (size_t)waiting : sizeof buffer);
    // Of a Ctrl-D that ended a line of the terminal's own there is a zero left.
    for (ssize_t i = 0; i < count; i++)
        if (buffer[i] == 0) buffer[i] = 4;
    if (count > 0) text_add(&host->process->input, buffer, (size_t)count);
}

bool line_input_comes(int timeout_ms) {
    struct pollfd look = {.fd = 0, .events = POLLIN};
    return poll(&look, 1, timeout_ms) > 0;
}

bool line_wait_more(const LineHost *host, int timeout_ms) {
    struct pollfd wait = {.fd = 0, .events = POLLIN};
    return poll(&wait, 1, timeout_ms) > 0 && process_fill(host->process);
}

typedef struct Wait { struct pollfd *polls; size_t count; int timeout_ms, ready, error; } Wait;

static void wait_begin(void *user) {
    Wait *wait = user;
    wait->ready = signals_poll(wait->polls, wait->count, wait->timeout_ms);
    wait->error = errno;
}

// Threads run while keys are waited for. An editor that input() has called is outside of the VM already and keeps the
// terminal to itself.
static int poll_outside(LineEditor *editor, struct pollfd *polls, size_t count, int timeout_ms) {
    Process *process = editor->host.process;
    Wait wait = {.polls = polls, .count = count, .timeout_ms = timeout_ms};
    process->waiting = true;
    if (editor->asks) {
        pthread_mutex_unlock(&process->terminal);
        wait_begin(&wait);
        pthread_mutex_lock(&process->terminal);
    } else {
        coil_while_outside(process->vm, wait_begin, &wait);
    }
    process->waiting = false;
    errno = wait.error;
    return wait.ready;
}

bool line_wait(LineEditor *editor) {
    const LineHost *host = &editor->host;
    enum { POLLS_MAX = 1024 };
    for (;;) {
        if (host->process->input.size > 0) return true;
        IdleWait idle = {.timeout_ms = -1};
        if (host->idle != NULL && !editor->asks) host->idle(host->user, &idle);
        if (editor->type->refresh != NULL) editor->type->refresh(editor);
        struct pollfd polls[POLLS_MAX] = {{.fd = 0, .events = POLLIN}};
        size_t count = idle.descriptor_count < POLLS_MAX - 1 ? idle.descriptor_count : POLLS_MAX - 1;
        for (size_t i = 0; i < count; i++) {
            const CoilDescriptor *d = &idle.descriptors[i];
            polls[i + 1] =
                (struct pollfd){.fd = d->fd, .events = (short)((d->read ? POLLIN : 0) | (d->write ? POLLOUT : 0))};
        }
        int ready = poll_outside(editor, polls, count + 1, idle.timeout_ms);
        if (ready < 0) return false;
        if (polls[0].revents != 0) return true;
    }
}
