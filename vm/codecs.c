// Text encodings: finding a codec by its name, the error handlers, and the codecs of one byte a character.
#include "vm/codec_parts.h"

#include <stdio.h>

#include "base/charmap.h"
#include "base/unicode_names.h"
#include "base/utf8.h"
#include "vm/call.h"

// ---- error handlers

typedef enum ErrorMode {
    ERRORS_STRICT,
    ERRORS_IGNORE,
    ERRORS_REPLACE,
    ERRORS_BACKSLASH,
    ERRORS_XML,
    ERRORS_NAME,
    ERRORS_SURROGATE_ESCAPE,
    ERRORS_SURROGATE_PASS,
    ERRORS_OTHER,
} ErrorMode;

static const char *const error_names[] = {
    "strict",      "ignore",          "replace",       "backslashreplace", "xmlcharrefreplace",
    "namereplace", "surrogateescape", "surrogatepass",
};

static ErrorMode error_mode(const char *errors) {
    for (int i = 0; i < ERRORS_OTHER; i++) {
        if (strcmp(errors, error_names[i]) == 0) return (ErrorMode)i;
    }
    return ERRORS_OTHER;
}

// The function that codecs.register_error() was given for a name; ERROR with LookupError when there is none.
static Value custom_handler(VM *vm, const char *errors) {
    if (vm->codec_errors != NULL) {
        Str *name = str_intern_c(vm, errors);
        if (name == NULL) return ERROR;
        Value handler = dict_get_str(vm, vm->codec_errors, name);
        if (!is_undefined(handler)) return handler;
    }
    return raise_error(vm, vm->exc.LookupError, "unknown error handler name '%s'", errors);
}

// The exception that a handler is called with, or that is raised.
static Value unicode_error(VM *vm, Class *cls, const char *encoding, Value object, size_t start, size_t end,
                           const char *reason) {
    Str *name = str_from_c(vm, encoding), *why = name == NULL ? NULL : str_from_c(vm, reason);
    if (why == NULL) return ERROR;
    Value args[5] = {from_object(name), object, from_int((int64_t)start), from_int((int64_t)end), from_object(why)};
    return call_value(vm, from_object(cls), args, 5);
}

static bool raise_unicode_error(VM *vm, Class *cls, const char *encoding, Value object, size_t start, size_t end,
                                const char *reason) {
    Value exception = unicode_error(vm, cls, encoding, object, start, end, reason);
    if (!is_error(exception)) raise_exception(vm, exception);
    return false;
}

// Calls a registered handler: (replacement, position) comes back.
static bool call_handler(VM *vm, const char *errors, Value exception, size_t size, Value *out_replacement,
                         size_t *out_position, bool decoding) {
    Value handler = custom_handler(vm, errors);
    if (is_error(handler) || is_error(exception)) return false;
    Value result = call1(vm, handler, exception);
    if (is_error(result)) return false;
    Tuple *pair = is_tuple(result) ? to_tuple(result) : NULL;
    bool fits = pair != NULL && pair->count == 2 &&
                (is_str(pair->items[0]) || (!decoding && is_bytes(pair->items[0]))) &&
                !is_undefined(int_or_bool(pair->items[1]));
    if (!fits) {
        raise_type_error(vm, decoding ? "decoding error handler must return (str, int) tuple"
                                      : "encoding error handler must return (str/bytes, int) tuple");
        return false;
    }
    ptrdiff_t position;
    if (!ssize_argument(vm, pair->items[1], &position)) return false;
    if (position < 0) position += (ptrdiff_t)size;
    if (position < 0 || (size_t)position > size) {
        raise_error(vm, vm->exc.IndexError, "position %zd from error handler out of bounds", position);
        return false;
    }
    *out_replacement = pair->items[0];
    *out_position = (size_t)position;
    return true;
}

static Value decoding_object(Decoding *d) {
    if (is_bytes(d->owner)) return d->owner;
    return bytes_or_error(bytes_new(d->vm, d->data, d->size));
}

static bool decode_raise(Decoding *d, size_t start, size_t end, const char *reason) {
    Value object = decoding_object(d);
    return !is_error(object) &&
           raise_unicode_error(d->vm, d->vm->exc.UnicodeDecodeError, d->name, object, start, end, reason);
}

