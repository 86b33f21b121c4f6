// Code objects: code units loaded into a VM.
//
// Loading copies everything, because the unit's arena dies: the words are the VM's own, so that instructions may specialise themselves.
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

enum { CODE_NESTING_MAX = 200 };

static bool copy_array(VM *vm, void **out, const void *from, size_t count, size_t item_size) {
    size_t size;
    *out = NULL;
    if (count == 0) return true;
    if (!size_for(vm, count, item_size, 0, &size)) return false;
    *out = buffer_new(vm, size);
    if (*out == NULL) return false;
    memcpy(*out, from, size);
    return true;
}

static Str *name_load(VM *vm, UnitName name) {
    Str *s = str_new(vm, name.data, name.size);
    return s == NULL ? NULL : str_intern(vm, s);
}

// The array is filled in place: entries not loaded yet are NULL, which the trace function takes.
static bool names_load(VM *vm, Code *code, Str ***out, uint32_t *out_count, const UnitName *names, uint32_t count) {
    size_t size;
    if (count == 0) return true;
    if (!size_for(vm, count, sizeof(Str *), 0, &size)) return false;
    *out = buffer_new(vm, size);
    if (*out == NULL) return false;
    *out_count = count;
    for (uint32_t i = 0; i < count; i++) {
        Str *name = name_load(vm, names[i]);
        if (name == NULL) return false;
        (*out)[i] = name;
        gc_write_barrier(vm, code);
    }
    return true;
}

static bool looks_like_name(const char *data, size_t size) {
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
    }
    return true;
}

static Value code_load_nested(VM *vm, const CodeUnit *unit, Str *filename, int depth);

static Value constant_load(VM *vm, const UnitConstant *constant, Str *filename, int depth) {
    switch (constant->kind) {
    case CONSTANT_NONE: return NONE;
    case CONSTANT_TRUE: return TRUE_VALUE;
    case CONSTANT_FALSE: return FALSE_VALUE;
    case CONSTANT_ELLIPSIS: return ELLIPSIS;
    case CONSTANT_INT: return int_from_i64(vm, constant->as.integer);
    case CONSTANT_BIG_INT: return int_parse(vm, constant->as.big.digits, constant->as.big.size, constant->as.big.base);
    case CONSTANT_FLOAT: return float_new(vm, constant->as.real);
    case CONSTANT_COMPLEX: return complex_new(vm, constant->as.complex.real, constant->as.complex.imaginary);
    case CONSTANT_STR: {
        Str *s = str_new(vm, constant->as.bytes.data, constant->as.bytes.size);
        // As in CPython, texts that could be names are interned: lookups then compare addresses.
        if (s != NULL && looks_like_name(constant->as.bytes.data, constant->as.bytes.size)) s = str_intern(vm, s);
        return s == NULL ? ERROR : from_object(s);
    }
    case CONSTANT_BYTES: {
        Bytes *bytes = bytes_new(vm, constant->as.bytes.data, constant->as.bytes.size);
        return bytes == NULL ? ERROR : from_object(bytes);
    }
    case CONSTANT_TUPLE: {
        if (depth > CODE_NESTING_MAX) return raise_error(vm, vm->exc.RecursionError, "constants are nested too deeply");
        size_t count = constant->as.sequence.count;
        Tuple *tuple = tuple_new(vm, count);
        if (tuple == NULL) return ERROR;
        for (size_t i = 0; i < count; i++) {
            Value item = constant_load(vm, &constant->as.sequence.items[i], filename, depth + 1);
            if (is_error(item)) return ERROR;
            tuple->items[i] = item;
            gc_write_barrier(vm, tuple);
        }
        return from_object(tuple);
    }
    case CONSTANT_FROZENSET: {
        if (depth > CODE_NESTING_MAX) return raise_error(vm, vm->exc.RecursionError, "constants are nested too deeply");
        Set *set = set_new(vm, true);
        if (set == NULL) return ERROR;
        for (size_t i = 0; i < constant->as.sequence.count; i++) {
            Value item = constant_load(vm, &constant->as.sequence.items[i], filename, depth + 1);
            if (is_error(item) || !set_add(vm, set, item)) return ERROR;
        }
        return from_object(set);
    }
    case CONSTANT_CODE: return code_load_nested(vm, constant->as.code, filename, depth + 1);
    }
    return NONE;
}

