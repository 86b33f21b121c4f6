// Hooks: a tracer written in C sees calls, lines, returns and exceptions, may look at locals, raise, and be taken out.
#include "api_test.h"

typedef struct Log {
    char text[4096];
    size_t size;
    int raise_at_line;
    bool look_at_locals;
} Log;

static CoilStatus record(CoilVM *vm, const CoilTraceInfo *info, void *user) {
    Log *log = user;
    const char *name = info->event == COIL_TRACE_CALL ? "call" : info->event == COIL_TRACE_LINE ? "line" : info->event == COIL_TRACE_RETURN ? "return" : "exception";
    log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "%s:%s:%d:%zu", name, info->function, info->line, info->depth);
    CHECK(strcmp(info->file, "<test>") == 0);
    if (info->event == COIL_TRACE_RETURN || info->event == COIL_TRACE_EXCEPTION) {
        const char *text;
        size_t size;
        CoilValue shown = coil_repr(vm, info->value);
        CHECK(!coil_is_error(shown) && coil_read_str(vm, shown, &text, &size) == COIL_OK);
        log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "=%s", text);
    } else {
        CHECK(coil_is_error(info->value));
    }
    if (log->look_at_locals && info->event == COIL_TRACE_LINE) {
        const char *text;
        size_t size;
        CoilValue shown = coil_repr(vm, coil_frame_locals(vm, info->depth));
        CHECK(!coil_is_error(shown) && coil_read_str(vm, shown, &text, &size) == COIL_OK);
        log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "=%s", text);
    }
    log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "\n");
    if (info->event != COIL_TRACE_LINE || info->line != log->raise_at_line) return COIL_OK;
    (void)coil_raise(vm, "KeyError", "from the tracer");
    return COIL_RAISED;
}

static void expect(Log *log, const char *wanted) {
    if (strcmp(log->text, wanted) != 0) {
        fprintf(stderr, "wanted:\n%sgot:\n%s", wanted, log->text);
        exit(1);
    }
    *log = (Log){.raise_at_line = -1};
}

int main(void) {
    Host host = {0};
    Log log = {.raise_at_line = -1};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(host_run(vm, "def f(n):\n    a = n + 1\n    return g(a)\ndef g(n):\n    return 10 // n\ndef gen():\n    yield 1\n    yield 2\n") == COIL_OK);
    const unsigned all = COIL_TRACE_CALL | COIL_TRACE_LINE | COIL_TRACE_RETURN | COIL_TRACE_EXCEPTION;

    coil_trace(vm, all, record, &log);
    CHECK(host_run(vm, "f(1)") == COIL_OK);
    expect(&log, "call:<module>:1:1\nline:<module>:1:1\ncall:f:1:2\nline:f:2:2\nline:f:3:2\ncall:g:4:3\nline:g:5:3\nreturn:g:5:3=5\nreturn:f:3:2=5\nreturn:<module>:1:1=None\n");

    CHECK(host_run(vm, "f(-1)") == COIL_RAISED);
    CHECK(coil_exception_matches(vm, "ZeroDivisionError"));
    CHECK(!coil_is_error(coil_exception_take(vm)));
    const char *zero = "ZeroDivisionError('integer division or modulo by zero')";
    char wanted[1024];
    snprintf(wanted, sizeof wanted,
             "call:<module>:1:1\nline:<module>:1:1\ncall:f:1:2\nline:f:2:2\nline:f:3:2\ncall:g:4:3\nline:g:5:3\nexception:g:5:3=%s\nreturn:g:5:3=None\n"
             "exception:f:3:2=%s\nreturn:f:3:2=None\nexception:<module>:1:1=%s\nreturn:<module>:1:1=None\n", zero, zero, zero);
    expect(&log, wanted);

    coil_trace(vm, COIL_TRACE_CALL | COIL_TRACE_RETURN, record, &log);
    CHECK(host_run(vm, "sum(gen())") == COIL_OK);
    expect(&log, "call:<module>:1:1\ncall:gen:6:2\nreturn:gen:7:2=1\ncall:gen:7:2\nreturn:gen:8:2=2\ncall:gen:8:2\nreturn:gen:8:2=None\nreturn:<module>:1:1=None\n");

    log.look_at_locals = true;
    coil_trace(vm, COIL_TRACE_LINE, record, &log);
    CoilValue one = coil_int(vm, 1), f = coil_get_global(vm, "f");
    CHECK(!coil_is_error(one) && !coil_is_error(coil_call(vm, f, &one, 1)));
    expect(&log, "line:f:2:1={'n': 1}\nline:f:3:1={'n': 1, 'a': 2}\nline:g:5:2={'n': 2}\n");
    CHECK(coil_is_error(coil_frame_locals(vm, 1)) && coil_exception_matches(vm, "ValueError"));
    CHECK(!coil_is_error(coil_exception_take(vm)));

    // What the tracer raises is raised where the script stands, and can be caught there.
    log.raise_at_line = 5;
    CHECK(host_run(vm, "try:\n  f(1)\nexcept KeyError as e:\n  caught = str(e)") == COIL_OK);
    log = (Log){.raise_at_line = -1};
    coil_trace(vm, 0, NULL, NULL);
    CHECK(host_run(vm, "assert caught == repr('from the tracer'), caught\nf(2)") == COIL_OK);
    CHECK(log.size == 0);

    // Begun while a script runs; scripts trace beside it.
    coil_trace(vm, COIL_TRACE_CALL, record, &log);
    CHECK(host_run(vm, "import sys\nseen = []\nsys.settrace(lambda frame, event, arg: seen.append(event))\nf(1)\nsys.settrace(None)\nassert seen == ['call', 'call'], seen\n") == COIL_OK);
    CHECK(strstr(log.text, "call:f:1:2\n") != NULL && strstr(log.text, "call:g:4:3\n") != NULL && strstr(log.text, "lambda") == NULL);
    coil_trace(vm, 0, NULL, NULL);

    coil_close(vm);
    CHECK(host.bytes == 0);
    puts("hooks: ok");
    return 0;
}
