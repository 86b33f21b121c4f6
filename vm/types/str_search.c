// Searching: in bytes, for str, bytes and bytearray, and the methods of str that look for a part: find, count, replace, split ...
//
// UTF-8 synchronises itself, so a part of a str is found among its bytes; only the results are turned into code points.
// memmem() is linear; the search from the end falls back to rolling hashes when the cheap one meets a text made to slow it down.
#define _GNU_SOURCE   // memmem, memrchr
#include "vm/types/str_parts.h"

#include "base/unicode.h"
#include "base/utf8.h"

// ---- on bytes

ptrdiff_t bytes_find(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size) {
    if (part_size == 0) return 0;
    if (part_size > size) return -1;
    const uint8_t *found = part_size == 1 ? memchr(text, part[0], size) : memmem(text, size, part, part_size);
    return found == NULL ? -1 : found - text;
}

static uint64_t hash_multiply(uint64_t a, uint64_t b) {
    return (uint64_t)((unsigned __int128)a * b % ((UINT64_C(1) << 61) - 1));
}

// The last occurrence by a hash of the window that rolls from the end to the start (Rabin and Karp): linear whatever the text is.
static ptrdiff_t rfind_by_hash(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size) {
    const uint64_t modulus = (UINT64_C(1) << 61) - 1, base = UINT64_C(0x1b873593cc9e2d51);
    uint64_t wanted = 0, hash = 0, top = 1;   // top: base to the power part_size - 1
    for (size_t i = part_size; i-- > 0;) {
        wanted = (hash_multiply(wanted, base) + part[i]) % modulus;
        hash = (hash_multiply(hash, base) + text[size - part_size + i]) % modulus;
        if (i > 0) top = hash_multiply(top, base);
    }
    for (size_t at = size - part_size;; at--) {
        if (hash == wanted && memcmp(text + at, part, part_size) == 0) return (ptrdiff_t)at;
        if (at == 0) return -1;
        hash = (hash + modulus - hash_multiply(text[at + part_size - 1], top)) % modulus;
        hash = (hash_multiply(hash, base) + text[at - 1]) % modulus;
    }
}

ptrdiff_t bytes_rfind(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size) {
    if (part_size > size) return -1;
    if (part_size == 0) return (ptrdiff_t)size;
    size_t end = size - part_size + 1, work = 0;
    while (end > 0) {
        const uint8_t *found = memrchr(text, part[0], end);
        if (found == NULL) return -1;
        if (memcmp(found, part, part_size) == 0) return found - text;
        end = (size_t)(found - text);
        work += part_size;
        if (work > 8 * size + 4096) return end == 0 ? -1 : rfind_by_hash(text, end + part_size - 1, part, part_size);
    }
    return -1;
}

size_t bytes_count(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size, size_t max) {
    size_t count = 0;
    if (part_size == 1 && max == SIZE_MAX) {
        for (size_t i = 0; i < size; i++) count += text[i] == part[0];
        return count;
    }
    while (count < max) {
        ptrdiff_t found = bytes_find(text, size, part, part_size);
        if (found < 0) break;
        count++;
        text += (size_t)found + part_size;
        size -= (size_t)found + part_size;
    }
    return count;
}

// What has been written is copied behind itself, until a megabyte is there: then always that much.
bool bytes_fill_repeated(VM *vm, uint8_t *out, size_t size, const uint8_t *unit, size_t unit_size) {
    enum { STEP = 1 << 20 };
    if (size == 0) return true;
    memcpy(out, unit, unit_size);
    for (size_t done = unit_size, step = unit_size; done < size; done += step) {
        if (UNLIKELY(step >= STEP)) {
            if (!vm_poll(vm)) return false;
        } else {
            step = done;
        }
        if (step > size - done) step = size - done;
        memcpy(out + done, out, step);
    }
    return true;
}

// ---- arguments

