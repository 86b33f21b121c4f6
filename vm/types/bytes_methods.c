// The methods that bytes and bytearray have in common. They read self after their other arguments are looked at, for that may run Python
// code, which may change a bytearray.
#define _GNU_SOURCE
#include "vm/types/bytes_methods.h"
#include "vm/types/container_common.h"
#include "vm/types/str_parts.h"

#include "vm/codecs.h"
#include "vm/types/iterator.h"

#define COMMON(name) Value bytes_common_##name(VM *vm, const Value *args, int argc)

typedef struct Span { const uint8_t *data; size_t size; } Span;

static Span self_span(Value self) {
    if (is_bytes(self)) return (Span){to_bytes(self)->data, to_bytes(self)->size};
    ByteArray *array = to_bytearray(self);
    return (Span){array->data != NULL ? array->data : (const uint8_t *)"", array->size};
}

static bool span_of(VM *vm, Value v, Span *out) {
    if (!bytes_like(vm, v, &out->data, &out->size)) return false;
    if (out->data == NULL) out->data = (const uint8_t *)"";
    return true;
}

static inline bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }
static inline bool is_upper(uint8_t c) { return (uint8_t)(c - 'A') < 26; }
static inline bool is_lower(uint8_t c) { return (uint8_t)(c - 'a') < 26; }
static inline bool is_alpha(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }
static inline bool is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }

// A fresh object of self's kind with `size` bytes to fill.
static Value make(VM *vm, Value self, size_t size, uint8_t **out_data) {
    Value made = bytes_like_self(vm, self, NULL, size);
    if (!is_error(made)) *out_data = is_bytes(made) ? (uint8_t *)to_bytes(made)->data : to_bytearray(made)->data;
    return made;
}

static Value part(VM *vm, Value self, size_t from, size_t to) {
    Span span = self_span(self);
    if (to > span.size) to = span.size;
    if (from >= to) return bytes_like_self(vm, self, NULL, 0);
    if (from == 0 && to == span.size && is_bytes(self) && class_of(vm, self) == vm->types.bytes) return self;
    return bytes_like_self(vm, self, span.data + from, to - from);
}

bool ssize_argument(VM *vm, Value v, ptrdiff_t *out) {
    if (is_int(v)) {
        *out = (ptrdiff_t)to_int(v);
        return true;
    }
    if (index_as_ssize(vm, v, out)) return true;
    if (raised_matches(vm, vm->exc.IndexError)) {
        raised_clear(vm);
        raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C ssize_t");
    }
    return false;
}

// ---- operators

COMMON(len) { return from_int((int64_t)self_span(args[0]).size); }
COMMON(getitem) { return bytes_get_item(vm, args[0], args[1]); }
COMMON(iter) { return iterator_new(vm, is_bytes(args[0]) ? ITERATE_BYTES : ITERATE_BYTEARRAY, args[0]); }
COMMON(add) { return bytes_concat(vm, args[0], args[1]); }
COMMON(mod) { return bytes_percent_format(vm, args[0], args[1]); }

COMMON(contains) {
    int found = bytes_contains(vm, args[0], args[1]);
    return found < 0 ? ERROR : from_bool(found);
}

COMMON(mul) {
    ptrdiff_t count;
    return count_for_repeat(vm, args[1], &count) ? bytes_repeat(vm, args[0], count) : ERROR;
}

COMMON(rmod) {
    return is_bytes(args[1]) || is_bytearray(args[1]) ? bytes_percent_format(vm, args[1], args[0]) : NOT_IMPLEMENTED;
}

static Value compare(VM *vm, CompareOp op, const Value *args) {
    if (!is_bytes_like(args[1]) || (is_bytes(args[0]) && !is_bytes(args[1])))
        return NOT_IMPLEMENTED; // the others' own methods know
    Span other, self;
    if (!span_of(vm, args[1], &other)) return ERROR;
    self = self_span(args[0]);
    vm_spend_bytes(vm, self.size < other.size ? self.size : other.size);
    if (op == COMPARE_EQ || op == COMPARE_NE) {
        bool same = self.size == other.size && memcmp(self.data, other.data, self.size) == 0;
        return from_bool(same == (op == COMPARE_EQ));
    }
    int order = memcmp(self.data, other.data, self.size < other.size ? self.size : other.size);
    if (order == 0) order = self.size < other.size ? -1 : self.size > other.size;
    switch (op) {
    case COMPARE_LT: return from_bool(order < 0);
    case COMPARE_LE: return from_bool(order <= 0);
    case COMPARE_GT: return from_bool(order > 0);
    default: return from_bool(order >= 0);
    }
}

