// What the files of the codecs share: the state of a decoding and of an encoding, and the handling of errors.
#ifndef COIL_VM_CODEC_PARTS_H
#define COIL_VM_CODEC_PARTS_H

#include "vm/codecs.h"
#include "vm/types/str_parts.h"

typedef struct Decoding {
    VM *vm;
    Value owner;               // the object that errors name; UNDEFINED: make bytes of the data
    const uint8_t *data;
    size_t size, at;
    bool final;                // an incomplete sequence at the end is an error, and not left over
    const char *name;          // that errors show
    const char *errors;
    const void *table;         // of the codec: a Charmap, a byte order
    StrBuilder out;
} Decoding;

typedef struct Encoding {
    VM *vm;
    Str *text;
    const char *name, *errors;
    const void *table;
    StrBuilder out;            // bytes
} Encoding;

// Deals with data[start:end] that cannot be decoded, as d->errors says; d->at moves on. False: an exception is raised.
MUST_CHECK bool decode_error(Decoding *d, size_t start, size_t end, const char *reason);

// Encodes by putting code points one by one; those that `put` refuses go to the error handler, in runs or singly.
typedef bool (*PutCodePoint)(Encoding *e, uint32_t code_point);
MUST_CHECK bool encode_each(Encoding *e, PutCodePoint put, const char *reason, bool in_runs);

// How codecs without tables say their byte order.
typedef enum ByteOrder { ORDER_MARK, ORDER_LITTLE, ORDER_BIG } ByteOrder;   // ORDER_MARK: what the mark says, little without one

MUST_CHECK bool utf8_decode_all(Decoding *d);
MUST_CHECK bool utf8_sig_decode(Decoding *d);
MUST_CHECK bool utf16_decode(Decoding *d);
MUST_CHECK bool utf32_decode(Decoding *d);
MUST_CHECK bool utf7_decode(Decoding *d);
MUST_CHECK bool unicode_escape_decode(Decoding *d);
MUST_CHECK bool raw_unicode_escape_decode(Decoding *d);
MUST_CHECK bool utf8_encode_all(Encoding *e);
MUST_CHECK bool utf8_sig_encode(Encoding *e);
MUST_CHECK bool utf16_encode(Encoding *e);
MUST_CHECK bool utf32_encode(Encoding *e);
MUST_CHECK bool utf7_encode(Encoding *e);
MUST_CHECK bool unicode_escape_encode(Encoding *e);
MUST_CHECK bool raw_unicode_escape_encode(Encoding *e);

static inline bool encoding_put(Encoding *e, const void *bytes, size_t size) { return str_builder_put_bytes(&e->out, bytes, size); }

#endif