// The surrogate that three or four bytes or two of a UTF are, by the codec's name; 0: none. *out_size: its bytes.
static uint32_t surrogate_at(const Decoding *d, size_t at, size_t *out_size) {
    const uint8_t *p = d->data + at;
    size_t left = d->size - at;
    uint32_t c = 0;
    *out_size = strcmp(d->name, "utf-8") == 0        ? 3
                : strncmp(d->name, "utf-16", 6) == 0 ? 2
                : strncmp(d->name, "utf-32", 6) == 0 ? 4
                                                     : 0;
    bool big = strstr(d->name, "-be") != NULL;
    if (*out_size == 0 || left < *out_size) return 0;
    if (*out_size == 3) {
        if ((p[0] & 0xF0) != 0xE0 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
        c = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    } else {
        for (size_t i = 0; i < *out_size; i++) c |= (uint32_t)p[big ? *out_size - 1 - i : i] << (8 * i);
    }
    return c >= 0xD800 && c <= 0xDFFF ? c : 0;
}

static bool decode_surrogate_pass(Decoding *d, size_t start, size_t end, const char *reason) {
    size_t size;
    uint32_t c = surrogate_at(d, start, &size);
    if (c == 0) return decode_raise(d, start, end, reason);
    d->at = start;
    while (d->at < end && (c = surrogate_at(d, d->at, &size)) != 0) {
        if (!str_builder_add_char(&d->out, c)) return false;
        d->at += size;
    }
    return true;
}

bool decode_error(Decoding *d, size_t start, size_t end, const char *reason) {
    d->at = end;
    switch (error_mode(d->errors)) {
    case ERRORS_STRICT: return decode_raise(d, start, end, reason);
    case ERRORS_IGNORE: return true;
    case ERRORS_REPLACE: return str_builder_add_char(&d->out, 0xFFFD);
    case ERRORS_BACKSLASH:
        for (size_t i = start; i < end; i++) {
            char text[8];
            snprintf(text, sizeof text, "\\x%02x", d->data[i]);
            if (!str_builder_add(&d->out, text, 4)) return false;
        }
        return true;
    case ERRORS_SURROGATE_ESCAPE:
        d->at = start;
        while (d->at < end && d->at < start + 4 && d->data[d->at] >= 128) {
            if (!str_builder_add_char(&d->out, 0xDC00u + d->data[d->at++])) return false;
        }
        return d->at > start || decode_raise(d, start, end, reason);
    case ERRORS_SURROGATE_PASS: return decode_surrogate_pass(d, start, end, reason);
    case ERRORS_XML: case ERRORS_NAME:
        raise_type_error(d->vm, "don't know how to handle UnicodeDecodeError in error callback");
        return false;
    case ERRORS_OTHER: break;
    }
    Value handler = custom_handler(d->vm, d->errors);
    if (is_error(handler)) return false;
    Value object = decoding_object(d), replacement;
    if (is_error(object)) return false;
    Value exception = unicode_error(d->vm, d->vm->exc.UnicodeDecodeError, d->name, object, start, end, reason);
    return call_handler(d->vm, d->errors, exception, d->size, &replacement, &d->at, true) &&
           str_builder_add_str(&d->out, to_str(replacement));
}

// ---- encoding errors

static bool put_text(Encoding *e, PutCodePoint put, const char *at, size_t size, const char **refused) {
    for (const char *end = at + size; at < end;) {
        uint32_t c;
        const char *start = at;
        at += utf8_decode(at, &c);
        if (!put(e, c)) {
            if (!e->out.failed) *refused = start;
            return false;
        }
    }
    return true;
}

// The text that a handler puts in the place of a character.
static size_t replacement_text(ErrorMode mode, uint32_t c, char out[UNICODE_NAME_MAX + 8], UnicodeNames *names) {
    if (mode == ERRORS_REPLACE) return (size_t)sprintf(out, "?");
    if (mode == ERRORS_XML) return (size_t)sprintf(out, "&#%u;", (unsigned)c);
    if (mode == ERRORS_NAME) {
        char name[UNICODE_NAME_MAX];
        size_t size = unicode_name_of(c, name, names);
        if (size > 0) return (size_t)sprintf(out, "\\N{%s}", name);
    }
    return (size_t)sprintf(out, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
}

static bool put_surrogate(Encoding *e, uint32_t c) {
    uint8_t bytes[4] = {0};
    if (c < 0xD800 || c > 0xDFFF) return false;
    if (strcmp(e->name, "utf-8") == 0) {
        char text[4];
        return encoding_put(e, text, utf8_encode(c, text));
    }
    size_t size = strncmp(e->name, "utf-16", 6) == 0 ? 2 : strncmp(e->name, "utf-32", 6) == 0 ? 4 : 0;
    bool big = strstr(e->name, "-be") != NULL;
    for (size_t i = 0; i < 2 && size > 0; i++) bytes[big ? size - 1 - i : i] = (uint8_t)(c >> (8 * i));
    return size > 0 && encoding_put(e, bytes, size);
}

// Deals with the code points from byte offset `start` to `end`, which cannot be encoded. *out_next: where to go on.
static bool encode_error(Encoding *e, PutCodePoint put, size_t start, size_t end, const char *reason,
                         size_t *out_next) {
    VM *vm = e->vm;
    ErrorMode mode = error_mode(e->errors);
    *out_next = end;
    size_t at = start;
    if (mode == ERRORS_OTHER) {
        Value handler = custom_handler(vm, e->errors), replacement;
        if (is_error(handler)) return false;
        size_t position;
        Value exception =
            unicode_error(vm, vm->exc.UnicodeEncodeError, e->name, from_object(e->text),
                          str_index_of_byte(vm, e->text, start), str_index_of_byte(vm, e->text, end), reason);
        if (!call_handler(vm, e->errors, exception, e->text->length, &replacement, &position, false)) return false;
        *out_next = str_byte_offset(vm, e->text, position);
        if (is_bytes(replacement)) return encoding_put(e, to_bytes(replacement)->data, to_bytes(replacement)->size);
        const char *text = str_data(vm, to_str(replacement)), *refused = NULL;
        if (text == NULL) return false;
        if (put_text(e, put, text, to_str(replacement)->size, &refused)) return true;
        if (refused == NULL) return false;
        goto raise;
    }
    UnicodeNames names;
    names.block = 0;
    while (mode != ERRORS_STRICT && at < end) {
        uint32_t c;
        size_t size = utf8_decode(e->text->data + at, &c);
        char text[UNICODE_NAME_MAX + 8];
        const char *refused = NULL;
        bool ok = true;
        if (mode == ERRORS_SURROGATE_ESCAPE) {
            uint8_t byte = (uint8_t)(c - 0xDC00);
            ok = c >= 0xDC80 && c <= 0xDCFF && encoding_put(e, &byte, 1);
        } else if (mode == ERRORS_SURROGATE_PASS) {
            ok = put_surrogate(e, c);
        } else if (mode != ERRORS_IGNORE) {
            ok = put_text(e, put, text, replacement_text(mode, c, text, &names), &refused);
        }
        if (e->out.failed) return false;
        if (!ok) {
            if (mode == ERRORS_SURROGATE_ESCAPE) start = at;
            goto raise;
        }
        at += size;
    }
    if (mode != ERRORS_STRICT) return true;
raise:
    return raise_unicode_error(vm, vm->exc.UnicodeEncodeError, e->name, from_object(e->text),
                               str_index_of_byte(vm, e->text, start), str_index_of_byte(vm, e->text, end), reason);
}

bool encode_each(Encoding *e, PutCodePoint put, const char *reason, bool in_runs) {
    size_t size = e->text->size;
    for (size_t at = 0; at < size;) {
        uint32_t c;
        const char *data = e->text->data;
        size_t start = at;
        at += utf8_decode(data + at, &c);
        if (put(e, c)) continue;
        if (e->out.failed) return false;
        // The run ends before the next character that can be encoded: tried on a builder that is put back.
        while (in_runs && at < size) {
            size_t step = utf8_decode(data + at, &c), kept = e->out.size;
            bool fits = put(e, c);
            if (e->out.failed) return false;
            e->out.size = kept;
            if (fits) break;
            at += step;
        }
        size_t next;
        if (!encode_error(e, put, start, at, reason, &next)) return false;
        at = next;
    }
    return true;
}

// ---- one byte a character

static bool ascii_decode(Decoding *d) {
    while (d->at < d->size) {
        const char *start = (const char *)d->data + d->at;
        size_t prefix = utf8_ascii_prefix(start, d->size - d->at);
        if (!str_builder_add(&d->out, start, prefix)) return false;
        d->at += prefix;
        if (d->at < d->size && !decode_error(d, d->at, d->at + 1, "ordinal not in range(128)")) return false;
    }
    return true;
}

static bool latin1_decode(Decoding *d) {
    size_t high = 0;
    for (size_t i = 0; i < d->size; i++) high += d->data[i] >> 7;
    if (!str_builder_reserve(&d->out, d->size + high)) return false;
    char *out = d->out.data;
    for (size_t i = 0; i < d->size; i++) {
        uint8_t byte = d->data[i];
        if (byte >= 0x80) *out++ = (char)(0xC0 | byte >> 6);
        *out++ = (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3F));
    }
    d->out.size = d->size + high;
    d->out.length = d->at = d->size;
    d->out.ascii = high == 0;
    return true;
}

static bool charmap_decode(Decoding *d) {
    const Charmap *map = d->table;
    while (d->at < d->size) {
        uint8_t byte = d->data[d->at];
        uint32_t c = byte < 128 ? byte : map->high[byte - 128];
        if (c == 0 && byte != 0) {
            if (!decode_error(d, d->at, d->at + 1, "character maps to <undefined>")) return false;
        } else {
            if (!str_builder_add_char(&d->out, c)) return false;
            d->at++;
        }
    }
    return true;
}

static bool put_below(Encoding *e, uint32_t c, uint32_t limit) {
    uint8_t byte = (uint8_t)c;
    return c < limit && encoding_put(e, &byte, 1);
}
static bool put_ascii(Encoding *e, uint32_t c) { return put_below(e, c, 128); }
static bool put_latin1(Encoding *e, uint32_t c) { return put_below(e, c, 256); }

static bool put_mapped(Encoding *e, uint32_t c) {
    const Charmap *map = e->table;
    if (c < 128) return put_below(e, c, 128);
    for (int i = 0; i < 128; i++) {
        uint8_t byte = (uint8_t)(i + 128);
        if (map->high[i] == c) return encoding_put(e, &byte, 1);
    }
    return false;
}

// What has no errors in it, without a call for each character: false when there may be some.
static bool latin1_encode_quickly(Encoding *e) {
    const uint8_t *at = (const uint8_t *)e->text->data, *end = at + e->text->size;
    if (!str_builder_reserve(&e->out, e->text->length)) return false;
    char *out = e->out.data;
    while (at < end) {
        if (*at < 0x80) {
            *out++ = (char)*at++;
        } else if (*at <= 0xC3) {
            *out++ = (char)((at[0] & 3) << 6 | (at[1] & 0x3F));
            at += 2;
        } else {
            return false;
        }
    }
    e->out.size = e->text->length;
    return true;
}

static bool ascii_encode(Encoding *e) { return encode_each(e, put_ascii, "ordinal not in range(128)", true); }
static bool latin1_encode(Encoding *e) {
    return latin1_encode_quickly(e) || encode_each(e, put_latin1, "ordinal not in range(256)", true);
}
static bool charmap_encode(Encoding *e) { return encode_each(e, put_mapped, "character maps to <undefined>", true); }

// ---- finding a codec

typedef struct Codec {
    const char *canonical;     // as codecs.lookup(x).name has it
    const char *error_name;    // as errors show it
    bool (*decode)(Decoding *d);
    bool (*encode)(Encoding *e);
    ByteOrder order;
    bool ascii_is_same;        // ASCII text is encoded as itself
    const char *names;         // aliases, normalised, with spaces around each
} Codec;

static const Codec codecs[] = {
    {"utf-8", "utf-8", utf8_decode_all, utf8_encode_all, 0, true, " utf_8 utf8 u8 utf cp65001 utf8_ucs2 utf8_ucs4 "},
    {"ascii", "ascii", ascii_decode, ascii_encode, 0, true,
     " ascii us_ascii us 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us "
     "iso_646.irv_1991 iso_ir_6 "},
    {"iso8859-1", "latin-1", latin1_decode, latin1_encode, 0, true,
     " latin_1 latin1 latin iso_8859_1 iso8859_1 iso8859 8859 cp819 csisolatin1 ibm819 iso_8859_1_1987 iso_ir_100 l1 "},
    {"utf-8-sig", "utf-8", utf8_sig_decode, utf8_sig_encode, 0, false, " utf_8_sig utf8_sig "},
    {"utf-16", "utf-16", utf16_decode, utf16_encode, ORDER_MARK, false, " utf_16 utf16 u16 "},
    {"utf-16-le", "utf-16-le", utf16_decode, utf16_encode, ORDER_LITTLE, false,
     " utf_16_le utf_16le utf16_le unicodelittleunmarked utf16le "},
    {"utf-16-be", "utf-16-be", utf16_decode, utf16_encode, ORDER_BIG, false,
     " utf_16_be utf_16be utf16_be unicodebigunmarked utf16be "},
    {"utf-32", "utf-32", utf32_decode, utf32_encode, ORDER_MARK, false, " utf_32 utf32 u32 "},
    {"utf-32-le", "utf-32-le", utf32_decode, utf32_encode, ORDER_LITTLE, false,
     " utf_32_le utf_32le utf32_le utf32le "},
    {"utf-32-be", "utf-32-be", utf32_decode, utf32_encode, ORDER_BIG, false, " utf_32_be utf_32be utf32_be utf32be "},
    {"utf-7", "utf7", utf7_decode, utf7_encode, 0, false, " utf_7 utf7 u7 unicode_1_1_utf_7 "},
    {"unicode-escape", "unicodeescape", unicode_escape_decode, unicode_escape_encode, 0, false,
     " unicode_escape unicodeescape "},
    {"raw-unicode-escape", "rawunicodeescape", raw_unicode_escape_decode, raw_unicode_escape_encode, 0, false,
     " raw_unicode_escape rawunicodeescape "},
};
static const Codec charmap_codec = {NULL, "charmap", charmap_decode, charmap_encode, 0, true, ""};

static const char binary_codecs[] =
    " hex hex_codec base64 base64_codec base_64 bz2 bz2_codec zlib zlib_codec zip rot13 rot_13 quopri quopri_codec "
    "quoted_printable quotedprintable uu uu_codec ";

static bool names_have(const char *names, const char *name, size_t size) {
    for (const char *at = names; (at = strstr(at, name)) != NULL; at++) {
        if (at > names && at[-1] == ' ' && at[size] == ' ') return true;
    }
    return false;
}

// *out_map is the charmap that goes with it, if any. NULL with LookupError.
static const Codec *codec_find(VM *vm, const char *encoding, bool decoding, const Charmap **out_map) {
    char name[CHARMAP_NAME_MAX];
    size_t size = charmap_normalise(encoding, strlen(encoding), name);
    name[size < CHARMAP_NAME_MAX ? size : CHARMAP_NAME_MAX - 1] = 0;
    *out_map = NULL;
    if (size > 0 && size < CHARMAP_NAME_MAX) {
        for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
            if (names_have(codecs[i].names, name, size)) return &codecs[i];
        }
        *out_map = charmap_find(encoding, strlen(encoding));
        if (*out_map != NULL) return &charmap_codec;
        if (names_have(binary_codecs, name, size) && vm != NULL) {
            raise_error(vm, vm->exc.LookupError,
                        "'%s' is not a text encoding; use codecs.%s() to handle arbitrary codecs", encoding,
                        decoding ? "decode" : "encode");
            return NULL;
        }
    }
    if (vm != NULL) raise_error(vm, vm->exc.LookupError, "unknown encoding: %s", encoding);
    return NULL;
}

