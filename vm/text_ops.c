// repr(), str(), ascii(), format() of any object, the guard of recursive reprs, and the serial numbers behind id().
#include "vm/types/str_parts.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "vm/call.h"
#include "vm/types/float.h"
#include "vm/types/format.h"

// ---- repr and str

static Str *text_result(VM *vm, Value v, const char *method) {
    if (is_error(v)) return NULL;
    if (LIKELY(is_str(v))) return to_str(v);
    raise_type_error(vm, "%s returned non-string (type %T)", method, v);
    return NULL;
}

// The text of the built-in values that need no method, NULL without an exception for all others.
static Str *simple_text(VM *vm, Value v) {
    if (is_int(v)) return int_to_str(vm, v, 10);
    if (is_inline_float(v)) return float_repr(vm, to_double(v));
    if (is_none(v)) return str_intern_c(vm, "None");
    if (is_bool(v)) return str_intern_c(vm, is_true_value(v) ? "True" : "False");
    return NULL;
}

Str *value_repr(VM *vm, Value v) {
    Str *simple = simple_text(vm, v);
    if (simple != NULL || is_raised(vm)) return simple;
    if (is_str(v) && str_is_exact(vm, to_str(v))) return str_repr(vm, to_str(v));
    if (!stack_check_while(vm, " while getting the repr of an object")) return NULL;
    Value text = call_special(vm, v, SPECIAL_REPR, NULL, 0);
    if (is_undefined(text)) return default_repr(vm, v);
    return text_result(vm, text, "__repr__");
}

Str *value_str(VM *vm, Value v) {
    if (is_str(v) && LIKELY(str_is_exact(vm, to_str(v)))) return to_str(v);
    Str *simple = simple_text(vm, v);
    if (simple != NULL || is_raised(vm)) return simple;
    if (!stack_check_while(vm, " while getting the str of an object")) return NULL;
    Value text = call_special(vm, v, SPECIAL_STR, NULL, 0);
    if (is_undefined(text)) return value_repr(vm, v);
    return text_result(vm, text, "__str__");
}

static bool add_escape(StrBuilder *b, uint32_t c) {
    static const char digits[] = "0123456789abcdef";
    char text[10] = {'\\', c < 0x100 ? 'x' : c < 0x10000 ? 'u' : 'U'};
    int count = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    for (int i = 0; i < count; i++) text[2 + i] = digits[c >> (4 * (count - 1 - i)) & 15];
    return str_builder_add(b, text, (size_t)count + 2);
}

static bool is_plain_in_repr(uint8_t c) { return c >= ' ' && c < 127 && c != '\\' && c != '\'' && c != '"'; }

// Single quotes, unless there are single ones inside and no double ones.
Str *str_repr(VM *vm, Str *s) {
    const char *data = str_data(vm, s);
    if (data == NULL) return NULL;
    const char *end = data + s->size;
    char quote = memchr(data, '\'', s->size) != NULL && memchr(data, '"', s->size) == NULL ? '"' : '\'';
    StrBuilder b = STR_BUILDER(vm);
    str_builder_reserve(&b, (size_t)s->size + 2);
    str_builder_add(&b, &quote, 1);
    while (data < end) {
        const char *start = data;
        while (data < end && is_plain_in_repr((uint8_t)*data)) data++;
        if (data > start && !str_builder_add(&b, start, (size_t)(data - start))) break;
        if (data == end) break;
        uint32_t c;
        size_t size = utf8_decode(data, &c);
        bool ok;
        switch (c) {
        case '\n': ok = str_builder_add(&b, "\\n", 2); break;
        case '\r': ok = str_builder_add(&b, "\\r", 2); break;
        case '\t': ok = str_builder_add(&b, "\\t", 2); break;
        case '\\': ok = str_builder_add(&b, "\\\\", 2); break;
        case '\'': case '"':
            ok = ((char)c != quote || str_builder_add(&b, "\\", 1)) && str_builder_add(&b, data, 1);
            break;
        default: ok = unicode_is_printable(c) ? str_builder_add(&b, data, size) : add_escape(&b, c);
        }
        if (!ok) break;
        data += size;
    }
    str_builder_add(&b, &quote, 1);
    return str_builder_finish(&b);
}

Str *value_ascii(VM *vm, Value v) {
    Str *s = value_repr(vm, v);
    if (s == NULL || str_is_ascii(s)) return s;
    const char *at = str_data(vm, s);
    if (at == NULL) return NULL;
    StrBuilder b = STR_BUILDER(vm);
    for (const char *end = at + s->size; at < end;) {
        uint32_t c;
        size_t size = utf8_decode(at, &c);
        if (!(c < 128 ? str_builder_add(&b, at, 1) : add_escape(&b, c))) break;
        at += size;
    }
    return str_builder_finish(&b);
}

// ---- format

Value value_format(VM *vm, Value v, Str *spec) {
    if (spec == NULL || spec->size == 0) {
        if (is_str(v) && str_is_exact(vm, to_str(v))) return v;
        Str *simple = simple_text(vm, v);
        if (simple != NULL) return from_object(simple);
        if (is_raised(vm)) return ERROR;
        spec = vm->empty_str;
    }
    if (is_int(v)) return str_or_error(format_int(vm, v, spec));
    if (is_inline_float(v)) return str_or_error(format_float(vm, to_double(v), spec));
    if (is_str(v) && str_is_exact(vm, to_str(v))) return str_or_error(format_str(vm, to_str(v), spec));
    if (!stack_check(vm)) return ERROR;
    Value argument = from_object(spec);
    Value text = call_special(vm, v, SPECIAL_FORMAT, &argument, 1);
    if (is_undefined(text)) return raise_type_error(vm, "Type %T doesn't define __format__", v);
    if (is_error(text) || is_str(text)) return text;
    return raise_type_error(vm, "__format__ must return a str, not %T", text);
}

