// The methods that bytes and bytearray have in common: one list, and both tables begin with it.
#ifndef COIL_VM_TYPES_BYTES_METHODS_H
#define COIL_VM_TYPES_BYTES_METHODS_H

#include "vm/native.h"
#include "vm/types/bytes.h"

#define BYTES_COMMON_METHODS \
    {"__len__(self, /)", bytes_common_len, "Return len(self).", 0}, \
    {"__getitem__(self, key, /)", bytes_common_getitem, "Return self[key].", 0}, \
    {"__contains__(self, key, /)", bytes_common_contains, "Return key in self.", 0}, \
    {"__iter__(self, /)", bytes_common_iter, "Implement iter(self).", 0}, \
    {"__add__(self, value, /)", bytes_common_add, "Return self+value.", 0}, \
    {"__mul__(self, value, /)", bytes_common_mul, "Return self*value.", 0}, \
    {"__rmul__(self, value, /)", bytes_common_mul, "Return value*self.", 0}, \
    {"__mod__(self, value, /)", bytes_common_mod, "Return self%value.", 0}, \
    {"__rmod__(self, value, /)", bytes_common_rmod, "Return value%self.", 0}, \
    {"__eq__(self, value, /)", bytes_common_eq, "Return self==value.", 0}, \
    {"__ne__(self, value, /)", bytes_common_ne, "Return self!=value.", 0}, \
    {"__lt__(self, value, /)", bytes_common_lt, "Return self<value.", 0}, \
    {"__le__(self, value, /)", bytes_common_le, "Return self<=value.", 0}, \
    {"__gt__(self, value, /)", bytes_common_gt, "Return self>value.", 0}, \
    {"__ge__(self, value, /)", bytes_common_ge, "Return self>=value.", 0}, \
    {"capitalize(self, /)", bytes_common_capitalize, "A copy whose first character is uppercase and the rest lowercase, in ASCII.", 0}, \
    {"center(self, width, fillchar=b' ', /)", bytes_common_center, "Centered in bytes of the given width.", 0}, \
    {"count(self, /, *args)", bytes_common_count, "S.count(sub[, start[, end]])\n\nNumber of non-overlapping occurrences of sub in self[start:end].", 0}, \
    {"decode(self, /, encoding='utf-8', errors='strict')", bytes_common_decode, "The text that the bytes are in the named encoding.", 0}, \
    {"endswith(self, /, *args)", bytes_common_endswith, "S.endswith(suffix[, start[, end]])\n\nWhether self[start:end] ends with suffix, or one of a tuple of them.", 0}, \
    {"expandtabs(self, /, tabsize=8)", bytes_common_expandtabs, "A copy where tabs are expanded to spaces.", 0}, \
    {"find(self, /, *args)", bytes_common_find, "S.find(sub[, start[, end]])\n\nLowest index of sub in self[start:end], -1 when there is none.", 0}, \
    {"hex(self, /, sep=?, bytes_per_sep=1)", bytes_common_hex, "Hexadecimal digits, with a separator after every bytes_per_sep bytes counted from the right.", 0}, \
    {"index(self, /, *args)", bytes_common_index, "S.index(sub[, start[, end]])\n\nLowest index of sub in self[start:end]; ValueError when there is none.", 0}, \
    {"isalnum(self, /)", bytes_common_isalnum, "Whether there are bytes and all are ASCII letters or digits.", 0}, \
    {"isalpha(self, /)", bytes_common_isalpha, "Whether there are bytes and all are ASCII letters.", 0}, \
    {"isascii(self, /)", bytes_common_isascii, "Whether all bytes are ASCII.", 0}, \
    {"isdigit(self, /)", bytes_common_isdigit, "Whether there are bytes and all are ASCII digits.", 0}, \
    {"islower(self, /)", bytes_common_islower, "Whether there are ASCII letters and all are lowercase.", 0}, \
    {"isspace(self, /)", bytes_common_isspace, "Whether there are bytes and all are ASCII white space.", 0}, \
    {"istitle(self, /)", bytes_common_istitle, "Whether the words are titlecased.", 0}, \
    {"isupper(self, /)", bytes_common_isupper, "Whether there are ASCII letters and all are uppercase.", 0}, \
    {"join(self, iterable_of_bytes, /)", bytes_common_join, "The bytes-like objects of the iterable with this between them.", 0}, \
    {"ljust(self, width, fillchar=b' ', /)", bytes_common_ljust, "Left-justified in bytes of the given width.", 0}, \
    {"lower(self, /)", bytes_common_lower, "A copy with ASCII letters in lowercase.", 0}, \
    {"lstrip(self, bytes=None, /)", bytes_common_lstrip, "A copy without leading ASCII white space, or bytes of the argument.", 0}, \
    {"maketrans(frm, to, /)", bytes_common_maketrans, "A table for translate().", NATIVE_STATIC_METHOD}, \
    {"partition(self, sep, /)", bytes_common_partition, "(before, sep, after) at the first sep, or (self, b'', b'').", 0}, \
    {"removeprefix(self, prefix, /)", bytes_common_removeprefix, "A copy without the prefix, if it is there.", 0}, \
    {"removesuffix(self, suffix, /)", bytes_common_removesuffix, "A copy without the suffix, if it is there.", 0}, \
    {"replace(self, old, new, count=-1, /)", bytes_common_replace, "A copy with occurrences of old replaced by new; the first count ones.", 0}, \
    {"rfind(self, /, *args)", bytes_common_rfind, "S.rfind(sub[, start[, end]])\n\nHighest index of sub in self[start:end], -1 when there is none.", 0}, \
    {"rindex(self, /, *args)", bytes_common_rindex, "S.rindex(sub[, start[, end]])\n\nHighest index of sub in self[start:end]; ValueError when there is none.", 0}, \
    {"rjust(self, width, fillchar=b' ', /)", bytes_common_rjust, "Right-justified in bytes of the given width.", 0}, \
    {"rpartition(self, sep, /)", bytes_common_rpartition, "(before, sep, after) at the last sep, or (b'', b'', self).", 0}, \
    {"rsplit(self, /, sep=None, maxsplit=-1)", bytes_common_rsplit, "The parts between separators; maxsplit counts from the end.", 0}, \
    {"rstrip(self, bytes=None, /)", bytes_common_rstrip, "A copy without trailing ASCII white space, or bytes of the argument.", 0}, \
    {"split(self, /, sep=None, maxsplit=-1)", bytes_common_split, "The parts between separators.", 0}, \
    {"splitlines(self, /, keepends=False)", bytes_common_splitlines, "The lines of the bytes.", 0}, \
    {"startswith(self, /, *args)", bytes_common_startswith, "S.startswith(prefix[, start[, end]])\n\nWhether self[start:end] starts with prefix, or one of a tuple of them.", 0}, \
    {"strip(self, bytes=None, /)", bytes_common_strip, "A copy without leading and trailing ASCII white space, or bytes of the argument.", 0}, \
    {"swapcase(self, /)", bytes_common_swapcase, "A copy with the cases of ASCII letters swapped.", 0}, \
    {"title(self, /)", bytes_common_title, "A copy where each word is titlecased, in ASCII.", 0}, \
    {"translate(self, table, /, delete=b'')", bytes_common_translate, "A copy without the bytes of delete, the others replaced as the table of 256 bytes says.", 0}, \
    {"upper(self, /)", bytes_common_upper, "A copy with ASCII letters in uppercase.", 0}, \
    {"zfill(self, width, /)", bytes_common_zfill, "Padded with zeros on the left, behind a sign.", 0},

