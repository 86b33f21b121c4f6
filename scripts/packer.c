// The other side of base/pack.c: finds what to copy from where, and prefix codes for it.
//
// What a copy is worth depends on the codes, and the codes on which copies are made: so it starts from a guess of the codes, and
// a few rounds of "cheapest way through the input at these prices, then new codes" settle it.
#include "scripts/packer.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 3,
    CHAIN_MAX = 32,                         // earlier places that are looked at for a copy
    HASH_BITS = 15,
    COPY_MAX = PACK_COPY_MIN + 1023,
    SAME = 0,                                // the distance symbol for the distance of the copy before
};

typedef struct Prices { unsigned symbols[PACK_SYMBOLS], distances[PACK_DISTANCE_SYMBOLS]; } Prices;
typedef struct Counts { size_t symbols[PACK_SYMBOLS], distances[PACK_DISTANCE_SYMBOLS]; } Counts;

// The cheapest way to a position: the item that ends there.
typedef struct Step {
    unsigned price;
    unsigned length, distance;   // a copy; length 1 and distance 0: a byte
    unsigned last_distance;      // of the last copy on the way
} Step;

static unsigned symbol_of(unsigned value) {
    if (value < 4) return value;
    unsigned bits = 31 - (unsigned)__builtin_clz(value);
    return bits * 2 + (value >> (bits - 1) & 1);
}

static unsigned copy_price(const Prices *prices, unsigned length, unsigned distance, unsigned last_distance) {
    unsigned kind = symbol_of(length - PACK_COPY_MIN), price = prices->symbols[256 + kind] + pack_bits(kind);
    if (distance == last_distance) return price + prices->distances[SAME];
    unsigned back = symbol_of(distance - 1);
    return price + prices->distances[1 + back] + pack_bits(back);
}

static void reach(Step *steps, size_t from, const Prices *prices, unsigned length, unsigned distance) {
    unsigned price = steps[from].price + copy_price(prices, length, distance, steps[from].last_distance);
    if (price < steps[from + length].price) steps[from + length] = (Step){price, length, distance, distance};
}

static unsigned match_length(const PackInput *in, size_t at, size_t distance) {
    size_t max = in->size - at < COPY_MAX ? in->size - at : COPY_MAX, length = 0;
    while (length < max && in->bytes[at + length] == in->bytes[at + length - distance]) length++;
    return (unsigned)length;
}

// The cheapest steps through the input; then each position on the way gets the item that begins there.
static bool find_way(const PackInput *in, const Prices *prices, Step *steps) {
    size_t *previous = malloc((in->size + 1) * sizeof *previous), *heads = malloc(sizeof *heads << HASH_BITS);
    if (previous == NULL || heads == NULL) return free(previous), free(heads), false;
    for (size_t i = 0; i < (size_t)1 << HASH_BITS; i++) heads[i] = SIZE_MAX;
    for (size_t i = 0; i <= in->size; i++) steps[i] = (Step){.price = UINT32_MAX};
    steps[0].price = 0;
    for (size_t at = 0; at < in->size; at++) {
        unsigned price = steps[at].price + prices->symbols[in->bytes[at]];
        if (price < steps[at + 1].price) steps[at + 1] = (Step){price, 1, 0, steps[at].last_distance};
        unsigned last = steps[at].last_distance, same = last == 0 ? 0 : match_length(in, at, last);
        for (unsigned length = PACK_COPY_MIN; length <= same; length++) reach(steps, at, prices, length, last);
        if (at + 2 > in->size) continue;
        size_t hash = (in->bytes[at] | (size_t)in->bytes[at + 1] << 8) * 2654435761u >> 8 & (((size_t)1 << HASH_BITS) - 1);
        size_t candidate = heads[hash], best = 1;
        for (int i = 0; i < CHAIN_MAX && candidate != SIZE_MAX && at - candidate < 1 << 17; i++, candidate = previous[candidate]) {
            if (at + best >= in->size) break;
            if (in->bytes[candidate + best] != in->bytes[at + best]) continue;
            unsigned length = match_length(in, at, at - candidate);
            for (; best < length; best++) reach(steps, at, prices, (unsigned)best + 1, (unsigned)(at - candidate));
        }
        previous[at] = heads[hash];
        heads[hash] = at;
    }
    free(previous);
    free(heads);
    // Turn the way around: from steps that say how they came to steps that say where they go.
    unsigned length = 0, distance = 0;
    for (size_t at = in->size;;) {
        Step step = steps[at];
        steps[at].length = length;
        steps[at].distance = distance;
        if (at == 0) break;
        length = step.length;
        distance = step.distance;
        at -= length;
    }
    return true;
}

// ---- prefix codes

// Halves the counts until no code is longer than `max_bits`.
static void make_code(const size_t *counts, unsigned symbol_count, unsigned max_bits, uint8_t *lengths) {
    size_t weights[2 * PACK_SYMBOLS];
    unsigned parents[2 * PACK_SYMBOLS];
    for (unsigned shift = 0;; shift++) {
        unsigned nodes = symbol_count, longest = 0, used = 0;
        for (unsigned i = 0; i < symbol_count; i++) {
            weights[i] = counts[i] == 0 ? 0 : (counts[i] >> shift) + 1;
            parents[i] = 0;
            used += counts[i] != 0;
        }
        for (unsigned left = used; left > 1; left--) {
            unsigned low = UINT32_MAX, second = UINT32_MAX;
            for (unsigned i = 0; i < nodes; i++) {
                if (weights[i] == 0 || parents[i] != 0) continue;
                if (low == UINT32_MAX || weights[i] < weights[low]) second = low, low = i;
                else if (second == UINT32_MAX || weights[i] < weights[second]) second = i;
            }
            weights[nodes] = weights[low] + weights[second];
            parents[nodes] = 0;
            parents[low] = parents[second] = nodes++;
        }
        for (unsigned i = 0; i < symbol_count; i++) {
            unsigned length = counts[i] != 0 && used == 1;
            for (unsigned at = i; parents[at] != 0; at = parents[at]) length++;
            lengths[i] = (uint8_t)length;
            if (length > longest) longest = length;
        }
        if (longest <= max_bits) return;
    }
}

