// slice: start, stop, step, and what they mean for a sequence of some length.
#include "vm/types/containers.h"

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/int.h"
#include "vm/types/slice.h"
#include "vm/types/str.h"

void slice_trace(VM *vm, Object *object) {
    Slice *slice = (Slice *)object;
    gc_mark_value(vm, slice->start);
    gc_mark_value(vm, slice->stop);
    gc_mark_value(vm, slice->step);
}

Value slice_new(VM *vm, Value start, Value stop, Value step) {
    Shape *shape = builtin_shape(vm, vm->types.slice);
    Slice *slice = shape == NULL ? NULL : object_new_inline(vm, KIND_SLICE, shape, sizeof(Slice));
    if (slice == NULL) return ERROR;
    slice->start = start;
    slice->stop = stop;
    slice->step = step;
    return from_object(slice);
}

static bool slice_part(VM *vm, Value v, ptrdiff_t *out) {
    if (LIKELY(is_int(v))) {
        *out = (ptrdiff_t)to_int(v);
        return true;
    }
    if (!has_index(vm, v)) {
        raise_type_error(vm, "slice indices must be integers or None or have an __index__ method");
        return false;
    }
    return index_as_clamped(vm, v, out);
}

bool slice_unpack(VM *vm, Slice *slice, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t *step) {
    *step = 1;
    if (!is_none(slice->step)) {
        if (!slice_part(vm, slice->step, step)) return false;
        if (*step == 0) {
            raise_value_error(vm, "slice step cannot be zero");
            return false;
        }
        if (*step < -PTRDIFF_MAX) *step = -PTRDIFF_MAX;   // so that it can be negated
    }
    *start = *step < 0 ? PTRDIFF_MAX : 0;
    *stop = *step < 0 ? PTRDIFF_MIN : PTRDIFF_MAX;
    return (is_none(slice->start) || slice_part(vm, slice->start, start)) && (is_none(slice->stop) || slice_part(vm, slice->stop, stop));
}

static ptrdiff_t clamp(ptrdiff_t position, ptrdiff_t length, ptrdiff_t step) {
    if (position < 0) {
        position += length;
        return position >= 0 ? position : step < 0 ? -1 : 0;
    }
    return position < length ? position : step < 0 ? length - 1 : length;
}

size_t slice_adjust(size_t length, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t step) {
    *start = clamp(*start, (ptrdiff_t)length, step);
    *stop = clamp(*stop, (ptrdiff_t)length, step);
    if (step < 0) return *stop < *start ? (size_t)((*start - *stop - 1) / -step + 1) : 0;
    return *start < *stop ? (size_t)((*stop - *start - 1) / step + 1) : 0;
}

bool slice_resolve(VM *vm, Slice *slice, size_t length, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t *step, size_t *count) {
    if (!slice_unpack(vm, slice, start, stop, step)) return false;
    *count = slice_adjust(length, start, stop, *step);
    return true;
}

// ---- the same with ints of any size, for ranges and indices()

static Value slice_index(VM *vm, Value v) {
    if (has_index(vm, v)) return value_index(vm, v);
    return raise_type_error(vm, "slice indices must be integers or None or have an __index__ method");
}

// One end of the slice: counted from the end when negative, then kept between `low` and `high`.
static Value slice_end(VM *vm, Value v, Value length, Value low, Value high) {
    v = slice_index(vm, v);
    if (is_error(v)) return ERROR;
    if (int_sign(v) < 0) {
        v = int_add(vm, v, length);
        if (is_error(v)) return ERROR;
        return int_compare(v, low) < 0 ? low : v;
    }
    return int_compare(v, high) > 0 ? high : v;
}

bool slice_indices(VM *vm, Slice *slice, Value length, Value out[3]) {
    Value step = is_none(slice->step) ? from_int(1) : slice_index(vm, slice->step);
    if (is_error(step)) return false;
    if (int_sign(step) == 0) {
        raise_value_error(vm, "slice step cannot be zero");
        return false;
    }
    bool backwards = int_sign(step) < 0;
    Value low = from_int(backwards ? -1 : 0), high = backwards ? int_add(vm, length, low) : length;
    if (is_error(high)) return false;
    out[0] = is_none(slice->start) ? (backwards ? high : low) : slice_end(vm, slice->start, length, low, high);
    if (is_error(out[0])) return false;
    out[1] = is_none(slice->stop) ? (backwards ? low : high) : slice_end(vm, slice->stop, length, low, high);
    out[2] = step;
    return !is_error(out[1]);
}