COMMON(eq) { return compare(vm, COMPARE_EQ, args); }
COMMON(ne) { return compare(vm, COMPARE_NE, args); }
COMMON(lt) { return compare(vm, COMPARE_LT, args); }
COMMON(le) { return compare(vm, COMPARE_LE, args); }
COMMON(gt) { return compare(vm, COMPARE_GT, args); }
COMMON(ge) { return compare(vm, COMPARE_GE, args); }

// ---- searching

// The part to look for: bytes-like, or one byte as an int, which is put into *byte.
static bool needle(VM *vm, Value v, uint8_t *byte, Span *out) {
    if (is_bytes_like(v)) return span_of(vm, v, out);
    if (!is_any_int(v) && !is_bool(v) && is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX))) {
        raise_type_error(vm, "argument should be integer or bytes-like object, not '%T'", v);
        return false;
    }
    if (!byte_from_value(vm, v, byte)) return false;
    *out = (Span){byte, 1};
    return true;
}

// self[start:end]; *impossible when not even an empty part is in it.
static bool searched(VM *vm, const Value *args, int argc, Span *out, size_t *out_start, bool *impossible) {
    if (!text_charge(vm, self_span(args[0]).size)) return false;
    ptrdiff_t start = 0, end;
    *out = self_span(args[0]);
    end = (ptrdiff_t)out->size;
    if (argc > 2 && !range_arguments(vm, args, argc, 2, out->size, &start, &end)) return false;
    Span now = self_span(args[0]);   // the arguments' __index__ may have changed it
    if ((size_t)end > now.size) end = (ptrdiff_t)now.size;
    *impossible = start > end;
    *out_start = (size_t)start;
    if (!*impossible) *out = (Span){now.data + start, (size_t)(end - start)};
    return true;
}

// Both, the part looked at again after the range's __index__ ran.
static bool search_arguments(VM *vm, const Value *args, int argc, uint8_t *byte, Span *out_what, Span *out_hay,
                             size_t *out_start, bool *impossible) {
    return needle(vm, args[1], byte, out_what) && searched(vm, args, argc, out_hay, out_start, impossible) &&
           (!is_bytes_like(args[1]) || span_of(vm, args[1], out_what));
}

static Value find(VM *vm, const Value *args, int argc, bool last, bool must, const char *name) {
    if (!search_argument_count(vm, name, argc)) return ERROR;
    Span hay, what;
    size_t start;
    bool impossible;
    uint8_t byte;
    if (!search_arguments(vm, args, argc, &byte, &what, &hay, &start, &impossible)) return ERROR;
    ptrdiff_t at = impossible ? -1 : (last ? bytes_rfind : bytes_find)(hay.data, hay.size, what.data, what.size);
    if (at < 0 && must) return raise_value_error(vm, "subsection not found");
    return from_int(at < 0 ? -1 : (int64_t)start + at);
}

COMMON(find) { return find(vm, args, argc, false, false, "find"); }
COMMON(rfind) { return find(vm, args, argc, true, false, "rfind"); }
COMMON(index) { return find(vm, args, argc, false, true, "index"); }
COMMON(rindex) { return find(vm, args, argc, true, true, "rindex"); }

COMMON(count) {
    if (!search_argument_count(vm, "count", argc)) return ERROR;
    Span hay, what;
    size_t start;
    bool impossible;
    uint8_t byte;
    if (!search_arguments(vm, args, argc, &byte, &what, &hay, &start, &impossible)) return ERROR;
    if (impossible) return from_int(0);
    if (what.size == 0) return from_int((int64_t)hay.size + 1);
    return from_int((int64_t)bytes_count(hay.data, hay.size, what.data, what.size, SIZE_MAX));
}

