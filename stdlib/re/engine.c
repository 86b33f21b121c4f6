// The engine: programs made by PCRE2, and one match at a time under the VM's rules.
//
// Memory. PCRE2 asks for all of it through our hooks, so it counts against the VM's limit; each block has its size in front, because the heap
// wants to be told when it is given back. What the just-in-time compiler maps for itself is counted by the sizes it tells.
//
// Time. Callouts in the program (see translate.c) and the size of what was scanned charge the VM's budget; when that says no, the match ends
// and the exception is on its way.
//
// Programs are interpreted at first. One that has been used enough to pay for it is compiled to machine code. Machine code keeps what it
// would go back to on the C stack (32 KB, PCRE2's default), then on a stack of its own that grows, and if that is not enough the
// interpreter, which keeps it on the heap, does the work again.
#include "stdlib/re/re.h"

#ifdef COIL_HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    BLOCK_HEADER_SIZE = 16,
    CALLOUTS_BETWEEN_CHARGES = 64,
    STEPS_PER_CALLOUT = 8,
    BYTES_PER_STEP = 64,
    HEAT_OF_A_MATCH = 64,            // and one for each byte that was scanned
    HEAT_FOR_MACHINE_CODE = 6000,
    DEPTH_FOR_MACHINE_CODE = 200,    // its compiler recurses
    JIT_STACK_FIRST = 64 << 10, JIT_STACK_MOST = 2 << 20,
    STACK_PER_DEPTH = 3000, STACK_TO_COMPILE = 128 << 10, STACK_FOR_MATCH = 48 << 10,
    KEEP_MOST = 256 << 10,           // a match's memory beyond this is given back
    MIN_PAIRS = 16,
};

struct Program {
    pcre2_code *code;
    uint32_t heat;
    bool machine_code, stays_interpreted, tells_last;
    size_t outside_bytes;            // of machine code, as counted
};

typedef struct Engine {
    VM *vm;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pcre2_match_context *match;
    pcre2_match_data *data;
    uint32_t pairs;
    bool busy;                       // data is in use: a signal's handler matches something in the middle of a match
    pcre2_jit_stack *jit_stack;
    size_t outside_bytes;
    int64_t callouts_left;
    uint32_t last_group;
} Engine;

// ---- memory

// The blocks of patterns may outlive the engine's own part, so these know the VM alone.
static void *engine_allocate(size_t size, void *user) {
    VM *vm = user;
    if (size > SIZE_MAX - BLOCK_HEADER_SIZE) return raise_no_memory(vm), NULL;
    char *block = buffer_new_unset(vm, size + BLOCK_HEADER_SIZE);
    if (block == NULL) return NULL;
    memcpy(block, &size, sizeof size);
    if (vm->re != NULL && size > vm->re->largest) vm->re->largest = size;
    return block + BLOCK_HEADER_SIZE;
}
static void engine_give_back(void *block, void *user) {
    if (block == NULL) return;
    char *start = (char *)block - BLOCK_HEADER_SIZE;
    size_t size;
    memcpy(&size, start, sizeof size);
    buffer_free(user, start, size + BLOCK_HEADER_SIZE);
}

// PCRE2 has failed for want of memory: ours has been said already, its own has not.
static void no_memory(VM *vm) {
    if (!is_raised(vm)) raise_no_memory(vm);
}

// ---- callouts

static int on_callout(pcre2_callout_block *block, void *user) {
    Engine *engine = user;
    if (UNLIKELY(block->callout_number == CALLOUT_END)) {
        engine->last_group = block->capture_last;
        return 0;
    }
    if (LIKELY(--engine->callouts_left > 0)) return 0;
    engine->callouts_left = CALLOUTS_BETWEEN_CHARGES;
    return vm_charge(engine->vm, CALLOUTS_BETWEEN_CHARGES * STEPS_PER_CALLOUT) ? 0 : PCRE2_ERROR_CALLOUT;
}

static pcre2_jit_stack *choose_stack(void *user) {
    Engine *engine = user;
    return engine->busy ? engine->jit_stack : NULL;
}

