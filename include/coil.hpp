// Coil for C++17: RAII, exceptions, lambdas as host functions. A thin layer over coil.h; the two can be mixed freely (`vm.raw()`).
//
//     coil::VM vm;
//     vm.define("area(w, h=1.0)", [](double w, std::optional<double> h) { return w * h.value_or(1.0); });
//     vm.run("result = area(3, h=2)");
//     double result = vm["result"].as<double>();
//
// A coil::Value holds a reference (CoilRef): it may be kept, copied and moved, and must go before its VM does. What fails throws
// coil::Error, which tells all about the Python exception and may outlive the VM; the exception itself stays pending in the VM, as in C, until
// another one is. So a coil::Error that leaves a lambda is that same exception for Python again; any other std::exception becomes a
// RuntimeError with its what().
#ifndef COIL_HPP
#define COIL_HPP

#include <coil.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace coil {

class Value;

// A scope of handles, closed when it goes.
class Scope {
public:
    explicit Scope(CoilVM *vm) : vm_(vm), scope_(coil_scope_open(vm)) {}
    ~Scope() { coil_scope_close(vm_, scope_); }
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;

private:
    CoilVM *vm_;
    size_t scope_;
};

// A Python exception that has left Python.
class Error : public std::runtime_error {
public:
    // Of the pending exception.
    static Error pending(CoilVM *vm);
    const std::string &type() const { return type_; }           // "ValueError"
    const std::string &message() const { return message_; }
    const std::string &text() const { return text_; }           // the whole report, with traceback
    struct Frame { std::string file, function; int line, column; };
    const std::vector<Frame> &frames() const { return frames_; }

private:
    explicit Error(const std::string &what) : std::runtime_error(what) {}
    std::string type_, message_, text_;
    std::vector<Frame> frames_;
};

namespace detail {

template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_map : std::false_type {};
template <class K, class V> struct is_map<std::map<K, V>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> inline constexpr bool never = false;

inline CoilValue checked(CoilVM *vm, CoilValue v) {
    if (coil_is_error(v)) throw Error::pending(vm);
    return v;
}
inline void checked(CoilVM *vm, CoilStatus status) {
    if (status == COIL_RAISED) throw Error::pending(vm);
}
template <class T> CoilValue to_python(CoilVM *vm, const T &value);
template <class T> T from_python(CoilVM *vm, CoilValue v);

} // namespace detail

// A reference to a Python value. An empty one (default-constructed or moved from) may only be assigned to.
class Value {
public:
    Value() = default;
    Value(CoilVM *vm, CoilValue v) : vm_(vm), ref_(coil_ref(vm, detail::checked(vm, v))) {
        if (ref_ == nullptr) throw Error::pending(vm);
    }
    Value(const Value &other) : vm_(other.vm_), ref_(other.ref_ == nullptr ? nullptr : coil_ref(vm_, other.raw())) {
        if (other.ref_ != nullptr && ref_ == nullptr) throw Error::pending(vm_);
    }
    Value(Value &&other) noexcept : vm_(other.vm_), ref_(std::exchange(other.ref_, nullptr)) {}
    Value &operator=(Value other) noexcept {
        std::swap(vm_, other.vm_);
        std::swap(ref_, other.ref_);
        return *this;
    }
    ~Value() {
        if (ref_ != nullptr) coil_unref(vm_, ref_);
    }

    CoilValue raw() const { return coil_deref(ref_); }
    CoilVM *vm() const { return vm_; }
    explicit operator bool() const { return ref_ != nullptr && as<bool>(); }   // Python's truth
    CoilKind kind() const { return coil_kind(vm_, raw()); }
    bool is_none() const { return coil_is_none(vm_, raw()); }

    // bool, integers, floating point, std::string, std::optional (None is empty), std::vector, std::map, Value.
    template <class T> T as() const {
        Scope scope(vm_);
        return detail::from_python<T>(vm_, raw());
    }

