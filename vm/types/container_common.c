// Small things that the files of the containers share.
#include "vm/types/container_common.h"

#include "vm/errors.h"
#include "vm/types/int.h"

bool is_iterable(VM *vm, Value v) {
    Class *cls = class_of(vm, v);
    Value method = class_special(vm, cls, SPECIAL_ITER);
    if (is_undefined(method)) method = class_special(vm, cls, SPECIAL_GETITEM);
    return !is_undefined(method) && !is_none(method);
}

bool has_index(VM *vm, Value v) {
    return is_int(v) || is_bool(v) || is_bigint(v) || !is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX));
}

bool flag_argument(VM *vm, Value v, bool *out_flag) {
    Value index = is_bool(v) ? from_int(is_true_value(v)) : value_index(vm, v);
    *out_flag = !value_same(index, from_int(0));
    return !is_error(index);
}

Value readonly_member(VM *vm, Value self, Value value) { return raise_error(vm, vm->exc.AttributeError, "readonly attribute"); }

Value generic_class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

Value hash_as_int(VM *vm, int64_t hash) { return int_from_i64(vm, hash); }

bool class_make_unhashable(VM *vm, Class *cls) {
    return dict_set_str(vm, cls->dict, vm->names.__hash__, NONE);
}

static bool clamp_position(VM *vm, Value v, ptrdiff_t otherwise, ptrdiff_t length, size_t *out) {
    ptrdiff_t position = otherwise;
    if (!is_undefined(v)) {
        if (!has_index(vm, v)) {
            raise_type_error(vm, "slice indices must be integers or have an __index__ method");
            return false;
        }
        if (!index_as_clamped(vm, v, &position)) return false;
    }
    if (position < 0) position += length;
    *out = position < 0 ? 0 : (size_t)position;
    return true;
}

bool index_range(VM *vm, Value start, Value stop, size_t length, size_t *out_start, size_t *out_stop) {
    return clamp_position(vm, start, 0, (ptrdiff_t)length, out_start) &&
           clamp_position(vm, stop, PTRDIFF_MAX, (ptrdiff_t)length, out_stop);
}

bool count_for_repeat(VM *vm, Value v, ptrdiff_t *out) {
    if (index_as_ssize(vm, v, out)) return true;
    if (raised_matches(vm, vm->exc.IndexError)) {
        raised_clear(vm);
        raise_error(vm, vm->exc.OverflowError, "cannot fit '%T' into an index-sized integer", v);
    }
    return false;
}
