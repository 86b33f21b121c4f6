// time: clocks, sleep, and the calendar of the C library. strptime() is in time_parse.c.
//
// Functions have no module at hand, so the class struct_time is looked up in the module's namespace through sys.modules.
#include "stdlib/time_internal.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "vm/call.h"
#include "vm/doors.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/threads.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/struct_sequence.h"

enum { TM_FIELDS = 9, TM_FIELDS_ALL = 11, SLEEP_SLICE_NS = 50 * 1000 * 1000 };

static const int64_t NS_PER_SECOND = 1000 * 1000 * 1000;

// ---- clocks

static const struct { const char *name, *implementation; clockid_t id; bool monotonic; } clocks[] = {
    {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true},
    {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true},
    {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", CLOCK_PROCESS_CPUTIME_ID, true},
    {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", CLOCK_THREAD_CPUTIME_ID, true},
    {"time", "clock_gettime(CLOCK_REALTIME)", CLOCK_REALTIME, false},
};

static int64_t system_clock(clockid_t id) {
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

// False, with PermissionError: the host has not opened the clock.
static bool clock_read(VM *vm, clockid_t id, int64_t *out_ns) {
    bool is_virtual = vm->virtual_time && !vm->doors.clock;
    if (!is_virtual && !door_clock(vm)) return false;
    *out_ns = is_virtual ? vm->virtual_now_ns : system_clock(id);
    return true;
}

static Value seconds_of(VM *vm, clockid_t id) {
    int64_t ns;
    return clock_read(vm, id, &ns) ? float_new(vm, (double)ns / 1e9) : ERROR;
}

static Value nanoseconds_now(VM *vm, clockid_t id) {
    int64_t ns;
    return clock_read(vm, id, &ns) ? int_from_i64(vm, ns) : ERROR;
}

static Value time_time(VM *vm, const Value *args, int argc) { return seconds_of(vm, CLOCK_REALTIME); }
static Value time_time_ns(VM *vm, const Value *args, int argc) { return nanoseconds_now(vm, CLOCK_REALTIME); }
static Value time_monotonic(VM *vm, const Value *args, int argc) { return seconds_of(vm, CLOCK_MONOTONIC); }
static Value time_monotonic_ns(VM *vm, const Value *args, int argc) { return nanoseconds_now(vm, CLOCK_MONOTONIC); }
static Value time_process_time(VM *vm, const Value *args, int argc) { return seconds_of(vm, CLOCK_PROCESS_CPUTIME_ID); }
static Value time_process_time_ns(VM *vm, const Value *args, int argc) { return nanoseconds_now(vm, CLOCK_PROCESS_CPUTIME_ID); }
static Value time_thread_time(VM *vm, const Value *args, int argc) { return seconds_of(vm, CLOCK_THREAD_CPUTIME_ID); }
static Value time_thread_time_ns(VM *vm, const Value *args, int argc) { return nanoseconds_now(vm, CLOCK_THREAD_CPUTIME_ID); }

static bool info_set(VM *vm, Value info, const char *name, Value value) {
    Str *key = str_intern_c(vm, name);
    return key != NULL && !is_error(value) && attr_set(vm, info, key, value);
}

static Value time_get_clock_info(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0])) return raise_type_error(vm, "get_clock_info() argument 1 must be str, not %T", args[0]);
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        if (!str_equals_c(vm, to_str(args[0]), clocks[i].name)) continue;
        struct timespec resolution = {0, 1};
        clock_getres(clocks[i].id, &resolution);
        Value info = instance_new(vm, vm->types.simple_namespace);
        Str *implementation = str_from_c(vm, clocks[i].implementation);
        if (is_error(info) || implementation == NULL) return ERROR;
        bool done = info_set(vm, info, "implementation", from_object(implementation)) &&
                    info_set(vm, info, "monotonic", from_bool(clocks[i].monotonic)) &&
                    info_set(vm, info, "adjustable", from_bool(!clocks[i].monotonic)) &&
                    info_set(vm, info, "resolution", float_new(vm, (double)resolution.tv_sec + (double)resolution.tv_nsec * 1e-9));
        return done ? info : ERROR;
    }
    return raise_value_error(vm, "unknown clock");
}