bool range_arguments(VM *vm, const Value *args, int argc, int index, size_t length, ptrdiff_t *out_start,
                     ptrdiff_t *out_end) {
    ptrdiff_t start = 0, end = (ptrdiff_t)length;
    for (int i = 0; i < 2; i++) {
        Value v = arg_or(args, argc, index + i, NONE);
        ptrdiff_t *out = i == 0 ? &start : &end;
        if (is_none(v)) continue;
        if (is_int(v)) {
            int64_t given = to_int(v);
            *out = (ptrdiff_t)given;
        } else if (!is_bigint(v) && !is_bool(v) && is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX))) {
            raise_type_error(vm, "slice indices must be integers or None or have an __index__ method");
            return false;
        } else if (!index_as_clamped(vm, v, out)) {
            return false;
        }
    }
    ptrdiff_t size = (ptrdiff_t)length;
    if (end > size) end = size;
    else if (end < 0) end = end + size < 0 ? 0 : end + size;
    if (start < 0) start = start + size < 0 ? 0 : start + size;
    *out_start = start;
    *out_end = end;
    return true;
}

bool search_argument_count(VM *vm, const char *name, int argc) {
    if (LIKELY(argc >= 2 && argc <= 4)) return true;
    if (argc < 2) raise_type_error(vm, "%s() takes at least 1 argument (%d given)", name, argc - 1);
    else raise_type_error(vm, "%s() takes at most 3 arguments (%d given)", name, argc - 1);
    return false;
}

// What a method that searches works on: the bytes of self between start and end, flat.
typedef struct Haystack {
    Str *s;
    const uint8_t *data;      // of the whole string
    size_t from, to;          // byte offsets; from > to: the range is empty and not even an empty part is in it
    bool impossible;
} Haystack;

static bool haystack(VM *vm, const Value *args, int argc, Haystack *out) {
    out->s = to_str(args[0]);
    if (!text_charge(vm, out->s->size)) return false;
    out->data = (const uint8_t *)str_data(vm, out->s);
    if (out->data == NULL) return false;
    out->from = 0;
    out->to = out->s->size;
    out->impossible = false;
    if (argc <= 2) return true;
    ptrdiff_t start, end;
    if (!range_arguments(vm, args, argc, 2, out->s->length, &start, &end)) return false;
    out->impossible = start > end;
    if (out->impossible) return true;
    out->from = str_byte_offset(vm, out->s, (size_t)start);
    out->to = str_byte_offset(vm, out->s, (size_t)end);
    return true;
}

static Str *str_argument(VM *vm, Value v) {
    if (!is_str(v)) {
        raise_type_error(vm, "must be str, not %T", v);
        return NULL;
    }
    return str_data(vm, to_str(v)) == NULL ? NULL : to_str(v);
}

// ---- find, rfind, index, rindex, count

// Code point index of the first (or last) occurrence, -1 when there is none, -2 on error.
static ptrdiff_t find_in(VM *vm, const Value *args, int argc, bool last, const char *name) {
    Haystack hay;
    if (!search_argument_count(vm, name, argc)) return -2;
    Str *part = str_argument(vm, args[1]);
    if (part == NULL || !haystack(vm, args, argc, &hay)) return -2;
    if (hay.impossible) return -1;
    ptrdiff_t at = (last ? bytes_rfind : bytes_find)(hay.data + hay.from, hay.to - hay.from,
                                                     (const uint8_t *)part->data, part->size);
    return at < 0 ? -1 : (ptrdiff_t)str_index_of_byte(vm, hay.s, hay.from + (size_t)at);
}

static Value find_result(VM *vm, const Value *args, int argc, bool last, bool must, const char *name) {
    ptrdiff_t at = find_in(vm, args, argc, last, name);
    if (at == -2) return ERROR;
    if (at == -1 && must) return raise_value_error(vm, "substring not found");
    return from_int(at);
}

Value str_find_method(VM *vm, const Value *args, int argc) { return find_result(vm, args, argc, false, false, "find"); }
Value str_rfind_method(VM *vm, const Value *args, int argc) {
    return find_result(vm, args, argc, true, false, "rfind");
}
Value str_index_method(VM *vm, const Value *args, int argc) {
    return find_result(vm, args, argc, false, true, "index");
}
Value str_rindex_method(VM *vm, const Value *args, int argc) {
    return find_result(vm, args, argc, true, true, "rindex");
}