static int affix_matches(VM *vm, const Value *args, int argc, Value affix, bool at_end) {
    Span hay, what;
    size_t start;
    bool impossible;
    if (!span_of(vm, affix, &what) || !searched(vm, args, argc, &hay, &start, &impossible) ||
        !span_of(vm, affix, &what))
        return -1;
    if (impossible || what.size > hay.size) return 0;
    return memcmp(hay.data + (at_end ? hay.size - what.size : 0), what.data, what.size) == 0;
}

static Value starts_or_ends(VM *vm, const Value *args, int argc, bool at_end) {
    if (!search_argument_count(vm, at_end ? "endswith" : "startswith", argc)) return ERROR;
    int found = 0;
    if (is_tuple(args[1])) {
        Tuple *affixes = to_tuple(args[1]);
        for (size_t i = 0; i < affixes->count && found == 0; i++)
            found = affix_matches(vm, args, argc, affixes->items[i], at_end);
    } else if (is_bytes_like(args[1])) {
        found = affix_matches(vm, args, argc, args[1], at_end);
    } else {
        return raise_type_error(vm, "%s first arg must be bytes or a tuple of bytes, not %T",
                                at_end ? "endswith" : "startswith", args[1]);
    }
    return found < 0 ? ERROR : from_bool(found);
}

COMMON(startswith) { return starts_or_ends(vm, args, argc, false); }
COMMON(endswith) { return starts_or_ends(vm, args, argc, true); }

COMMON(replace) {
    Span old, with, self;
    ptrdiff_t limit = -1;
    if (arg_given(args, argc, 3) && !ssize_argument(vm, args[3], &limit)) return ERROR;
    if (!text_charge(vm, self_span(args[0]).size) || !span_of(vm, args[1], &old) || !span_of(vm, args[2], &with))
        return ERROR;
    self = self_span(args[0]);
    size_t max = limit < 0 ? SIZE_MAX : (size_t)limit, count, size, added;
    if (old.size == 0) count = max < self.size + 1 ? max : self.size + 1;
    else count = bytes_count(self.data, self.size, old.data, old.size, max);
    if (count == 0) return part(vm, args[0], 0, self.size);
    if (__builtin_mul_overflow(count, with.size, &added) ||
        __builtin_add_overflow(self.size - count * old.size, added, &size) || !heap_would_fit(vm, size)) {
        return is_raised(vm) ? ERROR : raise_no_memory(vm);
    }
    uint8_t *out;
    Value made = make(vm, args[0], size, &out);
    if (is_error(made)) return ERROR;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t found = old.size == 0 ? at : at + (size_t)bytes_find(self.data + at, self.size - at, old.data, old.size);
        memcpy(out, self.data + at, found - at);
        out += found - at;
        memcpy(out, with.data, with.size);
        out += with.size;
        at = found + old.size;
        if (old.size == 0 && at < self.size) *out++ = self.data[at++];
    }
    memcpy(out, self.data + at, self.size - at);
    return made;
}

// ---- taking apart

static Value partition(VM *vm, const Value *args, bool last) {
    Span what;
    if (!span_of(vm, args[1], &what)) return ERROR;
    if (what.size == 0) return raise_value_error(vm, "empty separator");
    Span self = self_span(args[0]);
    ptrdiff_t at = (last ? bytes_rfind : bytes_find)(self.data, self.size, what.data, what.size);
    Value pieces[3];
    if (at < 0) {
        for (int i = 0; i < 3; i++) {
            bool whole = i == (last ? 2 : 0);
            pieces[i] =
                whole && is_bytes(args[0]) ? args[0] : bytes_like_self(vm, args[0], self.data, whole ? self.size : 0);
        }
    } else {
        pieces[0] = part(vm, args[0], 0, (size_t)at);
        pieces[1] = is_bytes(args[0]) ? args[1] : bytes_like_self(vm, args[0], what.data, what.size);
        pieces[2] = part(vm, args[0], (size_t)at + what.size, self.size);
    }
    for (int i = 0; i < 3; i++) {
        if (is_error(pieces[i])) return ERROR;
    }
    Tuple *tuple = tuple_from_values(vm, pieces, 3);
    return tuple == NULL ? ERROR : from_object(tuple);
}

