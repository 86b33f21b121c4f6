// bytearray: bytes that can change. While a memoryview looks at one (`exports`), its size must not.
#include "vm/types/bytes_methods.h"
#include "vm/types/container_common.h"
#include "vm/types/str_parts.h"

#include "vm/call.h"

#define SELF to_bytearray(args[0])

// ---- for the collector

void bytearray_trace(VM *vm, Object *object) { (void)vm, (void)object; }

void bytearray_free(VM *vm, Object *object) {
    ByteArray *b = (ByteArray *)object;
    if (b->data != NULL) buffer_free(vm, b->data, b->capacity);
}

// ---- size

// Nobody says when a memoryview dies. So where views forbid a change, a collection counts those that are alive (memoryview_trace): the
// ones that a variable or a container holds, for registers of temporaries may still hold views that are long done with. A view that
// lives on in one is no danger: it looks at the size whenever it is used.
static void count_exports(VM *vm, ByteArray *b) {
    b->exports = b->locks;
    b->counting = vm->skip_temporaries = true;
    gc_collect(vm, true);
    b->counting = vm->skip_temporaries = false;
}

bool bytearray_resize(VM *vm, ByteArray *b, size_t size) {
    if (UNLIKELY(b->exports > 0) && size != b->size) count_exports(vm, b);
    if (b->exports > 0 && size != b->size) {
        raise_error(vm, vm->exc.BufferError, "Existing exports of data: object cannot be re-sized");
        return false;
    }
    if (size > b->capacity || (size < b->capacity / 4 && b->capacity > 64)) {
        size_t capacity = size > b->capacity && b->capacity > 0 ? size + size / 8 + 8 : size;
        if (capacity < size) {
            raise_no_memory(vm);
            return false;
        }
        uint8_t *data = buffer_resize(vm, b->data, b->capacity, capacity);
        if (data == NULL && capacity > 0) return false;
        b->data = data;
        b->capacity = capacity;
    }
    b->size = size;
    return true;
}

static bool give_room(VM *vm, ByteArray *b, size_t size) {
    if (size == 0) return true;
    b->data = buffer_new(vm, size);
    if (b->data == NULL) return false;
    b->size = b->capacity = size;
    return true;
}

ByteArray *bytearray_new(VM *vm, const void *data_or_null, size_t size) {
    Shape *shape = class_shape(vm, vm->types.bytearray);
    ByteArray *b = shape == NULL ? NULL : object_new(vm, KIND_BYTEARRAY, shape, sizeof(ByteArray));
    if (b == NULL || !give_room(vm, b, size)) return NULL;
    if (data_or_null != NULL && size > 0) memcpy(b->data, data_or_null, size);
    return b;
}

bool bytearray_append_data(VM *vm, ByteArray *b, const uint8_t *data, size_t size) {
    size_t old = b->size, total;
    if (size == 0) return true;
    if (__builtin_add_overflow(old, size, &total)) {
        raise_no_memory(vm);
        return false;
    }
    bool inside = b->data != NULL && data >= b->data && data < b->data + b->capacity;   // b += b
    size_t offset = inside ? (size_t)(data - b->data) : 0;
    if (!bytearray_resize(vm, b, total)) return false;
    memmove(b->data + old, inside ? b->data + offset : data, size);
    return true;
}

// Puts `size` bytes of data where the bytes from start to end were.
static bool splice(VM *vm, ByteArray *b, size_t start, size_t end, const uint8_t *data, size_t size) {
    size_t old_size = b->size, removed = end - start, total = old_size - removed;
    if (__builtin_add_overflow(total, size, &total)) {
        raise_no_memory(vm);
        return false;
    }
    if (total > old_size && !bytearray_resize(vm, b, total)) return false;
    if (total < old_size && b->exports > 0) {
        count_exports(vm, b);
        if (b->exports > 0) return bytearray_resize(vm, b, total);
    }
    if (old_size > end) memmove(b->data + start + size, b->data + end, old_size - end);
    if (size > 0) memcpy(b->data + start, data, size);
    return total >= old_size || bytearray_resize(vm, b, total);
}

