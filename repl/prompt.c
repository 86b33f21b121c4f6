// The interactive prompt: reads a statement, runs it, shows what came of it.
//
// While an editor waits for keys, the event loop of the VM's module _console goes on a step at a time (prompt_idle),
// so that tasks created by earlier statements live on.
#include "repl/prompt.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/commands.h"
#include "repl/complete.h"
#include "repl/highlight.h"
#include "repl/line.h"
#include "repl/statement.h"

enum { STEP_BUDGET = 1000 };    // steps of tasks between two looks at the keyboard

typedef struct Prompt {
    Process *process;           // first: complete_at() looks there
    CoilVM *vm;
    History history;
    LineEditor *editor;
    const CoilLimits *limits;   // of each statement; NULL: none
    int exit_status;            // -1: not leaving yet
} Prompt;

// ---- background tasks

static bool exception_discard(CoilVM *vm) {
    (void)coil_exception_take(vm);
    return false;
}

static bool module_is_loaded(CoilVM *vm, const char *name) {
    CoilValue sys = coil_import(vm, "sys"), modules = coil_is_error(sys) ? sys : coil_get_attr(vm, sys, "modules");
    CoilValue key = coil_is_error(modules) ? modules : coil_str(vm, name, strlen(name));
    CoilValue module = coil_is_error(key) ? key : coil_get_item(vm, modules, key);
    return !coil_is_error(module) || exception_discard(vm);
}

// Calls a function of module _console; false when there is nothing to call it for.
static bool console_call(CoilVM *vm, const char *name, CoilValue *out) {
    if (!module_is_loaded(vm, "asyncio")) return false;
    CoilValue console = coil_import(vm, "_console"),
              function = coil_is_error(console) ? console : coil_get_attr(vm, console, name);
    *out = coil_is_error(function) ? function : coil_call(vm, function, NULL, 0);
    return true;
}

static void prompt_report(Prompt *prompt) {
    coil_flush(prompt->vm);
    bool leaving = coil_exception_matches(prompt->vm, "SystemExit");
    int status = process_report(prompt->process);
    if (leaving) prompt->exit_status = status;
}

// Ctrl-C while background tasks ran: it stops the one that was running, if there was one, and is for the editor as
// well.
static void idle_interrupted(Prompt *prompt) {
    const char *text = "";
    size_t size = 0;
    CoilValue report = coil_exception_text(prompt->vm);
    bool in_task = !coil_is_error(report) && coil_read_str(prompt->vm, report, &text, &size) == COIL_OK &&
                   strncmp(text, "Traceback", 9) == 0;
    if (in_task) prompt_report(prompt);
    else exception_discard(prompt->vm);
    signals_interrupt();
}

static void prompt_idle(void *user, IdleWait *out) {
    Prompt *prompt = user;
    size_t scope = coil_scope_open(prompt->vm);
    CoilLoopStep step;
    CoilValue told;
    if (!module_is_loaded(prompt->vm, "asyncio")) {
        coil_scope_close(prompt->vm, scope);
        return;
    }
    signals_set_running(true);
    if (coil_loop_step(prompt->vm, STEP_BUDGET, &step) != COIL_OK ||
        (console_call(prompt->vm, "report", &told) && coil_is_error(told))) {
        if (coil_exception_matches(prompt->vm, "KeyboardInterrupt")) idle_interrupted(prompt);
        else prompt_report(prompt);
        out->timeout_ms = 0;
    } else {
        if (step.state == COIL_LOOP_READY) out->timeout_ms = 0;
        else if (step.state == COIL_LOOP_WAIT && step.wait_seconds >= 0)
            out->timeout_ms = step.wait_seconds > 3600 ? 3600 * 1000 : (int)ceil(step.wait_seconds * 1000);
        out->descriptors = step.descriptors;
        out->descriptor_count = step.descriptor_count;
    }
    coil_flush(prompt->vm);
    signals_set_running(false);
    coil_scope_close(prompt->vm, scope);
}

// ---- running

