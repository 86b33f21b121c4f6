// memoryview: a window of one dimension onto bytes or a bytearray. No pointer is kept: items are read where they are each time, after a
// look at the exporter's size, for not every view that is there keeps a bytearray from shrinking (see bytearray.c).
#include "vm/types/bytes_methods.h"
#include "vm/types/str_parts.h"

#include "vm/types/container_common.h"
#include "vm/types/float.h"
#include "vm/types/iterator.h"

#define SELF to_memoryview(args[0])

void memoryview_trace(VM *vm, Object *object) {
    MemoryView *view = (MemoryView *)object;
    gc_mark_value(vm, view->exporter);
    if (!vm->skip_temporaries || view->released || !is_bytearray(view->exporter)) return;
    if (to_bytearray(view->exporter)->counting) to_bytearray(view->exporter)->exports++;
}

// ---- making

static size_t format_size(char format) {
    switch (format) {
    case '?': return sizeof(bool);
    case 'b': case 'B': case 'c': return 1;
    case 'h': case 'H': return sizeof(short);
    case 'i': case 'I': return sizeof(int);
    case 'l': case 'L': return sizeof(long);
    case 'q': case 'Q': return sizeof(long long);
    case 'n': case 'N': case 'P': return sizeof(size_t);
    case 'f': return sizeof(float);
    case 'd': return sizeof(double);
    }
    return 0;
}

static bool check(VM *vm, MemoryView *view) {
    if (view->released) {
        raise_value_error(vm, "operation forbidden on released memoryview object");
        return false;
    }
    if (!is_bytearray(view->exporter) || view->count == 0) return true;
    ptrdiff_t last = view->stride < 0 ? 0 : (ptrdiff_t)(view->count - 1) * view->stride;
    if (view->offset + (size_t)last + view->item_size <= to_bytearray(view->exporter)->size) return true;
    raise_value_error(vm, "memoryview: the underlying bytearray has become shorter");
    return false;
}

// Another view of the same exporter: all fields are those of `like`.
static MemoryView *view_like(VM *vm, const MemoryView *like) {
    Shape *shape = class_shape(vm, vm->types.memoryview);
    MemoryView *view = shape == NULL ? NULL : object_new(vm, KIND_MEMORYVIEW, shape, sizeof(MemoryView));
    if (view == NULL) return NULL;
    Object head = view->head;
    *view = *like;
    view->head = head;
    view->has_hash = false;
    if (is_bytearray(view->exporter)) to_bytearray(view->exporter)->exports++;
    return view;
}

Value memoryview_new(VM *vm, Value exporter) {
    MemoryView *view;
    if (is_memoryview(exporter)) {
        if (!check(vm, to_memoryview(exporter))) return ERROR;
        view = view_like(vm, to_memoryview(exporter));
    } else if (is_bytes(exporter) || is_bytearray(exporter)) {
        size_t size = is_bytes(exporter) ? to_bytes(exporter)->size : to_bytearray(exporter)->size;
        view = view_like(vm, &(MemoryView){.exporter = exporter,
                                           .stride = 1,
                                           .count = size,
                                           .item_size = 1,
                                           .format = 'B',
                                           .readonly = is_bytes(exporter)});
    } else {
        return raise_type_error(vm, "memoryview: a bytes-like object is required, not '%T'", exporter);
    }
    return view == NULL ? ERROR : from_object(view);
}

static bool is_contiguous(const MemoryView *view) {
    return view->count <= 1 || view->stride == (ptrdiff_t)view->item_size;
}

static const uint8_t *exporter_data(const MemoryView *view) {
    return is_bytes(view->exporter) ? to_bytes(view->exporter)->data : to_bytearray(view->exporter)->data;
}

static const uint8_t *item_at(const MemoryView *view, size_t index) {
    return exporter_data(view) + view->offset + (ptrdiff_t)index * view->stride;
}

bool memoryview_bytes(VM *vm, MemoryView *view, const uint8_t **out_data, size_t *out_size) {
    if (!check(vm, view)) return false;
    *out_size = view->count * view->item_size;
    if (view->count == 0) {
        *out_data = (const uint8_t *)"";
        return true;
    }
    if (is_contiguous(view)) {
        *out_data = item_at(view, 0);
        return true;
    }
    uint8_t *copy;   // kept alive by the caller's pointer into it
    if (!vm_charge(vm, view->count / 16) || bytes_new_raw(vm, *out_size, &copy) == NULL) return false;
    for (size_t i = 0; i < view->count; i++) memcpy(copy + i * view->item_size, item_at(view, i), view->item_size);
    *out_data = copy;
    return true;
}

