// list.sort() and sorted(): a stable merge sort that uses the runs it finds, in the manner of timsort.
//
// Runs shorter than `min_run` are lengthened by binary insertion and kept on a stack whose lengths shrink fast enough that merging
// neighbours stays balanced. The whole sort is written once over a comparison that the compiler folds in: ints, floats and strings
// get a copy each without a call per comparison, everything else asks value_less().
//
// While sorting, the items live in a list object that nobody else can reach and the list itself is empty: a comparison that looks at
// it or changes it meets no half-sorted array. What a merge moves aside stands in a second such list, so the collector sees every item.
#include "vm/types/containers.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/container_common.h"
#include "vm/types/str.h"

#define FOLDED static inline __attribute__((always_inline))

enum { MAX_RUNS = 96, SHORT = 32 };

typedef int (*Less)(VM *vm, Value a, Value b);   // 1, 0, -1

typedef struct Run { size_t start, count; } Run;

typedef struct Sort {
    VM *vm;
    Value *keys, *values;       // values: NULL when the keys are the items themselves
    size_t count;
    List *aside_keys, *aside_values;
    Run runs[MAX_RUNS];
    size_t run_count;
} Sort;

// ---- comparisons

FOLDED int less_int(VM *vm, Value a, Value b) { return int_less(a, b); }

FOLDED int less_float(VM *vm, Value a, Value b) { return to_double(a) < to_double(b); }

// Bytes of UTF-8 sort as their code points do. All strings are flat by now.
FOLDED int less_str(VM *vm, Value a, Value b) {
    const Str *x = to_str(a), *y = to_str(b);
    int order = memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);
    return order != 0 ? order < 0 : x->size < y->size;
}

// ---- moving

static void sort_reverse(Sort *s, size_t start, size_t end) {
    for (; start + 1 < end; start++, end--) {
        Value key = s->keys[start];
        s->keys[start] = s->keys[end - 1];
        s->keys[end - 1] = key;
        if (s->values == NULL) continue;
        Value value = s->values[start];
        s->values[start] = s->values[end - 1];
        s->values[end - 1] = value;
    }
}

static inline void sort_insert(Sort *s, size_t from, size_t to) {
    Value key = s->keys[from];
    memmove(s->keys + to + 1, s->keys + to, (from - to) * sizeof(Value));
    s->keys[to] = key;
    if (s->values == NULL) return;
    Value value = s->values[from];
    memmove(s->values + to + 1, s->values + to, (from - to) * sizeof(Value));
    s->values[to] = value;
}

// Copies a run to the lists aside; false without memory.
static bool set_aside(VM *vm, List *aside, const Value *items, size_t count) {
    if (aside->capacity < count) {
        Value *grown = buffer_resize_unset(vm, aside->items, aside->capacity * sizeof(Value), count * sizeof(Value));
        if (grown == NULL) return false;
        aside->items = grown;
        aside->capacity = count;
    }
    memcpy(aside->items, items, count * sizeof(Value));
    aside->count = count;
    gc_write_barrier(vm, aside);
    return true;
}

// ---- runs

// Length of the run that begins at start, turned round when it descends strictly (so equal items keep their order); 0 on error.
FOLDED size_t find_run(Sort *s, Less less, size_t start) {
    size_t end = start + 1;
    if (end >= s->count) return s->count - start;
    int descends = less(s->vm, s->keys[end], s->keys[end - 1]);
    if (descends < 0) return 0;
    for (end++; end < s->count; end++) {
        int below = less(s->vm, s->keys[end], s->keys[end - 1]);
        if (below < 0) return 0;
        if (below != descends) break;
    }
    if (descends) sort_reverse(s, start, end);
    return end - start;
}

