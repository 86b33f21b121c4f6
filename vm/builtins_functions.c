// The functions of `builtins` that are about values and iteration: len, print, sorted, sum, max and so on.
#include "vm/builtins.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/loop_enter.h"
#include "vm/output.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/function.h"
#include "vm/types/generator.h"
#include "vm/types/int.h"
#include "vm/types/iterator.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/file.h"
#include "vm/types/stream.h"

enum { CHARGE_INTERVAL = 4096 };

// ---- numbers

// At the start of a function that ends in a special method of its first argument.
#define ENTER_SPECIAL(special, extra, step)                                                         \
    if (may_enter(args[0])) {                                                                   \
        Value entered_ = enter_special(vm, args, special, extra, step);                             \
        if (!is_undefined(entered_)) return entered_;                                               \
    }

static Value builtin_abs(VM *vm, const Value *args, int argc) {
    ENTER_SPECIAL(SPECIAL_ABS, UNDEFINED, CALL_PLAIN)
    return unary_op(vm, UNARY_ABS, args[0]);
}

static Value builtin_divmod(VM *vm, const Value *args, int argc) { return binary_op(vm, BINARY_DIVMOD, args[0], args[1], false); }

static Value builtin_pow(VM *vm, const Value *args, int argc) { return power_mod(vm, args[0], args[1], arg_or(args, argc, 2, NONE)); }

static Value builtin_round(VM *vm, const Value *args, int argc) {
    Value digits = arg_or(args, argc, 1, NONE);
    ENTER_SPECIAL(SPECIAL_ROUND, is_none(digits) ? UNDEFINED : digits, CALL_PLAIN)
    Value result = call_special(vm, args[0], SPECIAL_ROUND, &digits, is_none(digits) ? 0 : 1);
    return is_undefined(result) ? raise_type_error(vm, "type %T doesn't define __round__ method", args[0]) : result;
}

static Value in_base(VM *vm, Value v, int base, char letter) {
    Value number = value_index(vm, v);
    Str *digits = is_error(number) ? NULL : int_to_str(vm, number, base);
    const char *data = digits == NULL ? NULL : str_data(vm, digits);
    if (data == NULL) return ERROR;
    size_t sign = data[0] == '-';
    char *text;
    Str *result = str_new_raw(vm, (size_t)digits->size + 2, (size_t)digits->size + 2, &text);
    if (result == NULL) return ERROR;
    if (sign) *text++ = '-';
    *text++ = '0';
    *text++ = letter;
    memcpy(text, data + sign, digits->size - sign);
    gc_keep(digits);
    return from_object(result);
}

static Value builtin_bin(VM *vm, const Value *args, int argc) { return in_base(vm, args[0], 2, 'b'); }
static Value builtin_oct(VM *vm, const Value *args, int argc) { return in_base(vm, args[0], 8, 'o'); }
static Value builtin_hex(VM *vm, const Value *args, int argc) { return in_base(vm, args[0], 16, 'x'); }

// ---- text

static Value builtin_ascii(VM *vm, const Value *args, int argc) { return object_or_error(value_ascii(vm, args[0])); }

static Value builtin_repr(VM *vm, const Value *args, int argc) {
    Value entered = may_enter(args[0]) ? enter_text(vm, args, true, CALL_REPR) : UNDEFINED;
    return is_undefined(entered) ? object_or_error(value_repr(vm, args[0])) : entered;
}

static Value builtin_chr(VM *vm, const Value *args, int argc) {
    Value number = value_index(vm, args[0]);
    if (is_error(number)) return ERROR;
    int64_t code_point;
    if (!int_as_i64(number, &code_point) || code_point < INT32_MIN || code_point > INT32_MAX)
        return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int");
    if (code_point < 0 || code_point > 0x10FFFF) return raise_value_error(vm, "chr() arg not in range(0x110000)");
    if (code_point < 128) return from_object(vm->ascii_strs[code_point]);
    return object_or_error(str_from_code_point(vm, (uint32_t)code_point));
}

static Value builtin_ord(VM *vm, const Value *args, int argc) {
    Value v = args[0];
    size_t length;
    if (is_str(v)) {
        length = to_str(v)->length;
        if (length == 1) return str_data(vm, to_str(v)) == NULL ? ERROR : from_int(str_code_point_at(vm, to_str(v), 0));
    } else if (is_bytes(v)) {
        length = to_bytes(v)->size;
        if (length == 1) return from_int(to_bytes(v)->data[0]);
    } else if (is_bytearray(v)) {
        length = to_bytearray(v)->size;
        if (length == 1) return from_int(to_bytearray(v)->data[0]);
    } else {
        return raise_type_error(vm, "ord() expected string of length 1, but %T found", v);
    }
    return raise_type_error(vm, "ord() expected a character, but string of length %zu found", length);
}

