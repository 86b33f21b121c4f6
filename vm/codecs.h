// Text encodings: what str.encode(), bytes.decode() and the codecs module use.
#ifndef COIL_VM_CODECS_H
#define COIL_VM_CODECS_H

#include "vm/types/bytes.h"
#include "vm/types/str.h"

// encoding NULL: utf-8; errors NULL: strict. LookupError for unknown ones.
MUST_CHECK Value codec_encode(VM *vm, Str *s, const char *encoding, const char *errors);
MUST_CHECK Value codec_decode(VM *vm, Value owner, const uint8_t *data, size_t size, const char *encoding, const char *errors);   // owner: the object that errors name
const char *codec_canonical_name(const char *encoding);   // "utf-8", "ascii", "latin-1" ...; NULL when unknown
// Incremental decoding: like codec_decode, but an incomplete sequence at the end is left over; *out_used says how far it got.
MUST_CHECK Value codec_decode_partial(VM *vm, const uint8_t *data, size_t size, const char *encoding, const char *errors, size_t *out_used);

#endif
