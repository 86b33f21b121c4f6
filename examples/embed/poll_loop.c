// A host with a poll() loop of its own that drives Coil's event loop: one poll() waits for the host's descriptors, for what Coil's loop would
// wait for, and no longer than until Coil's next timer.
#include <coil.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DESCRIPTORS_MAX = 64 };

static const char script[] =
    "import asyncio\n"
    "lines = asyncio.Queue()\n"
    "async def reader():\n"
    "    while (line := await lines.get()) != 'quit':\n"
    "        print('script got', line)\n"
    "    print('script quits')\n"
    "async def ticker():\n"
    "    for i in range(3):\n"
    "        await asyncio.sleep(0.01)\n"
    "        print('tick', i)\n"
    "        sent(i)\n"
    "def on_line(line): lines.put_nowait(line)\n";

// The script asks the host to write into the pipe at whose other end the host listens.
static CoilValue sent(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    static const char *const lines[] = {"one", "two", "quit"};
    int64_t i;
    if (coil_read_int(vm, args[0], &i) != COIL_OK) return coil_error();
    const char *line = lines[i % 3];
    if (write(*(int *)user, line, strlen(line)) < 0) return coil_raise(vm, "OSError", "the pipe is closed");
    return coil_none(vm);
}

static bool feed(CoilVM *vm, const char *text, size_t size) {
    size_t scope = coil_scope_open(vm);
    CoilValue line = coil_str(vm, text, size);
    bool ok = !coil_is_error(coil_call(vm, coil_get_global(vm, "on_line"), &line, 1));
    coil_scope_close(vm, scope);
    return ok;
}

static bool serve(CoilVM *vm, int input) {
    for (;;) {
        CoilLoopStep step;
        if (coil_loop_step(vm, 100, &step) != COIL_OK) return false;
        if (step.state == COIL_LOOP_DONE) return true;
        struct pollfd descriptors[DESCRIPTORS_MAX + 1] = {{.fd = input, .events = POLLIN}};
        size_t count = step.descriptor_count < DESCRIPTORS_MAX ? step.descriptor_count : DESCRIPTORS_MAX;
        for (size_t i = 0; i < count; i++) {
            const CoilDescriptor *wanted = &step.descriptors[i];
            descriptors[i + 1] = (struct pollfd){.fd = wanted->fd, .events = (short)((wanted->read ? POLLIN : 0) | (wanted->write ? POLLOUT : 0))};
        }
        int timeout_ms = step.state == COIL_LOOP_READY ? 0 : step.wait_seconds < 0 ? 1000 : (int)(step.wait_seconds * 1000 + 0.999);
        if (poll(descriptors, (nfds_t)count + 1, timeout_ms) < 0) return false;
        if (descriptors[0].revents & POLLIN) {
            char text[64];
            ssize_t size = read(input, text, sizeof text);
            if (size > 0 && !feed(vm, text, (size_t)size)) return false;
        }
    }
}

int main(void) {
    int ends[2];
    if (pipe(ends) != 0) return 1;
    CoilConfig config = {.open_clock = true};
    coil_config_open(&config);
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;
    int status = 0;
    if (coil_set_global(vm, "sent", coil_function(vm, "sent(i, /)", sent, NULL, &ends[1])) != COIL_OK ||
        coil_run(vm, script, sizeof script - 1, "<poll>", COIL_EXEC, 0) != COIL_OK ||
        coil_is_error(coil_start(vm, coil_eval(vm, "reader()"), NULL, NULL)) || coil_is_error(coil_start(vm, coil_eval(vm, "ticker()"), NULL, NULL)) ||
        !serve(vm, ends[0]))
        status = coil_report(vm);
    coil_flush(vm);
    printf("nothing left to do\n");
    coil_close(vm);
    close(ends[0]);
    close(ends[1]);
    return status;
}
