// A plain prompt: lines are gathered until they make a whole statement, which is run as interactive.
#include "repl/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Input { char *text; size_t size, capacity; } Input;

static bool input_add(Input *input, const char *line, size_t size) {
    if (input->size + size + 1 > input->capacity) {
        size_t capacity = (input->size + size + 1) * 2;
        char *grown = realloc(input->text, capacity);
        if (grown == NULL) return false;
        input->text = grown;
        input->capacity = capacity;
    }
    memcpy(input->text + input->size, line, size);
    input->size += size;
    input->text[input->size] = 0;
    return true;
}

static bool is_blank(const char *line) { return line[strspn(line, " \t\r\n\f")] == 0; }

// A statement that has begun a block goes on until an empty line, as in Python.
static bool begins_block(const Input *input) {
    if (memchr(input->text, '\n', input->size - 1) != NULL) return true;
    size_t size = input->size;
    while (size > 0 && strchr(" \t\r\n", input->text[size - 1])) size--;
    return size > 0 && (input->text[size - 1] == ':' || input->text[0] == '@');
}

// The prompt texts may be changed by the program: sys.ps1, sys.ps2.
static void show_prompt(CoilVM *vm, const char *name, const char *otherwise) {
    size_t scope = coil_scope_open(vm), size;
    const char *text = otherwise;
    CoilValue sys = coil_import(vm, "sys"), prompt = coil_is_error(sys) ? sys : coil_get_attr(vm, sys, name);
    if (!coil_is_error(prompt)) prompt = coil_to_str(vm, prompt);
    if (coil_is_error(prompt) || coil_read_str(vm, prompt, &text, &size) != COIL_OK) {
        coil_exception_take(vm);
        text = otherwise;
    }
    coil_flush(vm);
    fputs(text, stdout);
    fflush(stdout);
    coil_scope_close(vm, scope);
}

// True when the text has been dealt with; *out_status gets the exit status when the program asked to leave.
static bool try_run(CoilVM *vm, Input *input, bool at_end, int *out_status) {
    CoilStatus status = coil_run(vm, input->text, input->size, "<stdin>", COIL_SINGLE, (at_end ? 0 : COIL_ALLOW_INCOMPLETE) | COIL_TOP_LEVEL_AWAIT);
    if (status == COIL_INCOMPLETE) return false;
    if (status == COIL_RAISED) {
        size_t scope = coil_scope_open(vm);
        bool leaving = coil_exception_matches(vm, "SystemExit");
        int exit_status = coil_report(vm);
        if (leaving) *out_status = exit_status;
        coil_scope_close(vm, scope);
    }
    return true;
}

int prompt_run(CoilVM *vm, bool quiet) {
    if (!quiet) printf("Coil %s (Python 3.11)\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n", coil_version());
    Input input = {0};
    char *line = NULL;
    size_t capacity = 0;
    int exit_status = -1;
    while (exit_status < 0) {
        show_prompt(vm, input.size == 0 ? "ps1" : "ps2", input.size == 0 ? ">>> " : "... ");
        ssize_t size = getline(&line, &capacity, stdin);
        bool ended = size < 0;
        if (!ended && input.size == 0 && is_blank(line)) continue;
        if (!ended && !input_add(&input, line, (size_t)size)) break;
        if (ended && input.size == 0) break;
        bool block_open = !ended && begins_block(&input) && !is_blank(line);
        if (!block_open && try_run(vm, &input, ended || (is_blank(line) && begins_block(&input)), &exit_status)) input.size = 0;
        if (ended) break;
    }
    free(line);
    free(input.text);
    coil_flush(vm);
    if (exit_status < 0) fputs("\n", stdout);
    return exit_status < 0 ? 0 : exit_status;
}
