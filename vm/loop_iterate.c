// Operations of the dispatch loop: displays, strings, unpacking, iteration.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/loop_enter.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/format.h"
#include "vm/types/generator.h"
#include "vm/types/int.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

static Frame *store(Frame *frame, Word in, Value v) {
    if (UNLIKELY(is_error(v))) return NULL;
    RA(in) = v;
    return frame;
}

static Frame *store_object(Frame *frame, Word in, void *object) {
    if (UNLIKELY(object == NULL)) return NULL;
    RA(in) = from_object(object);
    return frame;
}

// ---- displays

Frame *loop_op_build_set(VM *vm, Frame *frame, Word in) {
    Set *set = set_new(vm, false);
    if (set == NULL) return NULL;
    const Value *items = &RB(in);
    for (unsigned i = 0; i < word_c(in); i++)
        if (!set_add(vm, set, items[i])) return NULL;
    return store_object(frame, in, set);
}

Frame *loop_op_build_dict(VM *vm, Frame *frame, Word in) {
    Dict *dict = word_c(in) == 0 ? dict_new(vm) : dict_new_sized(vm, word_c(in));
    if (dict == NULL) return NULL;
    const Value *items = &RB(in);
    for (unsigned i = 0; i < word_c(in); i++)
        if (!dict_set(vm, dict, items[2 * i], items[2 * i + 1])) return NULL;
    return store_object(frame, in, dict);
}

Frame *loop_op_list_extend(VM *vm, Frame *frame, Word in) {
    Value source = RB(in);
    if (!is_iterable(vm, source)) return raise_type_error(vm, "Value after * must be an iterable, not %T", source), NULL;
    return list_extend(vm, to_list(RA(in)), source) ? frame : NULL;
}

Frame *loop_op_list_to_tuple(VM *vm, Frame *frame, Word in) {
    List *list = to_list(RB(in));
    return store_object(frame, in, tuple_from_list(vm, list));
}

Frame *loop_op_set_add(VM *vm, Frame *frame, Word in) { return set_add(vm, to_set(RA(in)), RB(in)) ? frame : NULL; }
Frame *loop_op_set_update(VM *vm, Frame *frame, Word in) { return set_update(vm, to_set(RA(in)), RB(in)) ? frame : NULL; }
Frame *loop_op_dict_set(VM *vm, Frame *frame, Word in) { return dict_set(vm, to_dict(RA(in)), RB(in), RC(in)) ? frame : NULL; }

static bool is_mapping(VM *vm, Value v) {
    return is_dict(v) || !is_undefined(class_lookup(vm, class_of(vm, v), vm->names.keys));
}

Frame *loop_op_dict_update(VM *vm, Frame *frame, Word in) {
    Value source = RB(in);
    if (!is_mapping(vm, source)) return raise_type_error(vm, "'%T' object is not a mapping", source), NULL;
    return dict_update(vm, to_dict(RA(in)), source) ? frame : NULL;
}

Frame *loop_op_dict_merge(VM *vm, Frame *frame, Word in) {
    return call_merge_keywords(vm, RC(in), to_dict(RA(in)), RB(in)) ? frame : NULL;
}

// ---- strings

enum { FORMAT_CONVERTED = 1, FORMAT_SHOWN, FORMAT_DONE };   // str() or repr(); str() in the place of format(); __format__

// The conversion and the format of an object with methods in Python: those get frames. NULL without an exception: it has none.
static Frame *format_enter(VM *vm, Frame *frame, Word in, Value v) {
    Value spec = word_c(in) == NO_REGISTER ? from_object(vm->empty_str) : RC(in), args[2] = {v, spec};
    uint16_t step = FORMAT_CONVERTED;
    Function *function = NULL;
    if (word_x(in) == 0) {
        Value method = class_special(vm, class_of(vm, v), SPECIAL_FORMAT);
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_CONTINUE, FORMAT_DONE, NULL);
        if (!is_native(method) || to_native(method)->owner != vm->types.object || to_str(spec)->size != 0) return NULL;
        function = text_function(vm, v, false);
        step = FORMAT_SHOWN;
    } else if (word_x(in) != 'a') {
        function = text_function(vm, v, word_x(in) == 'r');
    }
    return function == NULL ? NULL : loop_call_function(vm, frame, function, args, 1, RETURN_CONTINUE, step, NULL);
}

