// The builder that all text is made with, the table of interned strings, and the strings every VM starts with.
#include "vm/types/str_parts.h"

#include "base/utf8.h"

// ---- the builder

enum { BUILDER_FIRST_CAPACITY = 64 };

static bool builder_fail(StrBuilder *b) {
    str_builder_cancel(b);
    b->failed = true;
    return false;
}

bool str_builder_reserve(StrBuilder *b, size_t more) {
    if (LIKELY(b->capacity - b->size >= more)) return !b->failed;
    if (b->failed) return false;
    size_t wanted;
    if (__builtin_add_overflow(b->size, more, &wanted) || wanted > STR_MAX_SIZE) {
        raise_no_memory(b->vm);
        return builder_fail(b);
    }
    size_t capacity = b->capacity == 0 ? BUILDER_FIRST_CAPACITY : b->capacity + b->capacity / 2;
    if (capacity < wanted) capacity = wanted;
    char *data = buffer_resize_unset(b->vm, b->data, b->capacity, capacity);
    if (data == NULL) return builder_fail(b);
    b->data = data;
    b->capacity = capacity;
    return true;
}

static inline bool builder_append(StrBuilder *b, const char *utf8, size_t size, size_t length) {
    if (UNLIKELY(b->failed || b->capacity - b->size < size) && !str_builder_reserve(b, size)) return false;
    if (size > 0) memcpy(b->data + b->size, utf8, size);
    b->size += size;
    b->length += length;
    if (size != length) b->ascii = false;
    return true;
}

bool str_builder_add(StrBuilder *b, const char *utf8, size_t size) {
    size_t prefix = utf8_ascii_prefix(utf8, size);
    return builder_append(b, utf8, size, prefix == size ? size : prefix + utf8_count(utf8 + prefix, size - prefix));
}

bool str_builder_add_c(StrBuilder *b, const char *text) { return str_builder_add(b, text, strlen(text)); }

bool str_builder_add_str(StrBuilder *b, Str *s) {
    if (s == NULL) return builder_fail(b);
    const char *data = str_data(b->vm, s);
    return data == NULL ? builder_fail(b) : builder_append(b, data, s->size, s->length);
}

bool str_builder_add_char(StrBuilder *b, uint32_t code_point) {
    char bytes[4];
    size_t size = utf8_encode(code_point, bytes);
    return builder_append(b, bytes, size, 1);
}

bool str_builder_fill(StrBuilder *b, uint32_t code_point, size_t count) {
    char bytes[4];
    size_t unit = utf8_encode(code_point, bytes), size;
    if (__builtin_mul_overflow(unit, count, &size)) size = SIZE_MAX / 2;
    if (!str_builder_reserve(b, size)) return false;
    if (count > 0 && !bytes_fill_repeated(b->vm, (uint8_t *)b->data + b->size, size, (const uint8_t *)bytes, unit)) return builder_fail(b);
    b->size += size;
    b->length += count;
    if (unit > 1 && count > 0) b->ascii = false;
    return true;
}

Str *str_builder_finish(StrBuilder *b) {
    Str *s = b->failed ? NULL : str_new_counted(b->vm, b->data != NULL ? b->data : "", b->size, b->length);
    str_builder_cancel(b);
    return s;
}

Bytes *str_builder_finish_bytes(StrBuilder *b) {
    Bytes *bytes = b->failed ? NULL : bytes_new(b->vm, b->data, b->size);
    str_builder_cancel(b);
    return bytes;
}

void str_builder_cancel(StrBuilder *b) {
    if (b->data != NULL) buffer_free(b->vm, b->data, b->capacity);
    b->data = NULL;
    b->size = b->capacity = b->length = 0;
}

// ---- interning
//
// An open hash table of strings that it does not keep alive: before a sweep the collector has the dead ones dropped, which leaves DROPPED
// in their places, for nothing may be allocated or moved then.

typedef struct InternTable { Str **slots; size_t mask, used, count; } InternTable;   // used: DROPPED ones included

enum { INTERN_FIRST_SIZE = 2048 };
#define DROPPED ((Str *)(uintptr_t)8)

static bool intern_resize(VM *vm, InternTable *table, size_t size) {
    Str **slots = buffer_new(vm, size * sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; table->slots != NULL && i <= table->mask; i++) {
        Str *s = table->slots[i];
        if (s == NULL || s == DROPPED) continue;
        size_t at = s->head.aux & (size - 1);
        while (slots[at] != NULL) at = (at + 1) & (size - 1);
        slots[at] = s;
    }
    buffer_free(vm, table->slots, table->slots == NULL ? 0 : (table->mask + 1) * sizeof *slots);
    table->slots = slots;
    table->mask = size - 1;
    table->used = table->count;
    return true;
}

