// The public API: making and reading values.
#include "vm/api_internal.h"

#include "vm/call.h"
#include "vm/types/bytes.h"
#include "vm/types/float.h"
#include "vm/types/int.h"

// ---- making

CoilValue coil_none(CoilVM *vm) { return handle(vm_of(vm), NONE); }
CoilValue coil_bool(CoilVM *vm, bool value) { return handle(vm_of(vm), from_bool(value)); }

// What needs no object is made and read without entering the VM. The rest stands apart, so that the short ways save no registers for it.
#define APART static __attribute__((noinline))

APART CoilValue make_immediate(VM *vm, Value v) {   // where the chunk of handles may be full
    return handle(vm, v);
}
static inline CoilValue immediate(VM *vm, Value v) {
    struct ApiState *api = vm->api;
    if (UNLIKELY(api->next == api->end)) return make_immediate(vm, v);
    *api->next = v;
    return (CoilValue){api->next++};
}

APART CoilValue make_int(VM *vm, int64_t value, const char *function) { API_VALUE_NAMED(int_from_i64(vm, value), function); }
APART CoilValue make_uint(VM *vm, uint64_t value, const char *function) { API_VALUE_NAMED(int_from_u64(vm, value), function); }
APART CoilValue make_float(VM *vm, double value, const char *function) { API_VALUE_NAMED(float_new(vm, value), function); }

CoilValue coil_int(CoilVM *coil, int64_t value) {
    return LIKELY(int_fits(value)) ? immediate(vm_of(coil), from_int(value)) : make_int(vm_of(coil), value, __func__);
}

CoilValue coil_uint(CoilVM *coil, uint64_t value) {
    return LIKELY(value <= (uint64_t)INT_INLINE_MAX) ? immediate(vm_of(coil), from_int((int64_t)value)) : make_uint(vm_of(coil), value, __func__);
}

CoilValue coil_float(CoilVM *coil, double value) {
    Value made;
    return LIKELY(float_inline(value, &made)) ? immediate(vm_of(coil), made) : make_float(vm_of(coil), value, __func__);
}

static Value int_from_digits(VM *vm, const char *digits, size_t size, int base) {
    if (base != 0 && (base < 2 || base > 36)) return raise_value_error(vm, "int() base must be >= 2 and <= 36, or 0");
    Str *text = str_from_latin1_or_utf8(vm, digits, size, "replace");
    return text == NULL ? ERROR : int_from_text(vm, text, base, from_object(text));
}

CoilValue coil_int_from_text(CoilVM *coil, const char *digits, size_t size, int base) {
    VM *vm = vm_of(coil);
    API_VALUE(int_from_digits(vm, digits, size, base));
}

CoilValue coil_int_from_bytes(CoilVM *coil, const void *data, size_t size, bool is_signed) {
    VM *vm = vm_of(coil);
    API_VALUE(int_read_bytes(vm, data, size, false, is_signed));
}

CoilValue coil_str(CoilVM *coil, const char *utf8, size_t size) {
    VM *vm = vm_of(coil);
    API_OBJECT(str_from_latin1_or_utf8(vm, utf8, size, "strict"));
}

CoilValue coil_text(CoilVM *coil, const char *utf8) { return coil_str(coil, utf8, strlen(utf8)); }

CoilValue coil_bytes(CoilVM *coil, const void *data, size_t size) {
    VM *vm = vm_of(coil);
    API_OBJECT(bytes_new(vm, data, size));
}

// Error handles among the items make the whole fail.
static bool items_are_given(VM *vm, const CoilValue *items, size_t count, const char *function) {
    for (size_t i = 0; i < count; i++) {
        Value item = value_of(vm, items[i]);
        if (UNLIKELY(!is_given(item))) return refuse(vm, item, function), false;
    }
    return true;
}