// ---- items

static Value unpack(VM *vm, const MemoryView *view, const uint8_t *at) {
#define UNPACK(type, make) { type item; memcpy(&item, at, sizeof item); return make; }
    switch (view->format) {
    case '?': return from_bool(*at != 0);
    case 'b': return from_int((int8_t)*at);
    case 'B': return from_int(*at);
    case 'c': return bytes_or_error(bytes_new(vm, at, 1));
    case 'h': UNPACK(short, from_int(item))
    case 'H': UNPACK(unsigned short, from_int(item))
    case 'i': UNPACK(int, from_int(item))
    case 'I': UNPACK(unsigned, from_int(item))
    case 'l': UNPACK(long, int_from_i64(vm, item))
    case 'L': UNPACK(unsigned long, int_from_u64(vm, item))
    case 'q': UNPACK(long long, int_from_i64(vm, item))
    case 'Q': UNPACK(unsigned long long, int_from_u64(vm, item))
    case 'n': UNPACK(ptrdiff_t, int_from_i64(vm, item))
    case 'N': case 'P': UNPACK(size_t, int_from_u64(vm, item))
    case 'f': UNPACK(float, float_new(vm, item))
    default: UNPACK(double, float_new(vm, item))
    }
#undef UNPACK
}

static bool raise_bad_item(VM *vm, const MemoryView *view, bool type) {
    if (type) raise_type_error(vm, "memoryview: invalid type for format '%c'", view->format);
    else raise_value_error(vm, "memoryview: invalid value for format '%c'", view->format);
    return false;
}

// The bytes of an item with the view's format; *out has room for eight.
static bool pack(VM *vm, const MemoryView *view, Value v, uint8_t *out) {
    char format = view->format;
    if (format == 'f' || format == 'd') {
        double d;
        if (!value_as_double(vm, v, &d)) {
            raised_clear(vm);
            return raise_bad_item(vm, view, true);
        }
        float f = (float)d;
        if (format == 'f') memcpy(out, &f, sizeof f);
        else memcpy(out, &d, sizeof d);
        return true;
    }
    if (format == '?') {
        int truth = value_is_true(vm, v);
        *out = truth > 0;
        return truth >= 0;
    }
    if (format == 'c') {
        if (!is_bytes(v)) return raise_bad_item(vm, view, true);
        if (to_bytes(v)->size != 1) return raise_bad_item(vm, view, false);
        *out = to_bytes(v)->data[0];
        return true;
    }
    Value number = int_or_bool(v);
    if (is_undefined(number)) {
        if (is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX))) return raise_bad_item(vm, view, true);
        number = value_index(vm, v);
        if (is_error(number)) return false;
    }
    size_t size = view->item_size;
    bool is_signed = strchr("bhilqn", format) != NULL;
    int bits = (int)size * 8;
    Value low = from_int(0), high;
    if (is_signed) {
        low = int_from_i64(vm, INT64_MIN >> (64 - bits));
        high = int_from_i64(vm, INT64_MAX >> (64 - bits));
    } else {
        high = int_from_u64(vm, UINT64_MAX >> (64 - bits));
    }
    if (is_error(low) || is_error(high)) return false;
    if (int_compare(number, low) < 0 || int_compare(number, high) > 0) return raise_bad_item(vm, view, false);
    int64_t i = 0;
    if (!int_as_i64(number, &i)) {   // an unsigned one of 64 bits with the top bit set
        Value rest = int_sub(vm, number, high);
        if (is_error(rest) || !int_as_i64(rest, &i)) return false;
        i -= 1;
    }
    uint64_t u = (uint64_t)i;
    for (size_t k = 0; k < size; k++) {
        size_t place = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? k : size - 1 - k;
        out[place] = (uint8_t)(u >> (8 * k));
    }
    return true;
}