static Value builtin_format(VM *vm, const Value *args, int argc) {
    Value spec = arg_or(args, argc, 1, UNDEFINED);
    if (!is_undefined(spec) && !is_str(spec)) return raise_type_error(vm, "format() argument 2 must be str, not %A", spec);
    Value given = is_undefined(spec) ? from_object(vm->empty_str) : spec;
    ENTER_SPECIAL(SPECIAL_FORMAT, given, CALL_FORMAT)
    Value method = may_enter(args[0]) && to_str(given)->size == 0 ? class_special(vm, class_of(vm, args[0]), SPECIAL_FORMAT) : UNDEFINED;
    if (is_native(method) && to_native(method)->owner == vm->types.object) {
        Value entered = enter_text(vm, args, false, CALL_STR);
        if (!is_undefined(entered)) return entered;
    }
    return value_format(vm, args[0], is_undefined(spec) ? NULL : to_str(spec));
}

// ---- iteration

static Value length_or_error(VM *vm, ptrdiff_t length) { return length < 0 ? ERROR : int_from_i64(vm, length); }

static __attribute__((noinline)) Value len_by_method(VM *vm, const Value *args) {
    Value entered = enter_special(vm, args, SPECIAL_LEN, UNDEFINED, CALL_LEN);
    return is_undefined(entered) ? length_or_error(vm, value_length(vm, args[0])) : entered;
}

static Value builtin_len(VM *vm, const Value *args, int argc) {
    return may_enter(args[0]) ? len_by_method(vm, args) : length_or_error(vm, value_length(vm, args[0]));
}

static Value builtin_iter(VM *vm, const Value *args, int argc) {
    if (argc < 1) return raise_type_error(vm, "iter expected at least 1 argument, got 0");
    if (argc > 2) return raise_type_error(vm, "iter expected at most 2 arguments, got %d", argc);
    if (argc == 1) {
        ENTER_SPECIAL(SPECIAL_ITER, UNDEFINED, CALL_ITER)
        return iter_get(vm, args[0]);
    }
    if (!is_callable(vm, args[0])) return raise_type_error(vm, "iter(v, w): v must be callable");
    Value iterator = iterator_new(vm, ITERATE_CALLABLE, args[0]);
    if (!is_error(iterator)) to_iterator(iterator)->other = args[1];
    return iterator;
}

// One step; the value of a generator's return, or of a StopIteration, is not lost as it would be by iter_next_value().
static Value next_or_stop(VM *vm, Value iterator, Value *out_result) {
    Value item = UNDEFINED;
    if (is_kind(iterator, KIND_GENERATOR)) {
        switch (generator_resume(vm, to_generator(iterator), NONE, &item)) {
        case RESUME_YIELDED: return item;
        case RESUME_RETURNED: *out_result = item; return STOP;
        case RESUME_RAISED: return ERROR;
        }
    }
    if (is_iterator(iterator) && !(class_of(vm, iterator)->flags & CLASS_HEAP)) return iterator_next(vm, to_iterator(iterator));
    item = call_special(vm, iterator, SPECIAL_NEXT, NULL, 0);
    return is_undefined(item) ? raise_type_error(vm, "'%T' object is not an iterator", iterator) : item;
}

static Value builtin_next(VM *vm, const Value *args, int argc) {
    if (argc < 1) return raise_type_error(vm, "next expected at least 1 argument, got 0");
    if (argc > 2) return raise_type_error(vm, "next expected at most 2 arguments, got %d", argc);
    if (is_kind(args[0], KIND_GENERATOR)) {
        Value entered = enter_generator(vm, args, to_generator(args[0]), NONE, UNDEFINED);
        if (!is_undefined(entered)) return entered;
    }
    ENTER_SPECIAL(SPECIAL_NEXT, UNDEFINED, CALL_NEXT)
    Value result = UNDEFINED, item = next_or_stop(vm, args[0], &result);
    if (LIKELY(!is_stop(item) && !is_error(item))) return item;
    if (is_stop(item)) return argc > 1 ? args[1] : raise_stop_iteration(vm, result);
    if (argc == 1 || !raised_matches(vm, vm->exc.StopIteration)) return ERROR;
    raised_clear(vm);
    return args[1];
}

