// Completion: see complete.h. Files and folders are looked at here, everything that needs the program's objects is
// asked of the module _repl, which is Python (stdlib/_repl.py).
#include "repl/complete.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "repl/commands.h"
#include "repl/highlight.h"

enum { ITEMS_MAX = 2000 };

static bool add(Completions *out, const char *text, size_t size) {
    if (out->count == ITEMS_MAX) return true;
    if (out->count % 64 == 0) {
        char **grown = realloc(out->items, (out->count + 64) * sizeof *grown);
        if (grown == NULL) return false;
        out->items = grown;
    }
    char *copy = strndup(text, size);
    if (copy == NULL) return false;
    out->items[out->count++] = copy;
    return true;
}

static int compare_items(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

// ---- files

// `text` is what stands in the string so far: a path. Folders get a slash.
static void complete_file(const char *text, size_t size, Completions *out) {
    size_t slash = size;
    while (slash > 0 && text[slash - 1] != '/') slash--;
    const char *home = size > 1 && text[0] == '~' && text[1] == '/' ? getenv("HOME") : NULL;
    Text folder = {0}, path = {0};
    if (home != NULL) text_addf(&folder, "%s", home);
    text_add(&folder, text + (home != NULL), slash - (home != NULL));
    if (folder.size == 0) text_add_c(&folder, "./");
    DIR *directory = opendir(folder.data);
    struct dirent *entry;
    out->start += slash;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        if (strncmp(name, text + slash, size - slash) != 0) continue;
        if (name[0] == '.' && (size == slash || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)) continue;
        struct stat status;
        text_set(&path, folder.data, folder.size);
        text_addf(&path, "/%s", name);
        bool is_folder = stat(path.data, &status) == 0 && S_ISDIR(status.st_mode);
        text_set(&path, name, strlen(name));
        if (is_folder) text_add_char(&path, '/');
        add(out, path.data, path.size);
    }
    if (directory != NULL) closedir(directory);
    text_free(&folder);
    text_free(&path);
}

// Names of modules in a folder of sys.path, one a line; `package` is the dotted name's folder part ("a/b/").
static void list_modules(const char *folder, const char *package, Text *out) {
    Text path = {0};
    text_addf(&path, "%s/%s", *folder != 0 ? folder : ".", package);
    DIR *directory = path.data != NULL ? opendir(path.data) : NULL;
    struct dirent *entry;
    size_t base = path.size;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        size_t length = strlen(name);
        struct stat status;
        if (length > 3 && strcmp(name + length - 3, ".py") == 0 && strcmp(name, "__init__.py") != 0) {
            if (memchr(name, '.', length - 3) == NULL && memchr(name, '-', length - 3) == NULL)
                text_addf(out, "%.*s\n", (int)length - 3, name);
        } else if (strchr(name, '.') == NULL) {
            path.size = base;
            text_addf(&path, "/%s/__init__.py", name);
            if (stat(path.data, &status) == 0) text_addf(out, "%s\n", name);
        }
    }
    if (directory != NULL) closedir(directory);
    text_free(&path);
}

// ---- what Python knows

// Calls _repl.complete(line, modules): (how many characters to replace, [texts]).
static bool ask_python(CoilVM *vm, const char *line, size_t size, const Text *modules, Completions *out) {
    CoilValue module = coil_import(vm, "_repl"),
              function = coil_is_error(module) ? module : coil_get_attr(vm, module, "complete");
    CoilValue args[2] = {coil_is_error(function) ? function : coil_str(vm, line, size),
                         coil_str(vm, text_c(modules), modules->size)};
    if (coil_is_error(function) || coil_is_error(args[0]) || coil_is_error(args[1])) return false;
    CoilValue result = coil_call(vm, function, args, 2);
    int64_t replaced;
    CoilValue index = coil_is_error(result) ? result : coil_int(vm, 0),
              one = coil_is_error(result) ? result : coil_int(vm, 1);
    if (coil_is_error(index) || coil_is_error(one)) return false;
    CoilValue first = coil_get_item(vm, result, index),
              items = coil_is_error(first) ? first : coil_get_item(vm, result, one);
    if (coil_is_error(items) || coil_read_int(vm, first, &replaced) != COIL_OK) return false;
    ptrdiff_t count = coil_length(vm, items);
    for (ptrdiff_t i = 0; i < count; i++) {
        size_t scope = coil_scope_open(vm), length;
        const char *text;
        CoilValue at = coil_int(vm, i), item = coil_is_error(at) ? at : coil_get_item(vm, items, at);
        if (coil_is_error(item) || coil_read_str(vm, item, &text, &length) != COIL_OK || !add(out, text, length))
            return false;
        coil_scope_close(vm, scope);
    }
    // Characters to bytes.
    size_t at = size;
    for (; replaced > 0 && at > 0; replaced--)
        do at--; while (at > 0 && ((unsigned char)line[at] & 0xc0) == 0x80);
    out->start += at;
    return count >= 0;
}