static bool index_of(VM *vm, MemoryView *view, Value key, size_t *out) {
    ptrdiff_t index;
    bool indexes = is_tuple(key);
    for (size_t i = 0; indexes && i < to_tuple(key)->count; i++) indexes = has_index(vm, to_tuple(key)->items[i]);
    if (indexes) {
        if (to_tuple(key)->count != 1) {
            if (to_tuple(key)->count == 0)
                raise_error(vm, vm->exc.NotImplementedError, "sub-views are not implemented");
            else
                raise_type_error(vm, "cannot index 1-dimension view with %zd-element tuple",
                                 (ptrdiff_t)to_tuple(key)->count);
            return false;
        }
        key = to_tuple(key)->items[0];
    }
    if (!is_int(key) && !is_bool(key) && is_undefined(class_special(vm, class_of(vm, key), SPECIAL_INDEX))) {
        raise_type_error(vm, "memoryview: invalid slice key");
        return false;
    }
    if (!index_as_ssize(vm, key, &index) || !check(vm, view)) return false;
    if (index < 0) index += (ptrdiff_t)view->count;
    if (index < 0 || index >= (ptrdiff_t)view->count) {
        raise_error(vm, vm->exc.IndexError, "index out of bounds on dimension 1");
        return false;
    }
    *out = (size_t)index;
    return true;
}

static MemoryView *sub_view(VM *vm, MemoryView *view, Value key) {
    ptrdiff_t start, stop, step;
    size_t count;
    if (!slice_resolve(vm, (Slice *)to_object(key), view->count, &start, &stop, &step, &count) || !check(vm, view))
        return NULL;
    MemoryView wanted = *view;
    wanted.offset = (size_t)((ptrdiff_t)view->offset + start * view->stride);
    wanted.stride = view->stride * step;
    wanted.count = count;
    return view_like(vm, &wanted);
}

Value memoryview_get_item(VM *vm, MemoryView *view, Value key) {
    if (!check(vm, view)) return ERROR;
    if (is_kind(key, KIND_SLICE)) {
        MemoryView *sub = sub_view(vm, view, key);
        return sub == NULL ? ERROR : from_object(sub);
    }
    size_t index;
    return index_of(vm, view, key, &index) ? unpack(vm, view, item_at(view, index)) : ERROR;
}

static bool set_slice(VM *vm, MemoryView *view, Value key, Value value) {
    MemoryView *to = sub_view(vm, view, key);
    if (to == NULL) return false;
    if (!is_bytes_like(value)) {
        raise_type_error(vm, "a bytes-like object is required, not '%T'", value);
        return false;
    }
    char format = is_memoryview(value) ? to_memoryview(value)->format : 'B';
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, value, &data, &size)) return false;
    bool fits = format == view->format && size == to->count * to->item_size;
    if (!fits) {
        raise_value_error(vm, "memoryview assignment: lvalue and rvalue have different structures");
    } else if (is_contiguous(to)) {
        if (size > 0) memmove((uint8_t *)item_at(to, 0), data, size);
    } else {
        Bytes *copy = bytes_new(vm, data, size);   // both may lie in the same bytearray
        fits = copy != NULL;
        for (size_t i = 0; fits && i < to->count; i++) {
            memcpy((uint8_t *)item_at(to, i), copy->data + i * to->item_size, to->item_size);
        }
    }
    to->released = true;
    if (is_bytearray(to->exporter) && to_bytearray(to->exporter)->exports > 0) to_bytearray(to->exporter)->exports--;
    return fits;
}

bool memoryview_set_item(VM *vm, MemoryView *view, Value key, Value value) {
    if (!check(vm, view)) return false;
    if (view->readonly) {
        raise_type_error(vm, "cannot modify read-only memory");
        return false;
    }
    if (is_kind(key, KIND_SLICE)) return set_slice(vm, view, key, value);
    size_t index;
    uint8_t bytes[8];
    if (!index_of(vm, view, key, &index) || !pack(vm, view, value, bytes) || !check(vm, view)) return false;
    memcpy((uint8_t *)item_at(view, index), bytes, view->item_size);
    return true;
}

// ---- methods

static Value memoryview_new_method(VM *vm, const Value *args, int argc) { return memoryview_new(vm, args[1]); }

static Value memoryview_repr_method(VM *vm, const Value *args, int argc) {
    int64_t id = object_id(vm, args[0]);
    if (id < 0) return ERROR;
    return str_or_error(
        str_printf(vm, SELF->released ? "<released memory at 0x%llx>" : "<memory at 0x%llx>", (long long)id));
}