// ---- recursive reprs

// The objects whose repr is being made, innermost first. Nodes are few and live only as long as the reprs.
struct ReprGuard { void *object; struct ReprGuard *next; };

bool repr_enter(VM *vm, void *object) {
    for (struct ReprGuard *guard = vm->repr_guard; guard != NULL; guard = guard->next) {
        if (guard->object == object) return false;
    }
    struct ReprGuard *guard = buffer_new(vm, sizeof *guard);
    if (guard == NULL) {
        // The repr goes on unguarded; the next allocation raises the same, and stack_check() ends what is endless.
        raised_clear(vm);
        return true;
    }
    guard->object = object;
    guard->next = vm->repr_guard;
    vm->repr_guard = guard;
    return true;
}

void repr_leave(VM *vm, void *object) {
    for (struct ReprGuard **where = &vm->repr_guard; *where != NULL; where = &(*where)->next) {
        struct ReprGuard *guard = *where;
        if (guard->object != object) continue;
        *where = guard->next;
        buffer_free(vm, guard, sizeof *guard);
        return;
    }
}

// ---- id()
//
// Addresses are never shown. Heap objects get a serial number when first asked, kept in a table that the collector clears of dead ones;
// values that are no objects have numbers made of their bits, which are told apart by being odd.

typedef struct IdEntry { void *object; uint64_t id; } IdEntry;
typedef struct IdTable { IdEntry *entries; size_t mask, count; } IdTable;

static size_t id_place(const IdTable *table, const void *object) {
    return (size_t)((uint64_t)(uintptr_t)object / 16 * UINT64_C(0x9E3779B97F4A7C15) >> 20) & table->mask;
}

static bool id_table_grow(VM *vm, IdTable *table) {
    size_t size = table->entries == NULL ? 64 : (table->mask + 1) * 2;
    IdEntry *entries = buffer_new(vm, size * sizeof *entries), *old = table->entries;
    if (entries == NULL) return false;
    size_t old_size = old == NULL ? 0 : table->mask + 1;
    table->entries = entries;
    table->mask = size - 1;
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].object == NULL) continue;
        size_t at = id_place(table, old[i].object);
        while (entries[at].object != NULL) at = (at + 1) & table->mask;
        entries[at] = old[i];
    }
    buffer_free(vm, old, old_size * sizeof *old);
    return true;
}

int64_t object_id(VM *vm, Value v) {
    if (!is_object(v)) return (int64_t)(v.bits >> 2 << 1 & INT64_MAX) | 1;
    IdTable *table = vm->ids;
    if (table == NULL) {
        table = vm->ids = buffer_new(vm, sizeof *table);
        if (table == NULL) return -1;
    }
    if ((table->entries == NULL || table->count * 3 >= table->mask * 2) && !id_table_grow(vm, table)) return -1;
    size_t at = id_place(table, to_object(v));
    for (; table->entries[at].object != NULL; at = (at + 1) & table->mask) {
        if (table->entries[at].object == to_object(v)) return (int64_t)table->entries[at].id;
    }
    table->entries[at] = (IdEntry){to_object(v), UINT64_C(0x7f0000000000) + vm->next_id++ * 16};
    table->count++;
    gc_tenure(vm, to_object(v));   // young collections do not look at this table
    return (int64_t)table->entries[at].id;
}

// Takes an entry out; those behind it that it kept from their places move up.
static void id_remove(IdTable *table, size_t at) {
    size_t hole = at;
    for (size_t i = (at + 1) & table->mask; table->entries[i].object != NULL; i = (i + 1) & table->mask) {
        size_t place = id_place(table, table->entries[i].object);
        if (((i - place) & table->mask) < ((i - hole) & table->mask)) continue;
        table->entries[hole] = table->entries[i];
        hole = i;
    }
    table->entries[hole] = (IdEntry){NULL, 0};
    table->count--;
}

void object_ids_sweep(VM *vm) {
    IdTable *table = vm->ids;
    if (table == NULL || table->entries == NULL || table->count == 0) return;
    for (size_t i = 0; i <= table->mask;) {
        IdEntry *entry = &table->entries[i];
        if (entry->object == NULL || gc_is_marked(entry->object)) i++;
        else id_remove(table, i);
    }
}

void object_ids_free(VM *vm) {
    IdTable *table = vm->ids;
    if (table == NULL) return;
    if (table->entries != NULL) buffer_free(vm, table->entries, (table->mask + 1) * sizeof *table->entries);
    buffer_free(vm, table, sizeof *table);
    vm->ids = NULL;
}

Str *default_repr(VM *vm, Value v) {
    Str *name = class_full_name(vm, class_of(vm, v));
    if (name == NULL) return NULL;
    int64_t id = object_id(vm, v);
    if (id == -1) return NULL;
    char digits[24];
    size_t at = sizeof digits;
    for (uint64_t rest = (uint64_t)id; rest != 0; rest >>= 4) digits[--at] = "0123456789abcdef"[rest & 15];
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add(&b, "<", 1);
    str_builder_add_str(&b, name);
    str_builder_add_c(&b, " object at 0x");
    str_builder_add(&b, digits + at, sizeof digits - at);
    str_builder_add(&b, ">", 1);
    return str_builder_finish(&b);
}
