// What stands around the scripts: the library's version, the host's pointer, folders to import from and modules to run, output that fails, ints of
// any size from text and bytes, the collector's switch and its counts, the loop's tree of tasks.
#include "api_test.h"

// ---- files that stand in memory

typedef struct Files { Host host; CoilVM *vm; int failing; } Files;   // Host comes first: host_write() and host_allocate() are given the same pointer

static const struct { const char *path, *text; } files[] = {
    {"/lib/tool.py", "import sys\nprint(__name__, sys.argv)\nvalue = 5\n"},
    {"/lib/bad.py", "1 / 0\n"},
    {"/more/tool.py", "value = 6\n"},
};

static int file_kind(void *user, const char *path) {
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        size_t size = strlen(path);
        if (strcmp(files[i].path, path) == 0) return COIL_FILE_PLAIN;
        if (strncmp(files[i].path, path, size) == 0 && files[i].path[size] == '/') return COIL_FILE_DIRECTORY;
    }
    return COIL_FILE_NONE;
}

static char *file_read(void *user, const char *path, size_t *out_size) {
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(files[i].path, path) != 0) continue;
        *out_size = strlen(files[i].text);
        return (char *)(uintptr_t)files[i].text;
    }
    return NULL;
}

static void file_release(void *user, char *data, size_t size) {}

static void write_or_fail(void *user, int stream, const char *text, size_t size) {
    Files *f = user;
    if (f->failing != 0 && stream == 1) coil_output_failed(f->vm, f->failing);
    else host_write(user, stream, text, size);
}

static void folders_and_modules(void) {
    Files f = {0};
    CoilConfig config = {.file_kind = file_kind, .file_read = file_read, .file_release = file_release, .allocate = host_allocate, .write = write_or_fail, .user = &f};
    CoilVM *vm = f.vm = coil_new(&config);
    CHECK(vm != NULL && coil_user(vm) == &f);
    CHECK(coil_run_module(vm, "tool") == COIL_RAISED && coil_exception_matches(vm, "ImportError"));
    coil_exception_clear(vm);
    const char *const argv[] = {"tool", "-x"};
    CHECK(coil_set_argv(vm, 2, argv) == COIL_OK && coil_add_path(vm, "/lib", true) == COIL_OK);
    CHECK(coil_run_module(vm, "tool") == COIL_OK);
    CHECK(strcmp(host_output(vm, &f.host), "__main__ ['/lib/tool.py', '-x']\n") == 0);
    CHECK(coil_run_module(vm, "bad") == COIL_RAISED && coil_exception_matches(vm, "ZeroDivisionError"));
    coil_exception_clear(vm);
    CHECK(coil_run_module(vm, "no_such") == COIL_RAISED && coil_exception_matches(vm, "ImportError"));
    coil_exception_clear(vm);
    // In front of the others, and behind them.
    CHECK(coil_add_path(vm, "/more", false) == COIL_OK && host_run(vm, "import sys, tool\nassert tool.value == 5\ndel sys.modules['tool']") == COIL_OK);
    CHECK(coil_add_path(vm, "/more", true) == COIL_OK && host_run(vm, "import tool\nassert tool.value == 6") == COIL_OK);
    f.host.written[0] = 0;

    f.failing = 28;   // ENOSPC
    CHECK(host_run(vm, "import sys\ntry:\n    print('lost', flush=True)\nexcept OSError as e: failed = e.errno\n") == COIL_OK);
    f.failing = 32;   // EPIPE
    CHECK(host_run(vm, "try:\n    print('lost', flush=True)\nexcept BrokenPipeError as e: pipe = e.errno\nassert (failed, pipe) == (28, 32)") == COIL_OK);
    f.failing = 0;
    CHECK(host_run(vm, "print('kept')") == COIL_OK && strstr(host_output(vm, &f.host), "kept\n") != NULL);
    coil_close(vm);
    CHECK(f.host.bytes == 0);
}

// ---- ints of any size

static void expect_text(CoilVM *vm, CoilValue v, const char *wanted) {
    const char *text;
    CHECK(coil_read_str(vm, coil_repr(vm, v), &text, NULL) == COIL_OK);
    CHECK(strcmp(text, wanted) == 0);
}