static bool begins_import(const char *line, size_t size) {
    while (size > 0 && (*line == ' ' || *line == '\t')) line++, size--;
    return (size > 7 && memcmp(line, "import ", 7) == 0) || (size > 5 && memcmp(line, "from ", 5) == 0);
}

// The modules that lie in the folders of sys.path; only wanted behind `import` and `from`.
static void gather_modules(CoilVM *vm, const char *line, size_t size, Text *out) {
    size_t word = size;
    while (word > 0 && line[word - 1] != ' ' && line[word - 1] != ',') word--;
    Text package = {0};
    text_add(&package, line + word, size - word);
    while (package.size > 0 && package.data[package.size - 1] != '.')
        text_remove(&package, package.size - 1, package.size);
    for (size_t i = 0; i < package.size; i++)
        if (package.data[i] == '.') package.data[i] = '/';
    CoilValue sys = coil_import(vm, "sys"), path = coil_is_error(sys) ? sys : coil_get_attr(vm, sys, "path");
    ptrdiff_t count = coil_is_error(path) ? 0 : coil_length(vm, path);
    for (ptrdiff_t i = 0; i < count; i++) {
        const char *folder;
        size_t length;
        CoilValue index = coil_int(vm, i), item = coil_is_error(index) ? index : coil_get_item(vm, path, index);
        if (!coil_is_error(item) && coil_read_str(vm, item, &folder, &length) == COIL_OK)
            list_modules(folder, text_c(&package), out);
    }
    text_free(&package);
}

static bool complete_python(CoilVM *vm, const char *line, size_t size, Completions *out) {
    size_t scope = coil_scope_open(vm);
    Text modules = {0};
    signals_set_running(true);
    if (begins_import(line, size)) gather_modules(vm, line, size, &modules);
    bool fine = ask_python(vm, line, size, &modules, out);
    if (!fine) (void)coil_exception_take(vm);
    signals_set_running(false);
    text_free(&modules);
    coil_scope_close(vm, scope);
    return fine;
}

// ---- which of them

// The string that the cursor is in is a dict's key: `d["na`.
static bool is_subscript(const char *text, size_t quote) {
    while (quote > 0 && strchr("rbfuRBFU", text[quote - 1]) != NULL && text[quote - 1] != 0) quote--;
    return quote > 1 && text[quote - 1] == '[' && strchr(" \t\n([{,=+-*/%<>!&|^~:;", text[quote - 2]) == NULL;
}

static void complete_command(const char *text, size_t size, Completions *out) {
    Text names = {0};
    commands_matching(text + 1, size - 1, &names);
    out->start = 1;
    for (size_t at = 0; at < names.size;) {
        size_t length = strcspn(names.data + at, "\n");
        add(out, names.data + at, length);
        at += length + 1;
    }
    text_free(&names);
}

bool complete_at(void *user, const char *text, size_t size, size_t cursor, Completions *out) {
    Process *process = *(Process **)user;
    ScanState state;
    (void)size;
    *out = (Completions){0};
    highlight_scan(text, cursor, NULL, &state);
    size_t line = cursor;
    while (line > 0 && text[line - 1] != '\n') line--;
    static const char load[] = ":load ";
    bool is_file = cursor > sizeof load - 1 && strncmp(text, load, sizeof load - 1) == 0;
    if (cursor > 0 && text[0] == ':' && memchr(text, ' ', cursor) == NULL) {
        complete_command(text, cursor, out);
    } else if (is_file) {
        out->start = sizeof load - 1;
        complete_file(text + out->start, cursor - out->start, out);
    } else if (state.in_string && (state.triple || !is_subscript(text, state.string_start - 1))) {
        out->start = state.string_start;
        complete_file(text + out->start, cursor - out->start, out);
    } else {
        size_t from = cursor > 0 && text[0] == ':' ? strcspn(text, " ") + 1 : line;
        out->start = from;
        complete_python(process->vm, text + from, cursor - from, out);
    }
    if (out->count > 1) qsort(out->items, out->count, sizeof *out->items, compare_items);
    return out->count > 0;
}