COMMON(partition) { return partition(vm, args, false); }
COMMON(rpartition) { return partition(vm, args, true); }

static bool add_piece(VM *vm, List *list, Value self, size_t from, size_t to) {
    Span span = self_span(self);
    Value piece = bytes_like_self(vm, self, span.data + from, to - from);
    if (UNLIKELY(list->count % PIECES_PER_CHARGE == PIECES_PER_CHARGE - 1) && !vm_charge(vm, PIECES_PER_CHARGE)) return false;
    return !is_error(piece) && list_append(vm, list, piece);
}

static bool split_on_space(VM *vm, List *list, Value self, size_t max) {
    Span s = self_span(self);
    for (size_t at = 0; at < s.size;) {
        while (at < s.size && is_space(s.data[at])) at++;
        if (at == s.size) break;
        size_t start = at;
        if (max-- == 0) return add_piece(vm, list, self, start, s.size);
        while (at < s.size && !is_space(s.data[at])) at++;
        if (!add_piece(vm, list, self, start, at)) return false;
    }
    return true;
}

static bool rsplit_on_space(VM *vm, List *list, Value self, size_t max) {
    Span s = self_span(self);
    for (size_t at = s.size; at > 0;) {
        while (at > 0 && is_space(s.data[at - 1])) at--;
        if (at == 0) break;
        size_t end = at;
        if (max-- == 0) return add_piece(vm, list, self, 0, end);
        while (at > 0 && !is_space(s.data[at - 1])) at--;
        if (!add_piece(vm, list, self, at, end)) return false;
    }
    return true;
}

static bool split_on_part(VM *vm, List *list, Value self, Span what, size_t max, bool from_end) {
    Span s = self_span(self);
    size_t from = 0, to = s.size;
    while (max-- > 0) {
        ptrdiff_t found = (from_end ? bytes_rfind : bytes_find)(s.data + from, to - from, what.data, what.size);
        if (found < 0) break;
        size_t at = from + (size_t)found;
        if (!(from_end ? add_piece(vm, list, self, at + what.size, to) : add_piece(vm, list, self, from, at)))
            return false;
        if (from_end) to = at;
        else from = at + what.size;
    }
    return add_piece(vm, list, self, from, to);
}

static Value split(VM *vm, const Value *args, int argc, bool from_end) {
    Value separator = arg_or(args, argc, 1, NONE);
    ptrdiff_t limit = -1;
    Span what = {0};
    if (arg_given(args, argc, 2) && !ssize_argument(vm, args[2], &limit)) return ERROR;
    if (!text_charge(vm, self_span(args[0]).size)) return ERROR;
    size_t max = limit < 0 ? SIZE_MAX : (size_t)limit;
    if (!is_none(separator)) {
        if (!span_of(vm, separator, &what)) return ERROR;
        if (what.size == 0) return raise_value_error(vm, "empty separator");
    }
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    bool ok = !is_none(separator) ? split_on_part(vm, list, args[0], what, max, from_end)
              : from_end          ? rsplit_on_space(vm, list, args[0], max)
                                  : split_on_space(vm, list, args[0], max);
    if (!ok) return ERROR;
    for (size_t i = 0, j = list->count; from_end && i + 1 < j; i++) {
        j--;
        Value kept = list->items[i];
        list->items[i] = list->items[j];
        list->items[j] = kept;
    }
    return from_object(list);
}

COMMON(split) { return split(vm, args, argc, false); }
COMMON(rsplit) { return split(vm, args, argc, true); }

COMMON(splitlines) {
    int keep = value_is_true(vm, arg_or(args, argc, 1, FALSE_VALUE));
    if (keep < 0) return ERROR;
    List *list = list_new(vm, 0);
    if (list == NULL) return ERROR;
    Span s = self_span(args[0]);
    if (!text_charge(vm, s.size)) return ERROR;
    for (size_t at = 0; at < s.size;) {
        size_t start = at;
        while (at < s.size && s.data[at] != '\n' && s.data[at] != '\r') at++;
        size_t end = at;
        if (at < s.size) at += s.data[at] == '\r' && at + 1 < s.size && s.data[at + 1] == '\n' ? 2 : 1;
        if (!add_piece(vm, list, args[0], start, keep ? at : end)) return ERROR;
    }
    return from_object(list);
}