// The slot where a text is, or the free one where it would go.
static Str **intern_find(InternTable *table, const char *data, size_t size, uint32_t hash) {
    Str **free_slot = NULL;
    for (size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
        Str **slot = &table->slots[at];
        if (*slot == NULL) return free_slot != NULL ? free_slot : slot;
        if (*slot == DROPPED) {
            if (free_slot == NULL) free_slot = slot;
        } else if ((*slot)->head.aux == hash && (*slot)->size == size && memcmp((*slot)->data, data, size) == 0) {
            return slot;
        }
    }
}

static Str *intern_add(VM *vm, InternTable *table, Str **slot, Str *s, uint32_t hash) {
    gc_tenure(vm, s);
    if (*slot == NULL) table->used++;
    table->count++;
    s->head.aux = hash;
    s->head.flags |= STR_INTERNED;
    return *slot = s;
}

static bool intern_reserve(VM *vm, InternTable *table) {
    if (LIKELY(table->used * 3 < table->mask * 2)) return true;
    size_t size = table->mask + 1;
    return intern_resize(vm, table, table->count * 2 >= size ? size * 2 : size);
}

Str *str_intern(VM *vm, Str *s) {
    if (s->head.flags & STR_INTERNED) return s;
    InternTable *table = vm->interned;
    const char *data = str_data(vm, s);
    if (data == NULL || !intern_reserve(vm, table)) return NULL;
    uint32_t hash = str_hash(vm, s);
    Str **slot = intern_find(table, data, s->size, hash);
    if (*slot != NULL && *slot != DROPPED) return *slot;
    if (!str_is_exact(vm, s) || s->head.flags & (STR_OWNS_DATA | STR_SHARES)) {
        s = str_new_counted(vm, data, s->size, s->length);
        if (s == NULL) return NULL;
        slot = intern_find(table, s->data, s->size, hash);   // a collection may have dropped others meanwhile
    }
    return intern_add(vm, table, slot, s, hash);
}

Str *str_intern_c(VM *vm, const char *text) { return str_intern_text(vm, text, strlen(text)); }

Str *str_intern_text(VM *vm, const char *text, size_t size) {
    InternTable *table = vm->interned;
    if (!intern_reserve(vm, table)) return NULL;
    uint32_t hash = hash_data(vm, text, size);
    Str **slot = intern_find(table, text, size, hash);
    if (*slot != NULL && *slot != DROPPED) return *slot;
    Str *s = str_new(vm, text, size);
    if (s == NULL || s->head.flags & STR_INTERNED) return s;
    return intern_add(vm, table, intern_find(table, text, size, hash), s, hash);
}

void str_interned_sweep(VM *vm) {
    InternTable *table = vm->interned;
    if (table == NULL) return;
    for (size_t i = 0; i <= table->mask; i++) {
        Str *s = table->slots[i];
        if (s == NULL || s == DROPPED || gc_is_marked(s)) continue;
        table->slots[i] = DROPPED;
        table->count--;
    }
}

void str_interned_free(VM *vm) {
    InternTable *table = vm->interned;
    if (table == NULL) return;
    buffer_free(vm, table->slots, (table->mask + 1) * sizeof *table->slots);
    buffer_free(vm, table, sizeof *table);
    vm->interned = NULL;
}

// ---- what every VM starts with

static const struct { size_t offset; const char *text; } names[] = {
#define NAME(name) {offsetof(Names, name), #name},
#define SPECIAL(id, field, text) {offsetof(Names, field), text},
#include "vm/names.def"
#include "vm/specials.def"
#undef NAME
#undef SPECIAL
};

bool str_bootstrap(VM *vm) {
    InternTable *table = buffer_new(vm, sizeof *table);
    if (table == NULL) return false;
    vm->interned = table;
    if (!intern_resize(vm, table, INTERN_FIRST_SIZE)) return false;
    if ((vm->empty_str = str_intern_c(vm, "")) == NULL) return false;
    gc_make_immortal(vm, vm->empty_str);
    for (int c = 0; c < 128; c++) {
        char text = (char)c;
        Str *s = str_new_ascii(vm, &text, 1);
        if (s == NULL || (s = str_intern(vm, s)) == NULL) return false;
        gc_make_immortal(vm, s);
        vm->ascii_strs[c] = s;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        Str *s = str_intern_c(vm, names[i].text);
        if (s == NULL) return false;
        gc_make_immortal(vm, s);
        *(Str **)((char *)&vm->names + names[i].offset) = s;
    }
    return true;
}