static bool constants_load(VM *vm, Code *code, const CodeUnit *unit, Str *filename, int depth) {
    size_t size;
    if (unit->constant_count == 0) return true;
    if (!size_for(vm, unit->constant_count, sizeof(Value), 0, &size)) return false;
    code->constants = buffer_new(vm, size);
    if (code->constants == NULL) return false;
    code->constant_count = unit->constant_count;
    for (uint32_t i = 0; i < unit->constant_count; i++) {
        Value constant = constant_load(vm, &unit->constants[i], filename, depth);
        if (is_error(constant)) return false;
        code->constants[i] = constant;
        gc_write_barrier(vm, code);
    }
    return true;
}

static bool arrays_load(VM *vm, Code *code, const CodeUnit *unit) {
    if (!copy_array(vm, (void **)&code->words, unit->words, unit->word_count, sizeof(Word))) return false;
    code->word_count = unit->word_count;
    if (!copy_array(vm, (void **)&code->cells, unit->cells, unit->cell_count, sizeof *unit->cells)) return false;
    code->cell_count = unit->cell_count;
    if (!copy_array(vm, (void **)&code->captures, unit->captures, unit->free_count, sizeof *unit->captures)) return false;
    code->capture_count = unit->free_count;
    if (!copy_array(vm, (void **)&code->handlers, unit->handlers, unit->handler_count, sizeof *unit->handlers)) return false;
    code->handler_count = unit->handler_count;
    if (!copy_array(vm, (void **)&code->positions, unit->positions, unit->positions_size, 1)) return false;
    code->positions_size = unit->positions_size;
    return true;
}

static void code_set_counts(Code *code, const CodeUnit *unit) {
    bool var_positional = unit->flags & CODE_VARARGS, var_keyword = unit->flags & CODE_VARKEYWORDS;
    code->register_count = unit->register_count;
    code->flags = unit->flags;
    code->positional_only = unit->positional_only;
    code->positional = unit->positional;
    code->keyword_only = unit->keyword_only;
    code->parameter_registers = (uint16_t)(unit->positional + unit->keyword_only + var_positional + var_keyword);
    bool plain = !var_positional && !var_keyword && unit->keyword_only == 0 && !(unit->flags & CODE_SUSPENDABLE);
    code->plain_arity = plain ? unit->positional : UINT32_MAX;
    code->first_line = unit->first_line;
}

static void code_list_add(VM *vm, Code *code) {
    code->next = vm->codes;
    code->link = &vm->codes;
    if (code->next != NULL) code->next->link = &code->next;
    vm->codes = code;
}

static Value code_load_nested(VM *vm, const CodeUnit *unit, Str *filename, int depth) {
    if (depth > CODE_NESTING_MAX) return raise_error(vm, vm->exc.RecursionError, "functions are nested too deeply");
    Shape *shape = class_shape(vm, vm->types.code);
    Code *code = shape == NULL ? NULL : object_new(vm, KIND_CODE, shape, sizeof *code);
    if (code == NULL) return ERROR;
    code_list_add(vm, code);
    code_set_counts(code, unit);
    code->filename = filename;
    gc_write_barrier(vm, code);
    code->name = name_load(vm, unit->name);
    if (code->name == NULL) return ERROR;
    gc_write_barrier(vm, code);
    code->qualname = name_load(vm, unit->qualname);
    if (code->qualname == NULL) return ERROR;
    gc_write_barrier(vm, code);
    if (!arrays_load(vm, code, unit)) return ERROR;
    if (!names_load(vm, code, &code->names, &code->name_count, unit->names, unit->name_count)) return ERROR;
    if (!names_load(vm, code, &code->locals, &code->local_count, unit->locals, unit->local_count)) return ERROR;
    if (!names_load(vm, code, &code->free_names, &code->free_count, unit->free_names, unit->free_count)) return ERROR;
    if (!constants_load(vm, code, unit, filename, depth)) return ERROR;
    return from_object(code);
}