// ---- items

static bool index_of(VM *vm, ByteArray *b, Value key, ptrdiff_t *out) {
    if (!is_int(key) && !is_bool(key) && is_undefined(class_special(vm, class_of(vm, key), SPECIAL_INDEX))) {
        raise_type_error(vm, "bytearray indices must be integers or slices, not %T", key);
        return false;
    }
    if (!index_as_ssize(vm, key, out)) return false;
    if (*out < 0) *out += (ptrdiff_t)b->size;
    if (*out < 0 || *out >= (ptrdiff_t)b->size) {
        raise_error(vm, vm->exc.IndexError, "bytearray index out of range");
        return false;
    }
    return true;
}

static bool delete_slice(VM *vm, ByteArray *b, size_t start, ptrdiff_t step, size_t count) {
    if (step == 1) return splice(vm, b, start, start + count, NULL, 0);
    if (count == 0) return true;
    if (b->exports > 0) {
        count_exports(vm, b);
        if (b->exports > 0) return bytearray_resize(vm, b, b->size - count);
    }
    if (step < 0) {
        start -= (count - 1) * (size_t)-step;
        step = -step;
    }
    size_t out = start;
    for (size_t at = start, next = start, left = count; at < b->size; at++) {
        if (left > 0 && at == next) {
            next += (size_t)step;
            left--;
        } else {
            b->data[out++] = b->data[at];
        }
    }
    return bytearray_resize(vm, b, out);
}

