// str: layouts, ropes, the index of code points, slices, comparison and hash. Interning and builders: str_build.c; methods: str_methods.c.
//
// Who owns the bytes:
//
//     plain      [ Str ][ index if not ASCII ][ bytes \0 ]        data points behind the struct
//     rope       [ Str ][ left ][ right ]                         data NULL
//     owner      [ Str ][ index ][ -- ]      ---> StrBuffer       STR_OWNS_DATA: a flattened rope, or the newest of a chain of appends
//     sharing    [ Str ][ index ][ whose ]                        STR_SHARES: a subclass's instance, or an older one of a chain of appends
//
// `s += x` is linear because of the last two: the second append in a row makes a buffer with spare room, later ones write behind the
// bytes that are there, hand the buffer to the new string, and make the old one a prefix that shares it.
#include "vm/types/str.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/str_parts.h"

enum {
    INDEX_STEP = 64,
    GROW_MIN_SIZE = 128,       // shorter sums are copied: that is cheaper than a buffer of their own
    ROPE_MIN_SIZE = 1024,      // only text put before a long one makes ropes
};

typedef struct StrBuffer { size_t capacity, used; char data[]; } StrBuffer;
struct StrIndex {
    uint32_t count;
    uint32_t offsets[];
}; // byte offsets of the code points INDEX_STEP, 2 * INDEX_STEP, ...

static StrBuffer *str_buffer(const Str *s) { return (StrBuffer *)(s->data - offsetof(StrBuffer, data)); }
static StrRope *as_rope(Str *s) { return (StrRope *)s; }
_Static_assert(offsetof(StrRope, left) == offsetof(StrIndexed, index),
               "owners and sharers keep their index where ropes have `left`");

static Shape *str_shape(VM *vm) {
    Shape *shape = vm->types.str->root_shape;
    return LIKELY(shape != NULL) ? shape : class_shape(vm, vm->types.str);
}

bool str_is_exact(VM *vm, const Str *s) { return s->head.shape->cls == vm->types.str; }

// ---- for the collector

void str_trace(VM *vm, Object *object) {
    StrRope *rope = (StrRope *)object;
    if (object->flags & STR_ROPE) gc_mark_value(vm, rope->left);
    if (object->flags & (STR_ROPE | STR_SHARES)) gc_mark_value(vm, rope->right);
}

void str_free(VM *vm, Object *object) {
    Str *s = (Str *)object;
    if (!(object->flags & (STR_ROPE | STR_ASCII))) {
        struct StrIndex *index = ((StrIndexed *)object)->index;
        if (index != NULL) buffer_free(vm, index, sizeof *index + index->count * sizeof index->offsets[0]);
    }
    if (object->flags & STR_OWNS_DATA) {
        StrBuffer *buffer = str_buffer(s);
        buffer_free(vm, buffer, sizeof *buffer + buffer->capacity + 1);
    }
}

// ---- making strings

Str *str_new_raw(VM *vm, size_t size, size_t length, char **out_data) {
    if (UNLIKELY(size > STR_MAX_SIZE)) {
        raise_no_memory(vm);
        return NULL;
    }
    bool ascii = size == length;
    size_t head_size = ascii ? sizeof(Str) : sizeof(StrIndexed);
    Str *s = object_new(vm, KIND_STR, str_shape(vm), head_size + size + 1);
    if (UNLIKELY(s == NULL)) return NULL;
    char *data = (char *)s + head_size;
    s->head.flags = ascii ? STR_ASCII : 0;
    s->size = (uint32_t)size;
    s->length = (uint32_t)length;
    s->data = data;
    *out_data = data;
    return s;
}

Str *str_new_ascii(VM *vm, const char *ascii, size_t size) {
    if (size <= 1) {
        if (size == 0 && vm->empty_str != NULL) return vm->empty_str;
        if (size == 1 && vm->ascii_strs[(uint8_t)ascii[0]] != NULL) return vm->ascii_strs[(uint8_t)ascii[0]];
    }
    char *data;
    Str *s = str_new_raw(vm, size, size, &data);
    if (LIKELY(s != NULL)) memcpy(data, ascii, size);
    return s;
}

Str *str_new_counted(VM *vm, const char *utf8, size_t size, size_t length) {
    if (size == length) return str_new_ascii(vm, utf8, size);
    char *data;
    Str *s = str_new_raw(vm, size, length, &data);
    if (LIKELY(s != NULL)) memcpy(data, utf8, size);
    return s;
}