Value code_load(VM *vm, const CodeUnit *unit, Str *filename) {
    return code_load_nested(vm, unit, filename, 0);
}

// An array and its count are set together: the copy may be traced at any moment.
#define COPY_ARRAY(field, count) \
    (copy_array(vm, (void **)&copy->field, code->field, code->count, sizeof *code->field) && (copy->count = code->count, true))

// Instructions that have specialised themselves stay so: what their caches hold is checked at every use.
Code *code_copy(VM *vm, const Code *code) {
    Code *copy = object_new(vm, KIND_CODE, code->head.shape, sizeof *copy);
    if (copy == NULL) return NULL;
    code_list_add(vm, copy);
    copy->register_count = code->register_count;
    copy->flags = code->flags;
    copy->positional_only = code->positional_only;
    copy->positional = code->positional;
    copy->keyword_only = code->keyword_only;
    copy->parameter_registers = code->parameter_registers;
    copy->plain_arity = code->plain_arity;
    copy->first_line = code->first_line;
    copy->name = code->name;
    copy->qualname = code->qualname;
    copy->filename = code->filename;
    bool copied = COPY_ARRAY(words, word_count) && COPY_ARRAY(constants, constant_count) && COPY_ARRAY(names, name_count) &&
                  COPY_ARRAY(locals, local_count) && COPY_ARRAY(cells, cell_count) && COPY_ARRAY(free_names, free_count) &&
                  COPY_ARRAY(captures, capture_count) && COPY_ARRAY(handlers, handler_count) && COPY_ARRAY(positions, positions_size);
    gc_write_barrier(vm, copy);
    return copied ? copy : NULL;
}

CodePosition code_position(Code *code, const Word *pc) {
    uint32_t index = pc < code->words ? 0 : (uint32_t)(pc - code->words);
    if (pc < code->words) return (CodePosition){code->first_line, code->first_line, 0, 0};
    return position_find(code->positions, code->positions_size, index);
}

int code_line(Code *code, const Word *pc) {
    return code_position(code, pc).line;
}

uint32_t code_self_attributes(Code *code) {
    uint16_t names[64];
    uint32_t count = 0;
    for (uint32_t i = 0; i < code->word_count && count < 64; i += 1 + opcode_cache_words[word_op(code->words[i])]) {
        Word word = code->words[i];
        if (word_op(word) != OP_STORE_ATTR || word_a(word) != 0) continue;
        uint32_t at = 0;
        while (at < count && names[at] != word_c(word)) at++;
        if (at == count) names[count++] = (uint16_t)word_c(word);
    }
    return count;
}

// ---- for the collector

static void trace_names(VM *vm, Str **names, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) gc_mark_object(vm, names[i]);
}

void code_trace(VM *vm, Object *object) {
    Code *code = (Code *)object;
    for (uint32_t i = 0; i < code->constant_count; i++) gc_mark_value(vm, code->constants[i]);
    trace_names(vm, code->names, code->name_count);
    trace_names(vm, code->locals, code->local_count);
    trace_names(vm, code->free_names, code->free_names == NULL ? 0 : code->free_count);
    gc_mark_object(vm, code->name);
    gc_mark_object(vm, code->qualname);
    gc_mark_object(vm, code->filename);
    gc_mark_object(vm, code->spare);
}

