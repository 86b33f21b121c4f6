// bytes: making, reading, comparing and joining them, and what bytes-like objects have in common. Methods: bytes_methods.c.
#include "vm/types/bytes_methods.h"
#include "vm/types/str_parts.h"

#include "base/utf8.h"
#include "vm/call.h"
#include "vm/codecs.h"

// ---- for the collector

void bytes_trace(VM *vm, Object *object) {
    if (object->flags & BYTES_SHARED) gc_mark_value(vm, ((BytesShared *)object)->base);
}

// ---- making

Bytes *bytes_new_raw(VM *vm, size_t size, uint8_t **out_data) {
    size_t total;
    if (!size_for(vm, size, 1, sizeof(Bytes) + 1, &total)) return NULL;
    Shape *shape = class_shape(vm, vm->types.bytes);
    Bytes *bytes = shape == NULL ? NULL : object_new(vm, KIND_BYTES, shape, total);
    if (bytes == NULL) return NULL;
    uint8_t *data = (uint8_t *)(bytes + 1);
    bytes->size = size;
    bytes->data = data;
    *out_data = data;
    return bytes;
}

Bytes *bytes_new(VM *vm, const void *data_or_null, size_t size) {
    uint8_t *data;
    Bytes *bytes = bytes_new_raw(vm, size, &data);
    if (bytes != NULL && size > 0 && data_or_null != NULL) memcpy(data, data_or_null, size);
    return bytes;
}

static bool bytes_is_exact(VM *vm, Value v) { return is_bytes(v) && class_of(vm, v) == vm->types.bytes; }

static Value bytes_new_as(VM *vm, Class *cls, Bytes *base) {
    if (cls == vm->types.bytes) return from_object(base);
    if (base->head.flags & BYTES_SHARED) base = to_bytes(((BytesShared *)base)->base);
    BytesShared *instance = object_new_of(vm, cls, sizeof(BytesShared));
    if (instance == NULL) return ERROR;
    instance->bytes.head.flags |= BYTES_SHARED;
    instance->bytes.size = base->size;
    instance->bytes.data = base->data;
    instance->base = from_object(base);
    return from_object(instance);
}

Value bytes_like_self(VM *vm, Value self, const void *data, size_t size) {
    if (is_bytearray(self)) {
        ByteArray *made = bytearray_new(vm, data, size);
        return made == NULL ? ERROR : from_object(made);
    }
    return bytes_or_error(bytes_new(vm, data, size));
}

bool bytes_like(VM *vm, Value v, const uint8_t **out_data, size_t *out_size) {
    if (is_bytes(v)) {
        *out_data = to_bytes(v)->data;
        *out_size = to_bytes(v)->size;
        return true;
    }
    if (is_bytearray(v)) {
        *out_data = to_bytearray(v)->data;
        *out_size = to_bytearray(v)->size;
        return true;
    }
    if (is_memoryview(v)) return memoryview_bytes(vm, to_memoryview(v), out_data, out_size);
    raise_type_error(vm, "a bytes-like object is required, not '%T'", v);
    return false;
}

bool is_bytes_like(Value v) { return is_bytes(v) || is_bytearray(v) || is_memoryview(v); }

// ---- the constructor, which bytearray shares

bool byte_from_value(VM *vm, Value v, uint8_t *out) {
    ptrdiff_t number;
    if (is_int(v)) {
        number = (ptrdiff_t)to_int(v);
    } else {
        Value index = value_index(vm, v);
        if (is_error(index)) return false;
        number = is_int(index) ? (ptrdiff_t)to_int(index) : -1;
    }
    if (number < 0 || number > 255) {
        raise_value_error(vm, "byte must be in range(0, 256)");
        return false;
    }
    *out = (uint8_t)number;
    return true;
}

static bool add_items(VM *vm, ByteArray *out, Value source, const char *type_name) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, source)) return false;
    while (iter_step(vm, &it, &item)) {
        uint8_t byte;
        if (!byte_from_value(vm, item, &byte)) {
            if (type_name[5] == 0 && raised_matches(vm, vm->exc.ValueError)) {   // "bytes"
                raised_clear(vm);
                raise_value_error(vm, "bytes must be in range(0, 256)");
            }
            return false;
        }
        if (!bytearray_append_data(vm, out, &byte, 1)) return false;
    }
    return !it.failed;
}