#define COMMON(name) Value bytes_common_##name(VM *vm, const Value *args, int argc);
COMMON(len) COMMON(getitem) COMMON(contains) COMMON(iter) COMMON(add) COMMON(mul) COMMON(mod) COMMON(rmod) COMMON(eq)
COMMON(ne) COMMON(lt) COMMON(le) COMMON(gt) COMMON(ge) COMMON(capitalize) COMMON(center) COMMON(count) COMMON(decode)
COMMON(endswith) COMMON(expandtabs) COMMON(find) COMMON(hex) COMMON(index) COMMON(isalnum) COMMON(isalpha)
COMMON(isascii) COMMON(isdigit) COMMON(islower) COMMON(isspace) COMMON(istitle) COMMON(isupper) COMMON(join)
COMMON(ljust) COMMON(lower) COMMON(lstrip) COMMON(maketrans) COMMON(partition) COMMON(removeprefix)
COMMON(removesuffix) COMMON(replace) COMMON(rfind) COMMON(rindex) COMMON(rjust) COMMON(rpartition) COMMON(rsplit)
COMMON(rstrip) COMMON(split) COMMON(splitlines) COMMON(startswith) COMMON(strip) COMMON(swapcase) COMMON(title)
COMMON(translate) COMMON(upper) COMMON(zfill)
#undef COMMON

bool is_bytes_like(Value v);
// Contiguous bytes of a memoryview; a copy when it has gaps. False: it is released.
MUST_CHECK bool memoryview_bytes(VM *vm, MemoryView *view, const uint8_t **out_data, size_t *out_size);
MUST_CHECK ByteArray *bytearray_from_hex(VM *vm, Value text);
// Hexadecimal digits with separators: bytes.hex() and its like. args[1], args[2]: sep, bytes_per_sep.
MUST_CHECK Value bytes_hex(VM *vm, const uint8_t *data, size_t size, const Value *args, int argc);
MUST_CHECK bool bytearray_resize(VM *vm, ByteArray *b, size_t size);   // BufferError while exported

#endif
