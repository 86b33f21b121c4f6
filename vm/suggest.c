// Suggestions: an edit distance in which a change of case costs half of any other change.
#include "vm/suggest.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"

enum { MOVE_COST = 2, CASE_COST = 1, CANDIDATES_MAX = 750, NAME_MAX_SIZE = 40 };

static unsigned char lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c; }

static size_t substitution_cost(unsigned char a, unsigned char b) {
    if (a == b) return 0;
    return lower(a) == lower(b) ? CASE_COST : MOVE_COST;
}

// Cost of making b from a, or more than max_cost as soon as it is sure to be more.
static size_t edit_distance(const char *a, size_t a_size, const char *b, size_t b_size, size_t max_cost) {
    while (a_size > 0 && b_size > 0 && *a == *b) a++, b++, a_size--, b_size--;
    while (a_size > 0 && b_size > 0 && a[a_size - 1] == b[b_size - 1]) a_size--, b_size--;
    if (a_size == 0 || b_size == 0) return (a_size + b_size) * MOVE_COST;
    if (a_size > NAME_MAX_SIZE || b_size > NAME_MAX_SIZE) return max_cost + 1;
    if (b_size < a_size) {
        const char *t = a;
        a = b;
        b = t;
        size_t n = a_size;
        a_size = b_size;
        b_size = n;
    }
    if ((b_size - a_size) * MOVE_COST > max_cost) return max_cost + 1;
    size_t row[NAME_MAX_SIZE];
    for (size_t i = 0; i < a_size; i++) row[i] = (i + 1) * MOVE_COST;
    size_t result = 0;
    for (size_t j = 0; j < b_size; j++) {
        size_t distance = j * MOVE_COST, smallest = SIZE_MAX;
        result = distance;
        for (size_t i = 0; i < a_size; i++) {
            size_t substitute = distance + substitution_cost((unsigned char)b[j], (unsigned char)a[i]);
            distance = row[i];
            size_t insert_delete = (result < distance ? result : distance) + MOVE_COST;
            result = insert_delete < substitute ? insert_delete : substitute;
            row[i] = result;
            if (result < smallest) smallest = result;
        }
        if (smallest > max_cost) return max_cost + 1;
    }
    return result;
}

typedef struct Search { Str *name; Str *best; size_t best_distance; } Search;

static void consider(VM *vm, Search *search, Value candidate) {
    if (!is_str(candidate)) return;
    Str *item = to_str(candidate);
    const char *wanted = str_data(vm, search->name), *have = str_data(vm, item);
    if (wanted == NULL || have == NULL || str_equal(vm, search->name, item)) return;
    // No more than a third of the characters may change.
    size_t max_distance = (search->name->size + item->size + 3) * MOVE_COST / 6;
    if (search->best_distance - 1 < max_distance) max_distance = search->best_distance - 1;
    size_t distance = edit_distance(wanted, search->name->size, have, item->size, max_distance);
    if (distance > max_distance || distance >= search->best_distance) return;
    search->best = item;
    search->best_distance = distance;
}

static Str *nearest_key(VM *vm, Str *name, Dict *dict) {
    Search search = {name, NULL, SIZE_MAX};
    if (dict->count >= CANDIDATES_MAX) return NULL;
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) consider(vm, &search, key);
    return search.best;
}

// A name that was not found, by the frame it was looked for in: locals, globals, built-ins.
static Str *suggest_name(VM *vm, Exception *e) {
    if (!is_str(e->fields[NAME_ERROR_NAME]) || is_none(e->traceback)) return NULL;
    Str *name = to_str(e->fields[NAME_ERROR_NAME]);
    Traceback *tb = (Traceback *)to_object(e->traceback);
    while (!is_none(tb->next)) tb = (Traceback *)to_object(tb->next);
    Code *code = tb->code;
    Search search = {name, NULL, SIZE_MAX};
    if (code->local_count + code->free_count < CANDIDATES_MAX) {
        // CPython looks through co_varnames: the parameters, and the locals that no inner function captures.
        uint32_t first_cell = code->cell_count > 0 ? code->cells[0] : code->local_count;
        for (uint32_t i = 0; i < code->cell_count && first_cell < code->parameter_registers; i++) first_cell = code->cells[i];
        if (first_cell < code->parameter_registers) first_cell = code->local_count;
        for (uint32_t i = 0; i < first_cell; i++) consider(vm, &search, from_object(code->locals[i]));
    }
    if (search.best != NULL) return search.best;
    Str *found = nearest_key(vm, name, tb->globals);
    return found != NULL ? found : nearest_key(vm, name, vm->builtins);
}

static Str *suggest_attribute(VM *vm, Exception *e) {
    Value object = e->fields[ATTRIBUTE_OBJ];
    if (!is_str(e->fields[ATTRIBUTE_NAME]) || is_undefined(object)) return NULL;
    Str *dir_name = str_intern_c(vm, "dir");
    Value dir = dir_name == NULL ? UNDEFINED : dict_get_str(vm, vm->builtins, dir_name);
    if (is_undefined(dir)) return NULL;
    Value names = call1(vm, dir, object);
    if (is_error(names) || !is_list(names) || to_list(names)->count >= CANDIDATES_MAX) return NULL;
    Search search = {to_str(e->fields[ATTRIBUTE_NAME]), NULL, SIZE_MAX};
    for (size_t i = 0; i < to_list(names)->count; i++) consider(vm, &search, to_list(names)->items[i]);
    return search.best;
}

Str *suggestion_for(VM *vm, Value exception) {
    Class *cls = class_of(vm, exception);
    if (cls == vm->exc.NameError) return suggest_name(vm, to_exception(exception));
    if (cls == vm->exc.AttributeError) return suggest_attribute(vm, to_exception(exception));
    return NULL;
}