void code_free(VM *vm, Object *object) {
    Code *code = (Code *)object;
    if (code->link != NULL) {
        *code->link = code->next;
        if (code->next != NULL) code->next->link = code->link;
    }
    buffer_free(vm, code->words, code->word_count * sizeof *code->words);
    buffer_free(vm, code->constants, code->constant_count * sizeof *code->constants);
    buffer_free(vm, code->names, code->name_count * sizeof *code->names);
    buffer_free(vm, code->locals, code->local_count * sizeof *code->locals);
    buffer_free(vm, code->cells, code->cell_count * sizeof *code->cells);
    if (code->free_names != NULL) buffer_free(vm, code->free_names, code->free_count * sizeof *code->free_names);
    buffer_free(vm, code->captures, code->capture_count * sizeof *code->captures);
    buffer_free(vm, code->handlers, code->handler_count * sizeof *code->handlers);
    buffer_free(vm, code->positions, code->positions_size);
    if (code->lines != NULL) buffer_free(vm, code->lines, code->word_count * sizeof *code->lines);
}

// ---- what Python sees

static Code *to_code(Value v) { return (Code *)to_object(v); }

static Value names_tuple(VM *vm, Str **names, uint32_t count) {
    Tuple *tuple = tuple_new(vm, count);
    if (tuple == NULL) return ERROR;
    for (uint32_t i = 0; i < count; i++) tuple->items[i] = from_object(names[i]);
    return from_object(tuple);
}

static Value code_get_name(VM *vm, Value self) { return from_object(to_code(self)->name); }
static Value code_get_qualname(VM *vm, Value self) { return from_object(to_code(self)->qualname); }
static Value code_get_filename(VM *vm, Value self) { return from_object(to_code(self)->filename); }
static Value code_get_first_line(VM *vm, Value self) { return from_int(to_code(self)->first_line); }
static Value code_get_flags(VM *vm, Value self) { return from_int(to_code(self)->flags & 0xfffffff); }
static Value code_get_argument_count(VM *vm, Value self) { return from_int(to_code(self)->positional); }
static Value code_get_positional_only(VM *vm, Value self) { return from_int(to_code(self)->positional_only); }
static Value code_get_keyword_only(VM *vm, Value self) { return from_int(to_code(self)->keyword_only); }
static Value code_get_stack_size(VM *vm, Value self) { return from_int(to_code(self)->register_count); }
static Value code_get_names(VM *vm, Value self) { return names_tuple(vm, to_code(self)->names, to_code(self)->name_count); }
static Value code_get_free(VM *vm, Value self) { return names_tuple(vm, to_code(self)->free_names, to_code(self)->free_count); }