Str *str_new(VM *vm, const char *utf8, size_t size) {
    size_t prefix = utf8_ascii_prefix(utf8, size);
    return str_new_counted(vm, utf8, size, prefix + utf8_count(utf8 + prefix, size - prefix));
}

Str *str_from_c(VM *vm, const char *text) { return str_new(vm, text, strlen(text)); }

Str *str_from_code_point(VM *vm, uint32_t code_point) {
    if (code_point < 128 && vm->ascii_strs[code_point] != NULL) return vm->ascii_strs[code_point];
    char bytes[4];
    return str_new_counted(vm, bytes, utf8_encode(code_point, bytes), 1);
}

Value str_exact(VM *vm, Str *s) {
    if (LIKELY(str_is_exact(vm, s))) return from_object(s);
    const char *data = str_data(vm, s);
    if (data == NULL) return ERROR;
    if (s->head.flags & STR_SHARES && str_is_exact(vm, to_str(as_rope(s)->right)) &&
        to_str(as_rope(s)->right)->size == s->size) {
        return as_rope(s)->right;
    }
    Str *copy = str_new_counted(vm, data, s->size, s->length);
    gc_keep(s);
    return copy == NULL ? ERROR : from_object(copy);
}

Value str_new_as(VM *vm, Class *cls, Str *s) {
    Value text = str_exact(vm, s);
    if (is_error(text) || cls == vm->types.str) return text;
    Str *base = to_str(text);
    const char *data = str_data(vm, base);
    if (data == NULL) return ERROR;
    StrRope *instance = object_new_of(vm, cls, sizeof(StrRope));
    if (instance == NULL) return ERROR;
    instance->str.head.flags = (base->head.flags & STR_ASCII) | STR_SHARES;
    instance->str.size = base->size;
    instance->str.length = base->length;
    instance->str.data = data;
    instance->right = text;
    return from_object(instance);
}

// ---- concatenation

static Str *owner_new(VM *vm, size_t size, size_t length, StrBuffer *buffer) {
    Str *s = object_new(vm, KIND_STR, str_shape(vm), sizeof(StrRope));
    if (UNLIKELY(s == NULL)) return NULL;
    s->head.flags = STR_OWNS_DATA | STR_APPENDED | (size == length ? STR_ASCII : 0);
    s->size = (uint32_t)size;
    s->length = (uint32_t)length;
    s->data = buffer->data;
    return s;
}

// The bytes of b go behind those of a in a's buffer, which the new string takes over.
static Str *append_in_place(VM *vm, Str *a, Str *b, const char *b_data) {
    StrBuffer *buffer = str_buffer(a);
    Str *s = owner_new(vm, (size_t)a->size + b->size, (size_t)a->length + b->length, buffer);
    if (UNLIKELY(s == NULL)) return NULL;
    memcpy(buffer->data + a->size, b_data, b->size);
    buffer->used += b->size;
    buffer->data[buffer->used] = 0;
    a->head.flags = (uint16_t)((a->head.flags & ~STR_OWNS_DATA) | STR_SHARES);
    as_rope(a)->right = from_object(s);
    gc_write_barrier(vm, a);
    return s;
}

static Str *append_to_new_buffer(VM *vm, Str *a, const char *a_data, Str *b, const char *b_data) {
    size_t size = (size_t)a->size + b->size, capacity = size + size / 2;
    StrBuffer *buffer = buffer_new(vm, sizeof(StrBuffer) + capacity + 1);
    if (UNLIKELY(buffer == NULL)) return NULL;
    buffer->capacity = capacity;
    buffer->used = size;
    memcpy(buffer->data, a_data, a->size);
    memcpy(buffer->data + a->size, b_data, b->size);
    Str *s = owner_new(vm, size, (size_t)a->length + b->length, buffer);
    if (UNLIKELY(s == NULL)) buffer_free(vm, buffer, sizeof(StrBuffer) + capacity + 1);
    return s;
}

static Str *rope_new(VM *vm, Str *a, Str *b) {
    StrRope *rope = object_new(vm, KIND_STR, str_shape(vm), sizeof(StrRope));
    if (UNLIKELY(rope == NULL)) return NULL;
    rope->str.head.flags = STR_ROPE | (a->head.flags & b->head.flags & STR_ASCII);
    rope->str.size = a->size + b->size;
    rope->str.length = a->length + b->length;
    rope->left = from_object(a);
    rope->right = from_object(b);
    return &rope->str;
}