// One piece of source, as interactive statement or as a whole file.
static bool prompt_execute(Prompt *prompt, const char *source, size_t size, const char *filename, CoilMode mode) {
    size_t scope = coil_scope_open(prompt->vm);
    // Waiting for somebody to type is not the statement's time.
    if (prompt->limits != NULL && coil_limits_set(prompt->vm, prompt->limits) != COIL_OK) exception_discard(prompt->vm);
    signals_set_running(true);
    CoilStatus status = coil_run(prompt->vm, source, size, filename, mode, COIL_TOP_LEVEL_AWAIT);
    if (status != COIL_OK) prompt_report(prompt);
    coil_flush(prompt->vm);
    signals_set_running(false);
    coil_scope_close(prompt->vm, scope);
    return status == COIL_OK;
}

bool prompt_run_text(void *user, const char *source, size_t size, const char *filename, CoilMode mode) {
    return prompt_execute(user, source, size, filename, mode);
}

// What was pasted or edited as a block may be several statements: they are run one after the other, as if typed so.
static void prompt_run_statements(Prompt *prompt, Text *text) {
    size_t *ends, count = statements_cut(text->data, text->size, &ends);
    for (size_t i = 0, at = 0; i < count && prompt->exit_status < 0; i++) {
        if (!prompt_execute(prompt, text->data + at, ends[i] - at, "<stdin>", COIL_SINGLE)) break;
        at = ends[i];
    }
    free(ends);
}

// `exit` and `quit` alone leave, unless the program has given these names another meaning.
static bool asks_to_leave(Prompt *prompt, const Text *text) {
    const char *data = text->data;
    size_t size = text->size;
    while (size > 0 && strchr(" \t\r\n", data[size - 1]) != NULL) size--;
    if (size != 4 || (memcmp(data, "exit", 4) != 0 && memcmp(data, "quit", 4) != 0)) return false;
    size_t scope = coil_scope_open(prompt->vm);
    CoilValue own = coil_get_global(prompt->vm, data[0] == 'e' && memcmp(data, "exit", 4) == 0 ? "exit" : "quit");
    bool overridden = !coil_is_error(own);
    if (!overridden) exception_discard(prompt->vm);
    coil_scope_close(prompt->vm, scope);
    return !overridden;
}

static void prompt_handle(Prompt *prompt, Text *text) {
    if (asks_to_leave(prompt, text)) {
        prompt->exit_status = 0;
    } else if (text->data[0] == ':') {
        CommandHost host = {.process = prompt->process, .run = prompt_run_text, .user = prompt};
        if (command_run(&host, text->data, text->size)) prompt->exit_status = 0;
    } else {
        if (prompt->editor->type->edits_blocks) prompt_run_statements(prompt, text);
        else prompt_execute(prompt, text->data, text->size, "<stdin>", COIL_SINGLE);
    }
}

// ---- around it

// The prompt texts may be changed by the program: sys.ps1, sys.ps2. They may be any objects, str() of which is asked
// anew each time.
static void read_prompt_text(Prompt *prompt, const char *name, const char *otherwise, Text *out) {
    CoilVM *vm = prompt->vm;
    size_t scope = coil_scope_open(vm), size = strlen(otherwise);
    const char *text = otherwise;
    signals_set_running(true);
    CoilValue sys = coil_import(vm, "sys"), value = coil_is_error(sys) ? sys : coil_get_attr(vm, sys, name);
    if (!coil_is_error(value)) value = coil_to_str(vm, value);
    if (coil_is_error(value) || coil_read_str(vm, value, &text, &size) != COIL_OK) {
        exception_discard(vm);
        text = otherwise;
        size = strlen(otherwise);
    }
    text_set(out, text, size);
    coil_flush(vm);
    signals_set_running(false);
    coil_scope_close(vm, scope);
}

static void set_default_prompts(CoilVM *vm) {
    static const char *const prompts[][2] = {{"ps1", ">>> "}, {"ps2", "... "}};
    size_t scope = coil_scope_open(vm);
    CoilValue sys = coil_import(vm, "sys");
    for (size_t i = 0; i < 2 && !coil_is_error(sys); i++) {
        if (!coil_is_error(coil_get_attr(vm, sys, prompts[i][0]))) continue;
        exception_discard(vm);
        CoilValue text = coil_str(vm, prompts[i][1], strlen(prompts[i][1]));
        if (coil_is_error(text) || coil_set_attr(vm, sys, prompts[i][0], text) != COIL_OK) exception_discard(vm);
    }
    if (coil_is_error(sys)) exception_discard(vm);
    coil_scope_close(vm, scope);
}

