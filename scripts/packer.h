// Packs bytes for base/pack.c. Used when the library is built.
#ifndef COIL_SCRIPTS_PACKER_H
#define COIL_SCRIPTS_PACKER_H

#include "base/pack.h"

typedef struct PackInput { const uint8_t *bytes; size_t size; } PackInput;
typedef struct PackOutput { uint8_t *bytes; size_t size; } PackOutput;

// Packs `count` inputs with codes of their own that suit them all together. False when there is no memory; else out[i].bytes are the
// caller's to free.
bool pack_all(const PackInput *inputs, PackOutput *out, size_t count, PackCodes *out_codes);

#endif
