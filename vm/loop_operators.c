// Operations of the dispatch loop: arithmetic, comparison, truth, membership, items.
//
// Special methods written in Python get a frame, and the instruction goes on when it returns: loop_operator_continue() is handed the
// result and the step at which the instruction stands.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static Frame *store(Frame *frame, Word in, Value v) {
    if (UNLIKELY(is_error(v))) return NULL;
    RA(in) = v;
    return frame;
}

// May its class have special methods in Python?
static inline bool is_python_object(Value v) { return is_object(v) && to_object(v)->shape->cls->flags & CLASS_HEAP; }

static Value special_of(VM *vm, Value v, Special special) {
    return class_special(vm, class_of(vm, v), special);
}

// Calls a special method found on the class of args[0] that is not a Python function.
static Value call_found(VM *vm, Value method, const Value *args, int argc, bool comparing) {
    if (native_binds(method)) return native_call(vm, method, args, argc, NULL);
    Value bound = bind_descriptor(vm, method, args[0], class_of(vm, args[0]));
    if (is_error(bound) && comparing) return raised_clear(vm), NOT_IMPLEMENTED;   // as in CPython
    return is_error(bound) ? ERROR : call_value(vm, bound, args + 1, argc - 1);
}

// ---- arithmetic. The steps are the methods to try: 0 in-place, 1 the reflected one of a subclass on the right, 2 the left one, 3 the
// reflected one of the right

enum { BINARY_IN_PLACE, BINARY_SUBCLASS, BINARY_LEFT, BINARY_RIGHT, BINARY_END };

static inline Special binary_special(BinaryOp op) { return (Special)(SPECIAL_ADD + 3 * (int)op); }

// The method to try at a step, UNDEFINED when there is none; args become self and other.
static Value binary_method(VM *vm, BinaryOp op, int step, Value a, Value b, bool in_place, Value *args) {
    Class *left = class_of(vm, a), *right = class_of(vm, b);
    args[0] = a;
    args[1] = b;
    Value change = in_place ? class_special(vm, left, binary_special(op) + 2) : UNDEFINED;
    bool changes_late = in_place && binary_changes_late(vm, op, left, change);   // as their + and * in the place of which it stands
    switch (step) {
    case BINARY_IN_PLACE: return changes_late ? UNDEFINED : change;
    case BINARY_LEFT: return changes_late ? change : class_special(vm, left, binary_special(op));
    default:
        args[0] = b;
        args[1] = a;
        if (left == right || binary_right_goes_first(vm, op, left, right) != (step == BINARY_SUBCLASS)) return UNDEFINED;
        return class_special(vm, right, binary_special(op) + 1);
    }
}

static Frame *binary_methods(VM *vm, Frame *frame, Word in, BinaryOp op, Value a, Value b, bool in_place, int step) {
    for (; step < BINARY_END; step++) {
        Value args[2], method = binary_method(vm, op, step, a, b, in_place, args);
        if (is_undefined(method) || binary_refuses(vm, op, method, args[1])) continue;
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_CONTINUE, (uint16_t)(step + 1), NULL);
        Value v = call_found(vm, method, args, 2, false);
        if (!value_same(v, NOT_IMPLEMENTED)) return store(frame, in, v);
    }
    raise_binary_type_error(vm, op, a, b, in_place);
    return NULL;
}

// Is there a method for which a frame would be pushed? (None as a method is called as well, to fail as in CPython.)
static bool has_python_method(VM *vm, BinaryOp op, Value a, Value b, bool in_place) {
    Special special = binary_special(op);
    Value left = special_of(vm, a, special), right = special_of(vm, b, special + 1);
    return is_function(left) || is_none(left) || is_function(right) || is_none(right) ||
           (in_place && is_function(special_of(vm, a, special + 2)));
}

static Frame *binary(VM *vm, Frame *frame, Word in, BinaryOp op, Value a, Value b, bool in_place) {
    Value v = binary_op_builtin(vm, op, a, b, in_place);
    if (LIKELY(!is_undefined(v))) return store(frame, in, v);
    if (has_python_method(vm, op, a, b, in_place)) return binary_methods(vm, frame, in, op, a, b, in_place, 0);
    return store(frame, in, binary_op(vm, op, a, b, in_place));
}