Value str_count_method(VM *vm, const Value *args, int argc) {
    Haystack hay;
    if (!search_argument_count(vm, "count", argc)) return ERROR;
    Str *part = str_argument(vm, args[1]);
    if (part == NULL || !haystack(vm, args, argc, &hay)) return ERROR;
    if (hay.impossible) return from_int(0);
    if (part->size == 0) return from_int((int64_t)utf8_count((const char *)hay.data + hay.from, hay.to - hay.from) + 1);
    return from_int((int64_t)bytes_count(hay.data + hay.from, hay.to - hay.from, (const uint8_t *)part->data,
                                         part->size, SIZE_MAX));
}

// ---- startswith, endswith

static bool range_matches(const Haystack *hay, Str *part, bool at_end) {
    if (hay->impossible || part->size > hay->to - hay->from) return false;
    size_t at = at_end ? hay->to - part->size : hay->from;
    return memcmp(hay->data + at, part->data, part->size) == 0;
}

static Value match_method(VM *vm, const Value *args, int argc, bool at_end, const char *name) {
    Haystack hay;
    if (!search_argument_count(vm, name, argc) || !haystack(vm, args, argc, &hay)) return ERROR;
    if (is_str(args[1])) {
        if (str_data(vm, to_str(args[1])) == NULL) return ERROR;
        return from_bool(range_matches(&hay, to_str(args[1]), at_end));
    }
    if (!is_tuple(args[1]))
        return raise_type_error(vm, "%s first arg must be str or a tuple of str, not %T", name, args[1]);
    Tuple *parts = to_tuple(args[1]);
    for (size_t i = 0; i < parts->count; i++) {
        if (!is_str(parts->items[i]))
            return raise_type_error(vm, "tuple for %s must only contain str, not %T", name, parts->items[i]);
        if (str_data(vm, to_str(parts->items[i])) == NULL) return ERROR;
        if (range_matches(&hay, to_str(parts->items[i]), at_end)) return TRUE_VALUE;
    }
    return FALSE_VALUE;
}

Value str_startswith_method(VM *vm, const Value *args, int argc) {
    return match_method(vm, args, argc, false, "startswith");
}
Value str_endswith_method(VM *vm, const Value *args, int argc) {
    return match_method(vm, args, argc, true, "endswith");
}

// ---- replace

static Value replace_empty(VM *vm, Str *s, Str *with, size_t max) {
    StrBuilder b = STR_BUILDER(vm);
    size_t at = 0;
    while (max > 0) {
        if (!str_builder_add_str(&b, with)) break;
        max--;
        if (at == s->size) break;
        size_t size = utf8_sequence_size((uint8_t)s->data[at]);
        if (!str_builder_add(&b, s->data + at, size)) break;
        at += size;
    }
    str_builder_add(&b, s->data + at, s->size - at);
    return str_or_error(str_builder_finish(&b));
}

Value str_replace_method(VM *vm, const Value *args, int argc) {
    Str *s = to_str(args[0]);
    for (int i = 1; i <= 2; i++) {
        if (!is_str(args[i])) return raise_type_error(vm, "replace() argument %d must be str, not %A", i, args[i]);
    }
    Str *part = to_str(args[1]), *with = to_str(args[2]);
    ptrdiff_t limit = -1;
    if (arg_given(args, argc, 3) && !ssize_argument(vm, args[3], &limit)) return ERROR;
    size_t max = limit < 0 ? SIZE_MAX : (size_t)limit;
    if (!text_charge(vm, s->size)) return ERROR;
    if (str_data(vm, s) == NULL || str_data(vm, part) == NULL || str_data(vm, with) == NULL) return ERROR;
    if (max == 0 || part->size > s->size) return str_exact(vm, s);
    if (part->size == 0) return replace_empty(vm, s, with, max);
    const uint8_t *data = (const uint8_t *)s->data, *old = (const uint8_t *)part->data;
    size_t count = bytes_count(data, s->size, old, part->size, max);
    if (count == 0) return str_exact(vm, s);
    size_t added;
    if (__builtin_mul_overflow(count, (size_t)with->size, &added) || added > STR_MAX_SIZE) return raise_no_memory(vm);
    char *out;
    Str *result = str_new_raw(vm, s->size - count * part->size + added,
                              s->length - count * part->length + count * with->length, &out);
    if (result == NULL) return ERROR;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t found = at + (size_t)bytes_find(data + at, s->size - at, old, part->size);
        memcpy(out, data + at, found - at);
        memcpy(out + (found - at), with->data, with->size);
        out += found - at + with->size;
        at = found + part->size;
    }
    memcpy(out, data + at, s->size - at);
    return result->size == 0 ? from_object(vm->empty_str) : from_object(result);
}