const char *codec_canonical_name(const char *encoding) {
    const Charmap *map;
    const Codec *codec = codec_find(NULL, encoding, true, &map);
    return codec == NULL ? NULL : map != NULL ? map->name : codec->canonical;
}

// ---- entries

// What `table` of a decoding or encoding is: the charmap, "be" or "le", or NULL where a mark says the order.
static const void *codec_table(const Codec *codec, const Charmap *map) {
    if (map != NULL) return map;
    return codec->order == ORDER_BIG ? "be" : codec->order == ORDER_LITTLE ? "le" : NULL;
}

Value codec_encode(VM *vm, Str *s, const char *encoding, const char *errors) {
    const Charmap *map;
    const Codec *codec = encoding == NULL || strcmp(encoding, "utf-8") == 0 ? (map = NULL, &codecs[0])
                                                                            : codec_find(vm, encoding, false, &map);
    const char *data = text_charge(vm, s->size) ? str_data(vm, s) : NULL;
    if (codec == NULL || data == NULL) return ERROR;
    bool as_it_is = str_is_ascii(s) ? codec->ascii_is_same : codec == &codecs[0] && !utf8_has_surrogate(data, s->size);
    if (as_it_is) return bytes_or_error(bytes_new(vm, data, s->size));
    Encoding e = {.vm = vm, .text = s, .name = codec->error_name, .errors = errors == NULL ? "strict" : errors,
                  .table = codec_table(codec, map), .out = STR_BUILDER(vm)};
    if (codec->encode(&e)) return bytes_or_error(str_builder_finish_bytes(&e.out));
    str_builder_cancel(&e.out);
    return ERROR;
}

