// See stack_summary.h.
#include "vm/stack_summary.h"

#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/report.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

static Tuple *entry_of(VM *vm, Frame *frame) {
    Code *code = frame->code;
    int line = frame->pc == code->words ? code->first_line : code_line(code, frame->pc - 1);
    return tuple_pack(vm, 3, from_object(code->filename), from_int(line), from_object(code->name));
}

List *stack_summary_list(VM *vm, size_t depth) {
    List *list = list_new(vm, depth);
    if (list == NULL) return NULL;
    for (Frame *frame = vm->frame; frame != NULL && list->count < depth; frame = frame->caller) {
        Tuple *entry = entry_of(vm, frame);
        if (entry == NULL || !list_append(vm, list, from_object(entry))) return NULL;
    }
    for (size_t i = 0; i < list->count / 2; i++) {
        Value first = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = first;
    }
    return list;
}

Tuple *stack_summary(VM *vm, size_t depth) {
    size_t count = 0;
    for (Frame *frame = vm->frame; frame != NULL && count < depth; frame = frame->caller) count++;
    Tuple *tuple = tuple_new(vm, count);
    if (tuple == NULL) return NULL;
    Frame *frame = vm->frame;
    for (size_t i = 0; i < count; i++, frame = frame->caller) {
        Tuple *entry = entry_of(vm, frame);
        if (entry == NULL) return NULL;
        tuple->items[i] = from_object(entry);
        gc_write_barrier(vm, tuple);
    }
    return tuple;
}

// What is no entry is passed over: programs may put anything there.
static bool add_entry(VM *vm, StrBuilder *b, Value entry) {
    Tuple *tuple = is_tuple(entry) ? to_tuple(entry) : NULL;
    if (tuple == NULL || tuple->count < 3 || !is_str(tuple->items[0]) || !is_int(tuple->items[1]) || !is_str(tuple->items[2])) return true;
    int line = (int)to_int(tuple->items[1]);
    Str *place = str_printf(vm, "  File \"%V\", line %d, in %V\n", tuple->items[0], line, tuple->items[2]);
    if (place == NULL || !str_builder_add_str(b, place)) return false;
    Str *source = source_line_of(vm, to_str(tuple->items[0]), line);
    if (source == NULL) return !is_raised(vm);
    Str *indented = str_printf(vm, "    %S\n", source);
    return indented != NULL && str_builder_add_str(b, indented);
}

Str *stack_summary_text(VM *vm, Value entries, bool innermost_first) {
    StrBuilder b = STR_BUILDER(vm);
    size_t count = is_tuple(entries) ? to_tuple(entries)->count : is_list(entries) ? to_list(entries)->count : 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = innermost_first ? count - 1 - i : i;
        if (is_list(entries) && at >= to_list(entries)->count) break;
        if (add_entry(vm, &b, is_tuple(entries) ? to_tuple(entries)->items[at] : to_list(entries)->items[at])) continue;
        str_builder_cancel(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}