static Value strip(VM *vm, const Value *args, int argc, bool at_start, bool at_end) {
    bool off[256];
    Value set = arg_or(args, argc, 1, NONE);
    for (int c = 0; c < 256; c++) off[c] = is_none(set) && is_space((uint8_t)c);
    if (!is_none(set)) {
        Span chars;
        if (!span_of(vm, set, &chars)) return ERROR;
        for (size_t i = 0; i < chars.size; i++) off[chars.data[i]] = true;
    }
    Span s = self_span(args[0]);
    if (!text_charge(vm, s.size)) return ERROR;
    size_t from = 0, to = s.size;
    while (at_start && from < to && off[s.data[from]]) from++;
    while (at_end && to > from && off[s.data[to - 1]]) to--;
    return part(vm, args[0], from, to);
}

COMMON(strip) { return strip(vm, args, argc, true, true); }
COMMON(lstrip) { return strip(vm, args, argc, true, false); }
COMMON(rstrip) { return strip(vm, args, argc, false, true); }

COMMON(removeprefix) {
    Span affix;
    if (!span_of(vm, args[1], &affix)) return ERROR;
    Span s = self_span(args[0]);
    bool there = s.size >= affix.size && memcmp(s.data, affix.data, affix.size) == 0;
    return part(vm, args[0], there ? affix.size : 0, s.size);
}

COMMON(removesuffix) {
    Span affix;
    if (!span_of(vm, args[1], &affix)) return ERROR;
    Span s = self_span(args[0]);
    bool there = s.size >= affix.size && memcmp(s.data + s.size - affix.size, affix.data, affix.size) == 0;
    return part(vm, args[0], 0, there ? s.size - affix.size : s.size);
}

// ---- justify

static Value pad(VM *vm, Value self, size_t left, size_t right, uint8_t fill) {
    Span s = self_span(self);
    size_t size;
    if (left == 0 && right == 0) return part(vm, self, 0, s.size);
    if (__builtin_add_overflow(s.size + left, right, &size) || !heap_would_fit(vm, size))
        return is_raised(vm) ? ERROR : raise_no_memory(vm);
    uint8_t *out;
    Value made = make(vm, self, size, &out);
    if (is_error(made)) return ERROR;
    memset(out, fill, left);
    memcpy(out + left, s.data, s.size);
    memset(out + left + s.size, fill, right);
    return made;
}

static bool justify_arguments(VM *vm, const Value *args, int argc, const char *name, size_t *out_missing,
                              uint8_t *out_fill) {
    ptrdiff_t width;
    if (!ssize_argument(vm, args[1], &width)) return false;
    Value fill = arg_or(args, argc, 2, UNDEFINED);
    *out_fill = ' ';
    if (!is_undefined(fill)) {
        if (!(is_bytes(fill) && to_bytes(fill)->size == 1) && !(is_bytearray(fill) && to_bytearray(fill)->size == 1)) {
            raise_type_error(vm, "%s() argument 2 must be a byte string of length 1, not %T", name, fill);
            return false;
        }
        *out_fill = self_span(fill).data[0];
    }
    size_t size = self_span(args[0]).size;
    *out_missing = width > 0 && (size_t)width > size ? (size_t)width - size : 0;
    return true;
}

COMMON(ljust) {
    size_t missing;
    uint8_t fill;
    return justify_arguments(vm, args, argc, "ljust", &missing, &fill) ? pad(vm, args[0], 0, missing, fill) : ERROR;
}

COMMON(rjust) {
    size_t missing;
    uint8_t fill;
    return justify_arguments(vm, args, argc, "rjust", &missing, &fill) ? pad(vm, args[0], missing, 0, fill) : ERROR;
}