static void count_way(const PackInput *in, const Step *steps, Counts *counts) {
    unsigned last = 0;
    for (size_t at = 0; at < in->size; at += steps[at].length) {
        if (steps[at].distance == 0) {
            counts->symbols[in->bytes[at]]++;
            continue;
        }
        counts->symbols[256 + symbol_of(steps[at].length - PACK_COPY_MIN)]++;
        counts->distances[steps[at].distance == last ? SAME : 1 + symbol_of(steps[at].distance - 1)]++;
        last = steps[at].distance;
    }
}

static void prices_of(const PackCodes *codes, Prices *out) {
    for (unsigned i = 0; i < PACK_SYMBOLS; i++) out->symbols[i] = codes->symbols[i] == 0 ? PACK_CODE_BITS + 2 : codes->symbols[i];
    for (unsigned i = 0; i < PACK_DISTANCE_SYMBOLS; i++)
        out->distances[i] = codes->distances[i] == 0 ? PACK_DISTANCE_CODE_BITS + 2 : codes->distances[i];
}

// ---- the stream of bits

typedef struct Writer { uint8_t *bytes; size_t bit; } Writer;

static void put_bits(Writer *out, unsigned value, unsigned count) {
    for (unsigned i = 0; i < count; i++, out->bit++) out->bytes[out->bit / 8] |= (uint8_t)((value >> i & 1) << out->bit % 8);
}

// The canonical code of each symbol, its first bit lowest.
static void codes_of(const uint8_t *lengths, unsigned symbol_count, unsigned *codes) {
    unsigned code = 0;
    for (unsigned length = 1; length <= PACK_CODE_BITS; length++, code <<= 1) {
        for (unsigned i = 0; i < symbol_count; i++) {
            if (lengths[i] != length) continue;
            codes[i] = 0;
            for (unsigned bit = 0; bit < length; bit++) codes[i] |= (code >> bit & 1) << (length - 1 - bit);
            code++;
        }
    }
}

static bool write_way(const PackInput *in, const Step *steps, const PackCodes *codes, PackOutput *out) {
    Writer writer = {.bytes = calloc(1, in->size * 2 + 8)};
    if (writer.bytes == NULL) return false;
    unsigned symbols[PACK_SYMBOLS], distances[PACK_DISTANCE_SYMBOLS], last = 0;
    codes_of(codes->symbols, PACK_SYMBOLS, symbols);
    codes_of(codes->distances, PACK_DISTANCE_SYMBOLS, distances);
    for (size_t at = 0; at < in->size; at += steps[at].length) {
        if (steps[at].distance == 0) {
            put_bits(&writer, symbols[in->bytes[at]], codes->symbols[in->bytes[at]]);
            continue;
        }
        unsigned length = steps[at].length - PACK_COPY_MIN, kind = symbol_of(length), distance = steps[at].distance - 1;
        put_bits(&writer, symbols[256 + kind], codes->symbols[256 + kind]);
        put_bits(&writer, length - pack_base(kind), pack_bits(kind));
        unsigned back = symbol_of(distance), symbol = steps[at].distance == last ? SAME : 1 + back;
        put_bits(&writer, distances[symbol], codes->distances[symbol]);
        if (steps[at].distance != last) put_bits(&writer, distance - pack_base(back), pack_bits(back));
        last = steps[at].distance;
    }
    *out = (PackOutput){writer.bytes, (writer.bit + 7) / 8};
    return true;
}

bool pack_all(const PackInput *inputs, PackOutput *out, size_t count, PackCodes *out_codes) {
    Prices prices;
    for (unsigned i = 0; i < PACK_SYMBOLS; i++) prices.symbols[i] = i < 256 ? 7 : 4 + (i - 256) / 2;
    for (unsigned i = 0; i < PACK_DISTANCE_SYMBOLS; i++) prices.distances[i] = 5;
    Step **ways = calloc(count, sizeof *ways);
    bool done = ways != NULL;
    for (size_t i = 0; i < count && done; i++) done = (ways[i] = malloc((inputs[i].size + 1) * sizeof **ways)) != NULL;
    for (int round = 0; round < ROUNDS && done; round++) {
        Counts counts = {0};
        for (size_t i = 0; i < count && done; i++) {
            done = find_way(&inputs[i], &prices, ways[i]);
            if (done) count_way(&inputs[i], ways[i], &counts);
        }
        make_code(counts.symbols, PACK_SYMBOLS, PACK_CODE_BITS, out_codes->symbols);
        make_code(counts.distances, PACK_DISTANCE_SYMBOLS, PACK_DISTANCE_CODE_BITS, out_codes->distances);
        prices_of(out_codes, &prices);
    }
    for (size_t i = 0; i < count && done; i++) done = write_way(&inputs[i], ways[i], out_codes, &out[i]);
    for (size_t i = 0; i < count && ways != NULL; i++) free(ways[i]);
    free(ways);
    return done;
}