// Sorts start .. end by insertion; the part before `sorted` is in order already.
FOLDED bool insertion_sort(Sort *s, Less less, size_t start, size_t sorted, size_t end) {
    for (; sorted < end; sorted++) {
        size_t low = start, high = sorted;
        Value pivot = s->keys[sorted];
        while (low < high) {
            size_t middle = (low + high) / 2;
            int below = less(s->vm, pivot, s->keys[middle]);
            if (below < 0) return false;
            if (below) high = middle;
            else low = middle + 1;
        }
        if (low != sorted) sort_insert(s, sorted, low);
    }
    return true;
}

// How many of the `count` keys from `keys` on stand before `key`: those not above it (after_equal), or those below it. -1 on error.
FOLDED ptrdiff_t position_of(Sort *s, Less less, Value key, const Value *keys, size_t count, bool after_equal) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int result = after_equal ? less(s->vm, key, keys[middle]) : less(s->vm, keys[middle], key);
        if (result < 0) return -1;
        if ((result != 0) == after_equal) high = middle;
        else low = middle + 1;
    }
    return (ptrdiff_t)low;
}

// Merges run i with the next one. What stands in its place already, at both ends, is not touched.
FOLDED bool merge_runs(Sort *s, Less less, size_t i) {
    size_t start = s->runs[i].start, a_count = s->runs[i].count, b_start = s->runs[i + 1].start, b_count = s->runs[i + 1].count;
    if (!vm_charge(s->vm, a_count + b_count)) return false;
    s->runs[i].count = a_count + b_count;
    for (size_t r = i + 1; r + 1 < s->run_count; r++) s->runs[r] = s->runs[r + 1];
    s->run_count--;

    ptrdiff_t skip = position_of(s, less, s->keys[b_start], s->keys + start, a_count, true);
    if (skip < 0) return false;
    start += (size_t)skip;
    a_count -= (size_t)skip;
    if (a_count == 0) return true;
    ptrdiff_t keep = position_of(s, less, s->keys[b_start - 1], s->keys + b_start, b_count, false);
    if (keep <= 0) return keep == 0;
    size_t b = b_start, b_end = b_start + (size_t)keep, a = 0, target = start;

    if (!set_aside(s->vm, s->aside_keys, s->keys + start, a_count)) return false;
    if (s->values != NULL && !set_aside(s->vm, s->aside_values, s->values + start, a_count)) return false;
    const Value *aside_keys = s->aside_keys->items, *aside_values = s->values != NULL ? s->aside_values->items : NULL;
    bool fine = true;
    while (a < a_count && b < b_end) {
        int below = less(s->vm, s->keys[b], aside_keys[a]);
        if (below < 0) {
            fine = false;
            break;
        }
        s->keys[target] = below ? s->keys[b] : aside_keys[a];
        if (s->values != NULL) s->values[target] = below ? s->values[b] : aside_values[a];
        target++;
        a += !below;
        b += (size_t)below;
    }
    memcpy(s->keys + target, aside_keys + a, (a_count - a) * sizeof(Value));
    if (s->values != NULL) memcpy(s->values + target, aside_values + a, (a_count - a) * sizeof(Value));
    return fine;
}

// Merges until each run on the stack is longer than the next two together (or the stack is one run, at the end).
FOLDED bool collapse(Sort *s, Less less, bool all) {
    while (s->run_count > 1) {
        Run *runs = s->runs;
        size_t i = s->run_count - 2;
        if (!all) {
            bool wide = i > 0 && runs[i - 1].count <= runs[i].count + runs[i + 1].count;
            wide = wide || (i > 1 && runs[i - 2].count <= runs[i - 1].count + runs[i].count);
            if (!wide && runs[i].count > runs[i + 1].count) return true;
            if (wide && runs[i - 1].count < runs[i + 1].count) i--;
        } else if (i > 0 && runs[i - 1].count < runs[i + 1].count) {
            i--;
        }
        if (!merge_runs(s, less, i)) return false;
    }
    return true;
}

static size_t min_run_for(size_t count) {
    size_t odd = 0;
    for (; count >= 2 * SHORT; count >>= 1) odd |= count & 1;
    return count + odd;
}