// ---- life

static int stack_is_short(uint32_t depth, void *user) {
    VM *vm = user;
    ptrdiff_t left = (char *)__builtin_frame_address(0) - vm->c_stack_limit;
    return left < STACK_FOR_MATCH / 2;
}

static bool contexts_make(VM *vm, Engine *engine) {
    engine->general = pcre2_general_context_create(engine_allocate, engine_give_back, vm);
    if (engine->general == NULL) return false;
    engine->compile = pcre2_compile_context_create(engine->general);
    engine->match = pcre2_match_context_create(engine->general);
    if (engine->compile == NULL || engine->match == NULL) return false;
    pcre2_set_newline(engine->compile, PCRE2_NEWLINE_LF);
    pcre2_set_compile_extra_options(engine->compile, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
    pcre2_set_parens_nest_limit(engine->compile, UINT32_MAX);
    pcre2_set_compile_recursion_guard(engine->compile, stack_is_short, vm);
    pcre2_set_callout(engine->match, on_callout, engine);
    pcre2_set_match_limit(engine->match, UINT32_MAX);
    pcre2_set_depth_limit(engine->match, UINT32_MAX);
    pcre2_set_heap_limit(engine->match, UINT32_MAX);
    pcre2_jit_stack_assign(engine->match, choose_stack, engine);
    return true;
}

bool engine_open(VM *vm, ReState *state) {
    Engine *engine = state->engine = buffer_new(vm, sizeof *engine);
    if (engine == NULL) return false;
    engine->vm = vm;
    if (contexts_make(vm, engine)) return true;
    no_memory(vm);
    return false;
}

void engine_close(VM *vm, ReState *state) {
    Engine *engine = state->engine;
    if (engine == NULL) return;
    if (engine->jit_stack != NULL) pcre2_jit_stack_free(engine->jit_stack);
    if (engine->data != NULL) pcre2_match_data_free(engine->data);
    if (engine->match != NULL) pcre2_match_context_free(engine->match);
    if (engine->compile != NULL) pcre2_compile_context_free(engine->compile);
    if (engine->general != NULL) pcre2_general_context_free(engine->general);
    heap_release_outside(vm, engine->outside_bytes);
    buffer_free(vm, engine, sizeof *engine);
    state->engine = NULL;
}

void pattern_free_programs(VM *vm, Pattern *pattern) {
    for (int kind = 0; kind < PROGRAM_KINDS; kind++) {
        for (int utf = 0; utf < 2; utf++) {
            Program *program = pattern->programs[kind][utf];
            if (program == NULL) continue;
            pattern->programs[kind][utf] = NULL;
            if (program->code != NULL) pcre2_code_free(program->code);
            heap_release_outside(vm, program->outside_bytes);
            buffer_free(vm, program, sizeof *program);
        }
    }
}

// ---- compiling

static bool raise_compile_error(VM *vm, int code) {
    switch (code) {
    case PCRE2_ERROR_HEAP_FAILED: no_memory(vm); break;
    case PCRE2_ERROR_PARENTHESES_STACK_CHECK:
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
    case PCRE2_ERROR_PATTERN_TOO_COMPLICATED:
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded during compilation");
        break;
    case PCRE2_ERROR_PATTERN_TOO_LARGE:
    case PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
    case PCRE2_ERROR_TOO_MANY_CAPTURES:
    case PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
    case PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED:
        raise_error(vm, vm->exc.OverflowError, "regular expression code size limit exceeded");
        break;
    default: {
        PCRE2_UCHAR text[256];
        if (pcre2_get_error_message(code, text, sizeof text) < 0) text[0] = 0;
        raise_error(vm, vm->exc.RuntimeError, "invalid regular expression program: %s", (const char *)text);
    }
    }
    return false;
}

static bool program_compile(VM *vm, ReState *state, Pattern *pattern, ProgramKind kind, bool utf, Program *program) {
    Translation translation;
    ptrdiff_t left = (char *)__builtin_frame_address(0) - vm->c_stack_limit;
    if (left < (ptrdiff_t)pattern->tree.depth * STACK_PER_DEPTH + STACK_TO_COMPILE) {
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded during compilation");
        return false;
    }
    bool fine = translate(vm, state, &pattern->tree, kind, utf, &translation) && vm_charge(vm, translation.size / 4 + 100);
    if (fine) {
        int error = 0;
        PCRE2_SIZE offset;
        program->code = pcre2_compile((PCRE2_SPTR)(translation.size > 0 ? translation.text : ""), translation.size, translation.options, &error, &offset, state->engine->compile);
        if (program->code == NULL) fine = raise_compile_error(vm, error);
        program->tells_last = translation.ends_with_callout;
        program->stays_interpreted = pattern->tree.depth > DEPTH_FOR_MACHINE_CODE;
    }
    translation_free(vm, &translation);
    return fine;
}

static Program *program_get(VM *vm, ReState *state, Pattern *pattern, ProgramKind kind, bool utf) {
    Program *program = pattern->programs[kind][utf];
    if (LIKELY(program != NULL)) return program;
    program = buffer_new(vm, sizeof *program);
    if (program == NULL) return NULL;
    if (program_compile(vm, state, pattern, kind, utf, program)) return pattern->programs[kind][utf] = program;
    if (program->code != NULL) pcre2_code_free(program->code);
    buffer_free(vm, program, sizeof *program);
    return NULL;
}

bool pattern_prepare(VM *vm, ReState *state, Pattern *pattern) { return program_get(vm, state, pattern, PROGRAM_SEARCH, false) != NULL; }

// Failing is no error: the program stays interpreted.
static void program_to_machine_code(VM *vm, Program *program) {
    program->stays_interpreted = true;
    if (pcre2_jit_compile(program->code, PCRE2_JIT_COMPLETE) != 0) {
        raised_clear(vm);
        return;
    }
    size_t size = 0;
    pcre2_pattern_info(program->code, PCRE2_INFO_JITSIZE, &size);
    heap_count_outside(vm, size);
    program->outside_bytes = size;
    program->machine_code = size > 0;
}

// ---- matching

static pcre2_match_data *data_get(Engine *engine, uint32_t pairs) {
    if (engine->data != NULL && engine->pairs >= pairs) return engine->data;
    if (engine->data != NULL) pcre2_match_data_free(engine->data);
    engine->pairs = pairs < MIN_PAIRS ? MIN_PAIRS : pairs;
    return engine->data = pcre2_match_data_create(engine->pairs, engine->general);
}

static int run(Engine *engine, Program *program, const Subject *s, size_t start, uint32_t options, pcre2_match_data *data) {
    PCRE2_SPTR text = (PCRE2_SPTR)s->data;
    if (program->machine_code) {
        int result = pcre2_jit_match(program->code, text, s->end, start, options, data, engine->match);
        if (result == PCRE2_ERROR_JIT_STACKLIMIT && engine->jit_stack == NULL) {
            engine->jit_stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, engine->general);
            if (engine->jit_stack == NULL) return PCRE2_ERROR_NOMEMORY;
            heap_count_outside(engine->vm, JIT_STACK_MOST);
            engine->outside_bytes = JIT_STACK_MOST;
            result = pcre2_jit_match(program->code, text, s->end, start, options, data, engine->match);
        }
        if (result != PCRE2_ERROR_JIT_STACKLIMIT) return result;
    }
    return pcre2_match(program->code, text, s->end, start, options | PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK, data, engine->match);
}