    Value attr(const char *name) const { return made(coil_get_attr(vm_, raw(), name)); }
    template <class T> void set_attr(const char *name, const T &value) const {
        Scope scope(vm_);
        detail::checked(vm_, coil_set_attr(vm_, raw(), name, detail::to_python(vm_, value)));
    }
    template <class K> Value operator[](const K &key) const {
        Scope scope(vm_);
        return Value(vm_, coil_get_item(vm_, raw(), detail::to_python(vm_, key)));
    }
    template <class K, class T> void set(const K &key, const T &value) const {
        Scope scope(vm_);
        detail::checked(vm_, coil_set_item(vm_, raw(), detail::to_python(vm_, key), detail::to_python(vm_, value)));
    }
    template <class... A> Value operator()(const A &...arguments) const {
        Scope scope(vm_);
        const CoilValue handles[sizeof...(A) + 1] = {detail::to_python(vm_, arguments)..., CoilValue{nullptr}};
        return Value(vm_, coil_call(vm_, raw(), handles, sizeof...(A)));
    }
    template <class... A> Value call(const char *method, const A &...arguments) const { return attr(method)(arguments...); }
    size_t size() const {
        ptrdiff_t length = coil_length(vm_, raw());
        if (length < 0) throw Error::pending(vm_);
        return static_cast<size_t>(length);
    }
    std::string str() const { return text(coil_to_str(vm_, raw())); }
    std::string repr() const { return text(coil_repr(vm_, raw())); }
    template <class F> void for_each(F &&body) const {
        Scope scope(vm_);
        CoilValue iterator = detail::checked(vm_, coil_iter(vm_, raw())), item;
        for (;;) {
            Scope round(vm_);
            CoilStatus status = coil_next(vm_, iterator, &item);
            detail::checked(vm_, status);
            if (status == COIL_ABSENT) return;
            body(Value(vm_, item));
        }
    }
    friend bool operator==(const Value &a, const Value &b) { return a.compare(COIL_EQ, b); }
    friend bool operator!=(const Value &a, const Value &b) { return a.compare(COIL_NE, b); }
    friend bool operator<(const Value &a, const Value &b) { return a.compare(COIL_LT, b); }

private:
    Value made(CoilValue v) const { return Value(vm_, v); }
    std::string text(CoilValue v) const {
        Scope scope(vm_);
        return detail::from_python<std::string>(vm_, v);
    }
    bool compare(CoilComparison comparison, const Value &other) const {
        int result = coil_compare(vm_, raw(), comparison, other.raw());
        if (result < 0) throw Error::pending(vm_);
        return result == 1;
    }
    CoilVM *vm_ = nullptr;
    CoilRef *ref_ = nullptr;
};

inline Error Error::pending(CoilVM *vm) {
    Scope scope(vm);
    CoilError told{};
    if (!coil_exception_pending(vm) || coil_exception_describe(vm, coil_exception(vm), &told) != COIL_OK) return Error("a Python exception");
    Error error(std::string(told.type) + ": " + told.message);
    error.type_ = told.type;
    error.message_ = told.message;
    error.text_ = told.text;
    for (size_t i = 0; i < told.frame_count; i++)
        error.frames_.push_back({told.frames[i].file, told.frames[i].function == nullptr ? "" : told.frames[i].function, told.frames[i].line,
                                 told.frames[i].column});
    return error;
}

namespace detail {

template <class T> CoilValue to_python(CoilVM *vm, const T &value) {
    if constexpr (std::is_same_v<T, Value>) {
        return coil_handle(vm, value.raw());
    } else if constexpr (std::is_same_v<T, CoilValue>) {
        return value;
    } else if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::monostate>) {
        return coil_none(vm);
    } else if constexpr (std::is_same_v<T, bool>) {
        return coil_bool(vm, value);
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
        return checked(vm, coil_int(vm, value));
    } else if constexpr (std::is_integral_v<T>) {
        return checked(vm, coil_uint(vm, value));
    } else if constexpr (std::is_floating_point_v<T>) {
        return checked(vm, coil_float(vm, value));
    } else if constexpr (std::is_convertible_v<const T &, std::string_view>) {
        std::string_view text = value;
        return checked(vm, coil_str(vm, text.data(), text.size()));
    } else if constexpr (is_optional<T>::value) {
        return value ? to_python(vm, *value) : coil_none(vm);
    } else if constexpr (is_vector<T>::value) {
        CoilValue list = checked(vm, coil_list(vm, nullptr, 0));
        for (const auto &item : value) {
            Scope scope(vm);
            checked(vm, coil_append(vm, list, to_python<typename T::value_type>(vm, item)));
        }
        return list;
    } else if constexpr (is_map<T>::value) {
        CoilValue dict = checked(vm, coil_dict(vm));
        for (const auto &[key, item] : value) {
            Scope scope(vm);
            checked(vm, coil_set_item(vm, dict, to_python(vm, key), to_python(vm, item)));
        }
        return dict;
    } else {
        static_assert(never<T>, "no Python value can be made of this type");
    }
}