FOLDED bool sort_with(Sort *s, Less less) {
    size_t min_run = min_run_for(s->count);
    for (size_t start = 0; start < s->count;) {
        size_t count = find_run(s, less, start);
        if (count == 0) return false;
        if (count < min_run) {
            size_t wanted = s->count - start < min_run ? s->count - start : min_run;
            if (!insertion_sort(s, less, start, start + count, start + wanted)) return false;
            count = wanted;
        }
        s->runs[s->run_count++] = (Run){start, count};
        start += count;
        if (!collapse(s, less, false)) return false;
    }
    return collapse(s, less, true);
}

static bool sort_ints(Sort *s) { return sort_with(s, less_int); }
static bool sort_floats(Sort *s) { return sort_with(s, less_float); }
static bool sort_strs(Sort *s) { return sort_with(s, less_str); }
static bool sort_any(Sort *s) { return sort_with(s, value_less); }

// ---- the whole

static bool sort_keys(Sort *s) {
    bool ints = true, floats = true, strs = true;
    if (!vm_charge(s->vm, s->count / 8)) return false;
    for (size_t i = 0; i < s->count && (ints || floats || strs); i++) {
        Value key = s->keys[i];
        ints = ints && is_int(key);
        floats = floats && is_inline_float(key);
        strs = strs && is_exactly(s->vm, key, s->vm->types.str);
        if (strs && str_data(s->vm, to_str(key)) == NULL) return false;
    }
    return ints ? sort_ints(s) : floats ? sort_floats(s) : strs ? sort_strs(s) : sort_any(s);
}

static bool make_keys(VM *vm, List *keys, const List *items, Value key_function) {
    for (size_t i = 0; i < items->count; i++) {
        Value key = call1(vm, key_function, items->items[i]);
        if (is_error(key) || !list_append(vm, keys, key)) return false;
    }
    return true;
}

// Sorts the private list `items`.
static bool sort_items(VM *vm, List *items, Value key_function, bool reverse) {
    Sort s = {.vm = vm, .count = items->count};
    s.aside_keys = list_new(vm, 0);
    if (s.aside_keys == NULL) return false;
    s.keys = items->items;
    if (!is_none(key_function)) {
        List *keys = list_new(vm, items->count);
        s.aside_values = list_new(vm, 0);
        if (keys == NULL || s.aside_values == NULL || !make_keys(vm, keys, items, key_function)) return false;
        s.keys = keys->items;
        s.values = items->items;
        if (reverse) sort_reverse(&s, 0, s.count);   // turned round before and after, so that equal items keep their order
        bool fine = sort_keys(&s);
        if (reverse) sort_reverse(&s, 0, s.count);
        gc_keep(keys);   // the collector must find the list while its buffer is in use
        return fine;
    }
    if (reverse) sort_reverse(&s, 0, s.count);
    bool fine = sort_keys(&s);
    if (reverse) sort_reverse(&s, 0, s.count);
    return fine;
}

bool list_sort(VM *vm, List *list, Value key_function, bool reverse) {
    if (list->count < 2 && is_none(key_function)) return true;
    List *items = list_new(vm, 0);
    if (items == NULL) return false;
    items->items = list->items;
    items->count = list->count;
    items->capacity = list->capacity;
    gc_write_barrier(vm, items);
    list->items = NULL;
    list->count = list->capacity = 0;

    bool fine = sort_items(vm, items, key_function, reverse);
    bool modified = list->items != NULL;
    if (modified) buffer_free(vm, list->items, list->capacity * sizeof(Value));
    list->items = items->items;
    list->count = items->count;
    list->capacity = items->capacity;
    items->items = NULL;
    items->count = items->capacity = 0;
    gc_write_barrier(vm, list);
    if (fine && modified) raise_value_error(vm, "list modified during sort");
    return fine && !modified;
}
