// Letter case, and what kinds of characters a str is made of: lower(), title(), isalpha() ...
#include "vm/types/str_parts.h"

#include "base/unicode.h"
#include "base/utf8.h"

// ---- changing case

static inline bool is_ascii_upper(uint8_t c) { return (uint8_t)(c - 'A') < 26; }
static inline bool is_ascii_lower(uint8_t c) { return (uint8_t)(c - 'a') < 26; }
static inline bool is_ascii_letter(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }

typedef enum CaseChange { CASE_LOWER, CASE_UPPER, CASE_FOLD, CASE_SWAP, CASE_CAPITALIZE, CASE_TITLE } CaseChange;

static void change_ascii(char *out, const char *in, size_t size, CaseChange change) {
    switch (change) {
    case CASE_LOWER:
    case CASE_FOLD:
        for (size_t i = 0; i < size; i++) out[i] = (char)(in[i] | is_ascii_upper((uint8_t)in[i]) << 5);
        return;
    case CASE_UPPER:
        for (size_t i = 0; i < size; i++) out[i] = (char)(in[i] & ~(is_ascii_lower((uint8_t)in[i]) << 5));
        return;
    case CASE_SWAP:
        for (size_t i = 0; i < size; i++) out[i] = (char)(in[i] ^ is_ascii_letter((uint8_t)in[i]) << 5);
        return;
    case CASE_CAPITALIZE:
    case CASE_TITLE: {
        bool in_word = false;
        for (size_t i = 0; i < size; i++) {
            bool letter = is_ascii_letter((uint8_t)in[i]);
            out[i] = (char)(!letter ? in[i] : in_word ? in[i] | 32 : in[i] & ~32);
            in_word = letter || change == CASE_CAPITALIZE;
        }
        return;
    }
    }
}

// A capital sigma at the end of a word has a small letter of its own: letters before it, none after, what case ignores left out.
static bool sigma_is_final(Str *s, size_t at) {
    const char *start = s->data, *end = s->data + s->size, *before = s->data + at;
    bool cased_before = false;
    while (before > start) {
        uint32_t c;
        before = utf8_previous(before);
        utf8_decode(before, &c);
        if (unicode_is_case_ignorable(c)) continue;
        cased_before = unicode_is_cased(c);
        break;
    }
    if (!cased_before) return false;
    for (const char *after = s->data + at + 2; after < end;) {
        uint32_t c;
        after += utf8_decode(after, &c);
        if (!unicode_is_case_ignorable(c)) return !unicode_is_cased(c);
    }
    return true;
}

enum { CAPITAL_SIGMA = 0x3A3, SMALL_SIGMA = 0x3C3, FINAL_SIGMA = 0x3C2 };

static size_t lower_at(Str *s, size_t at, uint32_t c, uint32_t out[UNICODE_CASE_MAX]) {
    if (c != CAPITAL_SIGMA) return unicode_to_lower(c, out);
    out[0] = sigma_is_final(s, at) ? FINAL_SIGMA : SMALL_SIGMA;
    return 1;
}

static Value change_case(VM *vm, Str *s, CaseChange change) {
    if (!text_charge(vm, s->size) || str_data(vm, s) == NULL) return ERROR;
    if (s->size == 0) return from_object(vm->empty_str);
    if (str_is_ascii(s)) {
        char *out;
        if (s->size == 1) {
            char one;
            change_ascii(&one, s->data, 1, change);
            return from_object(vm->ascii_strs[(uint8_t)one]);
        }
        Str *result = str_new_raw(vm, s->size, s->size, &out);
        if (result == NULL) return ERROR;
        change_ascii(out, s->data, s->size, change);
        return from_object(result);
    }
    StrBuilder b = STR_BUILDER(vm);
    if (!str_builder_reserve(&b, s->size)) return ERROR;
    bool in_word = false;
    for (size_t at = 0; at < s->size;) {
        uint32_t c, out[UNICODE_CASE_MAX];
        if ((uint8_t)s->data[at] < 0x80) {
            char one;
            bool letter = is_ascii_letter((uint8_t)s->data[at]);
            change_ascii(&one, s->data + at, 1, change < CASE_CAPITALIZE ? change : in_word ? CASE_LOWER : CASE_UPPER);
            in_word = change == CASE_CAPITALIZE || letter;
            if (!str_builder_put(&b, (uint8_t)one)) return ERROR;
            at++;
            continue;
        }
        size_t size = utf8_decode(s->data + at, &c), count = 0;
        switch (change) {
        case CASE_LOWER: count = lower_at(s, at, c, out); break;
        case CASE_UPPER: count = unicode_to_upper(c, out); break;
        case CASE_FOLD: count = unicode_fold_case(c, out); break;
        case CASE_SWAP:
            count = unicode_is_upper(c)   ? lower_at(s, at, c, out)
                    : unicode_is_lower(c) ? unicode_to_upper(c, out)
                                          : (out[0] = c, 1);
            break;
        case CASE_CAPITALIZE:
        case CASE_TITLE:
            count = in_word ? lower_at(s, at, c, out) : unicode_to_title(c, out);
            in_word = change == CASE_CAPITALIZE || unicode_is_cased(c);
            break;
        }
        for (size_t i = 0; i < count; i++) {
            if (!str_builder_put(&b, out[i])) return ERROR;
        }
        at += size;
    }
    return str_or_error(str_builder_finish(&b));
}