static const uint8_t int_operators[] = {
    [OP_ADD_INT - OP_ADD_INT] = BINARY_ADD,           [OP_SUB_INT - OP_ADD_INT] = BINARY_SUB,
    [OP_MUL_INT - OP_ADD_INT] = BINARY_MUL,           [OP_FLOORDIV_INT - OP_ADD_INT] = BINARY_FLOORDIV,
    [OP_MOD_INT - OP_ADD_INT] = BINARY_MOD,           [OP_LSHIFT_INT - OP_ADD_INT] = BINARY_LSHIFT,
    [OP_RSHIFT_INT - OP_ADD_INT] = BINARY_RSHIFT,     [OP_AND_INT - OP_ADD_INT] = BINARY_AND,
};
_Static_assert((int)OP_XOR - (int)OP_ADD == (int)BINARY_XOR - (int)BINARY_ADD, "opcodes and BinaryOp are in the same order");

Frame *loop_op_binary(VM *vm, Frame *frame, Word in) {
    return binary(vm, frame, in, (BinaryOp)(word_op(in) - OP_ADD), RB(in), RC(in), word_x(in));
}

Frame *loop_op_binary_int(VM *vm, Frame *frame, Word in) {
    return binary(vm, frame, in, (BinaryOp)int_operators[word_op(in) - OP_ADD_INT], RB(in), from_int(word_signed_c(in)), word_x(in));
}

static Frame *binary_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    if (!value_same(v, NOT_IMPLEMENTED)) return store(frame, in, v);
    if (word_op(in) <= OP_XOR) return binary_methods(vm, frame, in, (BinaryOp)(word_op(in) - OP_ADD), RB(in), RC(in), word_x(in), step);
    return binary_methods(vm, frame, in, (BinaryOp)int_operators[word_op(in) - OP_ADD_INT], RB(in), from_int(word_signed_c(in)), word_x(in), step);
}

Frame *loop_op_unary(VM *vm, Frame *frame, Word in) {
    int which = (int)word_op(in) - OP_NEGATE;
    Value v = RB(in), method = special_of(vm, v, (Special)(SPECIAL_NEG + which));
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_PLAIN, 0, &RA(in));
    return store(frame, in, unary_op(vm, (UnaryOp)which, v));
}
_Static_assert(SPECIAL_INVERT == SPECIAL_NEG + 2 && OP_INVERT == OP_NEGATE + 2 && UNARY_INVERT == 2, "unary operators are in the same order");

// ---- truth

enum { TRUTH_OF_BOOL = 100, TRUTH_OF_LEN, TRUTH_OF_VALUE };

static Frame *jump(VM *vm, Frame *frame, int64_t offset) {
    if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return NULL;
    frame->pc += offset;
    return frame;
}

// The instruction has its truth: NOT and comparisons store it, jumps follow it.
static Frame *decide(VM *vm, Frame *frame, Word in, bool truth) {
    Opcode op = word_op(in);
    switch (op) {
    case OP_NOT: RA(in) = from_bool(!truth); return frame;
    case OP_IN: RA(in) = from_bool(truth != word_x(in)); return frame;
    case OP_JUMP_IF: return truth ? jump(vm, frame, word_bc(in)) : frame;
    case OP_JUMP_IF_NOT: return truth ? frame : jump(vm, frame, word_bc(in));
    default: {
        bool wanted = ((op - OP_JUMP_LT) & 1) == 0;
        return truth == wanted ? jump(vm, frame, word_signed_c(in)) : frame;
    }
    }
}

// Asks v's methods for its truth; a Python one gets a frame.
static Frame *decide_by(VM *vm, Frame *frame, Word in, Value v) {
    if (is_bool(v)) return decide(vm, frame, in, is_true_value(v));
    if (is_python_object(v)) {
        Value method = special_of(vm, v, SPECIAL_BOOL);
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, TRUTH_OF_BOOL, NULL);
        if (is_undefined(method)) {
            method = special_of(vm, v, SPECIAL_LEN);
            if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, TRUTH_OF_LEN, NULL);
            if (is_undefined(method)) return decide(vm, frame, in, true);
        }
    }
    int truth = value_is_true(vm, v);
    return truth < 0 ? NULL : decide(vm, frame, in, truth);
}