Frame *loop_format_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    if (!is_str(v)) {
        const char *text = step == FORMAT_DONE ? "__format__ must return a str, not %T"
                           : step == FORMAT_SHOWN || word_x(in) == 's' ? "__str__ returned non-string (type %T)" : "__repr__ returned non-string (type %T)";
        return raise_type_error(vm, text, v), NULL;
    }
    bool plain = word_c(in) == NO_REGISTER && to_object(v)->shape->cls == vm->types.str;
    if (step != FORMAT_CONVERTED || plain) return store(frame, in, v);
    return store(frame, in, value_format(vm, v, word_c(in) == NO_REGISTER ? NULL : to_str(RC(in))));
}

Frame *loop_op_format_value(VM *vm, Frame *frame, Word in) {
    Value v = RB(in);
    Str *s = NULL;
    if (may_enter(v)) {
        Frame *entered = format_enter(vm, frame, in, v);
        if (entered != NULL || is_raised(vm) || vm->frame != frame) return entered;
    }
    switch (word_x(in)) {
    case 'r': s = value_repr(vm, v); break;
    case 's': s = value_str(vm, v); break;
    case 'a': s = value_ascii(vm, v); break;
    default: break;
    }
    if (word_x(in) != 0) {
        if (s == NULL) return NULL;
        v = from_object(s);
    }
    if (word_c(in) == NO_REGISTER) {
        if (is_str(v) && to_object(v)->shape->cls == vm->types.str) return store(frame, in, v);
        return store(frame, in, value_format(vm, v, NULL));
    }
    Value spec = RC(in);
    return store(frame, in, value_format(vm, v, to_str(spec)));
}

Frame *loop_op_build_string(VM *vm, Frame *frame, Word in) {
    const Value *parts = &RB(in);
    unsigned count = word_c(in);
    size_t size = 0, length = 0;
    if (count == 1) return store(frame, in, parts[0]);
    for (unsigned i = 0; i < count; i++) {
        size += to_str(parts[i])->size;
        length += to_str(parts[i])->length;
    }
    if (size > STR_MAX_SIZE) return raise_no_memory(vm), NULL;
    char *data;
    for (unsigned i = 0; i < count; i++)
        if (str_data(vm, to_str(parts[i])) == NULL) return NULL;
    Str *s = str_new_raw(vm, size, length, &data);
    if (s == NULL) return NULL;
    for (unsigned i = 0; i < count; i++) {
        memcpy(data, to_str(parts[i])->data, to_str(parts[i])->size);
        data += to_str(parts[i])->size;
    }
    return store_object(frame, in, s);
}

// ---- unpacking

static bool unpack_begin(VM *vm, Value source, Iteration *it) {
    if (is_iterable(vm, source)) return iter_begin(vm, it, source);
    raise_type_error(vm, "cannot unpack non-iterable %T object", source);
    return false;
}

Frame *loop_op_unpack(VM *vm, Frame *frame, Word in) {
    Value source = RB(in), *to = &RA(in);
    size_t wanted = word_c(in), given;
    if (is_object(source) && (to_object(source)->shape->cls == vm->types.list || to_object(source)->shape->cls == vm->types.tuple)) {
        const Value *items = is_list(source) ? to_list(source)->items : to_tuple(source)->items;
        given = is_list(source) ? to_list(source)->count : to_tuple(source)->count;
        if (given == wanted) {
            for (size_t i = 0; i < wanted; i++) to[i] = items[i];
            return frame;
        }
    } else {
        Iteration it;
        Value item;
        if (!unpack_begin(vm, source, &it)) return NULL;
        for (given = 0; given < wanted && iter_step(vm, &it, &item); given++) to[given] = item;
        if (!it.failed && given == wanted) {
            if (!iter_step(vm, &it, &item)) return it.failed ? NULL : frame;
            given++;
        }
        if (it.failed) return NULL;
    }
    if (given > wanted) raise_value_error(vm, "too many values to unpack (expected %d)", (int)wanted);
    else raise_value_error(vm, "not enough values to unpack (expected %d, got %d)", (int)wanted, (int)given);
    return NULL;
}