// ---- partition

static Value partition(VM *vm, Value self, Value separator, bool last) {
    Str *s = to_str(self), *part = str_argument(vm, separator);
    if (part == NULL || !text_charge(vm, s->size) || str_data(vm, s) == NULL) return ERROR;
    if (part->size == 0) return raise_value_error(vm, "empty separator");
    ptrdiff_t at =
        (last ? bytes_rfind : bytes_find)((const uint8_t *)s->data, s->size, (const uint8_t *)part->data, part->size);
    Value pieces[3] = {from_object(vm->empty_str), from_object(vm->empty_str), from_object(vm->empty_str)};
    if (at < 0) {
        pieces[last ? 2 : 0] = self;
    } else {
        Str *before = str_slice_bytes(vm, s, 0, (size_t)at);
        Str *after = before == NULL ? NULL : str_slice_bytes(vm, s, (size_t)at + part->size, s->size);
        if (after == NULL) return ERROR;
        Value middle = str_exact(vm, part);
        if (is_error(middle)) return ERROR;
        pieces[0] = from_object(before);
        pieces[1] = middle;
        pieces[2] = from_object(after);
    }
    Tuple *result = tuple_from_values(vm, pieces, 3);
    return result == NULL ? ERROR : from_object(result);
}

Value str_partition_method(VM *vm, const Value *args, int argc) { return partition(vm, args[0], args[1], false); }
Value str_rpartition_method(VM *vm, const Value *args, int argc) { return partition(vm, args[0], args[1], true); }

// ---- split, rsplit, splitlines

static bool add_piece(VM *vm, List *list, Str *s, size_t from, size_t to) {
    Str *piece = str_slice_bytes(vm, s, from, to);
    if (UNLIKELY(list->count % PIECES_PER_CHARGE == PIECES_PER_CHARGE - 1) && !vm_charge(vm, PIECES_PER_CHARGE)) return false;
    return piece != NULL && list_append(vm, list, from_object(piece));
}

static inline bool ascii_is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f); }

// Size of the white space character at `at`, 0 when there is none.
static inline size_t space_at(Str *s, size_t at) {
    uint8_t c = (uint8_t)s->data[at];
    if (c < 128) return ascii_is_space(c);
    uint32_t code_point;
    size_t size = utf8_decode(s->data + at, &code_point);
    return unicode_is_space(code_point) ? size : 0;
}

static inline size_t space_before(Str *s, size_t at) {
    uint8_t c = (uint8_t)s->data[at - 1];
    if (c < 128) return ascii_is_space(c);
    const char *start = utf8_previous(s->data + at);
    uint32_t code_point;
    size_t size = utf8_decode(start, &code_point);
    return unicode_is_space(code_point) ? size : 0;
}

static bool split_on_space(VM *vm, List *list, Str *s, size_t max) {
    size_t at = 0, size = s->size, step;
    while (at < size) {
        while (at < size && (step = space_at(s, at)) > 0) at += step;
        if (at == size) break;
        size_t start = at;
        if (max-- == 0) return add_piece(vm, list, s, start, size);
        while (at < size && space_at(s, at) == 0) at += utf8_sequence_size((uint8_t)s->data[at]);
        if (!add_piece(vm, list, s, start, at)) return false;
    }
    return true;
}

static bool rsplit_on_space(VM *vm, List *list, Str *s, size_t max) {
    size_t at = s->size, step;
    while (at > 0) {
        while (at > 0 && (step = space_before(s, at)) > 0) at -= step;
        if (at == 0) break;
        size_t end = at;
        if (max-- == 0) return add_piece(vm, list, s, 0, end);
        while (at > 0 && space_before(s, at) == 0) at = (size_t)(utf8_previous(s->data + at) - s->data);
        if (!add_piece(vm, list, s, at, end)) return false;
    }
    return true;
}