static Frame *truth_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    if (step == TRUTH_OF_VALUE) return decide_by(vm, frame, in, v);
    if (step == TRUTH_OF_BOOL) {
        if (!is_bool(v)) return raise_type_error(vm, "__bool__ should return bool, returned %T", v), NULL;
        return decide(vm, frame, in, is_true_value(v));
    }
    int truth = truth_of_length(vm, v);
    return truth < 0 ? NULL : decide(vm, frame, in, truth);
}

Frame *loop_op_not(VM *vm, Frame *frame, Word in) { return decide_by(vm, frame, in, RB(in)); }
Frame *loop_op_jump_if(VM *vm, Frame *frame, Word in) { return decide_by(vm, frame, in, RA(in)); }

Frame *loop_op_in(VM *vm, Frame *frame, Word in) {
    Value container = RC(in), item = RB(in);
    if (is_python_object(container)) {
        Value method = special_of(vm, container, SPECIAL_CONTAINS), args[2] = {container, item};
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_CONTINUE, TRUTH_OF_VALUE, NULL);
    }
    int contains = value_contains(vm, container, item);
    return contains < 0 ? NULL : decide(vm, frame, in, contains);
}

// ---- comparison. Steps: 0 the reflected method of a subclass on the right, 1 the left one, 2 the reflected one; INVERTED: an __eq__ that
// stands for the default __ne__

enum { COMPARE_SUBCLASS, COMPARE_LEFT, COMPARE_RIGHT, COMPARE_END, COMPARE_INVERTED = 16 };

static const uint8_t reflected[] = {
    [COMPARE_LT] = COMPARE_GT, [COMPARE_LE] = COMPARE_GE, [COMPARE_EQ] = COMPARE_EQ,
    [COMPARE_NE] = COMPARE_NE, [COMPARE_GT] = COMPARE_LT, [COMPARE_GE] = COMPARE_LE,
};
static const char *const comparison_signs[] = {"<", "<=", "==", "!=", ">", ">="};

// Comparisons store a value or jump by its truth.
static Frame *compared(VM *vm, Frame *frame, Word in, Value v) {
    if (is_error(v)) return NULL;
    if (word_op(in) <= OP_GE) return store(frame, in, v);
    return decide_by(vm, frame, in, v);
}

static Value compare_method(VM *vm, CompareOp op, int step, Value a, Value b, Value *args) {
    Class *left = class_of(vm, a), *right = class_of(vm, b);
    bool subclass = left != right && class_is_subclass(right, left);
    args[0] = a;
    args[1] = b;
    if (step == COMPARE_LEFT) return class_special(vm, left, (Special)(SPECIAL_LT + op));
    if ((step == COMPARE_SUBCLASS) != subclass) return UNDEFINED;
    args[0] = b;
    args[1] = a;
    return class_special(vm, right, (Special)(SPECIAL_LT + reflected[op]));
}

static Frame *compare_methods(VM *vm, Frame *frame, Word in, CompareOp op, Value a, Value b, int step) {
    for (; step < COMPARE_END; step++) {
        Value args[2], method = compare_method(vm, op, step, a, b, args);
        if (is_undefined(method)) continue;
        uint16_t next = (uint16_t)(step + 1);
        if (op == COMPARE_NE && is_native(method) && value_same(method, class_special(vm, vm->types.object, SPECIAL_NE))) {
            Value equal = special_of(vm, args[0], SPECIAL_EQ);
            if (is_function(equal)) {
                method = equal;
                next |= COMPARE_INVERTED;
            }
        }
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_CONTINUE, next, NULL);
        Value v = call_found(vm, method, args, 2, true);
        if (!value_same(v, NOT_IMPLEMENTED)) return compared(vm, frame, in, v);
    }
    if (op == COMPARE_EQ) return compared(vm, frame, in, from_bool(value_same(a, b)));
    if (op == COMPARE_NE) return compared(vm, frame, in, from_bool(!value_same(a, b)));
    raise_type_error(vm, "'%s' not supported between instances of '%T' and '%T'", comparison_signs[op], a, b);
    return NULL;
}