static bool raise_match_error(VM *vm, int code) {
    if (is_raised(vm)) return false;
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAPLIMIT) {
        raise_no_memory(vm);
    } else if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT) {
        raise_error(vm, vm->exc.RuntimeError, "regular expression needs too many steps");
    } else {
        raise_error(vm, vm->exc.RuntimeError, "regular expression engine failed with code %d", code);
    }
    return false;
}

// The group closed last is the last of those that have matched, in the order of their closing parentheses.
static uint32_t last_of(const Pattern *pattern, const size_t *spans) {
    for (uint32_t i = pattern->tree.closing_count; i-- > 0;)
        if (spans[2 * pattern->tree.closing[i]] != PCRE2_UNSET) return pattern->tree.closing[i];
    return 0;
}

// A signal's handler, run by a callout, may match something itself: it gets memory of its own, and what it found is copied out of that.
static int match_nested(VM *vm, Engine *engine, Program *program, Pattern *pattern, const Subject *s, size_t start, uint32_t options, Found *out) {
    pcre2_match_data *data = pcre2_match_data_create(pattern->groups + 1, engine->general);
    if (data == NULL) return PCRE2_ERROR_NOMEMORY;
    int result = pcre2_match(program->code, (PCRE2_SPTR)s->data, s->end, start, options | PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK, data, engine->match);
    if (result >= 0) {
        Bytes *copy = bytes_new(vm, pcre2_get_ovector_pointer(data), (pattern->groups + 1) * 2 * sizeof(size_t));
        if (copy == NULL) result = PCRE2_ERROR_NOMEMORY;
        else out->spans = (size_t *)(uintptr_t)copy->data;
    }
    pcre2_match_data_free(data);
    return result;
}