static Value slice_method_indices(VM *vm, const Value *args, int argc) {
    Value length = value_index(vm, args[1]), parts[3];
    if (is_error(length)) return ERROR;
    if (int_sign(length) < 0) return raise_value_error(vm, "length should not be negative");
    if (!slice_indices(vm, to_slice(args[0]), length, parts)) return ERROR;
    return object_or_error(tuple_from_values(vm, parts, 3));
}

// ---- methods

static Value slice_dunder_new(VM *vm, const Value *args, int argc) {
    if (argc == 1) return raise_type_error(vm, "slice expected at least 1 argument, got 0");
    if (argc > 4) return raise_type_error(vm, "slice expected at most 3 arguments, got %d", argc - 1);
    if (argc == 2) return slice_new(vm, NONE, args[1], NONE);
    return slice_new(vm, args[1], args[2], argc > 3 ? args[3] : NONE);
}

static Value slice_repr(VM *vm, const Value *args, int argc) {
    Slice *slice = to_slice(args[0]);
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    return object_or_error(str_printf(vm, "slice(%R, %R, %R)", slice->start, slice->stop, slice->step));
}

static Value slice_compare(VM *vm, CompareOp op, const Value *args) {
    if (!is_slice(args[1])) return NOT_IMPLEMENTED;
    Slice *a = to_slice(args[0]), *b = to_slice(args[1]);
    Tuple *x = tuple_pack(vm, 3, a->start, a->stop, a->step), *y = tuple_pack(vm, 3, b->start, b->stop, b->step);
    return x == NULL || y == NULL ? ERROR : tuple_compare(vm, op, x, y);
}
static Value slice_eq(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_EQ, args); }
static Value slice_ne(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_NE, args); }
static Value slice_lt(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_LT, args); }
static Value slice_le(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_LE, args); }
static Value slice_gt(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_GT, args); }
static Value slice_ge(VM *vm, const Value *args, int argc) { return slice_compare(vm, COMPARE_GE, args); }

static Value slice_reduce(VM *vm, const Value *args, int argc) {
    Slice *slice = to_slice(args[0]);
    Tuple *parts = tuple_pack(vm, 3, slice->start, slice->stop, slice->step);
    return parts == NULL ? ERROR : object_or_error(tuple_pack(vm, 2, from_object(vm->types.slice), from_object(parts)));
}

static Value slice_get_start(VM *vm, Value self) { return to_slice(self)->start; }
static Value slice_get_stop(VM *vm, Value self) { return to_slice(self)->stop; }
static Value slice_get_step(VM *vm, Value self) { return to_slice(self)->step; }

static const NativeDef slice_methods[] = {
    {"__new__(cls, /, *args)", slice_dunder_new, NULL, NATIVE_NEW},
    {"__repr__(self, /)", slice_repr, NULL, 0},
    {"__eq__(self, value, /)", slice_eq, NULL, 0},
    {"__ne__(self, value, /)", slice_ne, NULL, 0},
    {"__lt__(self, value, /)", slice_lt, NULL, 0},
    {"__le__(self, value, /)", slice_le, NULL, 0},
    {"__gt__(self, value, /)", slice_gt, NULL, 0},
    {"__ge__(self, value, /)", slice_ge, NULL, 0},
    {"__reduce__(self, /)", slice_reduce, NULL, 0},
    {"indices(self, length, /)", slice_method_indices, "(start, stop, step) as they apply to a sequence of this length.", 0},
    {0},
};

static const GetSetDef slice_getsets[] = {
    {"start", slice_get_start, readonly_member, NULL},
    {"stop", slice_get_stop, readonly_member, NULL},
    {"step", slice_get_step, readonly_member, NULL},
    {0},
};

bool slice_init(VM *vm) {
    static const char doc[] = "slice(stop)\nslice(start, stop[, step])\n\nWhat stands between the brackets of a[start:stop:step].";
    return type_define(vm, &(TypeDef){.where = &vm->types.slice, .doc = doc, .methods = slice_methods, .getsets = slice_getsets}) &&
           class_make_unhashable(vm, vm->types.slice);
}