template <class T> T from_python(CoilVM *vm, CoilValue v) {
    if constexpr (std::is_same_v<T, Value>) {
        return Value(vm, v);
    } else if constexpr (std::is_same_v<T, CoilValue>) {
        return v;
    } else if constexpr (std::is_same_v<T, bool>) {
        bool out = false;
        checked(vm, coil_read_bool(vm, v, &out));
        return out;
    } else if constexpr (std::is_integral_v<T>) {
        std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t> out = 0;
        if constexpr (std::is_signed_v<T>) checked(vm, coil_read_int(vm, v, &out));
        else checked(vm, coil_read_uint(vm, v, &out));
        if (out < std::numeric_limits<T>::min() || out > std::numeric_limits<T>::max()) {
            coil_raise(vm, "OverflowError", "Python int too large to convert to C++");
            throw Error::pending(vm);
        }
        return static_cast<T>(out);
    } else if constexpr (std::is_floating_point_v<T>) {
        double out = 0;
        checked(vm, coil_read_float(vm, v, &out));
        return static_cast<T>(out);
    } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
        const char *text = nullptr;
        size_t size = 0;
        checked(vm, coil_read_str(vm, v, &text, &size));
        return T(text, size);
    } else if constexpr (is_optional<T>::value) {
        if (coil_is_missing(vm, v) || coil_is_none(vm, v)) return std::nullopt;
        return from_python<typename T::value_type>(vm, v);
    } else if constexpr (is_vector<T>::value) {
        T out;
        CoilValue iterator = checked(vm, coil_iter(vm, v)), item;
        for (;;) {
            Scope scope(vm);
            CoilStatus status = coil_next(vm, iterator, &item);
            checked(vm, status);
            if (status == COIL_ABSENT) return out;
            out.push_back(from_python<typename T::value_type>(vm, item));
        }
    } else if constexpr (is_map<T>::value) {
        T out;
        size_t position = 0;
        CoilValue key, item;
        for (;;) {
            Scope scope(vm);
            CoilStatus status = coil_dict_next(vm, v, &position, &key, &item);
            checked(vm, status);
            if (status == COIL_ABSENT) return out;
            out.emplace(from_python<typename T::key_type>(vm, key), from_python<typename T::mapped_type>(vm, item));
        }
    } else {
        static_assert(never<T>, "a Python value cannot become this type");
    }
}

struct AnyFunction {
    virtual ~AnyFunction() = default;
    virtual CoilValue call(CoilVM *vm, const CoilValue *args, int argc) = 0;
};

template <class F, class R, class... A> struct FunctionOf final : AnyFunction {
    explicit FunctionOf(F function) : function_(std::move(function)) {}
    CoilValue call(CoilVM *vm, const CoilValue *args, int argc) override { return call_with(vm, args, argc, std::index_sequence_for<A...>{}); }

private:
    // Trailing parameters that were not given may be missing from args: std::optional ones are empty then.
    template <class T> static T argument(CoilVM *vm, const CoilValue *args, int argc, size_t index) {
        if (index < static_cast<size_t>(argc) && !coil_is_missing(vm, args[index])) return from_python<T>(vm, args[index]);
        if constexpr (is_optional<T>::value) {
            return std::nullopt;
        } else {
            coil_raise(vm, "TypeError", "an argument was not given that the C++ function needs: make it std::optional");
            throw Error::pending(vm);
        }
    }
    template <size_t... I> CoilValue call_with(CoilVM *vm, [[maybe_unused]] const CoilValue *args, [[maybe_unused]] int argc, std::index_sequence<I...>) {
        std::tuple<std::decay_t<A>...> given{argument<std::decay_t<A>>(vm, args, argc, I)...};
        if constexpr (std::is_void_v<R>) {
            std::apply(function_, std::move(given));
            return coil_none(vm);
        } else {
            return to_python<std::decay_t<R>>(vm, std::apply(function_, std::move(given)));
        }
    }
    F function_;
};

template <class F, class S> struct function_type;
template <class F, class C, class R, class... A> struct function_type<F, R (C::*)(A...) const> { using type = FunctionOf<F, R, A...>; };
template <class F, class C, class R, class... A> struct function_type<F, R (C::*)(A...)> { using type = FunctionOf<F, R, A...>; };
template <class F, class R, class... A> struct function_type<F, R (*)(A...)> { using type = FunctionOf<F, R, A...>; };

template <class F> auto make_function(F function) {
    if constexpr (std::is_pointer_v<F>) return std::make_unique<typename function_type<F, F>::type>(function);
    else return std::make_unique<typename function_type<F, decltype(&F::operator())>::type>(std::move(function));
}