static Frame *compare(VM *vm, Frame *frame, Word in, CompareOp op, Value a, Value b) {
    Value v = compare_builtin(vm, op, a, b);
    if (LIKELY(!is_undefined(v))) return compared(vm, frame, in, v);
    if (is_python_object(a) || is_python_object(b)) return compare_methods(vm, frame, in, op, a, b, 0);
    return compared(vm, frame, in, compare_values(vm, op, a, b));
}

static CompareOp compare_op_of(Word in) {
    Opcode op = word_op(in);
    return (CompareOp)(op <= OP_GE ? op - OP_LT : (op - OP_JUMP_LT) / 4);
}

Frame *loop_op_compare(VM *vm, Frame *frame, Word in) { return compare(vm, frame, in, compare_op_of(in), RB(in), RC(in)); }
Frame *loop_op_jump_compare(VM *vm, Frame *frame, Word in) { return compare(vm, frame, in, compare_op_of(in), RA(in), RB(in)); }

Frame *loop_op_jump_compare_int(VM *vm, Frame *frame, Word in) {
    return compare(vm, frame, in, compare_op_of(in), RA(in), from_int(word_signed_b(in)));
}

static Frame *compare_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    if (step >= TRUTH_OF_BOOL) return truth_continue(vm, frame, in, step, v);
    if (!value_same(v, NOT_IMPLEMENTED)) {
        if (!(step & COMPARE_INVERTED)) return compared(vm, frame, in, v);
        int truth = value_is_true(vm, v);
        return truth < 0 ? NULL : compared(vm, frame, in, from_bool(!truth));
    }
    CompareOp op = compare_op_of(in);
    Opcode code = word_op(in);
    step &= COMPARE_INVERTED - 1;
    if (code <= OP_GE) return compare_methods(vm, frame, in, op, RB(in), RC(in), step);
    bool immediate = (code - OP_JUMP_LT) & 2;
    return compare_methods(vm, frame, in, op, RA(in), immediate ? from_int(word_signed_b(in)) : RB(in), step);
}

Frame *loop_operator_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    Opcode op = word_op(in);
    if (op <= OP_AND_INT) return binary_continue(vm, frame, in, step, v);
    if (op == OP_NOT || op == OP_IN || op == OP_JUMP_IF || op == OP_JUMP_IF_NOT) return truth_continue(vm, frame, in, step, v);
    return compare_continue(vm, frame, in, step, v);
}

// ---- items

// The __missing__ in Python that a dict's own __getitem__ would end in; UNDEFINED when there is none or the key is there.
static Value missing_of(VM *vm, Value object, Value key, Value getitem) {
    Value missing = special_of(vm, object, SPECIAL_MISSING);
    if (!is_function(missing) || !is_native(getitem) || to_native(getitem)->owner != vm->types.dict) return UNDEFINED;
    int there = dict_contains(vm, to_dict(object), key);
    return there < 0 ? ERROR : there ? UNDEFINED : missing;
}

static Frame *load_item(VM *vm, Frame *frame, Word in, Value object, Value key) {
    if (is_python_object(object)) {
        Value method = special_of(vm, object, SPECIAL_GETITEM), args[2] = {object, key};
        if (!is_function(method) && is_dict(object)) method = missing_of(vm, object, key, method);
        if (is_error(method)) return NULL;
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_PLAIN, 0, &RA(in));
    }
    return store(frame, in, item_get(vm, object, key));
}

Frame *loop_op_load_item(VM *vm, Frame *frame, Word in) { return load_item(vm, frame, in, RB(in), RC(in)); }
Frame *loop_op_load_item_int(VM *vm, Frame *frame, Word in) { return load_item(vm, frame, in, RB(in), from_int(word_signed_c(in))); }

