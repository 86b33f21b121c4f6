// time.strptime(): text to time tuple, by a table of directives.
#include "stdlib/time_internal.h"

#include <string.h>
#include <strings.h>

#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/str.h"

typedef struct Parse {
    const char *text, *end;
    int year, month, day, hour, minute, second, weekday, year_day, century_year;
    int week_of_year, week_starts;      // %U or %W; -1: not given
    bool pm, has_pm, hour12, has_year_day, has_date;
    bool has_zone;
    long offset;
    int isdst;
} Parse;

static const char *const month_names[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
static const char *const day_names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A number of at most `digits` digits, as many as keep it within the bounds.
static bool read_number(Parse *p, int digits, int least, int most, int *out) {
    const char *at = p->text;
    int value = 0, used = 0;
    while (used < digits && at + used < p->end && is_digit(at[used])) {
        int next = value * 10 + (at[used] - '0');
        if (next > most) break;
        value = next;
        used++;
    }
    if (used == 0 || value < least) return false;
    p->text += used;
    *out = value;
    return true;
}

// One of the names, whole or its first three letters.
static bool read_name(Parse *p, const char *const *names, int count, bool whole, int *out) {
    size_t left = (size_t)(p->end - p->text);
    for (int i = 0; i < count; i++) {
        size_t size = whole ? strlen(names[i]) : 3;
        if (size > left || strncasecmp(p->text, names[i], size) != 0) continue;
        p->text += size;
        *out = i;
        return true;
    }
    return false;
}

static bool read_zone(Parse *p) {
    if (p->text < p->end && *p->text == 'Z') {
        p->text++;
        p->has_zone = true;
        return true;
    }
    if (p->text >= p->end || (*p->text != '+' && *p->text != '-')) return false;
    int sign = *p->text++ == '-' ? -1 : 1, hours, minutes, seconds = 0;
    if (p->end - p->text < 2 || !read_number(p, 2, 0, 99, &hours)) return false;
    if (p->text < p->end && *p->text == ':') p->text++;
    if (!read_number(p, 2, 0, 59, &minutes)) return false;
    if (p->end - p->text > 1 && *p->text == ':' && is_digit(p->text[1])) {
        p->text++;
        if (!read_number(p, 2, 0, 61, &seconds)) return false;
    }
    p->offset = sign * (hours * 3600L + minutes * 60 + seconds);
    p->has_zone = true;
    return true;
}

// The local zone's names, UTC and GMT.
static bool read_zone_name(Parse *p) {
    const char *const names[] = {"UTC", "GMT", tzname[0], tzname[1]};
    for (int i = 0; i < 4; i++) {
        size_t size = strlen(names[i]);
        if (size == 0 || size > (size_t)(p->end - p->text) || strncasecmp(p->text, names[i], size) != 0) continue;
        p->text += size;
        p->isdst = i < 3 ? 0 : strcasecmp(tzname[0], tzname[1]) == 0 ? -1 : 1;
        return true;
    }
    return false;
}

static bool read_fraction(Parse *p) {
    int ignored;
    return read_number(p, 6, 0, 999999, &ignored);
}

static bool parse_format(Parse *p, const char *format, const char *format_end, char *out_bad);

// 1: read; 0: the text does not fit; -1: there is no such directive.
static int parse_directive(Parse *p, char directive) {
    int number;
    char bad;
    switch (directive) {
    case 'Y':
        if (p->end - p->text < 4 || !is_digit(p->text[0]) || !is_digit(p->text[1]) || !is_digit(p->text[2]) || !is_digit(p->text[3])) return 0;
        return read_number(p, 4, 0, 9999, &p->year);
    case 'y':
        if (p->end - p->text < 2 || !is_digit(p->text[1]) || !read_number(p, 2, 0, 99, &number)) return 0;
        p->year = number + (number <= 68 ? 2000 : 1900);
        return 1;
    case 'm': p->has_date = true; return read_number(p, 2, 1, 12, &p->month);
    case 'd': p->has_date = true; return read_number(p, 2, 1, 31, &p->day);
    case 'H': return read_number(p, 2, 0, 23, &p->hour);
    case 'I': p->hour12 = true; return read_number(p, 2, 1, 12, &p->hour);
    case 'M': return read_number(p, 2, 0, 59, &p->minute);
    case 'S': return read_number(p, 2, 0, 61, &p->second);
    case 'f': return read_fraction(p);
    case 'j': p->has_year_day = true; return read_number(p, 3, 1, 366, &p->year_day);
    case 'U': case 'W': p->week_starts = directive == 'U' ? 6 : 0; return read_number(p, 2, 0, 53, &p->week_of_year);
    case 'w':
        if (!read_number(p, 1, 0, 6, &number)) return 0;
        p->weekday = (number + 6) % 7;
        return 1;
    case 'u':
        if (!read_number(p, 1, 1, 7, &number)) return 0;
        p->weekday = number - 1;
        return 1;
    case 'a': case 'A': return read_name(p, day_names, 7, directive == 'A', &p->weekday);
    case 'b': case 'B':
        if (!read_name(p, month_names, 12, directive == 'B', &number)) return 0;
        p->month = number + 1;
        p->has_date = true;
        return 1;
    case 'p':
        if (p->end - p->text < 2 || (strncasecmp(p->text, "am", 2) != 0 && strncasecmp(p->text, "pm", 2) != 0)) return 0;
        p->has_pm = true;
        p->pm = (*p->text | 0x20) == 'p';
        p->text += 2;
        return 1;
    case 'z': return read_zone(p);
    case 'Z': return read_zone_name(p);
    case 'c': return parse_format(p, "%a %b %d %H:%M:%S %Y", NULL, &bad);
    case 'x': return parse_format(p, "%m/%d/%y", NULL, &bad);
    case 'X': return parse_format(p, "%H:%M:%S", NULL, &bad);
    case '%':
        if (p->text >= p->end || *p->text != '%') return 0;
        p->text++;
        return 1;
    default: return -1;
    }
}

// *out_bad: the unknown directive, '%' when the format ends in a lone one, 0 when the text does not fit.
static bool parse_format(Parse *p, const char *format, const char *format_end, char *out_bad) {
    if (format_end == NULL) format_end = format + strlen(format);
    *out_bad = 0;
    while (format < format_end) {
        char c = *format++;
        if (is_space(c)) {
            while (format < format_end && is_space(*format)) format++;
            if (p->text >= p->end || !is_space(*p->text)) return false;
            while (p->text < p->end && is_space(*p->text)) p->text++;
        } else if (c == '%') {
            if (format == format_end) {
                *out_bad = '%';
                return false;
            }
            int outcome = parse_directive(p, *format);
            if (outcome < 0) *out_bad = *format;
            if (outcome <= 0) return false;
            format++;
        } else {
            char have = p->text < p->end ? *p->text : 0;
            if (have >= 'A' && have <= 'Z') have |= 0x20;
            if (c >= 'A' && c <= 'Z') c |= 0x20;
            if (p->text >= p->end || have != c) return false;
            p->text++;
        }
    }
    return true;
}

// ---- the calendar

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_in_month(int year, int month) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int day_of_year(int year, int month, int day) {
    for (int m = 1; m < month; m++) day += days_in_month(year, m);
    return day;
}

// Monday is 0.
static int weekday_of(int year, int year_day) {
    int before = year - 1;
    return (before * 365 + before / 4 - before / 100 + before / 400 + year_day - 1) % 7;
}

// A week of the year and a weekday give the day of the year.
static int day_of_week_number(int year, const Parse *p) {
    int first = weekday_of(year, 1), weekday = p->weekday;
    if (p->week_starts == 6) {
        first = (first + 1) % 7;
        weekday = (weekday + 1) % 7;
    }
    if (p->week_of_year == 0) return 1 + weekday - first;
    return 1 + (7 - first) % 7 + 7 * (p->week_of_year - 1) + weekday;
}

static Value parse_result(VM *vm, Parse *p) {
    int year = p->year >= 0 ? p->year : 1900;
    bool leap_day = p->year < 0 && p->month == 2 && p->day == 29;   // without a year it is not an error
    if (leap_day) year = 1904;
    if (p->hour12) p->hour = p->hour % 12 + (p->has_pm && p->pm ? 12 : 0);
    if (p->week_of_year >= 0 && p->weekday >= 0 && !p->has_year_day && !p->has_date) {
        p->year_day = day_of_week_number(year, p);
        if (p->year_day <= 0) {
            year--;
            p->year_day += is_leap(year) ? 366 : 365;
        }
        p->has_year_day = true;
    }
    if (p->has_year_day && !(p->has_date)) {
        p->month = 1;
        p->day = p->year_day;
        while (p->month < 12 && p->day > days_in_month(year, p->month)) p->day -= days_in_month(year, p->month++);
    }
    if (p->has_year_day && p->has_date && p->month == 1 && p->day > days_in_month(year, 1)) p->day = 31;
    if (p->day > days_in_month(year, p->month)) return raise_value_error(vm, "day is out of range for month");
    int year_day = p->has_year_day ? p->year_day : day_of_year(year, p->month, p->day);
    int weekday = p->weekday >= 0 ? p->weekday : weekday_of(year, day_of_year(year, p->month, p->day));
    struct tm tm = {.tm_year = (leap_day ? 1900 : year) - 1900, .tm_mon = p->month - 1, .tm_mday = p->day, .tm_hour = p->hour, .tm_min = p->minute,
                    .tm_sec = p->second, .tm_wday = (weekday + 1) % 7, .tm_yday = year_day - 1, .tm_isdst = p->isdst};
    return struct_time_from_tm(vm, &tm, p->has_zone ? "UTC" : NULL, p->offset);
}

Value time_strptime(VM *vm, const Value *args, int argc) {
    for (int i = 0; i < 2; i++)
        if (arg_given(args, argc, i) && !is_str(args[i])) return raise_type_error(vm, "strptime() argument %d must be str, not %R", i, from_object(class_of(vm, args[i])));
    Str *text = to_str(args[0]), *format = arg_given(args, argc, 1) ? to_str(args[1]) : str_from_c(vm, "%a %b %d %H:%M:%S %Y");
    const char *text_data = str_data(vm, text), *format_data = format == NULL ? NULL : str_data(vm, format);
    if (text_data == NULL || format_data == NULL) return ERROR;
    Parse p = {.text = text_data, .end = text_data + text->size, .year = -1, .month = 1, .day = 1, .weekday = -1, .week_of_year = -1, .isdst = -1};
    char bad;
    if (!parse_format(&p, format_data, format_data + format->size, &bad)) {
        if (bad == '%') return raise_value_error(vm, "stray %% in format '%S'", format);
        if (bad != 0) return raise_value_error(vm, "'%c' is a bad directive in format '%S'", bad, format);
        return raise_value_error(vm, "time data %R does not match format %R", args[0], from_object(format));
    }
    if (p.text < p.end) {
        Str *rest = str_new(vm, p.text, (size_t)(p.end - p.text));
        return rest == NULL ? ERROR : raise_value_error(vm, "unconverted data remains: %S", rest);
    }
    return parse_result(vm, &p);
}
