// The format mini-language and the writing of numbers: what format(), f-strings, str.format and % share.
#ifndef COIL_VM_TYPES_FORMAT_H
#define COIL_VM_TYPES_FORMAT_H

#include "vm/types/str.h"

// [[fill]align][sign][z][#][0][width][grouping][.precision][type]
typedef struct FormatSpec {
    uint32_t fill;          // ' ' unless given
    uint32_t type;          // 0: none given
    char align;             // '<' '>' '=' '^'
    char sign;              // '+' '-' ' '; 0: none given
    char grouping;          // ',' '_' or 0
    bool alternate, no_negative_zero;
    ptrdiff_t width, precision;   // -1: none given
} FormatSpec;

// False with ValueError raised; `subject` is the object whose type the error names. A leading 0 in the width makes the fill '0' and,
// where default_align is '>', the alignment '='. type and align are the defaults where none are given.
MUST_CHECK bool format_spec_parse(VM *vm, Str *spec, Value subject, char default_type, char default_align, FormatSpec *out);

// T.__format__(value, spec) of the built-in types.
MUST_CHECK Str *format_str(VM *vm, Str *s, Str *spec);
MUST_CHECK Str *format_int(VM *vm, Value v, Str *spec);                       // int, bool or an instance of a subclass
MUST_CHECK Str *format_float(VM *vm, double d, Str *spec);
MUST_CHECK Str *format_complex(VM *vm, Value complex, Str *spec);

// Digits of a double into the builder, as CPython's PyOS_double_to_string: code is one of 'e' 'E' 'f' 'F' 'g' 'G', or 'r' for the shortest
// repr (precision is not looked at). alternate keeps the point; add_dot_0 appends ".0" to what looks like an int. With sign: a '+'
// before what is not negative.
bool double_format(StrBuilder *b, double d, char code, int precision, bool alternate, bool add_dot_0, bool sign);

#endif
