// Hooks: a tracer written in C sees calls, lines, returns and exceptions, those of built-in and host functions as well, may look at locals, raise,
// and be taken out.
#include "api_test.h"

typedef struct Log {
    char text[4096];
    size_t size;
    int raise_at_line;
    bool look_at_locals;
} Log;

static const char *event_name(CoilTraceEvent event) {
    switch (event) {
    case COIL_TRACE_CALL: return "call";
    case COIL_TRACE_LINE: return "line";
    case COIL_TRACE_RETURN: return "return";
    case COIL_TRACE_EXCEPTION: return "exception";
    case COIL_TRACE_C_CALL: return "c_call";
    case COIL_TRACE_C_RETURN: return "c_return";
    case COIL_TRACE_C_EXCEPTION: return "c_exception";
    }
    return "?";
}

static CoilStatus record(CoilVM *vm, const CoilTraceInfo *info, void *user) {
    Log *log = user;
    const char *name = event_name(info->event);
    const unsigned with_value = COIL_TRACE_RETURN | COIL_TRACE_EXCEPTION | COIL_TRACE_C_RETURN | COIL_TRACE_C_EXCEPTION;
    CHECK(coil_is_error(info->callee) == (info->event < COIL_TRACE_C_CALL));
    CHECK(coil_is_error(info->callee) || coil_is_callable(vm, info->callee));
    log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "%s:%s:%d:%zu", name, info->function, info->line, info->depth);
    CHECK(strcmp(info->file, "<test>") == 0);
    if (info->event & with_value) {
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
    if (!(info->event & (COIL_TRACE_LINE | COIL_TRACE_C_CALL)) || info->line != log->raise_at_line) return COIL_OK;
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

static CoilValue twice(CoilVM *vm, const CoilValue *args, int argc, void *user) { return coil_operate(vm, args[0], COIL_ADD, args[0]); }

static void built_in_functions(CoilVM *vm, Log *log) {
    CHECK(coil_set_global(vm, "twice", coil_function(vm, "twice(x)", twice, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "def k(x):\n    a = [x]\n    a.append(twice(x=x))\n    return max(*a)\n") == COIL_OK);
    coil_trace(vm, COIL_TRACE_C_CALL | COIL_TRACE_C_RETURN | COIL_TRACE_C_EXCEPTION, record, log);
    CHECK(host_run(vm, "k(4)") == COIL_OK);
    expect(log, "c_call:twice:3:2\nc_return:twice:3:2=8\nc_call:list.append:3:2\nc_return:list.append:3:2=None\nc_call:max:4:2\nc_return:max:4:2=8\n");
    CHECK(host_run(vm, "k(None)") == COIL_RAISED && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    expect(log, "c_call:twice:3:2\nc_exception:twice:3:2=TypeError(\"unsupported operand type(s) for +: 'NoneType' and 'NoneType'\")\n");
    log->raise_at_line = 4;
    CHECK(host_run(vm, "k(1)") == COIL_RAISED && coil_exception_matches(vm, "KeyError"));
    coil_exception_clear(vm);
    *log = (Log){.raise_at_line = -1};
    coil_trace(vm, 0, NULL, NULL);
    CHECK(host_run(vm, "k(1)") == COIL_OK && log->size == 0);
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

    log = (Log){.raise_at_line = -1};
    built_in_functions(vm, &log);

    coil_close(vm);
    CHECK(host.bytes == 0);
    puts("hooks: ok");
    return 0;
}