static void big_ints(CoilVM *vm) {
    const char *digits = "123456789012345678901234567890";
    expect_text(vm, coil_int_from_text(vm, digits, strlen(digits), 10), digits);
    expect_text(vm, coil_int_from_text(vm, " -0xff ", 7, 0), "-255");
    expect_text(vm, coil_int_from_text(vm, "zz", 2, 36), "1295");
    CHECK(coil_is_error(coil_int_from_text(vm, "12a", 3, 10)) && coil_exception_matches(vm, "ValueError"));
    CHECK(coil_is_error(coil_int_from_text(vm, "1", 1, 1)) && coil_exception_matches(vm, "ValueError"));
    CHECK(coil_is_error(coil_int_from_text(vm, "", 0, 10)) && coil_exception_matches(vm, "ValueError"));
    coil_exception_clear(vm);
    const uint8_t bytes[9] = {1, 0, 0, 0, 0, 0, 0, 0, 0x80};
    expect_text(vm, coil_int_from_bytes(vm, bytes, 9, false), "2361183241434822606849");
    expect_text(vm, coil_int_from_bytes(vm, bytes, 9, true), "-2361183241434822606847");
    expect_text(vm, coil_int_from_bytes(vm, bytes, 0, true), "0");
    uint64_t back;
    expect_text(vm, coil_uint(vm, UINT64_MAX), "18446744073709551615");
    CHECK(coil_read_uint(vm, coil_uint(vm, UINT64_MAX), &back) == COIL_OK && back == UINT64_MAX);
    CHECK(coil_read_uint(vm, coil_uint(vm, 0), &back) == COIL_OK && back == 0);
}

// ---- the collector

static void collector(CoilVM *vm) {
    CHECK(coil_collect_automatically(vm, false) == true);
    CoilHeapStats before = coil_heap_stats(vm);
    CHECK(host_run(vm, "for i in range(200000): x = [i]\nx = None") == COIL_OK);
    CoilHeapStats full = coil_heap_stats(vm);
    CHECK(full.young_collections == before.young_collections && full.full_collections == before.full_collections && full.bytes > before.bytes);
    CHECK(full.peak_bytes >= full.bytes && full.allocated_bytes > before.allocated_bytes);
    coil_collect(vm);
    CoilHeapStats after = coil_heap_stats(vm);
    CHECK(after.full_collections > full.full_collections && after.allocated_bytes < full.allocated_bytes);
    CHECK(coil_collect_automatically(vm, true) == false);
    CHECK(host_run(vm, "for i in range(500000): x = [i]\n") == COIL_OK);
    CHECK(coil_heap_stats(vm).young_collections > after.young_collections);
}

// ---- the loop

static CoilValue show(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    coil_show_tasks(vm);
    return coil_none(vm);
}

static void futures_and_tasks(CoilVM *vm, Host *host) {
    CoilValue awaitable, result;
    CoilFuture *future = coil_future(vm, &awaitable);
    CHECK(future != NULL);
    (void)coil_raise(vm, "KeyError", "gone");
    CHECK(coil_future_set_pending(vm, future) == COIL_OK && !coil_exception_pending(vm));
    CHECK(coil_run_until(vm, awaitable, 0, &result) == COIL_RAISED && coil_exception_matches(vm, "KeyError"));
    coil_exception_clear(vm);
    CHECK((future = coil_future(vm, &awaitable)) != NULL);
    CHECK(coil_future_set_pending(vm, future) == COIL_OK);   // nothing is pending: as good as dropped
    CHECK(coil_run_until(vm, awaitable, 0, &result) == COIL_RAISED && coil_exception_matches(vm, "RuntimeError"));
    coil_exception_clear(vm);

    CHECK(coil_set_global(vm, "show", coil_function(vm, "show()", show, NULL, NULL)) == COIL_OK);
    CHECK(host_run(vm, "import asyncio\nasync def sleeper():\n    show()\n    await asyncio.sleep(0.001)\nasync def waits_for_it():\n    await asyncio.create_task(sleeper(), name='inner')\n") == COIL_OK);
    host->written[1] = 0;
    CHECK(coil_run_until(vm, coil_eval(vm, "waits_for_it()"), COIL_FOREVER, NULL) == COIL_OK);
    coil_flush(vm);
    host->output[1][host->written[1]] = 0;
    CHECK(strstr(host->output[1], "waits_for_it") != NULL);
}

int main(void) {
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", COIL_VERSION_MAJOR, COIL_VERSION_MINOR, COIL_VERSION_PATCH);
    CHECK(strcmp(coil_version(), version) == 0);
    folders_and_modules();
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(coil_user(vm) == &host);
    big_ints(vm);
    collector(vm);
    futures_and_tasks(vm, &host);
    coil_close(vm);
    CHECK(host.bytes == 0);
    puts("surroundings: ok");
    return 0;
}