static bool set_slice(VM *vm, ByteArray *b, Slice *slice, Value value) {
    Value kept = UNDEFINED;   // what the bytes belong to
    const uint8_t *data = NULL;
    size_t size = 0;
    if (!is_undefined(value)) {
        if (is_bytes(value)) {
            kept = value;
        } else {
            Class *cls = class_of(vm, value);
            bool is_items = !is_str(value) && !is_any_int(value) && !is_bool(value) &&
                            (is_bytes_like(value) || !is_undefined(class_special(vm, cls, SPECIAL_ITER)) ||
                             !is_undefined(class_special(vm, cls, SPECIAL_GETITEM)));
            if (!is_items) {
                raise_type_error(vm, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
                return false;
            }
            ByteArray *copy = bytearray_from_arguments(vm, "bytearray", value, UNDEFINED, UNDEFINED);
            if (copy == NULL) return false;
            kept = from_object(copy);
        }
        if (!bytes_like(vm, kept, &data, &size)) return false;
    }
    ptrdiff_t start, stop, step;
    size_t count;
    if (!slice_resolve(vm, slice, b->size, &start, &stop, &step, &count)) return false;
    if ((size_t)start > b->size) start = (ptrdiff_t)b->size;
    if (step == 1) {
        size_t end = (size_t)start + count;
        return splice(vm, b, (size_t)start, end > b->size ? b->size : end, data, size);
    }
    if (is_undefined(value) || size == 0) return delete_slice(vm, b, (size_t)start, step, count);
    if (size != count) {
        raise_value_error(vm, "attempt to assign bytes of size %zd to extended slice of size %zd", (ptrdiff_t)size,
                          (ptrdiff_t)count);
        return false;
    }
    for (size_t i = 0, at = (size_t)start; i < count && at < b->size; i++, at += (size_t)step) b->data[at] = data[i];
    return !is_error(kept);
}

bool bytearray_set_item(VM *vm, ByteArray *b, Value key, Value value) {
    if (is_kind(key, KIND_SLICE)) return set_slice(vm, b, (Slice *)to_object(key), value);
    ptrdiff_t index;
    uint8_t byte = 0;
    if (!index_of(vm, b, key, &index)) return false;
    if (is_undefined(value)) return splice(vm, b, (size_t)index, (size_t)index + 1, NULL, 0);
    if (!byte_from_value(vm, value, &byte)) return false;
    if (index >= (ptrdiff_t)b->size) {   // __index__ of the value changed it
        raise_error(vm, vm->exc.IndexError, "bytearray index out of range");
        return false;
    }
    b->data[index] = byte;
    return true;
}

bool bytearray_extend(VM *vm, ByteArray *b, Value iterable) {
    if (is_bytes_like(iterable)) {
        const uint8_t *data;
        size_t size;
        return bytes_like(vm, iterable, &data, &size) && bytearray_append_data(vm, b, data, size);
    }
    Class *cls = class_of(vm, iterable);
    if (is_undefined(class_special(vm, cls, SPECIAL_ITER)) && is_undefined(class_special(vm, cls, SPECIAL_GETITEM))) {
        raise_type_error(vm, "can't extend bytearray with %T", iterable);
        return false;
    }
    ByteArray *more = bytearray_new(vm, NULL, 0);
    Iteration it;
    Value item;
    if (more == NULL || !iter_begin(vm, &it, iterable)) return false;
    while (iter_step(vm, &it, &item)) {
        uint8_t byte;
        if (!byte_from_value(vm, item, &byte) || !bytearray_append_data(vm, more, &byte, 1)) return false;
    }
    bool added = !it.failed && bytearray_append_data(vm, b, more->data, more->size);
    gc_keep(more);
    return added;
}

// ---- methods

static Value bytearray_new_method(VM *vm, const Value *args, int argc) {
    ByteArray *b = object_new_of(vm, (Class *)to_object(args[0]), sizeof(ByteArray));
    return b == NULL ? ERROR : from_object(b);
}

static Value bytearray_init_method(VM *vm, const Value *args, int argc) {
    ByteArray *made = bytearray_from_arguments(vm, "bytearray", arg_or(args, argc, 1, UNDEFINED),
                                               arg_or(args, argc, 2, UNDEFINED), arg_or(args, argc, 3, UNDEFINED));
    bool done = made != NULL && bytearray_resize(vm, SELF, 0) && bytearray_append_data(vm, SELF, made->data, made->size);
    gc_keep(made);
    return done ? NONE : ERROR;
}

static Value bytearray_repr_method(VM *vm, const Value *args, int argc) {
    Str *inner = bytes_repr_data(vm, SELF->data, SELF->size, true);
    if (inner == NULL) return ERROR;
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add_str(&b, class_name_of(vm, args[0]));
    str_builder_add(&b, "(", 1);
    str_builder_add_str(&b, inner);
    str_builder_add(&b, ")", 1);
    return str_or_error(str_builder_finish(&b));
}

static Value bytearray_setitem_method(VM *vm, const Value *args, int argc) {
    return bytearray_set_item(vm, SELF, args[1], args[2]) ? NONE : ERROR;
}
static Value bytearray_delitem_method(VM *vm, const Value *args, int argc) {
    return bytearray_set_item(vm, SELF, args[1], UNDEFINED) ? NONE : ERROR;
}

static Value bytearray_iadd_method(VM *vm, const Value *args, int argc) {
    if (!is_bytes_like(args[1])) return raise_type_error(vm, "can't concat %T to %T", args[1], args[0]);
    if (value_same(args[0], args[1]) && SELF->size > 0) {   // as CPython: the right side holds a view of the left one
        return raise_error(vm, vm->exc.BufferError, "Existing exports of data: object cannot be re-sized");
    }
    return bytearray_extend(vm, SELF, args[1]) ? args[0] : ERROR;
}

static Value bytearray_imul_method(VM *vm, const Value *args, int argc) {
    ptrdiff_t count;
    if (!count_for_repeat(vm, args[1], &count)) return ERROR;
    size_t old = SELF->size, size;
    if (count < 0) count = 0;
    if (__builtin_mul_overflow(old, (size_t)count, &size) || !heap_would_fit(vm, size))
        return is_raised(vm) ? ERROR : raise_no_memory(vm);
    if (!bytearray_resize(vm, SELF, size)) return ERROR;
    for (size_t done = old; done < size && done > 0;) {
        size_t more = done < size - done ? done : size - done;
        memcpy(SELF->data + done, SELF->data, more);
        done += more;
    }
    return args[0];
}

static Value bytearray_append_method(VM *vm, const Value *args, int argc) {
    uint8_t byte;
    return byte_from_value(vm, args[1], &byte) && bytearray_append_data(vm, SELF, &byte, 1) ? NONE : ERROR;
}

static Value bytearray_extend_method(VM *vm, const Value *args, int argc) {
    // The hint serves for nothing but the errors that asking for it may have.
    if (!is_bytes_like(args[1]) && value_length_hint(vm, args[1], 0) < 0) return ERROR;
    return bytearray_extend(vm, SELF, args[1]) ? NONE : ERROR;
}

static Value bytearray_insert_method(VM *vm, const Value *args, int argc) {
    ptrdiff_t index;
    uint8_t byte;
    if (!ssize_argument(vm, args[1], &index) || !byte_from_value(vm, args[2], &byte)) return ERROR;
    ptrdiff_t size = (ptrdiff_t)SELF->size;
    if (index < 0) index = index + size < 0 ? 0 : index + size;
    if (index > size) index = size;
    return splice(vm, SELF, (size_t)index, (size_t)index, &byte, 1) ? NONE : ERROR;
}

static Value bytearray_pop_method(VM *vm, const Value *args, int argc) {
    ptrdiff_t index = -1;
    if (arg_given(args, argc, 1) && !ssize_argument(vm, args[1], &index)) return ERROR;
    ptrdiff_t size = (ptrdiff_t)SELF->size;
    if (size == 0) return raise_error(vm, vm->exc.IndexError, "pop from empty bytearray");
    if (index < 0) index += size;
    if (index < 0 || index >= size) return raise_error(vm, vm->exc.IndexError, "pop index out of range");
    Value byte = from_int(SELF->data[index]);
    return splice(vm, SELF, (size_t)index, (size_t)index + 1, NULL, 0) ? byte : ERROR;
}

static Value bytearray_remove_method(VM *vm, const Value *args, int argc) {
    uint8_t byte;
    if (!byte_from_value(vm, args[1], &byte)) return ERROR;
    const uint8_t *found = SELF->size == 0 ? NULL : memchr(SELF->data, byte, SELF->size);
    if (found == NULL) return raise_value_error(vm, "value not found in bytearray");
    size_t index = (size_t)(found - SELF->data);
    return splice(vm, SELF, index, index + 1, NULL, 0) ? NONE : ERROR;
}

static Value bytearray_clear_method(VM *vm, const Value *args, int argc) {
    return bytearray_resize(vm, SELF, 0) ? NONE : ERROR;
}
static Value bytearray_copy_method(VM *vm, const Value *args, int argc) {
    return bytes_like_self(vm, args[0], SELF->data, SELF->size);
}

static Value bytearray_reverse_method(VM *vm, const Value *args, int argc) {
    if (!text_charge(vm, SELF->size)) return ERROR;
    for (size_t i = 0, j = SELF->size; i + 1 < j; i++) {
        j--;
        uint8_t kept = SELF->data[i];
        SELF->data[i] = SELF->data[j];
        SELF->data[j] = kept;
    }
    return NONE;
}

static Value bytearray_fromhex_method(VM *vm, const Value *args, int argc) {
    ByteArray *made = bytearray_from_hex(vm, args[1]);
    if (made == NULL) return ERROR;
    return (Class *)to_object(args[0]) == vm->types.bytearray ? from_object(made)
                                                              : call1(vm, args[0], from_object(made));
}

static Value bytearray_alloc_method(VM *vm, const Value *args, int argc) { return from_int((int64_t)SELF->capacity); }
static Value bytearray_sizeof_method(VM *vm, const Value *args, int argc) {
    return from_int((int64_t)(sizeof(ByteArray) + SELF->capacity));
}

static Value bytearray_reduce_ex_method(VM *vm, const Value *args, int argc) {
    ptrdiff_t protocol = 0;
    if (argc > 1 && !index_as_ssize(vm, args[1], &protocol)) return ERROR;
    Value state = call_method(vm, args[0], vm->names.__getstate__, NULL, 0);
    Tuple *arguments = NULL;
    if (is_error(state)) return ERROR;
    if (SELF->size == 0) {
        arguments = vm->empty_tuple;
    } else if (protocol < 3) {
        Str *decode = str_intern_c(vm, "decode"), *encoding = str_from_c(vm, "latin-1");
        Value name = encoding == NULL ? ERROR : from_object(encoding);
        Value text = decode == NULL || is_error(name) ? ERROR : call_method(vm, args[0], decode, &name, 1);
        if (!is_error(text)) arguments = tuple_pack(vm, 2, text, name);
    } else {
        Bytes *bytes = bytes_new(vm, SELF->data, SELF->size);
        if (bytes != NULL) arguments = tuple_pack(vm, 1, from_object(bytes));
    }
    Tuple *all = arguments == NULL ? NULL : tuple_pack(vm, 3, from_object(class_of(vm, args[0])), from_object(arguments), state);
    return all == NULL ? ERROR : from_object(all);
}

static const NativeDef methods[] = {
    {"__new__(cls, /, *args, **kwargs)", bytearray_new_method, NULL, NATIVE_NEW},
    {"__init__(self, /, source=?, encoding=?, errors=?)", bytearray_init_method, "Initialize self.", 0},
    {"__repr__(self, /)", bytearray_repr_method, "Return repr(self).", 0},
    {"__str__(self, /)", bytearray_repr_method, "Return str(self).", 0},
    {"__setitem__(self, key, value, /)", bytearray_setitem_method, "Set self[key] to value.", 0},
    {"__delitem__(self, key, /)", bytearray_delitem_method, "Delete self[key].", 0},
    {"__iadd__(self, value, /)", bytearray_iadd_method, "Implement self+=value.", 0},
    {"__imul__(self, value, /)", bytearray_imul_method, "Implement self*=value.", 0},
    {"__reduce__(self, /)", bytearray_reduce_ex_method, "Return state information for pickling.", 0},
    {"__reduce_ex__(self, proto=0, /)", bytearray_reduce_ex_method, "Return state information for pickling.", 0},
    {"__alloc__(self, /)", bytearray_alloc_method, "Number of bytes actually allocated.", 0},
    {"__sizeof__(self, /)", bytearray_sizeof_method, "Size of the object in memory, in bytes.", 0},
    {"append(self, item, /)", bytearray_append_method, "Append a single item to the end.", 0},
    {"clear(self, /)", bytearray_clear_method, "Remove all items.", 0},
    {"copy(self, /)", bytearray_copy_method, "A copy.", 0},
    {"extend(self, iterable_of_ints, /)", bytearray_extend_method, "Append all the items of the iterable.", 0},
    {"fromhex(cls, string, /)", bytearray_fromhex_method, "A bytearray from a string of hexadecimal numbers, spaces between them allowed.", NATIVE_CLASS_METHOD},
    {"insert(self, index, item, /)", bytearray_insert_method, "Insert a single item before the index.", 0},
    {"pop(self, index=-1, /)", bytearray_pop_method, "Remove and return the item at the index.", 0},
    {"remove(self, value, /)", bytearray_remove_method, "Remove the first occurrence of a value.", 0},
    {"reverse(self, /)", bytearray_reverse_method, "Reverse the order of the items in place.", 0},
    BYTES_COMMON_METHODS
    {0},
};

bool bytearray_init(VM *vm) {
    return type_define(
        vm, &(TypeDef){
                .where = &vm->types.bytearray,
                .doc = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
                       "bytearray(bytes_or_buffer) -> a copy\nbytearray(int) -> so many zero bytes\nbytearray() -> "
                       "empty bytearray\n\n"
                       "A mutable sequence of bytes.",
                .instance_size = sizeof(ByteArray),
                .methods = methods,
                .flags = CLASS_BASETYPE | CLASS_MATCH_SELF,
            });
}