CoilValue coil_list(CoilVM *coil, const CoilValue *items, size_t count) {
    VM *vm = vm_of(coil);
    if (!items_are_given(vm, items, count, __func__)) return NO_HANDLE;
    ENTER(vm);
    List *list = list_new(vm, count);
    for (size_t i = 0; list != NULL && i < count; i++)
        if (!list_append(vm, list, value_of(vm, items[i]))) list = NULL;
    CoilValue result = object_handle(vm, list);
    LEAVE_WITH(vm, result);
}

CoilValue coil_tuple(CoilVM *coil, const CoilValue *items, size_t count) {
    VM *vm = vm_of(coil);
    if (!items_are_given(vm, items, count, __func__)) return NO_HANDLE;
    ENTER(vm);
    Tuple *tuple = tuple_new(vm, count);
    for (size_t i = 0; tuple != NULL && i < count; i++) tuple->items[i] = value_of(vm, items[i]);
    CoilValue result = object_handle(vm, tuple);
    LEAVE_WITH(vm, result);
}

static CoilValue make_set(VM *vm, const CoilValue *items, size_t count, bool frozen, const char *function) {
    if (!items_are_given(vm, items, count, function)) return NO_HANDLE;
    ENTER(vm);
    Set *set = set_new(vm, frozen);
    for (size_t i = 0; set != NULL && i < count; i++)
        if (!set_add(vm, set, value_of(vm, items[i]))) set = NULL;
    CoilValue result = object_handle(vm, set);
    LEAVE_WITH(vm, result);
}

CoilValue coil_set(CoilVM *coil, const CoilValue *items, size_t count) { return make_set(vm_of(coil), items, count, false, __func__); }
CoilValue coil_frozenset(CoilVM *coil, const CoilValue *items, size_t count) { return make_set(vm_of(coil), items, count, true, __func__); }

CoilValue coil_dict(CoilVM *coil) {
    VM *vm = vm_of(coil);
    API_OBJECT(dict_new(vm));
}

// ---- reading

CoilKind coil_kind(CoilVM *coil, CoilValue v) {
    Value value = value_of(vm_of(coil), v);
    if (is_none(value)) return COIL_KIND_NONE;
    if (is_bool(value)) return COIL_KIND_BOOL;
    if (is_any_int(value)) return COIL_KIND_INT;
    if (is_any_float(value)) return COIL_KIND_FLOAT;
    switch (kind_of(value)) {
    case KIND_STR: return COIL_KIND_STR;
    case KIND_BYTES: return COIL_KIND_BYTES;
    case KIND_LIST: return COIL_KIND_LIST;
    case KIND_TUPLE: return COIL_KIND_TUPLE;
    case KIND_DICT: return COIL_KIND_DICT;
    case KIND_SET: case KIND_FROZENSET: return COIL_KIND_SET;
    default: return COIL_KIND_OTHER;
    }
}

bool coil_is_none(CoilVM *coil, CoilValue v) { return is_none(value_of(vm_of(coil), v)); }

CoilStatus coil_read_bool(CoilVM *coil, CoilValue v, bool *out) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    if (is_bool(value)) {
        *out = is_true_value(value);
        return COIL_OK;
    }
    ENTER(vm);
    int truth = value_is_true(vm, value);
    if (truth >= 0) *out = truth;
    LEAVE_WITH(vm, status_of(truth >= 0));
}

APART CoilStatus read_other_int(VM *vm, Value value, int64_t *out, const char *function) {
    if (!is_given(value)) return refuse(vm, value, function), COIL_RAISED;
    API_STATUS_NAMED(value_as_i64(vm, value, out), function);
}
APART CoilStatus read_other_float(VM *vm, Value value, double *out, const char *function) {
    if (!is_given(value)) return refuse(vm, value, function), COIL_RAISED;
    API_STATUS_NAMED(value_as_double(vm, value, out), function);
}