Str *str_concat(VM *vm, Str *a, Str *b) {
    if (UNLIKELY(b->size == 0 && str_is_exact(vm, a))) return a;
    if (UNLIKELY(a->size == 0 && str_is_exact(vm, b))) return b;
    size_t size = (size_t)a->size + b->size;
    if (UNLIKELY(size > STR_MAX_SIZE)) {
        raise_no_memory(vm);
        return NULL;
    }
    if (size >= ROPE_MIN_SIZE && b->size / 4 > a->size) return rope_new(vm, a, b);
    const char *a_data = str_data(vm, a), *b_data = str_data(vm, b);
    if (UNLIKELY(a_data == NULL || b_data == NULL)) return NULL;
    if (size >= GROW_MIN_SIZE) {
        if (a->head.flags & STR_OWNS_DATA && str_buffer(a)->capacity - str_buffer(a)->used >= b->size)
            return append_in_place(vm, a, b, b_data);
        if (a->head.flags & STR_APPENDED) return append_to_new_buffer(vm, a, a_data, b, b_data);
    }
    char *data;
    Str *s = str_new_raw(vm, size, (size_t)a->length + b->length, &data);
    if (UNLIKELY(s == NULL)) return NULL;
    memcpy(data, a_data, a->size);
    memcpy(data + a->size, b_data, b->size);
    s->head.flags |= STR_APPENDED;
    return s;
}

// Copies the leaves from the last to the first: text put before text gives ropes that are deep on their right, and of those only the left
// sides wait on the stack. A rope below that was flattened meanwhile is a leaf.
static bool rope_copy(VM *vm, Str *root, char *data) {
    Str **stack = NULL;
    size_t depth = 0, capacity = 0;
    char *end = data + root->size;
    Str *node = root;
    bool ok = true;
    for (;;) {
        while (node->head.flags & STR_ROPE) {
            if (depth == capacity) {
                size_t wanted = capacity == 0 ? 64 : capacity * 2;
                Str **grown = buffer_resize(vm, stack, capacity * sizeof(Str *), wanted * sizeof(Str *));
                if (grown == NULL) {
                    ok = false;
                    goto done;
                }
                stack = grown;
                capacity = wanted;
            }
            stack[depth++] = to_str(as_rope(node)->left);
            node = to_str(as_rope(node)->right);
        }
        end -= node->size;
        memcpy(end, node->data, node->size);
        if (depth == 0) break;
        node = stack[--depth];
    }
done:
    buffer_free(vm, stack, capacity * sizeof(Str *));
    return ok;
}

bool str_flatten(VM *vm, Str *s) {
    if (!(s->head.flags & STR_ROPE)) return true;
    StrBuffer *buffer = buffer_new(vm, sizeof(StrBuffer) + s->size + 1);
    if (buffer == NULL) return false;
    if (!rope_copy(vm, s, buffer->data)) {
        buffer_free(vm, buffer, sizeof(StrBuffer) + s->size + 1);
        return false;
    }
    buffer->capacity = buffer->used = s->size;
    buffer->data[s->size] = 0;
    s->data = buffer->data;
    s->head.flags = (uint16_t)((s->head.flags & ~STR_ROPE) | STR_OWNS_DATA);
    as_rope(s)->left = as_rope(s)->right = UNDEFINED;
    return true;
}

Str *str_repeat(VM *vm, Str *s, ptrdiff_t count) {
    if (count <= 0 || s->size == 0) return vm->empty_str;
    if (count == 1 && str_is_exact(vm, s)) return s;
    size_t size, length = (size_t)s->length * (size_t)count;
    if (__builtin_mul_overflow((size_t)s->size, (size_t)count, &size) || size > STR_MAX_SIZE ||
        !heap_would_fit(vm, size) || !text_charge(vm, size)) {
        if (!is_raised(vm)) raise_no_memory(vm);
        return NULL;
    }
    const char *source = str_data(vm, s);
    if (source == NULL) return NULL;
    char *data;
    Str *result = str_new_raw(vm, size, length, &data);
    if (result == NULL) return NULL;
    return bytes_fill_repeated(vm, (uint8_t *)data, size, (const uint8_t *)source, s->size) ? result : NULL;
}