static Value memoryview_len_method(VM *vm, const Value *args, int argc) {
    return check(vm, SELF) ? from_int((int64_t)SELF->count) : ERROR;
}
static Value memoryview_getitem_method(VM *vm, const Value *args, int argc) {
    return memoryview_get_item(vm, SELF, args[1]);
}
static Value memoryview_setitem_method(VM *vm, const Value *args, int argc) {
    return memoryview_set_item(vm, SELF, args[1], args[2]) ? NONE : ERROR;
}
static Value memoryview_delitem_method(VM *vm, const Value *args, int argc) {
    return raise_type_error(vm, SELF->readonly ? "cannot modify read-only memory" : "cannot delete memory");
}
static Value memoryview_iter_method(VM *vm, const Value *args, int argc) {
    return check(vm, SELF) ? iterator_new(vm, ITERATE_MEMORY, args[0]) : ERROR;
}

void memoryview_release(MemoryView *view) {
    if (view->released) return;
    view->released = true;
    if (is_bytearray(view->exporter) && to_bytearray(view->exporter)->exports > 0) to_bytearray(view->exporter)->exports--;
    view->exporter = NONE;
}
static Value release(VM *vm, MemoryView *view) {
    memoryview_release(view);
    return NONE;
}

static Value memoryview_release_method(VM *vm, const Value *args, int argc) { return release(vm, SELF); }
static Value memoryview_enter_method(VM *vm, const Value *args, int argc) { return check(vm, SELF) ? args[0] : ERROR; }
static Value memoryview_exit_method(VM *vm, const Value *args, int argc) { return release(vm, SELF); }

static Value memoryview_tobytes_method(VM *vm, const Value *args, int argc) {
    const uint8_t *data;
    size_t size;
    Value order = arg_or(args, argc, 1, NONE);
    if (!is_none(order)) {
        if (!is_str(order))
            return raise_type_error(vm, "tobytes() argument 'order' must be str or None, not %T", order);
        if (!str_equals_c(vm, to_str(order), "C") && !str_equals_c(vm, to_str(order), "F") &&
            !str_equals_c(vm, to_str(order), "A")) {
            return raise_value_error(vm, "order must be 'C', 'F' or 'A'");
        }
    }
    return memoryview_bytes(vm, SELF, &data, &size) ? bytes_or_error(bytes_new(vm, data, size)) : ERROR;
}

enum { ITEMS_PER_CHARGE = 4096 };

static Value memoryview_tolist_method(VM *vm, const Value *args, int argc) {
    if (!check(vm, SELF)) return ERROR;
    List *list = list_new(vm, SELF->count);
    if (list == NULL) return ERROR;
    for (size_t i = 0; i < SELF->count; i++) {
        Value item = unpack(vm, SELF, item_at(SELF, i));
        if (is_error(item) || !list_append(vm, list, item) || (i % ITEMS_PER_CHARGE == 0 && !vm_charge(vm, ITEMS_PER_CHARGE / 8))) return ERROR;
    }
    return from_object(list);
}

static Value memoryview_hex_method(VM *vm, const Value *args, int argc) {
    const uint8_t *data;
    size_t size;
    return memoryview_bytes(vm, SELF, &data, &size) ? bytes_hex(vm, data, size, args, argc) : ERROR;
}

static Value memoryview_toreadonly_method(VM *vm, const Value *args, int argc) {
    MemoryView *view = check(vm, SELF) ? view_like(vm, SELF) : NULL;
    if (view == NULL) return ERROR;
    view->readonly = true;
    return from_object(view);
}

static bool cast_shape_fits(VM *vm, Value shape, size_t count) {
    if (is_undefined(shape)) return true;
    if (!is_list(shape) && !is_tuple(shape)) {
        raise_type_error(vm, "shape must be a list or a tuple");
        return false;
    }
    size_t dimensions = is_list(shape) ? to_list(shape)->count : to_tuple(shape)->count;
    if (dimensions != 1) {
        raise_error(vm, vm->exc.NotImplementedError, "memoryview: only views of one dimension are supported");
        return false;
    }
    ptrdiff_t given;
    if (!index_as_ssize(vm, is_list(shape) ? to_list(shape)->items[0] : to_tuple(shape)->items[0], &given))
        return false;
    if (given == (ptrdiff_t)count) return true;
    raise_type_error(vm, "memoryview: product(shape) * itemsize != buffer size");
    return false;
}

