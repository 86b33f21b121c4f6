// Unicode: what characters are, and how their case changes. All functions take any code point, surrogates included.
#ifndef COIL_BASE_UNICODE_H
#define COIL_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// As the methods of Python's str decide, character by character.
bool unicode_is_alpha(uint32_t code_point);
bool unicode_is_decimal(uint32_t code_point);
bool unicode_is_digit(uint32_t code_point);
bool unicode_is_numeric(uint32_t code_point);
bool unicode_is_alnum(uint32_t code_point);
bool unicode_is_space(uint32_t code_point);
bool unicode_is_linebreak(uint32_t code_point); // str.splitlines()
bool unicode_is_printable(uint32_t code_point);
bool unicode_is_upper(uint32_t code_point);     // has the property Uppercase
bool unicode_is_lower(uint32_t code_point);
bool unicode_is_title(uint32_t code_point);     // titlecase letters (Lt)
bool unicode_is_cased(uint32_t code_point);
bool unicode_is_case_ignorable(uint32_t code_point);

// Identifiers (PEP 3131); '_' counts as a start only where the caller says so.
bool unicode_is_xid_start(uint32_t code_point);
bool unicode_is_xid_continue(uint32_t code_point);

// Value of a decimal digit (Nd) or of a digit, -1 when it is none.
int unicode_decimal_value(uint32_t code_point);
int unicode_digit_value(uint32_t code_point);
// Value of whatever has one ("½" is 0.5); false when it has none.
bool unicode_numeric_value(uint32_t code_point, double *out_value);

// Two letters such as "Lu"; "Cn" for what is not assigned.
const char *unicode_category(uint32_t code_point);
const char *unicode_bidirectional(uint32_t code_point);
int unicode_combining(uint32_t code_point);
bool unicode_is_mirrored(uint32_t code_point);

enum { UNICODE_CASE_MAX = 3 }; // a character's case form has up to three characters

// Full case mappings; return how many code points were written. Final sigma is the caller's (str.lower()) affair.
size_t unicode_to_upper(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]);
size_t unicode_to_lower(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]);
size_t unicode_to_title(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]);
size_t unicode_fold_case(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]);
// Simple mappings, one to one.
uint32_t unicode_simple_upper(uint32_t code_point);
uint32_t unicode_simple_lower(uint32_t code_point);
uint32_t unicode_simple_title(uint32_t code_point);

// Normal forms over arrays of code points. `unicode_decompose` writes at most `capacity` code points and returns how
// many there are in all (call again with more room when that is larger); canonical order is applied when all fitted.
// `unicode_compose` composes such a result in place and returns the new length.
size_t unicode_decompose(const uint32_t *text, size_t length, bool compatibility, uint32_t *out, size_t capacity);
size_t unicode_compose(uint32_t *text, size_t length);

// East Asian width: 2 for wide and fullwidth, 0 for combining marks, 1 for the rest.
int unicode_width(uint32_t code_point);

#endif