CoilStatus coil_read_int(CoilVM *coil, CoilValue v, int64_t *out) {
    Value value = value_of(vm_of(coil), v);
    if (UNLIKELY(!is_int(value))) return read_other_int(vm_of(coil), value, out, __func__);
    *out = to_int(value);
    return COIL_OK;
}

// The digits of an int, two's complement, lowest byte first, into `size` bytes.
static bool int_into_memory(VM *vm, Value number, uint8_t *out, size_t size, bool is_signed) {
    if (int_sign(number) < 0 && !is_signed) {
        raise_error(vm, vm->exc.OverflowError, "can't convert negative int to unsigned");
        return false;
    }
    bool negative = int_sign(number) < 0;
    Value magnitude = negative ? int_invert(vm, number) : number;   // ~n has n's bits turned over
    if (is_error(magnitude)) return false;
    if (int_bit_length(magnitude) + is_signed > size * 8 && !(size == 0 && int_sign(magnitude) == 0)) {
        raise_error(vm, vm->exc.OverflowError, "int too big to convert");
        return false;
    }
    int_write_bytes(magnitude, out, size, false, negative);
    return true;
}

static bool read_int_bytes(VM *vm, Value value, void *out, size_t size, bool is_signed) {
    Value number = int_or_bool(value);
    if (is_undefined(number)) return raise_type_error(vm, "'%T' object cannot be interpreted as an integer", value), false;
    return int_into_memory(vm, number, out, size, is_signed);
}

CoilStatus coil_read_int_bytes(CoilVM *coil, CoilValue v, void *out_data, size_t size, bool is_signed) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    API_STATUS(read_int_bytes(vm, value, out_data, size, is_signed));
}

static bool read_uint(VM *vm, Value value, uint64_t *out) {
    uint8_t bytes[8];
    if (!read_int_bytes(vm, value, bytes, sizeof bytes, false)) return false;
    *out = 0;
    for (int i = 7; i >= 0; i--) *out = *out << 8 | bytes[i];
    return true;
}

CoilStatus coil_read_uint(CoilVM *coil, CoilValue v, uint64_t *out) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    API_STATUS(read_uint(vm, value, out));
}

ptrdiff_t coil_int_bits(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, -1);
    Value number = int_or_bool(value);
    if (!is_undefined(number)) return (ptrdiff_t)int_bit_length(number);
    ENTER(vm);
    raise_type_error(vm, "'%T' object cannot be interpreted as an integer", value);
    LEAVE_WITH(vm, -1);
}

CoilStatus coil_read_float(CoilVM *coil, CoilValue v, double *out) {
    Value value = value_of(vm_of(coil), v);
    if (UNLIKELY(!is_inline_float(value))) return read_other_float(vm_of(coil), value, out, __func__);
    *out = to_double(value);
    return COIL_OK;
}

// A string that was appended to shares the longer one's bytes, and then something else stands behind its own.
const char *text_of(VM *vm, Str *text) {
    const char *data = str_data(vm, text);
    if (data == NULL || data[text->size] == 0) return data;
    Str *copy = str_new(vm, data, text->size);
    return coil_is_error(object_handle(vm, copy)) ? NULL : copy->data;
}

CoilStatus coil_read_str(CoilVM *coil, CoilValue v, const char **out_text, size_t *out_size) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    ENTER(vm);
    const char *data = NULL;
    if (!is_str(value)) raise_type_error(vm, "expected str, not %T", value);
    else data = text_of(vm, to_str(value));
    if (data != NULL) {
        *out_text = data;
        if (out_size != NULL) *out_size = to_str(value)->size;
    }
    LEAVE_WITH(vm, status_of(data != NULL));
}

CoilStatus coil_read_bytes(CoilVM *coil, CoilValue v, const void **out_data, size_t *out_size) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    ENTER(vm);
    const uint8_t *data;
    bool ok = bytes_like(vm, value, &data, out_size);
    if (ok) *out_data = data;
    LEAVE_WITH(vm, status_of(ok));
}
