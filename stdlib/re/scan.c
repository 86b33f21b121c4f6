// Going through a text: findall, split, finditer, and scanner objects.
//
// A search goes on where the last match ended. If that one was empty the next must not be empty at the same place.
#include "stdlib/re/re.h"

#ifdef COIL_HAVE_PCRE2

// ---- findall and split

static Value found_group(VM *vm, const Subject *s, const Found *found, uint32_t group, Value otherwise) {
    size_t from = found->spans[2 * group], to = found->spans[2 * group + 1];
    return from == (size_t)-1 ? otherwise : subject_slice(vm, s, from, to);
}

static Value found_item(VM *vm, const Pattern *pattern, const Subject *s, const Found *found) {
    Value empty = subject_slice(vm, s, 0, 0);
    if (is_error(empty)) return ERROR;
    if (pattern->groups <= 1) return found_group(vm, s, found, pattern->groups, empty);
    Tuple *item = tuple_new(vm, pattern->groups);
    if (item == NULL) return ERROR;
    for (uint32_t i = 0; i < pattern->groups; i++) item->items[i] = NONE;
    for (uint32_t i = 0; i < pattern->groups; i++) {
        Value group = found_group(vm, s, found, i + 1, empty);
        if (is_error(group)) return ERROR;
        item->items[i] = group;
        gc_write_barrier(vm, item);
    }
    return from_object(item);
}

Value pattern_findall(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos) {
    Subject s;
    if (!subject_open(vm, pattern, &s, string, pos, endpos)) return ERROR;
    List *result = list_new(vm, 0);
    size_t start = s.start;
    bool not_empty = false, fine = result != NULL;
    while (fine) {
        Found found;
        int status = engine_match(vm, pattern, PROGRAM_SEARCH, &s, start, not_empty, &found);
        if (status <= 0) {
            fine = status == 0;
            break;
        }
        not_empty = found.spans[0] == found.spans[1];
        start = found.spans[1];
        Value item = found_item(vm, pattern, &s, &found);
        fine = !is_error(item) && list_append(vm, result, item);
    }
    subject_close(&s);
    return fine ? from_object(result) : ERROR;
}

static bool split_add(VM *vm, List *result, Value item) { return !is_error(item) && list_append(vm, result, item); }

Value pattern_split(VM *vm, Pattern *pattern, Value string, Value maxsplit) {
    Subject s;
    ptrdiff_t most = 0;
    if (!is_undefined(maxsplit) && !index_as_ssize(vm, maxsplit, &most)) return ERROR;
    if (!subject_open(vm, pattern, &s, string, UNDEFINED, UNDEFINED)) return ERROR;
    List *result = list_new(vm, 0);
    size_t last = 0;
    bool not_empty = false, fine = result != NULL;
    for (ptrdiff_t n = 0; fine && (most == 0 || n < most); n++) {
        Found found;
        int status = engine_match(vm, pattern, PROGRAM_SEARCH, &s, last, not_empty, &found);
        if (status <= 0) {
            fine = status == 0;
            break;
        }
        size_t from = found.spans[0], to = found.spans[1];
        fine = split_add(vm, result, subject_slice(vm, &s, last, from));
        for (uint32_t i = 1; i <= pattern->groups && fine; i++) fine = split_add(vm, result, found_group(vm, &s, &found, i, NONE));
        not_empty = from == to;
        last = to;
    }
    fine = fine && split_add(vm, result, subject_slice(vm, &s, last, s.end));
    subject_close(&s);
    return fine ? from_object(result) : ERROR;
}

// ---- scanners; what finditer() gives is one

typedef struct Scanner {
    Object head;
    Pattern *pattern;
    Value string;
    size_t pos, endpos, start;   // start: in bytes
    MemoryView *lock;            // of a bytearray that must keep its size until this is over, or dead
    bool not_empty, over;
} Scanner;

static void scanner_trace(VM *vm, Object *object) {
    gc_mark_object(vm, ((Scanner *)object)->pattern);
    gc_mark_value(vm, ((Scanner *)object)->string);
    gc_mark_object(vm, ((Scanner *)object)->lock);
}

