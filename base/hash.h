// Hashing: SipHash-1-3 for whatever a script may choose, so that nobody can make collisions without the seed.
#ifndef COIL_BASE_HASH_H
#define COIL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct HashKey {
    uint64_t low, high;
} HashKey;

uint64_t hash_bytes(const void *bytes, size_t length, HashKey key);

// For tables whose keys no script chooses (tokens, interned names of the front end): FNV-1a.
static inline uint32_t hash_quick(const char *bytes, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (uint8_t)bytes[i]) * 16777619u;
    return hash;
}

#endif