// No C++ exception crosses the C code of the VM: the one that is being handled becomes a Python exception, and the error handle.
inline CoilValue caught(CoilVM *vm) noexcept {
    try {
        throw;
    } catch (const Error &error) {
        return coil_exception_pending(vm) ? coil_error() : coil_raise(vm, "RuntimeError", error.what());
    } catch (const std::bad_alloc &) {
        return coil_raise(vm, "MemoryError", "");
    } catch (const std::exception &error) {
        return coil_raise(vm, "RuntimeError", error.what());
    } catch (...) {
        return coil_raise(vm, "RuntimeError", "a C++ exception of unknown type");
    }
}

inline CoilValue trampoline(CoilVM *vm, const CoilValue *args, int argc, void *user) noexcept {
    try {
        return static_cast<AnyFunction *>(user)->call(vm, args, argc);
    } catch (...) {
        return caught(vm);
    }
}

inline CoilStatus tell_of_warning(CoilVM *vm, const CoilWarning *warning, void *user) noexcept {
    try {
        return (*static_cast<std::function<bool(const CoilWarning &)> *>(user))(*warning) ? COIL_OK : COIL_ABSENT;
    } catch (...) {
        (void)caught(vm);
        return COIL_RAISED;
    }
}

} // namespace detail

// A VM, closed when it goes.
class VM {
public:
    explicit VM(const CoilConfig *config = nullptr) : vm_(coil_new(config)) {
        if (vm_ == nullptr) throw std::bad_alloc();
    }
    // With the process's own streams and files.
    static VM open() {
        CoilConfig config{};
        coil_config_open(&config);
        return VM(&config);
    }
    VM(VM &&other) noexcept : vm_(std::exchange(other.vm_, nullptr)), functions_(std::move(other.functions_)), warning_listener_(std::move(other.warning_listener_)) {}
    VM &operator=(VM &&other) noexcept {
        std::swap(vm_, other.vm_);
        std::swap(functions_, other.functions_);
        std::swap(warning_listener_, other.warning_listener_);
        return *this;
    }
    ~VM() { coil_close(vm_); }

    CoilVM *raw() const { return vm_; }

    void run(std::string_view source, const char *filename = "<string>") {
        detail::checked(vm_, coil_run(vm_, source.data(), source.size(), filename, COIL_EXEC, 0));
    }
    void run_file(const char *path) { detail::checked(vm_, coil_run_file(vm_, path)); }
    Value eval(const char *expression) { return value([&] { return coil_eval(vm_, expression); }); }
    Value import(const char *name) { return value([&] { return coil_import(vm_, name); }); }
    // A global of __main__.
    Value operator[](const char *name) { return value([&] { return coil_get_global(vm_, name); }); }
    template <class T> void set(const char *name, const T &v) {
        Scope scope(vm_);
        detail::checked(vm_, coil_set_global(vm_, name, detail::to_python(vm_, v)));
    }
    template <class T> Value make(const T &v) { return value([&] { return detail::to_python(vm_, v); }); }

    // A Python function of a lambda, function or functor. Its parameters are of the types that Value::as() knows; those that the signature
    // makes optional are std::optional. It lives as long as the VM.
    template <class F> Value function(const char *signature, F callable, const char *doc = nullptr) {
        functions_.push_back(detail::make_function(std::move(callable)));
        return value([&] { return coil_function(vm_, signature, detail::trampoline, doc, functions_.back().get()); });
    }
    // The same, as a global of __main__ by its own name.
    template <class F> void define(const char *signature, F callable, const char *doc = nullptr) {
        Value made = function(signature, std::move(callable), doc);
        set(made.attr("__name__").as<std::string>().c_str(), made);
    }
    // Calls `listener` with each const CoilWarning & that is about to be shown (coil_on_warning()): true, it is dealt with. What it throws is
    // raised in Python. An empty function: nobody listens any more.
    void on_warning(std::function<bool(const CoilWarning &)> listener) {
        if (!listener) coil_on_warning(vm_, nullptr, nullptr);
        auto kept = std::make_unique<std::function<bool(const CoilWarning &)>>(std::move(listener));
        if (*kept) coil_on_warning(vm_, detail::tell_of_warning, kept.get());
        warning_listener_ = std::move(kept);
    }
    void flush() { coil_flush(vm_); }

private:
    template <class F> Value value(F &&make) {
        Scope scope(vm_);
        return Value(vm_, make());
    }
    CoilVM *vm_ = nullptr;
    std::vector<std::unique_ptr<detail::AnyFunction>> functions_;
    std::unique_ptr<std::function<bool(const CoilWarning &)>> warning_listener_;
};

} // namespace coil

#endif