COMMON(center) {
    size_t missing;
    uint8_t fill;
    if (!justify_arguments(vm, args, argc, "center", &missing, &fill)) return ERROR;
    size_t left = missing / 2 + (missing & (missing + self_span(args[0]).size) & 1);
    return pad(vm, args[0], left, missing - left, fill);
}

COMMON(zfill) {
    ptrdiff_t width;
    if (!ssize_argument(vm, args[1], &width)) return ERROR;
    Span s = self_span(args[0]);
    if (width <= (ptrdiff_t)s.size) return part(vm, args[0], 0, s.size);
    if (!heap_would_fit(vm, (size_t)width)) return ERROR;
    uint8_t *out;
    Value made = make(vm, args[0], (size_t)width, &out);
    if (is_error(made)) return ERROR;
    size_t sign = s.size > 0 && (s.data[0] == '+' || s.data[0] == '-'), zeros = (size_t)width - s.size;
    memcpy(out, s.data, sign);
    memset(out + sign, '0', zeros);
    memcpy(out + sign + zeros, s.data + sign, s.size - sign);
    return made;
}

COMMON(expandtabs) {
    int64_t tab_size = 8;
    if (arg_given(args, argc, 1) && !value_as_i64(vm, args[1], &tab_size)) return ERROR;
    if (tab_size > INT32_MAX || tab_size < INT32_MIN)
        return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int");
    Span s = self_span(args[0]);
    ByteArray *out = bytearray_new(vm, NULL, 0);
    if (out == NULL) return ERROR;
    size_t column = 0;
    for (size_t at = 0; at < s.size; at++) {
        uint8_t c = s.data[at];
        if (c == '\t') {
            size_t spaces = tab_size > 0 ? (size_t)tab_size - column % (size_t)tab_size : 0, old = out->size;
            if (!bytearray_resize(vm, out, old + spaces)) return ERROR;
            if (spaces > 0) memset(out->data + old, ' ', spaces);
            column += spaces;
            continue;
        }
        column = c == '\n' || c == '\r' ? 0 : column + 1;
        if (!bytearray_append_data(vm, out, &c, 1)) return ERROR;
    }
    if (is_bytearray(args[0])) return from_object(out);
    Value made = bytes_like_self(vm, args[0], out->data, out->size);
    gc_keep(out);
    return made;
}

// ---- case and kinds

#define MAP_METHOD(name, changed) \
    COMMON(name) { \
        uint8_t *out; \
        Value made = make(vm, args[0], self_span(args[0]).size, &out); \
        if (is_error(made)) return ERROR; \
        Span s = self_span(args[0]); \
        bool in_word = false; \
        for (size_t i = 0; i < s.size; i++) { \
            uint8_t c = s.data[i]; \
            out[i] = (uint8_t)(changed); \
            in_word = is_alpha(c); \
        } \
        (void)in_word; \
        return made; \
    }
MAP_METHOD(lower, is_upper(c) ? c | 32 : c)
MAP_METHOD(upper, is_lower(c) ? c & ~32 : c)
MAP_METHOD(swapcase, is_alpha(c) ? c ^ 32 : c)
MAP_METHOD(title, !is_alpha(c) ? c : in_word ? c | 32 : c & ~32)
MAP_METHOD(capitalize, !is_alpha(c) ? c : i > 0 ? c | 32 : c & ~32)

#define ALL_METHOD(name, test, if_empty) \
    COMMON(name) { \
        Span s = self_span(args[0]); \
        if (!text_charge(vm, s.size)) return ERROR; \
        for (size_t i = 0; i < s.size; i++) { \
            uint8_t c = s.data[i]; \
            if (!(test)) return FALSE_VALUE; \
        } \
        return from_bool(s.size > 0 || if_empty); \
    }
ALL_METHOD(isalnum, is_alpha(c) || is_digit(c), false)
ALL_METHOD(isalpha, is_alpha(c), false)
ALL_METHOD(isascii, c < 128, true)
ALL_METHOD(isdigit, is_digit(c), false)
ALL_METHOD(isspace, is_space(c), false)

static Value in_case(VM *vm, Value self, bool (*wanted)(uint8_t), bool (*other)(uint8_t)) {
    Span s = self_span(self);
    if (!text_charge(vm, s.size)) return ERROR;
    bool any = false;
    for (size_t i = 0; i < s.size; i++) {
        if (other(s.data[i])) return FALSE_VALUE;
        any = any || wanted(s.data[i]);
    }
    return from_bool(any);
}