static Value scanner_new(VM *vm, Class *cls, Pattern *pattern, Value string, Value pos, Value endpos) {
    Subject s;
    if (!subject_open(vm, pattern, &s, string, pos, endpos)) return ERROR;
    Value lock = s.locked != NULL ? memoryview_new(vm, from_object(s.locked)) : NONE;
    subject_close(&s);
    Scanner *scanner = is_error(lock) ? NULL : object_new_of(vm, cls, sizeof *scanner);
    if (scanner == NULL) return ERROR;
    if (is_memoryview(lock)) scanner->lock = to_memoryview(lock);
    scanner->pattern = pattern;
    scanner->string = string;
    scanner->pos = s.pos;
    scanner->endpos = s.endpos;
    scanner->start = s.start;
    return from_object(scanner);
}

static bool scanner_subject(VM *vm, Scanner *scanner, Subject *s) {
    if (is_str(scanner->string)) {
        Str *text = to_str(scanner->string);
        *s = (Subject){.string = scanner->string, .data = str_data(vm, text), .size = text->size, .pos = scanner->pos, .endpos = scanner->endpos,
                       .end = scanner->endpos == text->length ? text->size : str_byte_offset(vm, text, scanner->endpos), .is_text = true, .utf = !str_is_ascii(text)};
        return s->data != NULL;
    }
    if (!subject_open(vm, scanner->pattern, s, scanner->string, from_int((int64_t)scanner->pos), from_int((int64_t)scanner->endpos))) return false;
    return true;
}

static Value scanner_step(VM *vm, Scanner *scanner, ProgramKind kind, Value otherwise) {
    Subject s;
    Found found;
    if (scanner->over) return otherwise;
    if (!scanner_subject(vm, scanner, &s)) return ERROR;
    int status = engine_match(vm, scanner->pattern, kind, &s, scanner->start, scanner->not_empty, &found);
    Value match = status < 0 ? ERROR : otherwise;
    if (status > 0) {
        scanner->not_empty = found.spans[0] == found.spans[1];
        scanner->start = found.spans[1];
        match = match_new(vm, scanner->pattern, &s, &found);
    } else if (status == 0) {
        scanner->over = true;
        if (scanner->lock != NULL) memoryview_release(scanner->lock);
        scanner->lock = NULL;
    }
    subject_close(&s);
    gc_keep(scanner);
    return match;
}

static Value scanner_match(VM *vm, const Value *args, int argc) { return scanner_step(vm, (Scanner *)to_object(args[0]), PROGRAM_MATCH, NONE); }
static Value scanner_search(VM *vm, const Value *args, int argc) { return scanner_step(vm, (Scanner *)to_object(args[0]), PROGRAM_SEARCH, NONE); }
static Value scanner_pattern(VM *vm, Value self) { return from_object(((Scanner *)to_object(self))->pattern); }

static const NativeDef scanner_methods[] = {
    {"match(self, /)", scanner_match, "The match that begins where the last one ended, or None.", 0},
    {"search(self, /)", scanner_search, "The next match, or None.", 0},
    {0},
};
static const GetSetDef scanner_getsets[] = {{"pattern", scanner_pattern, NULL, "The pattern."}, {0}};

static Value finditer_next(VM *vm, const Value *args, int argc) { return scanner_step(vm, (Scanner *)to_object(args[0]), PROGRAM_SEARCH, STOP); }
static Value finditer_iter(VM *vm, const Value *args, int argc) { return args[0]; }

static const NativeDef finditer_methods[] = {
    {"__iter__(self, /)", finditer_iter, NULL, 0},
    {"__next__(self, /)", finditer_next, NULL, 0},
    {0},
};

bool scanner_class_make(VM *vm, ReState *state) {
    state->scanner_class = re_class_make(vm, "_sre", "SRE_Scanner", sizeof(Scanner), scanner_methods, scanner_getsets, scanner_trace, NULL);
    state->finditer_class = re_class_make(vm, "builtins", "callable_iterator", sizeof(Scanner), finditer_methods, NULL, scanner_trace, NULL);
    return state->scanner_class != NULL && state->finditer_class != NULL;
}

Value pattern_scanner(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos) {
    return scanner_new(vm, vm->re->scanner_class, pattern, string, pos, endpos);
}
Value pattern_finditer(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos) {
    return scanner_new(vm, vm->re->finditer_class, pattern, string, pos, endpos);
}
#endif