Frame *loop_op_unpack_ex(VM *vm, Frame *frame, Word in) {
    Value source = RB(in), *to = &RA(in), item;
    size_t before = word_c(in), after = word_x(in), given;
    Iteration it;
    if (!unpack_begin(vm, source, &it)) return NULL;
    List *rest = list_new(vm, 0);
    if (rest == NULL) return NULL;
    for (given = 0; given < before && iter_step(vm, &it, &item); given++) to[given] = item;
    if (!it.failed && given == before)
        while (iter_step(vm, &it, &item))
            if (!list_append(vm, rest, item)) return NULL;
    if (it.failed) return NULL;
    if (given < before || rest->count < after) {
        raise_value_error(vm, "not enough values to unpack (expected at least %d, got %d)", (int)(before + after), (int)(given + rest->count));
        return NULL;
    }
    for (size_t i = 0; i < after; i++) to[before + 1 + i] = rest->items[rest->count - after + i];
    rest->count -= after;
    for (size_t i = 0; i < after; i++) rest->items[rest->count + i] = UNDEFINED;
    to[before] = from_object(rest);
    return frame;
}

// ---- iteration

enum { STEP_ITER = 1, STEP_NEXT };

static bool is_iterator_object(VM *vm, Value v) {
    return !is_undefined(class_special(vm, class_of(vm, v), SPECIAL_NEXT));
}

Frame *loop_op_get_iter(VM *vm, Frame *frame, Word in) {
    Value source = RB(in), method;
    if (may_enter(source) && is_function(method = class_special(vm, class_of(vm, source), SPECIAL_ITER)))
        return loop_call_function(vm, frame, to_function(method), &source, 1, RETURN_CONTINUE, STEP_ITER, NULL);
    return store(frame, in, iter_get(vm, source));
}

static void state_set(Value *state, Value first, Value second, int mode) {
    state[0] = first;
    state[1] = second;
    state[2] = from_int(mode);
}

// The Python function of a map() over one iterable, maybe a bound one, which the loop gives a frame; NULL for all others.
static Function *map_function(const Iterator *it) {
    if (it->head.flags != ITERATE_MAP || it->index != 0) return NULL;
    Value function = is_kind(it->other, KIND_METHOD) ? ((Method *)to_object(it->other))->function : it->other;
    return is_function(function) && !(to_function(function)->code->flags & CODE_SUSPENDABLE) ? to_function(function) : NULL;
}

// The state for an iterator, which is all that the loop needs to know of it.
static void state_of_iterator(Value *state, Value iterator) {
    int mode = FOR_OBJECT;
    if (is_kind(iterator, KIND_GENERATOR)) mode = FOR_GENERATOR;
    if (is_kind(iterator, KIND_ITERATOR) && !(to_object(iterator)->shape->cls->flags & CLASS_HEAP) && map_function(to_iterator(iterator)) == NULL)
        mode = FOR_ITERATOR;
    state_set(state, iterator, UNDEFINED, mode);
}

// Built-in containers are iterated over without an iterator object. False: not one of those.
static bool state_of_builtin(VM *vm, Value *state, Value source) {
    if (!is_object(source)) return false;
    Class *cls = to_object(source)->shape->cls;
    if (cls == vm->types.list) return state_set(state, source, from_int(0), FOR_LIST), true;
    if (cls == vm->types.tuple) return state_set(state, source, from_int(0), FOR_TUPLE), true;
    if (cls != vm->types.range) return false;
    Range *range = to_range(source);
    if (!is_int(range->start) || !is_int(range->stop) || !is_int(range->step) || !is_int(range->length)) return false;
    state[0] = range->start;
    state[1] = range->length;
    state[2] = range->step;
    return true;
}