COMMON(islower) { return in_case(vm, args[0], is_lower, is_upper); }
COMMON(isupper) { return in_case(vm, args[0], is_upper, is_lower); }

COMMON(istitle) {
    Span s = self_span(args[0]);
    if (!text_charge(vm, s.size)) return ERROR;
    bool any = false, in_word = false;
    for (size_t i = 0; i < s.size; i++) {
        if (is_upper(s.data[i]) ? in_word : is_lower(s.data[i]) && !in_word) return FALSE_VALUE;
        in_word = is_alpha(s.data[i]);
        any = any || in_word;
    }
    return from_bool(any);
}

// ---- join, translate

COMMON(join) {
    List *items;
    if (is_list(args[1]) && class_of(vm, args[1]) == vm->types.list) {
        items = to_list(args[1]);
    } else {
        Class *cls = class_of(vm, args[1]);
        if (is_undefined(class_special(vm, cls, SPECIAL_ITER)) &&
            is_undefined(class_special(vm, cls, SPECIAL_GETITEM))) {
            return raise_type_error(vm, "can only join an iterable");
        }
        items = list_from_iterable(vm, args[1]);
        if (items == NULL) return ERROR;
    }
    Span separator = self_span(args[0]), item;
    if (items->count == 1 && is_bytes(items->items[0]) && class_of(vm, items->items[0]) == vm->types.bytes &&
        is_bytes(args[0])) {
        return items->items[0];
    }
    size_t size = 0;
    for (size_t i = 0; i < items->count; i++) {
        Value v = items->items[i];
        if (!is_bytes_like(v)) {
            return raise_type_error(vm, "sequence item %zd: expected a bytes-like object, %T found", (ptrdiff_t)i, v);
        }
        if (!span_of(vm, v, &item)) return ERROR;
        if (__builtin_add_overflow(size, item.size + (i > 0 ? separator.size : 0), &size)) return raise_no_memory(vm);
    }
    if (!heap_would_fit(vm, size) || !vm_charge(vm, items->count / 16)) return ERROR;
    uint8_t *out;
    Value made = make(vm, args[0], size, &out);
    if (is_error(made)) return ERROR;
    for (size_t i = 0; i < items->count; i++) {
        if (i > 0) {
            memcpy(out, separator.data, separator.size);
            out += separator.size;
        }
        if (!span_of(vm, items->items[i], &item)) return ERROR;
        memcpy(out, item.data, item.size);
        out += item.size;
    }
    return made;
}

COMMON(translate) {
    if (!text_charge(vm, self_span(args[0]).size)) return ERROR;
    Span table = {0}, drop = {0};
    if (!is_none(args[1])) {
        if (!span_of(vm, args[1], &table)) return ERROR;
        if (table.size != 256) return raise_value_error(vm, "translation table must be 256 characters long");
    }
    if (arg_given(args, argc, 2) && !span_of(vm, args[2], &drop)) return ERROR;
    bool dropped[256] = {false};
    for (size_t i = 0; i < drop.size; i++) dropped[drop.data[i]] = true;
    Span s = self_span(args[0]);
    size_t size = 0;
    for (size_t i = 0; i < s.size; i++) size += !dropped[s.data[i]];
    uint8_t *out;
    Value made = make(vm, args[0], size, &out);
    if (is_error(made)) return ERROR;
    for (size_t i = 0; i < s.size; i++) {
        if (!dropped[s.data[i]]) *out++ = table.data == NULL ? s.data[i] : table.data[s.data[i]];
    }
    return made;
}

COMMON(maketrans) {
    Span from, to;
    if (!span_of(vm, args[0], &from) || !span_of(vm, args[1], &to)) return ERROR;
    if (from.size != to.size) return raise_value_error(vm, "maketrans arguments must have same length");
    uint8_t table[256];
    for (int c = 0; c < 256; c++) table[c] = (uint8_t)c;
    for (size_t i = 0; i < from.size; i++) table[from.data[i]] = to.data[i];
    return bytes_or_error(bytes_new(vm, table, sizeof table));
}