// A match that went deep has left its memory with the data.
static void forget_large_data(VM *vm, Engine *engine) {
    if (engine->data == NULL || vm->re->largest <= KEEP_MOST) return;
    vm->re->largest = 0;
    pcre2_match_data_free(engine->data);
    engine->data = NULL;
}

int engine_match(VM *vm, Pattern *pattern, ProgramKind kind, Subject *s, size_t start, bool not_empty_here, Found *out) {
    ReState *state = re_state(vm);
    Engine *engine = state->engine;
    if (start > s->end) return 0;
    Program *program = program_get(vm, state, pattern, kind, s->utf);
    if (program == NULL) return -1;
    if (UNLIKELY((char *)__builtin_frame_address(0) - vm->c_stack_limit < STACK_FOR_MATCH)) {
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded in a regular expression");
        return -1;
    }
    if (UNLIKELY(!program->stays_interpreted && program->heat > HEAT_FOR_MACHINE_CODE)) program_to_machine_code(vm, program);
    uint32_t options = not_empty_here ? PCRE2_NOTEMPTY_ATSTART : 0;
    int result = PCRE2_ERROR_NOMEMORY;
    bool nested = engine->busy;
    engine->last_group = 0;
    if (UNLIKELY(nested)) {
        result = match_nested(vm, engine, program, pattern, s, start, options, out);
    } else {
        forget_large_data(vm, engine);
        pcre2_match_data *data = data_get(engine, pattern->groups + 1);
        if (data != NULL) {
            engine->busy = true;
            result = run(engine, program, s, start, options, data);
            out->spans = pcre2_get_ovector_pointer(data);
        }
    }
    size_t scanned = s->end - start;
    bool fine = true;
    if (result >= 0) {
        size_t *spans = (size_t *)(uintptr_t)out->spans;
        for (size_t i = (size_t)result; i <= pattern->groups; i++) spans[2 * i] = spans[2 * i + 1] = PCRE2_UNSET;
        out->lastindex = program->tells_last ? engine->last_group : last_of(pattern, spans);
        scanned = spans[1] - start;
    } else if (result != PCRE2_ERROR_NOMATCH) {
        fine = raise_match_error(vm, result);
    }
    if (program->heat <= HEAT_FOR_MACHINE_CODE) program->heat += HEAT_OF_A_MATCH + (scanned < HEAT_FOR_MACHINE_CODE ? (uint32_t)scanned : HEAT_FOR_MACHINE_CODE);
    // While busy: a handler that runs here must leave `spans` alone.
    if (scanned >= BYTES_PER_STEP && fine) fine = vm_charge(vm, scanned / BYTES_PER_STEP);
    engine->busy = nested;
    return !fine ? -1 : result >= 0;
}
#endif