static Value memoryview_cast_method(VM *vm, const Value *args, int argc) {
    MemoryView *self = SELF;
    if (!check(vm, self)) return ERROR;
    if (!is_str(args[1])) return raise_type_error(vm, "memoryview: format argument must be a string");
    const char *format = str_data(vm, to_str(args[1]));
    if (format == NULL) return ERROR;
    size_t length = to_str(args[1])->size;
    if (length == 2 && format[0] == '@') {
        format++;
        length--;
    }
    size_t size = length == 1 ? format_size(format[0]) : 0;
    if (size == 0) {
        return raise_value_error(
            vm,
            "memoryview: destination format must be a native single character format prefixed with an optional '@'");
    }
    if (!is_contiguous(self)) return raise_type_error(vm, "memoryview: casts are restricted to C-contiguous views");
    bool from_bytes = self->format == 'B' || self->format == 'b' || self->format == 'c';
    bool to_bytes = format[0] == 'B' || format[0] == 'b' || format[0] == 'c';
    if (!from_bytes && !to_bytes) return raise_type_error(vm, "memoryview: cannot cast between two non-byte formats");
    size_t total = self->count * self->item_size;
    if (total % size != 0) return raise_type_error(vm, "memoryview: length is not a multiple of itemsize");
    if (!cast_shape_fits(vm, arg_or(args, argc, 2, UNDEFINED), total / size)) return ERROR;
    MemoryView wanted = *self;
    wanted.format = format[0];
    wanted.item_size = (uint8_t)size;
    wanted.stride = (ptrdiff_t)size;
    wanted.count = total / size;
    MemoryView *view = view_like(vm, &wanted);
    return view == NULL ? ERROR : from_object(view);
}

// 1 equal, 0 not, -1 error.
static int views_equal(VM *vm, Value a, Value b) {
    if (value_same(a, b)) return 1;
    if (to_memoryview(a)->released) return 0;
    Value other = is_memoryview(b) ? b : memoryview_new(vm, b);
    if (is_error(other)) return -1;
    MemoryView *left = to_memoryview(a), *right = to_memoryview(other);
    if (right->released || left->count != right->count) return 0;
    bool by_bytes = left->format == right->format && left->format != 'f' && left->format != 'd';
    int equal = 1;
    for (size_t i = 0; equal == 1 && i < left->count; i++) {
        if (i % ITEMS_PER_CHARGE == ITEMS_PER_CHARGE - 1 && !vm_charge(vm, ITEMS_PER_CHARGE / 4)) {
            equal = -1;
            break;
        }
        if (by_bytes) {
            equal = memcmp(item_at(left, i), item_at(right, i), left->item_size) == 0;
            continue;
        }
        Value x = unpack(vm, left, item_at(left, i)), y = is_error(x) ? ERROR : unpack(vm, right, item_at(right, i));
        if (is_error(y)) return -1;
        equal = is_any_float(x) && is_any_float(y) ? float_value(x) == float_value(y) : values_equal(vm, x, y);
    }
    if (!is_memoryview(b)) release(vm, right);
    return equal;
}