// The body begins by taking the item, which is no variable's, apart into two: then an iterator of pairs need not make tuples, and each
// round goes on behind that UNPACK.
static void note_pairs(Frame *frame, Word in, Value *state) {
    if (!is_object(state[0]) || state[2].bits != from_int(FOR_ITERATOR).bits || !iterator_gives_pairs(to_iterator(state[0]))) return;
    const Word *for_iter = frame->pc + word_signed_c(in);
    const Word *body = for_iter + 1 + word_signed_c(*for_iter);
    unsigned item = word_b(*for_iter);
    if (word_op(*body) == OP_UNPACK && word_c(*body) == 2 && word_b(*body) == item && item >= frame->code->local_count)
        state[2] = from_int(FOR_PAIRS);
}

Frame *loop_op_for_prep(VM *vm, Frame *frame, Word in) {
    Value source = RB(in), *state = &RA(in);
    if (word_x(in)) {
        state_of_iterator(state, source);
    } else if (!state_of_builtin(vm, state, source)) {
        Value method = class_special(vm, class_of(vm, source), SPECIAL_ITER);
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &source, 1, RETURN_CONTINUE, STEP_ITER, NULL);
        Value iterator = iter_get(vm, source);
        if (is_error(iterator)) return NULL;
        state_of_iterator(state, iterator);
    }
    note_pairs(frame, in, state);
    frame->pc += word_signed_c(in);
    return frame;
}

static Frame *next_item(VM *vm, Frame *frame, Word in, Value item) {
    RB(in) = item;
    if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return NULL;
    frame->pc += word_signed_c(in);
    return frame;
}

static Frame *for_iter_map(VM *vm, Frame *frame, Word in, Iterator *map) {
    Value item = iter_next_value(vm, map->source);
    if (is_error(item)) return NULL;
    if (is_stop(item)) {
        RA(in) = UNDEFINED;
        return frame;
    }
    bool bound = is_kind(map->other, KIND_METHOD);
    Value args[2] = {bound ? ((Method *)to_object(map->other))->self : item, item};
    return loop_call_function(vm, frame, map_function(map), args, bound ? 2 : 1, RETURN_CONTINUE, STEP_NEXT, NULL);
}

Frame *loop_op_for_iter(VM *vm, Frame *frame, Word in) {
    Value *state = &RA(in), iterator = state[0];
    if (is_undefined(iterator)) return frame;
    if (state[2].bits == from_int(FOR_GENERATOR).bits) return loop_resume_for(vm, frame, to_generator(iterator));
    if (is_exactly(vm, iterator, vm->types.map) && map_function(to_iterator(iterator)) != NULL) return for_iter_map(vm, frame, in, to_iterator(iterator));
    Value method = class_special(vm, class_of(vm, iterator), SPECIAL_NEXT);
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &iterator, 1, RETURN_CONTINUE, STEP_NEXT, NULL);
    Value item = iter_next_value(vm, iterator);
    if (is_error(item)) return NULL;
    if (!is_stop(item)) return next_item(vm, frame, in, item);
    state[0] = UNDEFINED;
    return frame;
}

Frame *loop_iterate_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    if (step == STEP_NEXT) return next_item(vm, frame, in, v);
    if (!is_iterator_object(vm, v)) return raise_type_error(vm, "iter() returned non-iterator of type '%T'", v), NULL;
    if (word_op(in) == OP_GET_ITER) return store(frame, in, v);
    state_of_iterator(&RA(in), v);
    note_pairs(frame, in, &RA(in));
    frame->pc += word_signed_c(in);
    return frame;
}