static ByteArray *from_count(VM *vm, Value number) {
    ptrdiff_t count;
    if (!index_as_ssize(vm, number, &count)) {
        if (raised_matches(vm, vm->exc.IndexError)) {
            raised_clear(vm);
            raise_error(vm, vm->exc.OverflowError, "cannot fit 'int' into an index-sized integer");
        }
        return NULL;
    }
    if (count < 0) {
        raise_value_error(vm, "negative count");
        return NULL;
    }
    return bytearray_new(vm, NULL, (size_t)count);
}

static const char *text_argument(VM *vm, Value v, const char *type_name, const char *name, const char *otherwise) {
    if (is_undefined(v)) return otherwise;
    if (!is_str(v)) {
        raise_type_error(vm, "%s() argument '%s' must be str, not %A", type_name, name, v);
        return NULL;
    }
    Str *interned = str_intern(vm, to_str(v));
    return interned == NULL ? NULL : interned->data;
}

ByteArray *bytearray_from_arguments(VM *vm, const char *type_name, Value source, Value encoding, Value errors) {
    const char *encoding_name = text_argument(vm, encoding, type_name, "encoding", "utf-8");
    const char *errors_name = encoding_name == NULL ? NULL : text_argument(vm, errors, type_name, "errors", "strict");
    if (errors_name == NULL) return NULL;
    if (is_str(source)) {
        if (is_undefined(encoding)) {
            raise_type_error(vm, "string argument without an encoding");
            return NULL;
        }
        Value encoded = codec_encode(vm, to_str(source), encoding_name, errors_name);
        return is_error(encoded) ? NULL : bytearray_new(vm, to_bytes(encoded)->data, to_bytes(encoded)->size);
    }
    if (!is_undefined(encoding) || !is_undefined(errors)) {
        raise_type_error(vm, "%s without a string argument", is_undefined(encoding) ? "errors" : "encoding");
        return NULL;
    }
    if (is_undefined(source)) return bytearray_new(vm, NULL, 0);
    if (is_bytes_like(source)) {
        const uint8_t *data;
        size_t size;
        ByteArray *made = bytes_like(vm, source, &data, &size) ? bytearray_new(vm, data, size) : NULL;
        gc_keep_value(source);
        return made;
    }
    Class *cls = class_of(vm, source);
    if (is_any_int(source) || is_bool(source)) return from_count(vm, source);
    if (!is_undefined(class_special(vm, cls, SPECIAL_INDEX))) {
        ByteArray *made = from_count(vm, source);
        if (made != NULL || !raised_matches(vm, vm->exc.TypeError)) return made;
        raised_clear(vm);
    }
    if (is_undefined(class_special(vm, cls, SPECIAL_ITER)) && is_undefined(class_special(vm, cls, SPECIAL_GETITEM))) {
        raise_type_error(vm, "cannot convert '%T' object to %s", source, type_name);
        return NULL;
    }
    ByteArray *made = bytearray_new(vm, NULL, 0);
    return made != NULL && add_items(vm, made, source, type_name) ? made : NULL;
}

static Value bytes_new_method(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value source = arg_or(args, argc, 1, UNDEFINED), encoding = arg_or(args, argc, 2, UNDEFINED),
          errors = arg_or(args, argc, 3, UNDEFINED);
    bool alone = is_undefined(encoding) && is_undefined(errors);
    if (alone && bytes_is_exact(vm, source)) return bytes_new_as(vm, cls, to_bytes(source));
    if (alone && !is_undefined(source)) {
        Value made = call_special(vm, source, SPECIAL_BYTES, NULL, 0);
        if (is_error(made)) return ERROR;
        if (!is_undefined(made)) {
            if (!is_bytes(made)) return raise_type_error(vm, "__bytes__ returned non-bytes (type %T)", made);
            return cls == vm->types.bytes ? made : bytes_new_as(vm, cls, to_bytes(made));
        }
    }
    ByteArray *made = bytearray_from_arguments(vm, "bytes", source, encoding, errors);
    Bytes *bytes = made == NULL ? NULL : bytes_new(vm, made->data, made->size);
    gc_keep(made);
    return bytes == NULL ? ERROR : bytes_new_as(vm, cls, bytes);
}

// ---- operators

uint32_t bytes_hash(VM *vm, Bytes *bytes) {
    if (bytes->head.aux == 0) bytes->head.aux = hash_data(vm, bytes->data, bytes->size);
    return bytes->head.aux;
}