// ---- code points and bytes

// The index of a flat string that is not ASCII, or NULL when there is no memory for one: then whoever asks counts from the start.
static struct StrIndex *str_index(VM *vm, Str *s) {
    struct StrIndex **where = &((StrIndexed *)s)->index;
    if (*where != NULL) return *where;
    bool was_raised = is_raised(vm);
    uint32_t count = (s->length - 1) / INDEX_STEP;
    struct StrIndex *index = buffer_new(vm, sizeof *index + count * sizeof index->offsets[0]);
    if (index == NULL) {
        if (!was_raised) raised_clear(vm);
        return NULL;
    }
    index->count = count;
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        at += utf8_offset(s->data + at, s->size - at, INDEX_STEP);
        index->offsets[i] = (uint32_t)at;
    }
    *where = index;
    return index;
}

size_t str_byte_offset(VM *vm, Str *s, size_t index) {
    if (str_is_ascii(s)) return index;
    if (index >= s->length) return s->size;
    const char *data = str_data(vm, s);
    if (data == NULL) return 0;
    size_t at = 0;
    if (index >= INDEX_STEP) {
        struct StrIndex *table = str_index(vm, s);
        if (table != NULL) {
            at = table->offsets[index / INDEX_STEP - 1];
            index %= INDEX_STEP;
        }
    }
    return at + utf8_offset(data + at, s->size - at, index);
}

size_t str_index_of_byte(VM *vm, Str *s, size_t offset) {
    if (str_is_ascii(s)) return offset;
    if (offset >= s->size) return s->length;
    const char *data = str_data(vm, s);
    if (data == NULL) return 0;
    size_t low = 0;
    if (offset >= INDEX_STEP && s->length > INDEX_STEP) {
        struct StrIndex *table = str_index(vm, s);
        if (table == NULL) return utf8_count(data, offset);
        size_t high = table->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (table->offsets[middle] <= offset) low = middle + 1;
            else high = middle;
        }
        size_t start = low == 0 ? 0 : table->offsets[low - 1];
        return low * INDEX_STEP + utf8_count(data + start, offset - start);
    }
    return utf8_count(data, offset);
}

uint32_t str_code_point_at(VM *vm, Str *s, size_t index) {
    const char *data = str_data(vm, s);
    if (data == NULL) return 0;
    if (str_is_ascii(s)) return (uint8_t)data[index];
    uint32_t code_point;
    utf8_decode(data + str_byte_offset(vm, s, index), &code_point);
    return code_point;
}

Str *str_slice(VM *vm, Str *s, size_t start, size_t end) {
    if (end > s->length) end = s->length;
    if (start >= end) return vm->empty_str;
    if (start == 0 && end == s->length && str_is_exact(vm, s)) return s;
    const char *data = str_data(vm, s);
    if (UNLIKELY(data == NULL)) return NULL;
    Str *slice;
    if (str_is_ascii(s)) {
        slice = str_new_ascii(vm, data + start, end - start);
    } else {
        size_t from = str_byte_offset(vm, s, start), to = end == s->length ? s->size : str_byte_offset(vm, s, end);
        slice = str_new_counted(vm, data + from, to - from, end - start);
    }
    gc_keep(s);
    return slice;
}

Str *str_slice_bytes(VM *vm, Str *s, size_t from, size_t to) {
    if (from >= to) return vm->empty_str;
    if (from == 0 && to == s->size && str_is_exact(vm, s)) return s;
    Str *slice = str_is_ascii(s) ? str_new_ascii(vm, s->data + from, to - from) : str_new(vm, s->data + from, to - from);
    gc_keep(s);
    return slice;
}

static Str *slice_with_step(VM *vm, Str *s, size_t start, ptrdiff_t step, size_t count) {
    if (str_is_ascii(s)) {
        char *out;
        const char *data = s->data;
        Str *result = str_new_raw(vm, count, count, &out);
        if (result == NULL) return NULL;
        for (size_t i = 0, at = start; i < count; i++, at += (size_t)step) out[i] = data[at];
        gc_keep(s);
        return result;
    }
    StrBuilder b = STR_BUILDER(vm);
    for (size_t i = 0, at = start; i < count; i++, at += (size_t)step) {
        size_t offset = str_byte_offset(vm, s, at);
        if (!str_builder_add(&b, s->data + offset, utf8_sequence_size((uint8_t)s->data[offset]))) break;
    }
    return str_builder_finish(&b);
}

