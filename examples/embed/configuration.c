// A configuration reader: the file is Python, and what it may use is little: no imports from outside, no files, half a second, 16 MB.
// The host reads values out of the namespace that it ran in, and says where things are wrong.
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Settings {
    char host[64];
    int64_t port;
    double timeout;
    bool verbose;
} Settings;

static bool read_settings(CoilVM *vm, CoilValue names, Settings *out) {
    CoilValue value;
    const char *text;
    CoilStatus status = coil_find_key(vm, names, "host", &value);
    if (status == COIL_RAISED || (status == COIL_OK && coil_read_str(vm, value, &text, NULL) != COIL_OK)) return false;
    if (status == COIL_OK) snprintf(out->host, sizeof out->host, "%s", text);
    status = coil_find_key(vm, names, "port", &value);
    if (status == COIL_RAISED || (status == COIL_OK && coil_read_int(vm, value, &out->port) != COIL_OK)) return false;
    if (out->port < 1 || out->port > 65535) return coil_raise_format(vm, "ValueError", "port %lld is none", (long long)out->port), false;
    status = coil_find_key(vm, names, "timeout", &value);
    if (status == COIL_RAISED || (status == COIL_OK && coil_read_float(vm, value, &out->timeout) != COIL_OK)) return false;
    status = coil_find_key(vm, names, "verbose", &value);
    return status == COIL_ABSENT || (status == COIL_OK && coil_read_bool(vm, value, &out->verbose) == COIL_OK);
}

static void tell(CoilVM *vm) {
    CoilError error;
    CoilValue exception = coil_exception_take(vm);
    if (coil_exception_describe(vm, exception, &error) != COIL_OK) return;
    const CoilFrame *last = error.frame_count > 0 ? &error.frames[error.frame_count - 1] : NULL;
    if (last != NULL) printf("%s:%d: ", last->file, last->line);
    printf("%s: %s\n", error.type, error.message);
}

static bool load(const char *text, const char *filename, Settings *out) {
    CoilConfig config = {.limits = {.memory_bytes = 16 << 20, .time_ns = 500 * 1000 * 1000}};
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return false;
    *out = (Settings){.host = "localhost", .port = 80, .timeout = 1.0};
    CoilValue names = coil_namespace(vm, "configuration");
    bool ok = !coil_is_error(coil_run_in(vm, names, text, strlen(text), filename, COIL_EXEC)) && read_settings(vm, names, out);
    if (!ok) tell(vm);
    coil_close(vm);
    return ok;
}

int main(void) {
    static const struct { const char *filename, *text; } files[] = {
        {"good.conf", "base = 8000\nport = base + 80\nhost = '.'.join(['www', 'example', 'org'])\ntimeout = sum([0.5] * 4)\nverbose = port > 1024\n"},
        {"defaults.conf", "# nothing\n"},
        {"type.conf", "port = 'eighty'\n"},
        {"range.conf", "port = 10 ** 6\n"},
        {"syntax.conf", "host = 'a'\nport = = 1\n"},
        {"name.conf", "host = 'a'\nport = bse + 80\n"},
        {"import.conf", "import os_of_the_host\n"},
        {"files.conf", "open('/etc/passwd')\n"},
        {"endless.conf", "while True: pass\n"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        Settings settings;
        printf("%s\n  ", files[i].filename);
        if (load(files[i].text, files[i].filename, &settings))
            printf("%s:%lld, %.1f s%s\n", settings.host, (long long)settings.port, settings.timeout, settings.verbose ? ", verbose" : "");
    }
    return 0;
}
