// What the process lends to its VM: standard streams, signals, and what there is to know about the terminal.
#ifndef COIL_REPL_PROCESS_H
#define COIL_REPL_PROCESS_H

#include <pthread.h>

#include "repl/text.h"

#include "coil.h"

typedef enum AskResult { ASK_READ, ASK_END, ASK_INTERRUPTED } AskResult;

typedef struct Process {
    CoilVM *vm;
    // the prompt and the program share standard input: nobody takes more than a line at a time
    bool line_by_line;
    bool at_line_start;           // the last thing that standard output or error got was a newline
    bool stdout_broken;           // its reader has gone, or the disk is full: nothing more is written
    int output_error;             // why
    bool color;                   // tracebacks are coloured
    Text input;                   // read from standard input, not taken yet
    bool input_ended;
    Text *capture;                // when not NULL, what goes to standard error is gathered here
    // While a line editor is there: reads a line for input() with it. NULL: input is read as it comes.
    AskResult (*ask)(void *user, const char *prompt, Text *out);
    void *ask_user;
    Text partial;                 // while line_by_line: what stands on the terminal's line, behind which the cursor is
    void (*before_output)(void *user);   // asked before anything is written: a line editor takes away what it shows
    void (*after_output)(void *user);    // and, when a thread has written while the editor waits, shows it again
    void *before_output_user;
    bool waiting;                 // the editor waits for keys and lets threads run
    // held by who writes, and by an editor that input() has called, which is outside of the VM
    pthread_mutex_t terminal;
} Process;

// Sets the hooks of config for the standard streams; `process` must outlive the VM.
void process_open(Process *process, CoilConfig *config);
void process_close(Process *process);

// Writes to standard output (1) or error (2), past the VM.
void process_write(Process *process, int stream, const char *text, size_t size);
void process_print(Process *process, const char *text);

// Takes one line, its newline included, into `line`; a last one may be without. False at the end, and when a signal
// came before a line did (process_signal_taken() tells).
bool process_read_line(Process *process, Text *line);
// Reads what there is into process->input; waits. False at the end, or at a signal: then errno is EINTR.
bool process_fill(Process *process);

// Shows the pending exception and clears it; gives the exit status that Python has for it.
int process_report(Process *process);

// ---- signals

// Ctrl-C and friends. While `running`, an interrupt goes to the VM; otherwise process_signal_taken() tells of it once.
void signals_install(CoilVM *vm);
void signals_watch_tasks(void);          // SIGUSR1 shows the tasks of the event loop (-X tasks)
void signals_remove(void);
int signals_action(void *user, int number, int action);   // CoilConfig.signal_action
void signals_set_running(bool running);
// As if Ctrl-C had been pressed.
void signals_interrupt(void);
typedef enum Signal { SIGNAL_NONE, SIGNAL_INTERRUPT, SIGNAL_RESIZE, SIGNAL_CONTINUE, SIGNAL_STOP, SIGNAL_END } Signal;
Signal signals_take(void);
// Waits as poll() does. A signal that came since the last one was taken ends the wait at once (-1, EINTR), even if it
// came just before the wait began; so does an interrupt that went to the VM.
struct pollfd;
int signals_poll(struct pollfd *polls, size_t count, int timeout_ms);
// While a line editor has the terminal in its hands, it wants to know of resizes, stops and the process's end.
void signals_watch_terminal(bool watch);
// Dies of the signal that SIGNAL_END told of; stops as SIGNAL_STOP asked.
void signals_obey(Signal which);

#endif