static Value builtin_all(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, args[0])) return ERROR;
    for (size_t steps = 1; iter_step(vm, &it, &item); steps++) {
        int truth = value_is_true(vm, item);
        if (truth <= 0) return truth < 0 ? ERROR : FALSE_VALUE;
        if (steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    return it.failed ? ERROR : TRUE_VALUE;
}

static Value builtin_any(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, args[0])) return ERROR;
    for (size_t steps = 1; iter_step(vm, &it, &item); steps++) {
        int truth = value_is_true(vm, item);
        if (truth != 0) return truth < 0 ? ERROR : TRUE_VALUE;
        if (steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    return it.failed ? ERROR : FALSE_VALUE;
}

static Value sum_step(VM *vm, Value total, Value item) {
    Value result;
    if (both_int(total, item) && int_add_inline(total, item, &result)) return result;
    if (both_inline_float(total, item)) return float_new(vm, to_double(total) + to_double(item));
    return binary_op(vm, BINARY_ADD, total, item, false);
}

static Value builtin_sum(VM *vm, const Value *args, int argc) {
    Value total = arg_or(args, argc, 1, from_int(0)), item;
    if (is_str(total)) return raise_type_error(vm, "sum() can't sum strings [use ''.join(seq) instead]");
    if (is_bytes(total)) return raise_type_error(vm, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (is_bytearray(total)) return raise_type_error(vm, "sum() can't sum bytearray [use b''.join(seq) instead]");
    Iteration it;
    if (!iter_begin(vm, &it, args[0])) return ERROR;
    for (size_t steps = 1; iter_step(vm, &it, &item); steps++) {
        total = sum_step(vm, total, item);
        if (is_error(total) || (steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL))) return ERROR;
    }
    return it.failed ? ERROR : total;
}

static int is_better(VM *vm, CompareOp op, Value candidate, Value best) {
    if (both_int(candidate, best)) return op == COMPARE_GT ? int_less(best, candidate) : int_less(candidate, best);
    Value result = compare_values(vm, op, candidate, best);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

// args: key, default, then the values or the iterable
static Value extreme(VM *vm, const Value *args, int argc, CompareOp op, const char *name) {
    Value key_function = is_undefined(args[0]) ? NONE : args[0], otherwise = args[1], item;
    int count = argc - 2;
    if (count < 1) return raise_type_error(vm, "%s expected at least 1 argument, got 0", name);
    if (count > 1 && !is_undefined(otherwise))
        return raise_type_error(vm, "Cannot specify a default for %s() with multiple positional arguments", name);
    Iteration it;
    Value source = args[2];
    if (count > 1) {
        Tuple *values = tuple_from_values(vm, args + 2, (size_t)count);
        if (values == NULL) return ERROR;
        source = from_object(values);
    }
    if (!iter_begin(vm, &it, source)) return ERROR;
    Value best = UNDEFINED, best_key = UNDEFINED;
    for (size_t steps = 1; iter_step(vm, &it, &item); steps++) {
        Value key = is_none(key_function) ? item : call1(vm, key_function, item);
        int better = is_error(key) ? -1 : is_undefined(best) ? 1 : is_better(vm, op, key, best_key);
        if (better < 0) return ERROR;
        if (better) {
            best = item;
            best_key = key;
        }
        if (steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    if (it.failed) return ERROR;
    if (!is_undefined(best)) return best;
    return is_undefined(otherwise) ? raise_value_error(vm, "%s() arg is an empty sequence", name) : otherwise;
}

static Value builtin_max(VM *vm, const Value *args, int argc) { return extreme(vm, args, argc, COMPARE_GT, "max"); }
static Value builtin_min(VM *vm, const Value *args, int argc) { return extreme(vm, args, argc, COMPARE_LT, "min"); }

// args: key, reverse, other keywords, then what should be the iterable alone. The texts speak of list.sort(), which takes the keywords.
static Value builtin_sorted(VM *vm, const Value *args, int argc) {
    bool reverse;
    if (argc != 4) return raise_type_error(vm, "sorted expected 1 argument, got %d", argc - 3);
    List *list = list_from_iterable(vm, args[3]);
    if (list == NULL) return ERROR;
    size_t position = 0;
    Value name;
    if (!is_undefined(args[2]) && dict_next(to_dict(args[2]), &position, &name, NULL))
        return raise_type_error(vm, "'%V' is an invalid keyword argument for sort()", name);
    if (!flag_argument(vm, is_undefined(args[1]) ? FALSE_VALUE : args[1], &reverse)) return ERROR;
    return list_sort(vm, list, is_undefined(args[0]) ? NONE : args[0], reverse) ? from_object(list) : ERROR;
}

// ---- asynchronous iteration

static Value builtin_aiter(VM *vm, const Value *args, int argc) {
    Value iterator = call_special(vm, args[0], SPECIAL_AITER, NULL, 0);
    if (is_undefined(iterator)) return raise_type_error(vm, "'%T' object is not an async iterable", args[0]);
    if (is_error(iterator)) return ERROR;
    if (is_undefined(class_special(vm, class_of(vm, iterator), SPECIAL_ANEXT)))
        return raise_type_error(vm, "aiter() returned not an async iterator of type '%T'", iterator);
    return iterator;
}

// anext(iterator, default) is awaitable: what awaits and catches is simplest said in Python.
static Value anext_with_default(VM *vm, Value awaitable, Value otherwise) {
    static const char source[] = "async def anext(awaitable, default):\n"
                                 "    try:\n"
                                 "        return await awaitable\n"
                                 "    except StopAsyncIteration:\n"
                                 "        return default\n";
    Str *filename = str_from_c(vm, "<anext>"), *name = str_intern_c(vm, "anext");
    Dict *globals = dict_new(vm);
    if (filename == NULL || name == NULL || globals == NULL) return ERROR;
    if (!dict_set_str(vm, globals, vm->names.__builtins__, from_object(vm->builtins))) return ERROR;
    Value code = source_compile(vm, source, sizeof source - 1, filename, COMPILE_EXEC, 0);
    if (is_error(code) || is_error(code_run(vm, (Code *)to_object(code), globals, UNDEFINED))) return ERROR;
    return call2(vm, dict_get_str(vm, globals, name), awaitable, otherwise);
}

static Value builtin_anext(VM *vm, const Value *args, int argc) {
    Value awaitable = call_special(vm, args[0], SPECIAL_ANEXT, NULL, 0);
    if (is_undefined(awaitable)) return raise_type_error(vm, "'%T' object is not an async iterator", args[0]);
    return is_error(awaitable) || !arg_given(args, argc, 1) ? awaitable : anext_with_default(vm, awaitable, args[1]);
}

// ---- print and input

// sys.name, or NONE when there is no such thing.
static Value sys_attribute(VM *vm, Str *name) {
    if (vm->sys_module == NULL) return NONE;
    Value value = dict_get_str(vm, vm->sys_module->dict, name);
    return is_undefined(value) ? NONE : value;
}

static bool write_to(VM *vm, int stream, Value file, Value v) {
    Str *text = is_exact_str(vm, v) ? to_str(v) : value_str(vm, v);
    if (text == NULL) return false;
    if (stream != 0) return output_write_str(vm, stream, text);
    Value argument = from_object(text);
    return !is_error(call_method(vm, file, vm->names.write, &argument, 1));
}

static bool check_text_or_none(VM *vm, const char *name, Value *v) {
    if (is_undefined(*v) || is_none(*v)) {
        *v = UNDEFINED;
        return true;
    }
    if (is_str(*v)) return true;
    raise_type_error(vm, "%s must be None or a string, not %T", name, *v);
    return false;
}

static void flush_to_host(VM *vm, int stream) {
    output_flush(vm);
    if (vm->hooks.flush != NULL) vm->hooks.flush(vm->hooks.user, stream);
}

// args: sep, end, file, flush, then the values
static Value builtin_print(VM *vm, const Value *args, int argc) {
    Value sep = args[0], end = args[1], file = args[2];
    int stream = 0;
    if (is_undefined(file) || is_none(file)) {
        if (vm->sys_module == NULL) {
            stream = 1;
        } else {
            file = sys_attribute(vm, vm->names.stdout);
            if (is_none(file)) return NONE;
        }
    }
    if (!check_text_or_none(vm, "sep", &sep) || !check_text_or_none(vm, "end", &end)) return ERROR;
    if (stream == 0) stream = output_stream_of(vm, file);
    for (int i = 4; i < argc; i++) {
        if (i > 4 && !write_to(vm, stream, file, is_undefined(sep) ? from_object(vm->ascii_strs[' ']) : sep)) return ERROR;
        if (!write_to(vm, stream, file, args[i])) return ERROR;
    }
    if (!write_to(vm, stream, file, is_undefined(end) ? from_object(vm->ascii_strs['\n']) : end)) return ERROR;
    int flush = is_undefined(args[3]) ? 0 : value_is_true(vm, args[3]);
    if (flush <= 0) return flush < 0 ? ERROR : NONE;
    if (stream != 0) {
        flush_to_host(vm, stream);
        if (!output_check(vm)) return ERROR;
    } else if (is_error(call_method(vm, file, vm->names.flush, NULL, 0))) {
        return ERROR;
    }
    return NONE;
}

static Value builtin_input(VM *vm, const Value *args, int argc) {
    Value in = sys_attribute(vm, vm->names.stdin), out = sys_attribute(vm, vm->names.stdout);
    if (is_none(in)) return raise_error(vm, vm->exc.RuntimeError, "input(): lost sys.stdin");
    int stream = output_stream_of(vm, out);
    Value line;
    if (stream == 1 && stream_is_asked(vm, in)) {
        Str *prompt = arg_given(args, argc, 0) ? value_str(vm, args[0]) : vm->empty_str;
        if (prompt == NULL) return ERROR;
        flush_to_host(vm, stream);
        line = stream_ask(vm, to_stream(in), prompt);
    } else {
        if (arg_given(args, argc, 0) && !write_to(vm, stream, out, args[0])) return ERROR;
        if (stream != 0) flush_to_host(vm, stream);
        else if (is_error(call_method(vm, out, vm->names.flush, NULL, 0))) return ERROR;
        line = call_method(vm, in, vm->names.readline, NULL, 0);
    }
    if (is_error(line)) return ERROR;
    if (!is_str(line)) return raise_type_error(vm, "object.readline() returned non-string");
    const char *data = str_data(vm, to_str(line));
    if (data == NULL) return ERROR;
    size_t size = to_str(line)->size;
    if (size == 0) return raise_error(vm, vm->exc.EOFError, "EOF when reading a line");
    Value text = data[size - 1] == '\n' ? object_or_error(str_new(vm, data, size - 1)) : line;
    gc_keep_value(line);
    return text;
}

const NativeDef builtins_functions[] = {
    {"abs(x, /)", builtin_abs, "The absolute value.", 0},
    {"aiter(async_iterable, /)", builtin_aiter, "An asynchronous iterator over the iterable.", 0},
    {"all(iterable, /)", builtin_all, "Whether every item is true.", 0},
    {"anext(aiterator, default=?, /)", builtin_anext, "An awaitable for the next item; for the default at the end, if one is given.", 0},
    {"any(iterable, /)", builtin_any, "Whether some item is true.", 0},
    {"ascii(obj, /)", builtin_ascii, "repr() with everything but ASCII escaped.", 0},
    {"bin(number, /)", builtin_bin, "The int in base 2, as '0b...'.", 0},
    {"chr(i, /)", builtin_chr, "The character with this code point.", 0},
    {"divmod(x, y, /)", builtin_divmod, "The pair (x // y, x % y).", 0},
    {"format(value, format_spec='', /)", builtin_format, "The value's text as the format specification asks for.", 0},
    {"hex(number, /)", builtin_hex, "The int in base 16, as '0x...'.", 0},
    {"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", file_open,
     "Open a file: a file object of text, or of bytes with 'b' in the mode.", 0},
    {"input(prompt='', /)", builtin_input, "A line from standard input, without its newline.", 0},
    {"iter(*args)", builtin_iter, "iter(iterable): an iterator over it. iter(callable, sentinel): over the results of calls until the sentinel.", 0},
    {"len(obj, /)", builtin_len, "How many items a container has.", 0},
    {"max(*args, key=None, default=?)", builtin_max, "The largest of the arguments, or of an iterable's items.", 0},
    {"min(*args, key=None, default=?)", builtin_min, "The smallest of the arguments, or of an iterable's items.", 0},
    {"next(*args)", builtin_next, "next(iterator[, default]): its next item; at the end the default, or StopIteration.", 0},
    {"oct(number, /)", builtin_oct, "The int in base 8, as '0o...'.", 0},
    {"ord(c, /)", builtin_ord, "The code point of a character.", 0},
    {"pow(base, exp, mod=None)", builtin_pow, "base ** exp, modulo mod if that is given.", 0},
    {"print(*args, sep=' ', end='\\n', file=None, flush=False)", builtin_print, "Writes the values to a stream, sys.stdout if none is given.", 0},
    {"repr(obj, /)", builtin_repr, "The object's text as a program would write it.", 0},
    {"round(number, ndigits=None)", builtin_round, "The number rounded to so many decimal digits.", 0},
    {"sorted(*args, key=None, reverse=False, **kwargs)", builtin_sorted, "A new list of the items in ascending order.", 0},
    {"sum(iterable, /, start=0)", builtin_sum, "The start value plus all items.", 0},
    {0},
};
