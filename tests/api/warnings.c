// The hook for warnings: told of those that the filters let through, from Python, from the compiler and from built-in functions; may let them
// be shown, raise, call into the VM, and be taken out; what scripts do with their warnings themselves goes before it.
#include "api_test.h"

typedef struct Log {
    char text[4096];
    size_t size;
    CoilStatus answer;
    bool raise_warning, warn_again;
} Log;

static CoilStatus record(CoilVM *vm, const CoilWarning *warning, void *user) {
    Log *log = user;
    log->size += (size_t)snprintf(log->text + log->size, sizeof log->text - log->size, "%s:%d:%s:%s\n", warning->file, warning->line, warning->category, warning->text);
    CoilValue base = coil_eval(vm, "Warning");
    CHECK(coil_is_instance(vm, warning->warning, base) == 1);
    if (log->warn_again) {
        CoilValue text = coil_text(vm, "from the warner");
        CHECK(!coil_is_error(coil_call(vm, coil_get_attr(vm, coil_import(vm, "warnings"), "warn"), &text, 1)));
    }
    if (log->raise_warning) {
        (void)coil_raise_value(vm, warning->warning);
        return COIL_RAISED;
    }
    return log->answer;
}

static void expect(Log *log, const char *wanted) {
    if (strcmp(log->text, wanted) != 0) {
        fprintf(stderr, "wanted:\n%sgot:\n%s", wanted, log->text);
        exit(1);
    }
    log->size = 0;
    log->text[0] = 0;
}

// Since the last time, on standard error.
static const char *shown(CoilVM *vm, Host *host) {
    static char text[8192];
    coil_flush(vm);
    memcpy(text, host->output[1], host->written[1]);
    text[host->written[1]] = 0;
    host->written[1] = 0;
    return text;
}

// Before any script has imported the module `warnings`, and after that.
static void all_sources(CoilVM *vm, Host *host, Log *log) {
    CHECK(host_run(vm, "y = 0 is 0\nz = not NotImplemented\n") == COIL_OK);
    expect(log, "<test>:1:SyntaxWarning:\"is\" with a literal. Did you mean \"==\"?\n"
                "<test>:2:DeprecationWarning:NotImplemented should not be used in a boolean context\n");
    CHECK(shown(vm, host)[0] == 0);
    log->answer = COIL_ABSENT;
    CHECK(host_run(vm, "\ny = 0 is 0\n") == COIL_OK);
    expect(log, "<test>:2:SyntaxWarning:\"is\" with a literal. Did you mean \"==\"?\n");
    CHECK(strcmp(shown(vm, host), "<test>:2: SyntaxWarning: \"is\" with a literal. Did you mean \"==\"?\n") == 0);
    log->answer = COIL_OK;
    log->raise_warning = true;
    CHECK(host_run(vm, "\n\nz = not NotImplemented\n") == COIL_RAISED);
    CHECK(coil_exception_matches(vm, "DeprecationWarning"));
    coil_exception_clear(vm);
    log->raise_warning = false;
    expect(log, "<test>:3:DeprecationWarning:NotImplemented should not be used in a boolean context\n");
}

static void python_warnings(CoilVM *vm, Host *host, Log *log) {
    CHECK(host_run(vm, "import warnings\nclass Own(UserWarning): pass\nfor i in range(3): warnings.warn('text', Own)\nwarnings.warn('far', stacklevel=9)\n") == COIL_OK);
    expect(log, "<test>:3:Own:text\nsys:1:UserWarning:far\n");
    // Filters, recording and replaced functions of scripts go before the hook.
    CHECK(host_run(vm, "with warnings.catch_warnings(record=True) as seen:\n    warnings.warn('recorded')\nassert len(seen) == 1\n"
                       "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    warnings.warn('ignored')\n"
                       "warnings.warn('not from main', ImportWarning)\nmine = []\n"
                       "with warnings.catch_warnings():\n    warnings.showwarning = lambda *a: mine.append(str(a[0]))\n    warnings.warn('replaced')\n"
                       "assert mine == ['replaced']\n"
                       "try:\n    with warnings.catch_warnings():\n        warnings.simplefilter('error')\n        warnings.warn('raised')\n"
                       "except UserWarning as e: assert str(e) == 'raised'\n") == COIL_OK);
    expect(log, "");
    CHECK(host_run(vm, "warnings.showwarning('asked for', RuntimeWarning, 'x.py', 7)\n") == COIL_OK);
    expect(log, "x.py:7:RuntimeWarning:asked for\n");
    // A warner that warns: shown, not told to itself for ever.
    log->warn_again = true;
    CHECK(host_run(vm, "warnings.warn('once')\n") == COIL_OK);
    log->warn_again = false;
    expect(log, "<test>:1:UserWarning:once\n");
    CHECK(strstr(shown(vm, host), "UserWarning: from the warner\n") != NULL);
    // No str() to be had, and a failure without an exception.
    CHECK(host_run(vm, "class Mute(UserWarning):\n    def __str__(self): 1 / 0\ntry: warnings.warn_explicit(Mute(), None, 'f.py', 3)\nexcept ZeroDivisionError: pass\n") == COIL_OK);
    expect(log, "");
    log->answer = COIL_RAISED;
    CHECK(host_run(vm, "warnings.warn('failing')\n") == COIL_RAISED && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    log->answer = COIL_OK;
    expect(log, "<test>:1:UserWarning:failing\n");
    CHECK(shown(vm, host)[0] == 0);
}

int main(void) {
    Host host = {0};
    Log log = {0};
    CoilVM *vm = host_open(&host, NULL);
    coil_on_warning(vm, record, &log);
    all_sources(vm, &host, &log);
    python_warnings(vm, &host, &log);
    // An awaitable that nobody awaits: told when it is found.
    CHECK(host_run(vm, "async def never(): pass\nnever()\nimport gc\nfor i in range(3): gc.collect()\n") == COIL_OK);
    coil_on_warning(vm, NULL, NULL);
    log.size = 0;
    CHECK(host_run(vm, "\n\n\n\nwarnings.warn('shown again')\n") == COIL_OK);
    CHECK(log.size == 0 && strstr(shown(vm, &host), "<test>:5: UserWarning: shown again\n") != NULL);
    coil_close(vm);
    CHECK(host.bytes == 0);

    // While the VM closes.
    log = (Log){0};
    vm = host_open(&host, NULL);
    coil_on_warning(vm, record, &log);
    CHECK(host_run(vm, "async def never(): pass\nkept = never()\n") == COIL_OK);
    coil_close(vm);
    CHECK(strstr(log.text, "RuntimeWarning:coroutine 'never' was never awaited\n") != NULL);
    CHECK(host.bytes == 0);
    puts("warnings: ok");
    return 0;
}