static bool split_on_part(VM *vm, List *list, Str *s, Str *part, size_t max) {
    size_t at = 0;
    while (max-- > 0) {
        ptrdiff_t found =
            bytes_find((const uint8_t *)s->data + at, s->size - at, (const uint8_t *)part->data, part->size);
        if (found < 0) break;
        if (!add_piece(vm, list, s, at, at + (size_t)found)) return false;
        at += (size_t)found + part->size;
    }
    return add_piece(vm, list, s, at, s->size);
}

static bool rsplit_on_part(VM *vm, List *list, Str *s, Str *part, size_t max) {
    size_t end = s->size;
    while (max-- > 0) {
        ptrdiff_t found = bytes_rfind((const uint8_t *)s->data, end, (const uint8_t *)part->data, part->size);
        if (found < 0) break;
        if (!add_piece(vm, list, s, (size_t)found + part->size, end)) return false;
        end = (size_t)found;
    }
    return add_piece(vm, list, s, 0, end);
}

static void list_reverse_items(List *list) {
    for (size_t i = 0, j = list->count; i + 1 < j; i++) {
        j--;
        Value kept = list->items[i];
        list->items[i] = list->items[j];
        list->items[j] = kept;
    }
}

static Value split(VM *vm, const Value *args, int argc, bool from_end) {
    Str *s = to_str(args[0]);
    Value separator = arg_or(args, argc, 1, NONE);
    ptrdiff_t limit = -1;
    if (arg_given(args, argc, 2) && !ssize_argument(vm, args[2], &limit)) return ERROR;
    size_t max = limit < 0 ? SIZE_MAX : (size_t)limit;
    if (!is_none(separator) && !is_str(separator))
        return raise_type_error(vm, "must be str or None, not %T", separator);
    if (!text_charge(vm, s->size) || str_data(vm, s) == NULL) return ERROR;
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    bool ok;
    if (is_none(separator)) {
        ok = (from_end ? rsplit_on_space : split_on_space)(vm, list, s, max);
    } else {
        Str *part = to_str(separator);
        if (str_data(vm, part) == NULL) return ERROR;
        if (part->size == 0) return raise_value_error(vm, "empty separator");
        ok = (from_end ? rsplit_on_part : split_on_part)(vm, list, s, part, max);
    }
    if (!ok) return ERROR;
    if (from_end) list_reverse_items(list);
    return from_object(list);
}

Value str_split_method(VM *vm, const Value *args, int argc) { return split(vm, args, argc, false); }
Value str_rsplit_method(VM *vm, const Value *args, int argc) { return split(vm, args, argc, true); }

// Size of the line end at `at`, "\r\n" being one; 0 when there is none.
static size_t line_end_at(Str *s, size_t at) {
    uint8_t c = (uint8_t)s->data[at];
    if (c == '\r') return at + 1 < s->size && s->data[at + 1] == '\n' ? 2 : 1;
    if (c < 128) return (c >= 10 && c <= 12) || (c >= 0x1c && c <= 0x1e);
    uint32_t code_point;
    size_t size = utf8_decode(s->data + at, &code_point);
    return unicode_is_linebreak(code_point) ? size : 0;
}

Value str_splitlines_method(VM *vm, const Value *args, int argc) {
    Str *s = to_str(args[0]);
    int keep = value_is_true(vm, arg_or(args, argc, 1, FALSE_VALUE));
    if (keep < 0 || !text_charge(vm, s->size) || str_data(vm, s) == NULL) return ERROR;
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    for (size_t at = 0; at < s->size;) {
        size_t start = at, end_size = 0;
        while (at < s->size && (end_size = line_end_at(s, at)) == 0) at += utf8_sequence_size((uint8_t)s->data[at]);
        if (at == s->size) end_size = 0;
        if (!add_piece(vm, list, s, start, keep ? at + end_size : at)) return ERROR;
        at += end_size;
    }
    return from_object(list);
}
