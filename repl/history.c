// History and its file: see history.h.
#include "repl/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/text.h"

enum { ENTRIES_MAX = 10000, FILE_MAX = 4 << 20 };

// ---- in memory

static bool remember(History *history, const char *text, size_t size) {
    if (history->count > 0) {
        const char *last = history->entries[history->count - 1];
        if (strlen(last) == size && memcmp(last, text, size) == 0) return false;
    }
    if (history->count == ENTRIES_MAX) {
        free(history->entries[0]);
        memmove(history->entries, history->entries + 1, --history->count * sizeof *history->entries);
    }
    if (history->count == history->capacity) {
        size_t capacity = history->capacity == 0 ? 64 : history->capacity * 2;
        char **grown = realloc(history->entries, capacity * sizeof *grown);
        if (grown == NULL) return false;
        history->entries = grown;
        history->capacity = capacity;
    }
    char *copy = strndup(text, size);
    if (copy == NULL) return false;
    history->entries[history->count++] = copy;
    return true;
}

// ---- the file

static void encode(Text *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n') text_add_c(out, "\\n");
        else if (text[i] == '\\') text_add_c(out, "\\\\");
        else text_add_char(out, text[i]);
    }
    text_add_char(out, '\n');
}

static void decode(Text *out, const char *line, size_t size) {
    text_clear(out);
    for (size_t i = 0; i < size;) {
        const char *backslash = memchr(line + i, '\\', size - i);
        size_t plain = backslash != NULL ? (size_t)(backslash - line) - i : size - i;
        text_add(out, line + i, plain);
        i += plain;
        if (i == size) break;
        char next = i + 1 < size ? line[i + 1] : 0;
        if (next == 'n') text_add_char(out, '\n');
        else if (next == '\\') text_add_char(out, '\\');
        else text_add(out, line + i, i + 1 < size ? 2 : 1);
        i += 2;
    }
}

static bool read_file(int file, Text *out) {
    char block[16384];
    ssize_t count;
    while ((count = read(file, block, sizeof block)) > 0 || (count < 0 && errno == EINTR))
        if (count > 0) text_add(out, block, (size_t)count);
    return count == 0 && !out->failed;
}

static bool write_file(int file, const Text *text) {
    for (size_t done = 0; done < text->size;) {
        ssize_t count = write(file, text->data + done, text->size - done);
        if (count > 0) done += (size_t)count;
        else if (count < 0 && errno != EINTR) return false;
    }
    return true;
}

// The newer half stays. The file is rewritten in place: whoever waits for the lock has it open already.
static void halve(int file) {
    Text text = {0};
    if (lseek(file, 0, SEEK_SET) == 0 && read_file(file, &text)) {
        const char *cut = memchr(text.data + text.size / 2, '\n', text.size - text.size / 2);
        if (cut != NULL) text_remove(&text, 0, (size_t)(cut + 1 - text.data));
        if (ftruncate(file, 0) == 0) write_file(file, &text);
    }
    text_free(&text);
}

static void append(const char *path, const char *text, size_t size) {
    Text line = {0};
    int file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    encode(&line, text, size);
    struct stat status;
    if (!line.failed && flock(file, LOCK_EX) == 0) {
        if (fstat(file, &status) == 0 && status.st_size > FILE_MAX) halve(file);
        write_file(file, &line);
    }
    close(file);      // and with it the lock
    text_free(&line);
}

// Where the newest entries begin, as many as are kept.
static size_t newest_lines(const Text *text) {
    size_t at = text->size, lines = 0;
    if (at > 0 && text->data[at - 1] == '\n') at--;
    for (; at > 0; at--)
        if (text->data[at - 1] == '\n' && ++lines == ENTRIES_MAX) break;
    return at;
}

static void read_entries(History *history, const Text *text) {
    Text entry = {0};
    for (size_t at = newest_lines(text); at < text->size;) {
        const char *newline = memchr(text->data + at, '\n', text->size - at);
        size_t size = newline != NULL ? (size_t)(newline - text->data) - at : text->size - at;
        decode(&entry, text->data + at, size);
        if (entry.size > 0 && memchr(entry.data, 0, entry.size) == NULL) remember(history, entry.data, entry.size);
        at += size + 1;
    }
    text_free(&entry);
}

void history_load(History *history) {
    if (history->loaded) return;
    history->loaded = true;
    int file = history->path != NULL ? open(history->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    if (file < 0) return;
    Text text = {0};
    struct stat status;
    flock(file, LOCK_SH);
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && read_file(file, &text)) read_entries(history, &text);
    close(file);
    text_free(&text);
}

// ---- where it is

static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0700);
        *slash = '/';
    }
}

static char *default_path(void) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    Text path = {0};
    if (state != NULL && *state == '/') text_add_c(&path, state);
    else if (home != NULL && *home == '/') text_addf(&path, "%s/.local/state", home);
    else return NULL;
    text_add_c(&path, "/coil/history");
    if (path.failed) return text_free(&path), NULL;
    return path.data;
}

void history_open(History *history, const char *path) {
    *history = (History){0};
    if (path != NULL && *path == 0) return;
    history->path = path != NULL ? strdup(path) : default_path();
    if (history->path == NULL) return;
    if (path == NULL) make_folders(history->path);
}

void history_close(History *history) {
    for (size_t i = 0; i < history->count; i++) free(history->entries[i]);
    free(history->entries);
    free(history->path);
    *history = (History){0};
}

void history_remember(History *history, const char *text, size_t size) {
    if (size > 0 && memchr(text, 0, size) == NULL) remember(history, text, size);
}

void history_add(History *history, const char *text, size_t size) {
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == ' ')) size--;
    if (size == 0 || memchr(text, 0, size) != NULL || !remember(history, text, size)) return;
    if (history->path != NULL) append(history->path, text, size);
}