#define CHANGE_METHOD(name, change) \
    Value str_##name##_method(VM *vm, const Value *args, int argc) { return change_case(vm, to_str(args[0]), change); }
CHANGE_METHOD(lower, CASE_LOWER)
CHANGE_METHOD(upper, CASE_UPPER)
CHANGE_METHOD(title, CASE_TITLE)
CHANGE_METHOD(capitalize, CASE_CAPITALIZE)
CHANGE_METHOD(swapcase, CASE_SWAP)
CHANGE_METHOD(casefold, CASE_FOLD)

// ---- asking

static Value all_are(VM *vm, Str *s, bool (*is)(uint32_t), bool if_empty) {
    const char *at = text_charge(vm, s->size) ? str_data(vm, s) : NULL;
    if (at == NULL) return ERROR;
    if (s->size == 0) return from_bool(if_empty);
    for (const char *end = at + s->size; at < end;) {
        uint32_t c;
        at += utf8_decode(at, &c);
        if (!is(c)) return FALSE_VALUE;
    }
    return TRUE_VALUE;
}

#define ALL_METHOD(name, is, if_empty)                                                                                 \
    Value str_##name##_method(VM *vm, const Value *args, int argc) {                                                   \
        return all_are(vm, to_str(args[0]), is, if_empty);                                                             \
    }
ALL_METHOD(isalpha, unicode_is_alpha, false)
ALL_METHOD(isalnum, unicode_is_alnum, false)
ALL_METHOD(isdecimal, unicode_is_decimal, false)
ALL_METHOD(isdigit, unicode_is_digit, false)
ALL_METHOD(isnumeric, unicode_is_numeric, false)
ALL_METHOD(isspace, unicode_is_space, false)
ALL_METHOD(isprintable, unicode_is_printable, true)

Value str_isascii_method(VM *vm, const Value *args, int argc) { return from_bool(str_is_ascii(to_str(args[0]))); }

// islower and isupper: there are cased characters, and none of the other case.
static Value all_in_case(VM *vm, Str *s, bool (*wanted)(uint32_t), bool (*other)(uint32_t)) {
    const char *at = text_charge(vm, s->size) ? str_data(vm, s) : NULL;
    if (at == NULL) return ERROR;
    bool any = false;
    for (const char *end = at + s->size; at < end;) {
        uint32_t c;
        at += utf8_decode(at, &c);
        if (other(c) || unicode_is_title(c)) return FALSE_VALUE;
        any = any || wanted(c);
    }
    return from_bool(any);
}

Value str_islower_method(VM *vm, const Value *args, int argc) {
    return all_in_case(vm, to_str(args[0]), unicode_is_lower, unicode_is_upper);
}
Value str_isupper_method(VM *vm, const Value *args, int argc) {
    return all_in_case(vm, to_str(args[0]), unicode_is_upper, unicode_is_lower);
}

// Upper and title case stand only behind what has no case, lower case only behind what has.
Value str_istitle_method(VM *vm, const Value *args, int argc) {
    const char *at = text_charge(vm, to_str(args[0])->size) ? str_data(vm, to_str(args[0])) : NULL;
    if (at == NULL) return ERROR;
    bool any = false, in_word = false;
    for (const char *end = at + to_str(args[0])->size; at < end;) {
        uint32_t c;
        at += utf8_decode(at, &c);
        if (unicode_is_upper(c) || unicode_is_title(c)) {
            if (in_word) return FALSE_VALUE;
            any = in_word = true;
        } else if (unicode_is_lower(c)) {
            if (!in_word) return FALSE_VALUE;
            any = in_word = true;
        } else {
            in_word = false;
        }
    }
    return from_bool(any);
}

Value str_isidentifier_method(VM *vm, const Value *args, int argc) {
    const char *start = text_charge(vm, to_str(args[0])->size) ? str_data(vm, to_str(args[0])) : NULL, *at = start;
    if (at == NULL) return ERROR;
    for (const char *end = at + to_str(args[0])->size; at < end;) {
        uint32_t c;
        bool first = at == start;
        at += utf8_decode(at, &c);
        if (c != '_' && !(first ? unicode_is_xid_start(c) : unicode_is_xid_continue(c))) return FALSE_VALUE;
    }
    return from_bool(at > start);
}