Value bytes_concat(VM *vm, Value a, Value b) {
    const uint8_t *a_data, *b_data;
    size_t a_size, b_size, size;
    if (!is_bytes_like(b)) return raise_type_error(vm, "can't concat %T to %T", b, a);
    if (!bytes_like(vm, a, &a_data, &a_size) || !bytes_like(vm, b, &b_data, &b_size)) return ERROR;
    if (bytes_is_exact(vm, a) && b_size == 0) return a;
    if (a_size == 0 && bytes_is_exact(vm, a) && bytes_is_exact(vm, b)) return b;
    if (__builtin_add_overflow(a_size, b_size, &size)) return raise_no_memory(vm);
    Value result = bytes_like_self(vm, a, NULL, size);
    if (is_error(result)) return ERROR;
    uint8_t *out = is_bytes(result) ? (uint8_t *)to_bytes(result)->data : to_bytearray(result)->data;
    if (a_size > 0) memcpy(out, a_data, a_size);
    if (b_size > 0) memcpy(out + a_size, b_data, b_size);
    return result;
}

Value bytes_repeat(VM *vm, Value self, ptrdiff_t count) {
    const uint8_t *data;
    size_t size, total;
    if (!bytes_like(vm, self, &data, &size)) return ERROR;
    if (count < 0) count = 0;
    if (count == 1 && bytes_is_exact(vm, self)) return self;
    if (__builtin_mul_overflow(size, (size_t)count, &total) || !heap_would_fit(vm, total) || !text_charge(vm, total))
        return is_raised(vm) ? ERROR : raise_no_memory(vm);
    if (!bytes_like(vm, self, &data, &size)) return ERROR;   // finalizers may have changed it
    if (size * (size_t)count != total) return raise_value_error(vm, "bytearray changed size");
    Value result = bytes_like_self(vm, self, NULL, total);
    if (is_error(result)) return ERROR;
    uint8_t *out = is_bytes(result) ? (uint8_t *)to_bytes(result)->data : to_bytearray(result)->data;
    return total == 0 || bytes_fill_repeated(vm, out, total, data, size) ? result : ERROR;
}

Value bytes_get_item(VM *vm, Value self, Value key) {
    const uint8_t *data;
    size_t size;
    if (is_kind(key, KIND_SLICE)) {
        ptrdiff_t start, stop, step;
        size_t count;
        if (!bytes_like(vm, self, &data, &size)) return ERROR;
        if (!slice_resolve(vm, (Slice *)to_object(key), size, &start, &stop, &step, &count)) return ERROR;
        if (!bytes_like(vm, self, &data, &size)) return ERROR;
        if (step == 1 && count == size && bytes_is_exact(vm, self)) return self;
        if (count == 0) return bytes_like_self(vm, self, NULL, 0);
        if (step == 1) return bytes_like_self(vm, self, data + start, count);
        Value result = bytes_like_self(vm, self, NULL, count);
        if (is_error(result)) return ERROR;
        uint8_t *out = is_bytes(result) ? (uint8_t *)to_bytes(result)->data : to_bytearray(result)->data;
        for (size_t i = 0, at = (size_t)start; i < count && at < size; i++, at += (size_t)step) out[i] = data[at];
        return result;
    }
    ptrdiff_t index;
    bool array = is_bytearray(self);
    if (is_int(key)) {
        index = (ptrdiff_t)to_int(key);
    } else {
        if (is_undefined(class_special(vm, class_of(vm, key), SPECIAL_INDEX))) {
            return raise_type_error(vm, "%s indices must be integers or slices, not %T", array ? "bytearray" : "byte",
                                    key);
        }
        if (!index_as_ssize(vm, key, &index)) return ERROR;
    }
    if (!bytes_like(vm, self, &data, &size)) return ERROR;
    if (index < 0) index += (ptrdiff_t)size;
    if (index < 0 || index >= (ptrdiff_t)size) {
        return raise_error(vm, vm->exc.IndexError, array ? "bytearray index out of range" : "index out of range");
    }
    return from_int(data[index]);
}

int bytes_contains(VM *vm, Value self, Value item) {
    const uint8_t *data, *part;
    size_t size, part_size;
    uint8_t byte;
    if (is_bytes_like(item)) {
        if (!bytes_like(vm, item, &part, &part_size)) return -1;
    } else {
        if (is_undefined(class_special(vm, class_of(vm, item), SPECIAL_INDEX))) {
            raise_type_error(vm, "a bytes-like object is required, not '%T'", item);
            return -1;
        }
        if (!byte_from_value(vm, item, &byte)) return -1;
        part = &byte;
        part_size = 1;
    }
    if (!bytes_like(vm, self, &data, &size)) return -1;
    return bytes_find(data, size, part, part_size) >= 0;
}