static Value memoryview_eq_method(VM *vm, const Value *args, int argc) {
    if (!is_bytes_like(args[1])) return NOT_IMPLEMENTED;
    int equal = views_equal(vm, args[0], args[1]);
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value memoryview_ne_method(VM *vm, const Value *args, int argc) {
    if (!is_bytes_like(args[1])) return NOT_IMPLEMENTED;
    int equal = views_equal(vm, args[0], args[1]);
    return equal < 0 ? ERROR : from_bool(!equal);
}

static Value memoryview_hash_method(VM *vm, const Value *args, int argc) {
    MemoryView *view = SELF;
    if (view->has_hash) return from_int(view->hash);
    const uint8_t *data;
    size_t size;
    if (!check(vm, view)) return ERROR;
    if (!view->readonly) return raise_value_error(vm, "cannot hash writable memoryview object");
    if (view->format != 'B' && view->format != 'b' && view->format != 'c') {
        return raise_value_error(vm, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    }
    if (!memoryview_bytes(vm, view, &data, &size)) return ERROR;
    view->hash = hash_data(vm, data, size);
    view->has_hash = true;
    return from_int(view->hash);
}

// ---- attributes

static Value one_tuple(VM *vm, Value v) {
    Tuple *tuple = is_error(v) ? NULL : tuple_from_values(vm, &v, 1);
    return tuple == NULL ? ERROR : from_object(tuple);
}

#define GETTER(name, result) \
    static Value get_##name(VM *vm, Value self) { \
        MemoryView *view = to_memoryview(self); \
        return check(vm, view) ? (result) : ERROR; \
    }
GETTER(obj, view->exporter)
GETTER(nbytes, from_int((int64_t)(view->count * view->item_size)))
GETTER(itemsize, from_int(view->item_size))
GETTER(format, str_or_error(str_new_ascii(vm, &view->format, 1)))
GETTER(ndim, from_int(1))
GETTER(shape, one_tuple(vm, from_int((int64_t)view->count)))
GETTER(strides, one_tuple(vm, from_int(view->stride)))
GETTER(suboffsets, from_object(vm->empty_tuple))
GETTER(readonly, from_bool(view->readonly))
GETTER(contiguous, from_bool(is_contiguous(view)))

static const GetSetDef getsets[] = {
    {"obj", get_obj, NULL, "The underlying object of the memoryview."},
    {"nbytes", get_nbytes, NULL, "The amount of space in bytes that the array would use in a contiguous representation."},
    {"itemsize", get_itemsize, NULL, "The size in bytes of each element of the memoryview."},
    {"format", get_format, NULL, "The format, in struct module style, of each element in the view."},
    {"ndim", get_ndim, NULL, "How many dimensions of a multi-dimensional array the memory represents."},
    {"shape", get_shape, NULL, "The lengths of the dimensions."},
    {"strides", get_strides, NULL, "The size in bytes to access each element for each dimension."},
    {"suboffsets", get_suboffsets, NULL, "Used internally for PIL-style arrays."},
    {"readonly", get_readonly, NULL, "Whether the memory is read only."},
    {"c_contiguous", get_contiguous, NULL, "Whether the memory is C contiguous."},
    {"f_contiguous", get_contiguous, NULL, "Whether the memory is Fortran contiguous."},
    {"contiguous", get_contiguous, NULL, "Whether the memory is contiguous."},
    {0},
};

static const NativeDef methods[] = {
    {"__new__(cls, /, object)", memoryview_new_method, NULL, NATIVE_NEW},
    {"__repr__(self, /)", memoryview_repr_method, "Return repr(self).", 0},
    {"__len__(self, /)", memoryview_len_method, "Return len(self).", 0},
    {"__getitem__(self, key, /)", memoryview_getitem_method, "Return self[key].", 0},
    {"__setitem__(self, key, value, /)", memoryview_setitem_method, "Set self[key] to value.", 0},
    {"__delitem__(self, key, /)", memoryview_delitem_method, "Delete self[key].", 0},
    {"__iter__(self, /)", memoryview_iter_method, "Implement iter(self).", 0},
    {"__eq__(self, value, /)", memoryview_eq_method, "Return self==value.", 0},
    {"__ne__(self, value, /)", memoryview_ne_method, "Return self!=value.", 0},
    {"__hash__(self, /)", memoryview_hash_method, "Return hash(self).", 0},
    {"__enter__(self, /)", memoryview_enter_method, NULL, 0},
    {"__exit__(self, /, *args)", memoryview_exit_method, NULL, 0},
    {"cast(self, /, format, shape=?)", memoryview_cast_method, "Cast a memoryview to a new format.", 0},
    {"hex(self, /, sep=?, bytes_per_sep=1)", memoryview_hex_method, "The bytes as hexadecimal digits.", 0},
    {"release(self, /)", memoryview_release_method, "Release the underlying buffer exposed by the memoryview object.", 0},
    {"tobytes(self, /, order='C')", memoryview_tobytes_method, "The data as bytes.", 0},
    {"tolist(self, /)", memoryview_tolist_method, "The data as a list of elements.", 0},
    {"toreadonly(self, /)", memoryview_toreadonly_method, "A readonly version of the memoryview.", 0},
    {0},
};

bool memoryview_init(VM *vm) {
    return type_define(vm, &(TypeDef){
        .where = &vm->types.memoryview,
        .doc = "Create a new memoryview object which references the given object.",
        .instance_size = 0,
        .methods = methods,
        .getsets = getsets,
        .flags = CLASS_SEQUENCE,
    });
}