static Value decode(VM *vm, Decoding *d, const Codec *codec, const Charmap *map) {
    d->name = codec->error_name;
    d->table = codec_table(codec, map);
    d->out = STR_BUILDER(vm);
    if (codec->decode(d)) return str_or_error(str_builder_finish(&d->out));
    str_builder_cancel(&d->out);
    return ERROR;
}

Value codec_decode(VM *vm, Value owner, const uint8_t *data, size_t size, const char *encoding, const char *errors) {
    bool is_utf8 = encoding == NULL || strcmp(encoding, "utf-8") == 0;
    if (size == 0) return from_object(vm->empty_str);
    const Charmap *map = NULL;
    const Codec *codec = is_utf8 ? &codecs[0] : codec_find(vm, encoding, true, &map);
    if (codec == NULL) return ERROR;
    if (codec == &codecs[0]) {
        size_t position, bad;
        if (utf8_check((const char *)data, size, &position, &bad) == UTF8_OK)
            return str_or_error(str_new(vm, (const char *)data, size));
    } else if (codec->ascii_is_same && utf8_is_ascii((const char *)data, size)) {
        return str_or_error(str_new_ascii(vm, (const char *)data, size));
    }
    // Handlers may run Python code that changes a bytearray: they all see a copy.
    if (!is_bytes(owner)) {
        Bytes *copy = bytes_new(vm, data, size);
        if (copy == NULL) return ERROR;
        owner = from_object(copy);
        data = copy->data;
    }
    Decoding d = {.vm = vm,
                  .owner = owner,
                  .data = data,
                  .size = size,
                  .final = true,
                  .errors = errors == NULL ? "strict" : errors};
    return decode(vm, &d, codec, map);
}

Value codec_decode_partial(VM *vm, const uint8_t *data, size_t size, const char *encoding, const char *errors,
                           size_t *out_used) {
    const Charmap *map = NULL;
    const Codec *codec = encoding == NULL ? &codecs[0] : codec_find(vm, encoding, true, &map);
    Bytes *copy = codec == NULL ? NULL : bytes_new(vm, data, size);
    if (copy == NULL) return ERROR;
    Decoding d = {.vm = vm,
                  .owner = from_object(copy),
                  .data = copy->data,
                  .size = size,
                  .errors = errors == NULL ? "strict" : errors};
    Value text = decode(vm, &d, codec, map);
    *out_used = d.at;
    return text;
}

Str *str_from_latin1_or_utf8(VM *vm, const char *bytes, size_t size, const char *errors) {
    Value text = codec_decode(vm, UNDEFINED, (const uint8_t *)bytes, size, NULL, errors);
    return is_error(text) ? NULL : to_str(text);
}
