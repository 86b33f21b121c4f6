// Long texts on a terminal: see pager.h.
#include "repl/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void screen_size(int *out_width, int *out_height) {
    struct winsize size;
    bool known = ioctl(1, TIOCGWINSZ, &size) == 0;
    *out_width = known && size.ws_col > 0 ? size.ws_col : 80;
    *out_height = known && size.ws_row > 2 ? size.ws_row : 24;
}

// The end of the line at `at`, as the terminal breaks it.
static size_t row_end(const char *text, size_t size, size_t at, int width) {
    int column = 0;
    while (at < size && text[at] != '\n') {
        size_t next;
        int wide = text[at] == '\t' ? 8 - column % 8 : text_width(text, size, at, &next);
        if (column + wide > width && column > 0) return at;
        column += wide;
        at = text[at] == '\t' ? at + 1 : next;
    }
    return at < size ? at + 1 : at;
}

static bool fits(const char *text, size_t size, int width, int height) {
    size_t at = 0;
    for (int row = 0; row < height - 1; row++) {
        at = row_end(text, size, at, width);
        if (at >= size) return true;
    }
    return false;
}

// A command of the shell that reads the text. False: it could not be run.
static bool show_with(const char *command, const char *text, size_t size) {
    FILE *pipe = popen(command, "w");
    if (pipe == NULL) return false;
    // Whoever leaves the pager early closes the pipe: that is no error.
    fwrite(text, 1, size, pipe);
    int status = pclose(pipe);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

static bool is_on_path(const char *name) {
    const char *path = getenv("PATH");
    char file[4096];
    while (path != NULL && *path != 0) {
        size_t size = strcspn(path, ":");
        snprintf(file, sizeof file, "%.*s/%s", (int)size, path, name);
        if (access(file, X_OK) == 0) return true;
        path += size + (path[size] == ':');
    }
    return false;
}

// One key, without Enter; 'q' when there is none to be had.
static char read_key(void) {
    struct termios cooked, raw;
    char key = 'q';
    if (tcgetattr(0, &cooked) != 0) return key;
    raw = cooked;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(0, TCSADRAIN, &raw);
    if (read(0, &key, 1) != 1) key = 'q';
    tcsetattr(0, TCSADRAIN, &cooked);
    return key;
}

static void show_ourselves(Process *process, const char *text, size_t size, int width, int height) {
    size_t at = 0;
    int rows = height - 1;
    for (;;) {
        size_t from = at;
        while (rows-- > 0 && at < size) at = row_end(text, size, at, width);
        process_write(process, 1, text + from, at - from);
        if (at >= size) break;
        if (text[at - 1] != '\n') process_print(process, "\n");
        process_print(process, "-- more (Space, Enter, q) --");
        char key = read_key();
        process_print(process, "\r\x1b[K");
        if (key == 'q' || key == 'Q' || key == 0x1b || key == 4) break;
        rows = key == '\r' || key == '\n' || key == 'j' ? 1 : height - 1;
    }
    if (size > 0 && text[size - 1] != '\n') process_print(process, "\n");
}

static CoilValue page(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Pager *pager = user;
    const char *text;
    size_t size;
    int width, height;
    (void)argc;
    if (coil_read_str(vm, args[0], &text, &size) != COIL_OK) return (CoilValue){NULL};
    coil_flush(vm);
    screen_size(&width, &height);
    if (fits(text, size, width, height)) return coil_bool(vm, false);
    signals_set_running(false);       // Ctrl-C is the pager's
    const char *command = pager->command != NULL ? pager->command : is_on_path("less") ? "less -R" : NULL;
    if (command == NULL || !show_with(command, text, size)) show_ourselves(pager->process, text, size, width, height);
    (void)signals_take();
    signals_set_running(true);
    return coil_bool(vm, true);
}

void pager_install(Pager *pager) {
    if (!isatty(0) || !isatty(1)) return;
    CoilVM *vm = pager->process->vm;
    size_t scope = coil_scope_open(vm);
    CoilValue builtins = coil_import(vm, "builtins"),
              help = coil_is_error(builtins) ? builtins : coil_get_attr(vm, builtins, "help");
    CoilValue function = coil_is_error(help)
                             ? help
                             : coil_function(vm, "pager(text, /)", page, "Show a text a screenful at a time.", pager);
    if (coil_is_error(function) || coil_set_attr(vm, help, "pager", function) != COIL_OK) (void)coil_exception_take(vm);
    coil_scope_close(vm, scope);
}