// ---- sleep

// Seconds, int or float, as nanoseconds, rounded up so that a sleep is never shorter.
static bool nanoseconds_of(VM *vm, Value v, int64_t *out) {
    if (is_any_float(v)) {
        double seconds = float_value(v), ns = ceil(seconds * 1e9);
        if (isnan(seconds)) return raise_value_error(vm, "Invalid value NaN (not a number)"), false;
        if (!(fabs(ns) < 9.2e18)) return raise_error(vm, vm->exc.OverflowError, "timestamp out of range for platform time_t"), false;
        *out = (int64_t)ns;
        return true;
    }
    Value whole = value_index(vm, v);
    int64_t seconds;
    if (is_error(whole)) return false;
    if (!int_as_i64(whole, &seconds) || __builtin_mul_overflow(seconds, NS_PER_SECOND, out))
        return raise_error(vm, vm->exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
    return true;
}

// In slices, so that an interrupt asked for by another thread is seen, too; a signal ends a slice early.
static Value time_sleep(VM *vm, const Value *args, int argc) {
    int64_t ns;
    if (!nanoseconds_of(vm, args[0], &ns)) return ERROR;
    if (ns < 0) return raise_value_error(vm, "sleep length must be non-negative");
    if (vm->virtual_time && !vm->doors.clock) {
        if (__builtin_add_overflow(vm->virtual_now_ns, ns, &vm->virtual_now_ns)) vm->virtual_now_ns = INT64_MAX;
        return vm_wake(vm) ? NONE : ERROR;
    }
    int64_t now = system_clock(CLOCK_MONOTONIC), end = now > INT64_MAX - ns ? INT64_MAX : now + ns;
    do {
        int64_t slice = end - now < SLEEP_SLICE_NS ? end - now : SLEEP_SLICE_NS;
        if (slice > 0) {
            struct timespec pause = {.tv_nsec = limits_wait_ns(vm, slice)};
            void *outside = vm_release(vm);
            nanosleep(&pause, NULL);
            vm_acquire(vm, outside);
        }
        if (!vm_wake(vm)) return ERROR;
        now = system_clock(CLOCK_MONOTONIC);
    } while (now < end);
    return NONE;
}

// ---- struct_time

Class *struct_time_class(VM *vm) {
    Str *module_name = str_intern_c(vm, "time"), *name = str_intern_c(vm, "struct_time");
    if (module_name == NULL || name == NULL) return NULL;
    Value module = dict_get_str(vm, vm->modules, module_name);
    Value cls = is_module(module) ? dict_get_str(vm, to_module(module)->dict, name) : UNDEFINED;
    if (is_class(cls)) return to_class(cls);
    raise_error(vm, vm->exc.RuntimeError, "lost time.struct_time");
    return NULL;
}

Value struct_time_from_tm(VM *vm, const struct tm *tm, const char *zone_or_null, long offset) {
    Class *cls = struct_time_class(vm);
    if (cls == NULL) return ERROR;
    Value values[TM_FIELDS_ALL] = {from_int((int64_t)tm->tm_year + 1900), from_int(tm->tm_mon + 1), from_int(tm->tm_mday), from_int(tm->tm_hour),
                                   from_int(tm->tm_min), from_int(tm->tm_sec), from_int((tm->tm_wday + 6) % 7), from_int(tm->tm_yday + 1),
                                   from_int(tm->tm_isdst), NONE, NONE};
    if (zone_or_null != NULL) {
        Str *zone = str_from_c(vm, zone_or_null);
        if (zone == NULL) return ERROR;
        values[9] = from_object(zone);
        values[10] = from_int(offset);
    }
    return struct_sequence_new(vm, cls, values, TM_FIELDS_ALL);
}

// The argument of gmtime() and its kin: now, when it is missing or None. Fractions are cut off towards the past.
static bool seconds_argument(VM *vm, const Value *args, int argc, time_t *out) {
    Value v = arg_or(args, argc, 0, NONE);
    if (is_none(v)) {
        int64_t now;
        if (!clock_read(vm, CLOCK_REALTIME, &now)) return false;
        *out = (time_t)(now / NS_PER_SECOND);
        return true;
    }
    if (is_any_float(v)) {
        double seconds = floor(float_value(v));
        if (isnan(seconds)) return raise_value_error(vm, "Invalid value NaN (not a number)"), false;
        if (!(fabs(seconds) < 9.2e18)) return raise_error(vm, vm->exc.OverflowError, "timestamp out of range for platform time_t"), false;
        *out = (time_t)seconds;
        return true;
    }
    Value whole = value_index(vm, v);
    int64_t seconds;
    if (is_error(whole)) return false;
    if (!int_as_i64(whole, &seconds)) return raise_error(vm, vm->exc.OverflowError, "timestamp out of range for platform time_t"), false;
    *out = (time_t)seconds;
    return true;
}

// Without the environment there is no time zone either.
static bool local_time(VM *vm, time_t seconds, struct tm *out) {
    if (vm->doors.environment) return localtime_r(&seconds, out) != NULL;
    if (gmtime_r(&seconds, out) == NULL) return false;
    out->tm_zone = "UTC";
    return true;
}

static bool local_argument(VM *vm, const Value *args, int argc, struct tm *out) {
    time_t seconds;
    if (!seconds_argument(vm, args, argc, &seconds)) return false;
    errno = 0;
    if (local_time(vm, seconds, out)) return true;
    raise_os_error(vm, errno != 0 ? errno : EINVAL, UNDEFINED);
    return false;
}

static Value time_gmtime(VM *vm, const Value *args, int argc) {
    time_t seconds;
    struct tm tm;
    if (!seconds_argument(vm, args, argc, &seconds)) return ERROR;
    errno = 0;
    if (gmtime_r(&seconds, &tm) == NULL) return raise_os_error(vm, errno != 0 ? errno : EINVAL, UNDEFINED);
    return struct_time_from_tm(vm, &tm, "UTC", 0);
}

static Value time_localtime(VM *vm, const Value *args, int argc) {
    struct tm tm;
    if (!local_argument(vm, args, argc, &tm)) return ERROR;
    return struct_time_from_tm(vm, &tm, tm.tm_zone, tm.tm_gmtoff);
}

// A tuple of nine as a struct tm, unchecked.
static bool tm_from_tuple(VM *vm, Value v, const char *function, struct tm *out) {
    if (!is_tuple(v)) return raise_type_error(vm, "Tuple or struct_time argument required"), false;
    if (to_tuple(v)->count != TM_FIELDS) return raise_type_error(vm, "%s(): illegal time tuple argument", function), false;
    int fields[TM_FIELDS];
    for (int i = 0; i < TM_FIELDS; i++) {
        Value whole = value_index(vm, to_tuple(v)->items[i]);
        int64_t number;
        if (is_error(whole)) return false;
        if (!int_as_i64(whole, &number)) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int"), false;
        if (number > INT_MAX) return raise_error(vm, vm->exc.OverflowError, "signed integer is greater than maximum"), false;
        if (number < INT_MIN + 1900) return raise_error(vm, vm->exc.OverflowError, i == 0 ? "year out of range" : "signed integer is less than minimum"), false;
        fields[i] = (int)number;
    }
    *out = (struct tm){.tm_year = fields[0] - 1900, .tm_mon = fields[1] - 1, .tm_mday = fields[2], .tm_hour = fields[3], .tm_min = fields[4],
                       .tm_sec = fields[5], .tm_wday = fields[6] == INT_MAX ? -1 : (fields[6] + 1) % 7, .tm_yday = fields[7] - 1, .tm_isdst = fields[8]};
    Str *zone_name = str_intern_c(vm, "tm_zone"), *offset_name = str_intern_c(vm, "tm_gmtoff");
    if (zone_name == NULL || offset_name == NULL) return false;
    Value offset = class_of(vm, v) == struct_time_class(vm) ? attr_get_optional(vm, v, offset_name) : UNDEFINED;
    if (is_error(offset)) return false;
    if (is_int(offset)) out->tm_gmtoff = (long)to_int(offset);
    return true;
}

// Zeros become the least value there is, as CPython does for strftime() and asctime(); what is out of range is refused.
static bool tm_check(VM *vm, struct tm *tm) {
    if (tm->tm_mon == -1) tm->tm_mon = 0;
    if (tm->tm_mday == 0) tm->tm_mday = 1;
    if (tm->tm_yday == -1) tm->tm_yday = 0;
    const struct { bool bad; const char *text; } checks[] = {
        {tm->tm_mon < 0 || tm->tm_mon > 11, "month out of range"},
        {tm->tm_mday < 0 || tm->tm_mday > 31, "day of month out of range"},
        {tm->tm_hour < 0 || tm->tm_hour > 23, "hour out of range"},
        {tm->tm_min < 0 || tm->tm_min > 59, "minute out of range"},
        {tm->tm_sec < 0 || tm->tm_sec > 61, "seconds out of range"},
        {tm->tm_wday < 0, "day of week out of range"},
        {tm->tm_yday < 0 || tm->tm_yday > 365, "day of year out of range"},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (checks[i].bad) return raise_value_error(vm, "%s", checks[i].text), false;
    return true;
}

// The optional tuple of strftime() and asctime(): the local time now, when it is missing.
static bool tm_argument(VM *vm, const Value *args, int argc, int index, const char *function, struct tm *out) {
    if (!arg_given(args, argc, index)) return local_argument(vm, NULL, 0, out);
    return tm_from_tuple(vm, args[index], function, out) && tm_check(vm, out);
}

// ---- text

static Value asctime_text(VM *vm, const struct tm *tm) {
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[64];
    snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %d", days + 3 * tm->tm_wday, months + 3 * tm->tm_mon, tm->tm_mday, tm->tm_hour,
             tm->tm_min, tm->tm_sec, 1900 + tm->tm_year);
    Str *result = str_from_c(vm, text);
    return result == NULL ? ERROR : from_object(result);
}

static Value time_asctime(VM *vm, const Value *args, int argc) {
    struct tm tm;
    return tm_argument(vm, args, argc, 0, "asctime", &tm) ? asctime_text(vm, &tm) : ERROR;
}

static Value time_ctime(VM *vm, const Value *args, int argc) {
    struct tm tm;
    return local_argument(vm, args, argc, &tm) ? asctime_text(vm, &tm) : ERROR;
}

// The C library formats into a buffer that grows until it suffices; an empty result looks like one that did not fit, hence the bound.
static Value time_strftime(VM *vm, const Value *args, int argc) {
    struct tm tm;
    if (!is_str(args[0])) return raise_type_error(vm, "strftime() argument 1 must be str, not %T", args[0]);
    if (!tm_argument(vm, args, argc, 1, "strftime", &tm)) return ERROR;
    tm.tm_isdst = tm.tm_isdst < -1 ? -1 : tm.tm_isdst > 1 ? 1 : tm.tm_isdst;
    Str *format = to_str(args[0]);
    const char *data = str_data(vm, format);
    if (data == NULL) return ERROR;
    if (memchr(data, 0, format->size) != NULL) return raise_value_error(vm, "embedded null character");
    if (format->size == 0) return from_object(vm->empty_str);
    tm.tm_zone = !vm->doors.environment ? "UTC" : tm.tm_isdst > 0 ? tzname[1] : tzname[0];
    Value result = ERROR;
    char *pattern = buffer_new(vm, format->size + 1);
    if (pattern == NULL) return ERROR;
    memcpy(pattern, data, format->size);
    for (size_t capacity = 256;; capacity *= 4) {
        char *text = buffer_new(vm, capacity);
        if (text == NULL) break;
        size_t size = strftime(text, capacity, pattern, &tm);
        if (size > 0 || capacity >= 256 * format->size) {
            Str *s = str_from_latin1_or_utf8(vm, text, size, "surrogateescape");
            if (s != NULL) result = from_object(s);
            buffer_free(vm, text, capacity);
            break;
        }
        buffer_free(vm, text, capacity);
    }
    buffer_free(vm, pattern, format->size + 1);
    return result;
}

static Value time_mktime(VM *vm, const Value *args, int argc) {
    struct tm tm;
    if (!tm_from_tuple(vm, args[0], "mktime", &tm)) return ERROR;
    tm.tm_wday = -1;   // mktime() sets it when it succeeds: -1 seconds is a time, too
    time_t seconds = vm->doors.environment ? mktime(&tm) : timegm(&tm);
    if (seconds == (time_t)-1 && tm.tm_wday == -1) return raise_error(vm, vm->exc.OverflowError, "mktime argument out of range");
    return float_new(vm, (double)seconds);
}

// ---- the module

static bool zone_constants(VM *vm, Module *module) {
    static const time_t YEAR = (365 * 24 + 6) * 3600;
    if (vm->doors.environment) tzset();
    time_t now = (time_t)(system_clock(CLOCK_REALTIME) / NS_PER_SECOND) / YEAR * YEAR;
    struct tm january = {0}, july = {0};
    local_time(vm, now, &january);
    char january_name[32], july_name[32];
    snprintf(january_name, sizeof january_name, "%s", january.tm_zone != NULL ? january.tm_zone : "UTC");
    now += YEAR / 2;
    local_time(vm, now, &july);
    snprintf(july_name, sizeof july_name, "%s", july.tm_zone != NULL ? july.tm_zone : "UTC");
    // South of the equator it is January that has daylight saving time.
    bool south = january.tm_gmtoff > july.tm_gmtoff;
    Str *standard = str_from_c(vm, south ? july_name : january_name), *saving = str_from_c(vm, south ? january_name : july_name);
    Tuple *names = standard == NULL || saving == NULL ? NULL : tuple_pack(vm, 2, from_object(standard), from_object(saving));
    return names != NULL && module_add(vm, module, "timezone", from_int(-(south ? july : january).tm_gmtoff)) &&
           module_add(vm, module, "altzone", from_int(-(south ? january : july).tm_gmtoff)) &&
           module_add(vm, module, "daylight", from_int(january.tm_gmtoff != july.tm_gmtoff)) && module_add(vm, module, "tzname", from_object(names));
}

static Value time_tzset(VM *vm, const Value *args, int argc) {
    Str *name = str_intern_c(vm, "time");
    Value module = name == NULL ? ERROR : dict_get_str(vm, vm->modules, name);
    if (is_error(module)) return ERROR;
    return !is_module(module) || zone_constants(vm, to_module(module)) ? NONE : ERROR;
}

static bool time_init_module(VM *vm, Module *module) {
    static const struct { const char *name; int64_t value; } clock_ids[] = {
        {"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
        {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
    };
    for (size_t i = 0; i < sizeof clock_ids / sizeof clock_ids[0]; i++)
        if (!module_add(vm, module, clock_ids[i].name, from_int(clock_ids[i].value))) return false;
    Class *cls = struct_sequence_class(vm, "time.struct_time", "tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst", "tm_zone tm_gmtoff");
    return cls != NULL && module_add(vm, module, "struct_time", from_object(cls)) && zone_constants(vm, module);
}

static Value clock_argument_read(VM *vm, Value v, struct timespec *out, int (*read)(clockid_t, struct timespec *)) {
    int64_t id;
    if (!door_clock(vm) || !value_as_i64(vm, v, &id)) return ERROR;
    if (id < INT_MIN || id > INT_MAX || read((clockid_t)id, out) != 0) return raise_os_error(vm, EINVAL, UNDEFINED);
    return NONE;
}

static Value time_clock_gettime(VM *vm, const Value *args, int argc) {
    struct timespec now;
    if (is_error(clock_argument_read(vm, args[0], &now, clock_gettime))) return ERROR;
    return float_new(vm, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
}

static Value time_clock_gettime_ns(VM *vm, const Value *args, int argc) {
    struct timespec now;
    if (is_error(clock_argument_read(vm, args[0], &now, clock_gettime))) return ERROR;
    return int_from_i64(vm, (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec);
}

static Value time_clock_getres(VM *vm, const Value *args, int argc) {
    struct timespec resolution;
    if (is_error(clock_argument_read(vm, args[0], &resolution, clock_getres))) return ERROR;
    return float_new(vm, (double)resolution.tv_sec + (double)resolution.tv_nsec * 1e-9);
}

static const NativeDef time_functions[] = {
    {"time()", time_time, "Seconds since the epoch, as a float.", 0},
    {"time_ns()", time_time_ns, "Nanoseconds since the epoch, as an int.", 0},
    {"monotonic()", time_monotonic, "Seconds of a clock that cannot go backward.", 0},
    {"monotonic_ns()", time_monotonic_ns, "Nanoseconds of a clock that cannot go backward.", 0},
    {"perf_counter()", time_monotonic, "Seconds of the clock for measuring performance.", 0},
    {"perf_counter_ns()", time_monotonic_ns, "Nanoseconds of the clock for measuring performance.", 0},
    {"process_time()", time_process_time, "Processor time of the process, in seconds.", 0},
    {"process_time_ns()", time_process_time_ns, "Processor time of the process, in nanoseconds.", 0},
    {"thread_time()", time_thread_time, "Processor time of the thread, in seconds.", 0},
    {"thread_time_ns()", time_thread_time_ns, "Processor time of the thread, in nanoseconds.", 0},
    {"clock_gettime(clk_id, /)", time_clock_gettime, "Time of a clock, in seconds.", 0},
    {"clock_gettime_ns(clk_id, /)", time_clock_gettime_ns, "Time of a clock, in nanoseconds.", 0},
    {"clock_getres(clk_id, /)", time_clock_getres, "Resolution of a clock, in seconds.", 0},
    {"get_clock_info(name, /)", time_get_clock_info, "What is known about a clock.", 0},
    {"sleep(seconds, /)", time_sleep, "Delay execution for a number of seconds, which may be a fraction.", 0},
    {"gmtime(seconds=None, /)", time_gmtime, "The struct_time in UTC of seconds since the epoch; of now without them.", 0},
    {"localtime(seconds=None, /)", time_localtime, "The local struct_time of seconds since the epoch; of now without them.", 0},
    {"asctime(tuple=?, /)", time_asctime, "A time tuple as text like 'Sat Jun 06 16:26:11 1998'.", 0},
    {"ctime(seconds=None, /)", time_ctime, "asctime(localtime(seconds))", 0},
    {"strftime(format, tuple=?, /)", time_strftime, "A time tuple as text in a given format.", 0},
    {"strptime(string, format='%a %b %d %H:%M:%S %Y', /)", time_strptime, "The time tuple that a text in a given format means.", 0},
    {"mktime(tuple, /)", time_mktime, "Seconds since the epoch of a local time tuple.", 0},
    {"tzset()", time_tzset, "Read the time zone anew from the environment.", 0},
    {0},
};

const ModuleDef module_time = {"time", "Clocks, sleeping, and conversions between kinds of time.", time_functions, time_init_module};
