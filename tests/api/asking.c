// Input: input() reads what the read hook gives, and in a terminal asks the host, which may have a line editor, for a line with its prompt.
#include "api_test.h"

typedef struct Console {
    bool terminal;
    char written[256], asked[256];
    size_t written_size, asked_size;
    const char *answer;          // of ask; NULL: the end of the input
    const char *rest;            // of read
} Console;

static void write_text(void *user, int stream, const char *text, size_t size) {
    Console *console = user;
    (void)stream;
    CHECK(console->written_size + size < sizeof console->written);
    memcpy(console->written + console->written_size, text, size);
    console->written_size += size;
}

static ptrdiff_t read_text(void *user, char *buffer, size_t size) {
    Console *console = user;
    size_t count = console->rest != NULL ? strlen(console->rest) : 0;
    if (count > size) count = size;
    if (count > 0) memcpy(buffer, console->rest, count);
    console->rest = NULL;
    return (ptrdiff_t)count;
}

static ptrdiff_t ask(void *user, const char *prompt, size_t prompt_size, char *buffer, size_t size) {
    Console *console = user;
    CHECK(console->asked_size + prompt_size < sizeof console->asked);
    memcpy(console->asked + console->asked_size, prompt, prompt_size);
    console->asked_size += prompt_size;
    if (console->answer == NULL) return 0;
    size_t count = strlen(console->answer);
    CHECK(count <= size);
    memcpy(buffer, console->answer, count);
    return (ptrdiff_t)count;
}

static bool is_terminal(void *user, int stream) { return ((Console *)user)->terminal && stream < 2; }

static CoilVM *vm_with(Console *console) {
    CoilConfig config = {.user = console, .write = write_text, .read = read_text, .ask = ask, .is_terminal = is_terminal};
    CoilVM *vm = coil_new(&config);
    CHECK(vm != NULL);
    return vm;
}

static void run(CoilVM *vm, const char *source) { CHECK(host_run(vm, source) == COIL_OK); }

static void check_texts(const Console *console, const char *written, const char *asked) {
    CHECK(console->written_size == strlen(written) && memcmp(console->written, written, console->written_size) == 0);
    CHECK(console->asked_size == strlen(asked) && memcmp(console->asked, asked, console->asked_size) == 0);
}

static void test_without_a_terminal(void) {
    Console console = {.rest = "one\ntwo"};
    CoilVM *vm = vm_with(&console);
    run(vm, "assert input('a? ') == 'one'\nassert input('b? ') == 'two'\n");
    coil_close(vm);
    check_texts(&console, "a? b? ", "");
}

static void test_in_a_terminal(void) {
    Console console = {.terminal = true, .answer = "one\n"};
    CoilVM *vm = vm_with(&console);
    run(vm, "print('x', end='')\nassert input('a? ') == 'one'\nassert input() == 'one'\n");
    check_texts(&console, "x", "a? ");
    // A part of a line is completed by what is read.
    console.answer = "two";
    console.rest = " parts\nmore\n";
    run(vm, "assert input(3) == 'two parts'\n");
    check_texts(&console, "x", "a? 3");
    // What has been read already comes before what would be asked for.
    run(vm, "assert input('b? ') == 'more'\n");
    check_texts(&console, "xb? ", "a? 3");
    console.answer = NULL;
    run(vm, "try: input('c? ')\nexcept EOFError: pass\nelse: assert False\n");
    check_texts(&console, "xb? ", "a? 3c? ");
    coil_close(vm);
}

static void test_other_streams_are_not_asked(void) {
    Console console = {.terminal = true, .answer = "asked\n", .rest = "read\n"};
    CoilVM *vm = vm_with(&console);
    run(vm, "import sys\n"
            "class In:\n"
            "    def readline(self): return 'own\\n'\n"
            "sys.stdin = In()\n"
            "assert input('a? ') == 'own'\n"
            "sys.stdin = sys.__stdin__\n"
            "sys.stdout = sys.stderr\n"
            "assert input('b? ') == 'read'\n");
    coil_close(vm);
    check_texts(&console, "a? b? ", "");
}

int main(void) {
    test_without_a_terminal();
    test_in_a_terminal();
    test_other_streams_are_not_asked();
    return 0;
}