Value str_get_item(VM *vm, Str *s, Value key) {
    ptrdiff_t index;
    if (LIKELY(is_int(key))) {
        int64_t at = to_int(key);
        if (at < 0) at += s->length;
        if (LIKELY((uint64_t)at < s->length && str_is_ascii(s) && str_data(vm, s) != NULL))
            return from_object(vm->ascii_strs[(uint8_t)s->data[at]]);
    }
    if (is_kind(key, KIND_SLICE)) {
        ptrdiff_t start, stop, step;
        size_t count;
        if (!slice_resolve(vm, (Slice *)to_object(key), s->length, &start, &stop, &step, &count)) return ERROR;
        if (str_data(vm, s) == NULL || (step != 1 && !text_charge(vm, s->size * 4))) return ERROR;
        Str *result = count == 0    ? vm->empty_str
                      : step == 1   ? str_slice(vm, s, (size_t)start, (size_t)start + count)
                                    : slice_with_step(vm, s, (size_t)start, step, count);
        return result == NULL ? ERROR : from_object(result);
    }
    if (is_int(key)) {
        index = to_int(key);
    } else {
        if (is_undefined(class_special(vm, class_of(vm, key), SPECIAL_INDEX))) {
            return raise_type_error(vm, "string indices must be integers, not '%T'", key);
        }
        if (!index_as_ssize(vm, key, &index)) return ERROR;
    }
    if (index < 0) index += s->length;
    if (index < 0 || index >= (ptrdiff_t)s->length)
        return raise_error(vm, vm->exc.IndexError, "string index out of range");
    if (str_data(vm, s) == NULL) return ERROR;
    Str *result = str_from_code_point(vm, str_code_point_at(vm, s, (size_t)index));
    return result == NULL ? ERROR : from_object(result);
}

// ---- comparison and hash

bool str_equal(VM *vm, Str *a, Str *b) {
    if (a == b) return true;
    if (a->size != b->size || a->length != b->length) return false;
    if (a->head.flags & b->head.flags & STR_INTERNED) return false;
    if (a->head.aux != b->head.aux && a->head.aux != 0 && b->head.aux != 0) return false;
    const char *a_data = str_data(vm, a), *b_data = str_data(vm, b);
    return a_data != NULL && b_data != NULL && memcmp(a_data, b_data, a->size) == 0;
}

// UTF-8 sorts as its code points do, lone surrogates in three bytes included.
int str_compare(VM *vm, Str *a, Str *b) {
    const char *a_data = str_data(vm, a), *b_data = str_data(vm, b);
    if (a_data == NULL || b_data == NULL) return 0;
    int order = memcmp(a_data, b_data, a->size < b->size ? a->size : b->size);
    return order != 0 ? order : a->size < b->size ? -1 : a->size > b->size;
}

bool str_equals_c(VM *vm, Str *s, const char *ascii) {
    size_t size = strlen(ascii);
    if (s->size != size) return false;
    const char *data = str_data(vm, s);
    return data != NULL && memcmp(data, ascii, size) == 0;
}

uint32_t hash_data(VM *vm, const void *data, size_t size) {
    uint64_t wide = hash_bytes(data, size, (HashKey){vm->hash_key[0], vm->hash_key[1]});
    uint32_t hash = (uint32_t)(wide ^ wide >> 32);
    return hash == 0 ? 1 : hash;
}

uint32_t str_hash(VM *vm, Str *s) {
    if (LIKELY(s->head.aux != 0)) return s->head.aux;
    const char *data = str_data(vm, s);
    if (UNLIKELY(data == NULL)) return 1;
    return s->head.aux = hash_data(vm, data, s->size);
}

int str_contains(VM *vm, Str *s, Value item) {
    if (!is_str(item)) {
        raise_type_error(vm, "'in <string>' requires string as left operand, not %T", item);
        return -1;
    }
    Str *part = to_str(item);
    if (part->size > s->size) return 0;
    const char *data = str_data(vm, s), *needle = str_data(vm, part);
    if (data == NULL || needle == NULL) return -1;
    return bytes_find((const uint8_t *)data, s->size, (const uint8_t *)needle, part->size) >= 0;
}