// ---- text and hexadecimal

COMMON(decode) {
    const char *names[2] = {"utf-8", "strict"};
    for (int i = 0; i < 2; i++) {
        Value v = arg_or(args, argc, 1 + i, UNDEFINED);
        if (is_undefined(v)) continue;
        if (!is_str(v))
            return raise_type_error(vm, "decode() argument '%s' must be str, not %A", i == 0 ? "encoding" : "errors",
                                    v);
        Str *interned = str_intern(vm, to_str(v));   // interned ones end in a zero
        if (interned == NULL) return ERROR;
        names[i] = interned->data;
    }
    Span s = self_span(args[0]);
    return codec_decode(vm, args[0], s.data, s.size, names[0], names[1]);
}

static bool hex_separator(VM *vm, Value v, uint8_t *out) {
    Span s;
    if (is_str(v)) {
        const char *data = str_data(vm, to_str(v));
        if (data == NULL) return false;
        s = (Span){(const uint8_t *)data, to_str(v)->size};
        if (to_str(v)->length != 1) {
            raise_value_error(vm, "sep must be length 1.");
            return false;
        }
    } else if (is_bytes(v)) {
        s = self_span(v);
        if (s.size != 1) {
            raise_value_error(vm, "sep must be length 1.");
            return false;
        }
    } else {
        if (value_length(vm, v) >= 0) raise_type_error(vm, "sep must be str or bytes.");
        return false;
    }
    if (s.data[0] >= 128) {
        raise_value_error(vm, "sep must be ASCII.");
        return false;
    }
    *out = s.data[0];
    return true;
}

Value bytes_hex(VM *vm, const uint8_t *data, size_t size, const Value *args, int argc) {
    static const char digits[] = "0123456789abcdef";
    uint8_t separator = 0;
    int64_t group = 0;
    if (arg_given(args, argc, 1)) {
        if (!hex_separator(vm, args[1], &separator)) return ERROR;
        group = 1;
        if (arg_given(args, argc, 2) && !value_as_i64(vm, args[2], &group)) return ERROR;
    }
    if (size > STR_MAX_SIZE / 3) return raise_no_memory(vm);
    size_t width = group < 0 ? (size_t)0 - (size_t)group : (size_t)group;
    size_t separators = group == 0 || size == 0 ? 0 : (size - 1) / width;
    if (size == 0) return from_object(vm->empty_str);
    char *out;
    Str *result = str_new_raw(vm, size * 2 + separators, size * 2 + separators, &out);
    if (result == NULL) return ERROR;
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && group != 0 && (group > 0 ? size - i : i) % width == 0) *out++ = (char)separator;
        *out++ = digits[data[i] >> 4];
        *out++ = digits[data[i] & 15];
    }
    return from_object(result);
}

COMMON(hex) {
    Span s = self_span(args[0]);
    return bytes_hex(vm, s.data, s.size, args, argc);
}

static int hex_digit(uint8_t c) {
    return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

ByteArray *bytearray_from_hex(VM *vm, Value text) {
    if (!is_str(text)) {
        raise_type_error(vm, "fromhex() argument must be str, not %A", text);
        return NULL;
    }
    const uint8_t *data = (const uint8_t *)str_data(vm, to_str(text));
    if (data == NULL) return NULL;
    size_t size = to_str(text)->size, bad = 0;
    ByteArray *out = bytearray_new(vm, NULL, size / 2);
    if (out == NULL) return NULL;
    out->size = 0;
    for (size_t at = 0; at < size;) {
        if (is_space(data[at])) {
            at++;
            continue;
        }
        int high = hex_digit(data[at]), low = at + 1 < size ? hex_digit(data[at + 1]) : -1;
        bad = high < 0 ? at : at + 1;
        if (high < 0 || low < 0) {
            raise_value_error(vm, "non-hexadecimal number found in fromhex() arg at position %zd",
                              (ptrdiff_t)str_index_of_byte(vm, to_str(text), bad));
            return NULL;
        }
        out->data[out->size++] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    return out;
}