static void run_start_file(Prompt *prompt, const Options *options) {
    const char *path = options_environment(options, "COILSTARTUP");
    if (path == NULL) return;
    Text source = {0};
    if (file_read_text(path, &source)) {
        prompt_execute(prompt, text_c(&source), source.size, path, COIL_EXEC);
    } else {
        Text message = {0};
        text_addf(&message, "Could not open COILSTARTUP\n%s: '%s'\n", strerror(errno), path);
        process_write(prompt->process, 2, text_c(&message), message.size);
        text_free(&message);
    }
    text_free(&source);
}

// input() while a statement runs: the editor reads its line as well.
static AskResult prompt_ask(void *user, const char *text, Text *out) {
    static const AskResult results[] = {
        [LINE_READ] = ASK_READ, [LINE_END] = ASK_END, [LINE_INTERRUPTED] = ASK_INTERRUPTED};
    LineEditor *editor = ((Prompt *)user)->editor;
    signals_set_running(false);
    Process *process = ((Prompt *)user)->process;
    pthread_mutex_lock(&process->terminal);
    editor->asks = true;
    LineResult result = editor->type->read_line(editor, text, out);
    editor->asks = false;
    pthread_mutex_unlock(&process->terminal);
    signals_set_running(true);
    return results[result];
}

static void prompt_loop(Prompt *prompt) {
    Text text = {0}, first = {0}, more = {0};
    while (prompt->exit_status < 0) {
        read_prompt_text(prompt, "ps1", ">>> ", &first);
        read_prompt_text(prompt, "ps2", "... ", &more);
        LineResult result = prompt->editor->type->read(prompt->editor, text_c(&first), text_c(&more), &text);
        if (prompt->exit_status >= 0) break;
        if (result == LINE_INTERRUPTED) {
            process_write(prompt->process, 2, "\nKeyboardInterrupt\n", 19);
            continue;
        }
        bool is_empty = statement_is_empty(text_c(&text), text.size);
        if (result == LINE_END) process_write(prompt->process, isatty(0) ? 1 : 2, "\n", 1);
        // The end of the input within a statement is the statement's end alone, as at Python's prompt.
        if (result == LINE_END && is_empty) prompt->exit_status = 0;
        else if (!is_empty) prompt_handle(prompt, &text);
    }
    text_free(&text);
    text_free(&first);
    text_free(&more);
}

static void stop_tasks(Prompt *prompt) {
    size_t scope = coil_scope_open(prompt->vm);
    CoilValue closed;
    signals_set_running(true);
    if (console_call(prompt->vm, "close", &closed) && coil_is_error(closed)) process_report(prompt->process);
    coil_flush(prompt->vm);
    coil_scope_close(prompt->vm, scope);
}

int prompt_run(Process *process, const Options *options, bool after_script) {
    Prompt prompt = {.process = process, .vm = process->vm, .exit_status = -1};
    if (options->limits.time_ns != 0 || options->limits.instructions != 0) prompt.limits = &options->limits;
    if (options->quiet == 0 && !after_script) {
        Text banner = {0};
        text_addf(
            &banner,
            "Coil %s (Python 3.11)\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
            coil_version());
        process_write(process, 2, text_c(&banner), banner.size);
        text_free(&banner);
    }
    process->line_by_line = true;
    signals_set_running(false);
    set_default_prompts(process->vm);
    if (!after_script) run_start_file(&prompt, options);
    // Lines of a pipe are not somebody's typing.
    bool keep = isatty(0);
    history_open(&prompt.history, !keep ? "" : options->ignore_environment ? NULL : getenv("COIL_HISTORY"));
    LineHost host = {.process = process,
                     .history = &prompt.history,
                     .color = process->color,
                     .user = &prompt,
                     .idle = prompt_idle,
                     .complete = complete_at};
    prompt.editor = line_open(&host, options_environment(options, "COIL_LINE_EDITOR"));
    if (prompt.editor != NULL) {
        if (prompt.editor->type->read_line != NULL) {
            process->ask = prompt_ask;
            process->ask_user = &prompt;
        }
        if (prompt.exit_status < 0) prompt_loop(&prompt);
        process->ask = NULL;
        prompt.editor->type->close(prompt.editor);
    }
    stop_tasks(&prompt);
    history_close(&prompt.history);
    signals_set_running(true);
    return prompt.exit_status < 0 ? 1 : prompt.exit_status;
}