// As Python's repr of bytes: single quotes, unless there are single ones inside and no double ones.
Str *bytes_repr_data(VM *vm, const uint8_t *data, size_t size, bool escape_single) {
    char quote = size > 0 && memchr(data, '\'', size) != NULL && memchr(data, '"', size) == NULL ? '"' : '\'';
    StrBuilder b = STR_BUILDER(vm);
    str_builder_reserve(&b, size + 3);
    str_builder_add(&b, "b", 1);
    str_builder_add(&b, &quote, 1);
    for (size_t i = 0; i < size; i++) {
        static const char digits[] = "0123456789abcdef";
        char c = (char)data[i], text[4] = {'\\', c, 0, 0};
        size_t count = 2;
        switch (c) {
        case '\n': text[1] = 'n'; break;
        case '\r': text[1] = 'r'; break;
        case '\t': text[1] = 't'; break;
        case '\\': break;
        default:
            if (c == quote || (c == '\'' && escape_single)) break;
            if (data[i] >= ' ' && data[i] < 127) {
                text[0] = c;
                count = 1;
            } else {
                text[1] = 'x';
                text[2] = digits[data[i] >> 4];
                text[3] = digits[data[i] & 15];
                count = 4;
            }
        }
        if (!str_builder_add(&b, text, count)) break;
    }
    str_builder_add(&b, &quote, 1);
    return str_builder_finish(&b);
}

// ---- the class

static Value bytes_repr_method(VM *vm, const Value *args, int argc) {
    return str_or_error(bytes_repr_data(vm, to_bytes(args[0])->data, to_bytes(args[0])->size, false));
}
static Value bytes_hash_method(VM *vm, const Value *args, int argc) {
    return from_int(bytes_hash(vm, to_bytes(args[0])));
}

static Value bytes_bytes_method(VM *vm, const Value *args, int argc) {
    if (bytes_is_exact(vm, args[0])) return args[0];
    return bytes_or_error(bytes_new(vm, to_bytes(args[0])->data, to_bytes(args[0])->size));
}

static Value bytes_getnewargs_method(VM *vm, const Value *args, int argc) {
    Value plain = bytes_bytes_method(vm, args, argc);
    Tuple *tuple = is_error(plain) ? NULL : tuple_from_values(vm, &plain, 1);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static Value bytes_fromhex_method(VM *vm, const Value *args, int argc) {
    ByteArray *made = bytearray_from_hex(vm, args[1]);
    if (made == NULL) return ERROR;
    Value bytes = bytes_or_error(bytes_new(vm, made->data, made->size));
    gc_keep(made);
    Class *cls = (Class *)to_object(args[0]);
    return is_error(bytes) || cls == vm->types.bytes ? bytes : call1(vm, args[0], bytes);
}

static Value bytes_sizeof_method(VM *vm, const Value *args, int argc) {
    return from_int((int64_t)(sizeof(Bytes) + to_bytes(args[0])->size + 1));
}

static const NativeDef methods[] = {
    {"__new__(cls, /, source=?, encoding=?, errors=?)", bytes_new_method, NULL, NATIVE_NEW},
    {"__repr__(self, /)", bytes_repr_method, "Return repr(self).", 0},
    {"__str__(self, /)", bytes_repr_method, "Return str(self).", 0},
    {"__hash__(self, /)", bytes_hash_method, "Return hash(self).", 0},
    {"__bytes__(self, /)", bytes_bytes_method, "Convert this value to exact type bytes.", 0},
    {"__getnewargs__(self, /)", bytes_getnewargs_method, NULL, 0},
    {"__sizeof__(self, /)", bytes_sizeof_method, "Size of the object in memory, in bytes.", 0},
    {"fromhex(cls, string, /)", bytes_fromhex_method, "bytes from a string of hexadecimal numbers, spaces between them allowed.", NATIVE_CLASS_METHOD},
    BYTES_COMMON_METHODS
    {0},
};

bool bytes_init(VM *vm) {
    return type_define(
        vm, &(TypeDef){
                .where = &vm->types.bytes,
                .doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> "
                       "bytes\nbytes(bytes_or_buffer) -> a copy\n"
                       "bytes(int) -> so many zero bytes\nbytes() -> empty bytes\n\nAn immutable sequence of bytes.",
                .instance_size = sizeof(BytesShared),
                .methods = methods,
                .flags = CLASS_BASETYPE | CLASS_MATCH_SELF,
            });
}