static Frame *store_item(VM *vm, Frame *frame, Value object, Value key, Value value) {
    if (is_python_object(object)) {
        Value method = special_of(vm, object, SPECIAL_SETITEM), args[3] = {object, key, value};
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 3, RETURN_DISCARD, 0, NULL);
    }
    return item_set(vm, object, key, value) ? frame : NULL;
}

Frame *loop_op_store_item(VM *vm, Frame *frame, Word in) { return store_item(vm, frame, RA(in), RB(in), RC(in)); }

Frame *loop_op_delete_item(VM *vm, Frame *frame, Word in) {
    Value object = RA(in), key = RB(in);
    if (is_python_object(object)) {
        Value method = special_of(vm, object, SPECIAL_DELITEM), args[2] = {object, key};
        if (is_function(method)) return loop_call_function(vm, frame, to_function(method), args, 2, RETURN_DISCARD, 0, NULL);
    }
    return item_delete(vm, object, key) ? frame : NULL;
}

// Lists, tuples and strings keep no slice and run no Python code for bounds that are plain ints: a slice on the C stack will do.
static bool slice_on_stack(VM *vm, Value object, const Value *bounds, int count, Slice *slice) {
    for (int i = 0; i < count; i++)
        if (!is_int(bounds[i]) && !is_none(bounds[i])) return false;
    if (!is_object(object) || vm->types.slice->root_shape == NULL) return false;
    Class *cls = to_object(object)->shape->cls;
    if (cls != vm->types.list && cls != vm->types.tuple && cls != vm->types.str) return false;
    *slice = (Slice){.head = {.shape = vm->types.slice->root_shape, .kind = KIND_SLICE}, .start = bounds[0], .stop = bounds[1],
                     .step = count == 3 ? bounds[2] : NONE};
    return true;
}

static Value stack_slice_get(VM *vm, Value object, Slice *slice) {
    return is_kind(object, KIND_LIST) ? list_get_slice(vm, to_list(object), slice) : item_get(vm, object, from_object(slice));
}

Frame *loop_op_load_slice(VM *vm, Frame *frame, Word in) {
    Slice quick;
    Value *bounds = &RC(in);
    if (slice_on_stack(vm, RB(in), bounds, 2, &quick)) return store(frame, in, stack_slice_get(vm, RB(in), &quick));
    Value slice = slice_new(vm, bounds[0], bounds[1], NONE);
    if (is_error(slice)) return NULL;
    return load_item(vm, frame, in, RB(in), slice);
}

Frame *loop_op_store_slice(VM *vm, Frame *frame, Word in) {
    Slice quick;
    Value *bounds = &RB(in);
    if (slice_on_stack(vm, RA(in), bounds, 2, &quick)) {
        Value object = RA(in);
        bool done = is_kind(object, KIND_LIST) ? list_set_slice(vm, to_list(object), &quick, RC(in)) : item_set(vm, object, from_object(&quick), RC(in));
        return done ? frame : NULL;
    }
    Value slice = slice_new(vm, bounds[0], bounds[1], NONE);
    if (is_error(slice)) return NULL;
    return store_item(vm, frame, RA(in), slice, RC(in));
}

Frame *loop_op_build_slice(VM *vm, Frame *frame, Word in) {
    Slice quick;
    Value *bounds = &RB(in);
    Word next = *frame->pc;
    // `x[a:b:c]` at once. The slice is needed no more when the item goes to a register below it (an augmented assignment keeps it).
    if (word_op(next) == OP_LOAD_ITEM && word_c(next) == word_a(in) && word_a(next) <= word_a(in) && word_a(in) >= frame->code->local_count &&
        slice_on_stack(vm, RB(next), bounds, 3, &quick)) {
        frame->pc++;
        return store(frame, next, stack_slice_get(vm, RB(next), &quick));
    }
    return store(frame, in, slice_new(vm, bounds[0], bounds[1], bounds[2]));
}

Frame *loop_op_get_len(VM *vm, Frame *frame, Word in) {
    ptrdiff_t length = value_length(vm, RB(in));
    return length < 0 ? NULL : store(frame, in, int_from_i64(vm, length));
}