static Value code_get_constants(VM *vm, Value self) {
    Tuple *tuple = tuple_from_values(vm, to_code(self)->constants, to_code(self)->constant_count);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static bool is_cell_register(const Code *code, uint32_t index) {
    for (uint32_t i = 0; i < code->cell_count; i++)
        if (code->cells[i] == index) return true;
    return false;
}

// Compiler temporaries among the locals have names that no Python program can write; comprehension variables have them too.
static Value code_get_variable_names(VM *vm, Value self) {
    Code *code = to_code(self);
    List *list = list_new(vm, code->local_count);
    if (list == NULL) return ERROR;
    for (uint32_t i = 0; i < code->local_count; i++) {
        if (i >= code->parameter_registers && is_cell_register(code, i)) continue;
        if (!list_append(vm, list, from_object(code->locals[i]))) return ERROR;
    }
    Tuple *tuple = tuple_from_list(vm, list);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static Value code_get_local_count(VM *vm, Value self) {
    Value names = code_get_variable_names(vm, self);
    return is_error(names) ? ERROR : from_int((int64_t)to_tuple(names)->count);
}

static Value code_get_cells(VM *vm, Value self) {
    Code *code = to_code(self);
    Tuple *tuple = tuple_new(vm, code->cell_count);
    if (tuple == NULL) return ERROR;
    for (uint32_t i = 0; i < code->cell_count; i++) tuple->items[i] = from_object(code->locals[code->cells[i]]);
    return from_object(tuple);
}

static Value or_none(int32_t number) { return number < 0 ? NONE : from_int(number); }

// One (line, end line, column, end column) for each word.
static Value code_positions(VM *vm, const Value *args, int argc) {
    Code *code = to_code(args[0]);
    List *list = list_new(vm, code->word_count);
    if (list == NULL) return ERROR;
    for (uint32_t i = 0; i < code->word_count; i++) {
        CodePosition p = code_position(code, code->words + i);
        Tuple *tuple = tuple_pack(vm, 4, or_none(p.line), or_none(p.end_line), or_none(p.column), or_none(p.end_column));
        if (tuple == NULL || !list_append(vm, list, from_object(tuple))) return ERROR;
    }
    return iter_get(vm, from_object(list));
}

// (first word, word after the last, line) for each run of words of one line.
static Value code_lines(VM *vm, const Value *args, int argc) {
    Code *code = to_code(args[0]);
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    for (uint32_t start = 0; start < code->word_count;) {
        int line = code_line(code, code->words + start);
        uint32_t end = start + 1;
        while (end < code->word_count && code_line(code, code->words + end) == line) end++;
        Tuple *tuple = tuple_pack(vm, 3, from_int(start), from_int(end), or_none(line));
        if (tuple == NULL || !list_append(vm, list, from_object(tuple))) return ERROR;
        start = end;
    }
    return iter_get(vm, from_object(list));
}

// ---- equality: by all but the name of the file, as in CPython

// What the instruction was before it specialised itself; its cache words do not count.
static Word generic_word(Word word) {
    Opcode op = word_op(word);
    if (op == OP_LOAD_GLOBAL_BUILTIN) op = OP_LOAD_GLOBAL;
    else if (op >= OP_LOAD_ATTR_SLOT && op <= OP_LOAD_ATTR_PROPERTY) op = OP_LOAD_ATTR;
    else if (op == OP_STORE_ATTR_SLOT || op == OP_STORE_ATTR_ADD) op = OP_STORE_ATTR;
    else if (op >= OP_LOAD_METHOD_FUNCTION && op <= OP_LOAD_METHOD_OF_CLASS) op = OP_LOAD_METHOD;
    return (word & ~(Word)255) | (Word)op;
}

static bool words_equal(const Code *a, const Code *b) {
    if (a->word_count != b->word_count) return false;
    for (uint32_t i = 0; i < a->word_count; i += 1 + opcode_cache_words[word_op(a->words[i])])
        if (generic_word(a->words[i]) != generic_word(b->words[i])) return false;
    return true;
}

// The names are interned.
static bool names_equal(Str **a, uint32_t count, Str **b, uint32_t other_count) {
    return count == other_count && (count == 0 || a == b || (a != NULL && b != NULL && memcmp(a, b, count * sizeof *a) == 0));
}

static int code_equal(VM *vm, const Code *a, const Code *b);

// 1, 0, -1. Equal constants of different types (1, 1.0, True; 0.0, -0.0) are different ones.
static int constants_equal(VM *vm, Value a, Value b) {
    if (value_same(a, b)) return 1;
    if (class_of(vm, a) != class_of(vm, b)) return 0;
    if (is_any_float(a)) {
        double x = float_value(a), y = float_value(b);
        return memcmp(&x, &y, sizeof x) == 0;
    }
    if (is_kind(a, KIND_COMPLEX)) {
        const Complex *x = (const Complex *)to_object(a), *y = (const Complex *)to_object(b);
        return memcmp(&x->real, &y->real, sizeof x->real) == 0 && memcmp(&x->imaginary, &y->imaginary, sizeof x->imaginary) == 0;
    }
    if (is_kind(a, KIND_CODE)) return code_equal(vm, to_code(a), to_code(b));
    if (!is_tuple(a)) return values_equal(vm, a, b);
    if (!stack_check(vm)) return -1;
    if (to_tuple(a)->count != to_tuple(b)->count) return 0;
    for (size_t i = 0; i < to_tuple(a)->count; i++) {
        int equal = constants_equal(vm, to_tuple(a)->items[i], to_tuple(b)->items[i]);
        if (equal != 1) return equal;
    }
    return 1;
}

static int code_equal(VM *vm, const Code *a, const Code *b) {
    if (!stack_check(vm)) return -1;
    if (!str_equal(vm, a->name, b->name) || a->first_line != b->first_line || a->flags != b->flags || a->positional != b->positional ||
        a->positional_only != b->positional_only || a->keyword_only != b->keyword_only || a->constant_count != b->constant_count ||
        a->handler_count != b->handler_count || a->positions_size != b->positions_size || a->cell_count != b->cell_count || a->capture_count != b->capture_count)
        return 0;
    if (!words_equal(a, b) || !names_equal(a->names, a->name_count, b->names, b->name_count) ||
        !names_equal(a->locals, a->local_count, b->locals, b->local_count) ||
        !names_equal(a->free_names, a->free_count, b->free_names, b->free_count))
        return 0;
    if (a->positions_size != 0 && memcmp(a->positions, b->positions, a->positions_size) != 0) return 0;
    for (uint32_t i = 0; i < a->handler_count; i++) {
        const Handler *x = &a->handlers[i], *y = &b->handlers[i];
        if (x->start != y->start || x->end != y->end || x->target != y->target) return 0;
    }
    for (uint32_t i = 0; i < a->cell_count; i++)
        if (a->cells[i] != b->cells[i]) return 0;
    for (uint32_t i = 0; i < a->capture_count; i++)
        if (a->captures[i].from_free != b->captures[i].from_free || a->captures[i].index != b->captures[i].index) return 0;
    for (uint32_t i = 0; i < a->constant_count; i++) {
        int equal = constants_equal(vm, a->constants[i], b->constants[i]);
        if (equal != 1) return equal;
    }
    return 1;
}

static Value code_eq(VM *vm, const Value *args, int argc) {
    if (!is_kind(args[1], KIND_CODE)) return NOT_IMPLEMENTED;
    int equal = args[0].bits == args[1].bits ? 1 : code_equal(vm, to_code(args[0]), to_code(args[1]));
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value code_hash(VM *vm, const Value *args, int argc) {
    const Code *code = to_code(args[0]);
    uint64_t hash = str_hash(vm, code->name) ^ (uint64_t)code->first_line;
    for (uint32_t i = 0; i < code->word_count; i += 1 + opcode_cache_words[word_op(code->words[i])])
        hash = (hash ^ generic_word(code->words[i])) * UINT64_C(0x9E3779B97F4A7C15);
    return from_int((int64_t)(hash >> 8));
}

static Value code_repr(VM *vm, const Value *args, int argc) {
    Code *code = to_code(args[0]);
    int64_t id = object_id(vm, args[0]);
    Str *s = str_printf(vm, "<code object %S at 0x%llx, file \"%S\", line %d>", code->name, (long long)id, code->filename,
                        (int)code->first_line);
    return s == NULL ? ERROR : from_object(s);
}

static const NativeDef code_methods[] = {
    {"co_positions(self, /)", code_positions, NULL, NATIVE_METHOD},
    {"co_lines(self, /)", code_lines, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", code_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", code_eq, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", code_hash, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef code_getsets[] = {
    {"co_name", code_get_name, readonly_member, NULL},
    {"co_qualname", code_get_qualname, readonly_member, NULL},
    {"co_filename", code_get_filename, readonly_member, NULL},
    {"co_firstlineno", code_get_first_line, readonly_member, NULL},
    {"co_flags", code_get_flags, readonly_member, NULL},
    {"co_argcount", code_get_argument_count, readonly_member, NULL},
    {"co_posonlyargcount", code_get_positional_only, readonly_member, NULL},
    {"co_kwonlyargcount", code_get_keyword_only, readonly_member, NULL},
    {"co_nlocals", code_get_local_count, readonly_member, NULL},
    {"co_stacksize", code_get_stack_size, readonly_member, NULL},
    {"co_names", code_get_names, readonly_member, NULL},
    {"co_varnames", code_get_variable_names, NULL, NULL},
    {"co_freevars", code_get_free, NULL, NULL},
    {"co_cellvars", code_get_cells, NULL, NULL},
    {"co_consts", code_get_constants, readonly_member, NULL},
    {0},
};

bool code_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.code, .instance_size = sizeof(Code), .methods = code_methods, .getsets = code_getsets});
}
