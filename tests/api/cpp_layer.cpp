// coil.hpp: values both ways, exceptions both ways, lambdas, lifetimes.
#include <coil.hpp>

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                       \
            std::exit(1);                                                                                              \
        }                                                                                                              \
    } while (0)

static int plain(int a) { return a + 1; }

static void values_go_both_ways() {
    coil::VM vm;
    vm.set("numbers", std::vector<int>{3, 1, 2});
    vm.set("names", std::map<std::string, double>{{"a", 1.5}, {"b", 2.0}});
    vm.set("text", "caf\xc3\xa9");
    vm.set("flag", true);
    vm.set("nothing", std::optional<int>{});
    vm.run("result = sorted(numbers), sum(names.values()), text.upper(), flag is True, nothing is None, 2 ** 64 - 1");
    coil::Value result = vm["result"];
    CHECK(result.size() == 6 && (result[0].as<std::vector<int>>() == std::vector<int>{1, 2, 3}));
    CHECK(result[1].as<double>() == 3.5 && result[2].as<std::string>() == "CAF\xc3\x89" && result[3].as<bool>() && result[4]);
    CHECK(result[5].as<uint64_t>() == UINT64_MAX && result[-1].str() == "18446744073709551615");
    CHECK(result[4].repr() == "True" && !vm.eval("[]") && vm.eval("None").is_none());
    CHECK((vm.eval("{'x': 1}").as<std::map<std::string, int>>() == std::map<std::string, int>{{"x", 1}}));
    CHECK(!vm.eval("None").as<std::optional<int>>() && vm.eval("5").as<std::optional<int>>() == 5);
    coil::Value copy = result, moved = std::move(copy);
    CHECK(moved == result && !(moved != result) && vm.make(1) < vm.make(2));
    int sum = 0;
    vm.eval("range(5)").for_each([&](coil::Value v) { sum += v.as<int>(); });
    CHECK(sum == 10);
    coil::Value list = vm.eval("[1, 2]");
    list.call("append", 3);
    list.set(0, "first");
    CHECK(list.repr() == "['first', 2, 3]" && vm.import("math").attr("floor")(2.5).as<int>() == 2);
    vm.run("class A: pass\na = A()");
    vm["a"].set_attr("x", 7);
    CHECK(vm.eval("a.x").as<int>() == 7);
}

static void lambdas_are_functions() {
    coil::VM vm;
    int calls = 0;
    vm.define("area(w, h=1.0)", [&calls](double w, std::optional<double> h) { return ++calls, w * h.value_or(1.0); }, "Width times height.");
    vm.define("greet(name)", [](std::string name) { return "hello " + name; });
    vm.define("nothing()", [] {});
    vm.define("apply(f, x)", [](coil::Value f, coil::Value x) { return f(f(x)); });
    vm.define("plain(a)", plain);
    vm.define("total(items)", [](std::vector<double> items) {
        double sum = 0;
        for (double item : items) sum += item;
        return sum;
    });
    vm.run("out = area(3), area(3, h=2), greet('you'), nothing(), apply(lambda x: x * 3, 2), plain(1), total((1, 2.5)), area.__doc__");
    CHECK(vm["out"].repr() == "(3.0, 6.0, 'hello you', None, 18, 2, 3.5, 'Width times height.')" && calls == 2);
}

static void exceptions_go_both_ways() {
    coil::VM vm;
    vm.define("fail()", []() -> int { throw std::out_of_range("from C++"); });
    vm.define("odd()", []() -> int { throw 5; });
    vm.define("through(f)", [](coil::Value f) { return f(); });
    vm.run("def tried(f):\n    try: return f()\n    except Exception as e: return f'{type(e).__name__}: {e}'\n"
           "class Own(Exception): pass\ndef own(): raise Own('mine')\n");
    CHECK(vm.eval("tried(fail)").as<std::string>() == "RuntimeError: from C++");
    CHECK(vm.eval("tried(odd)").as<std::string>() == "RuntimeError: a C++ exception of unknown type");
    CHECK(vm.eval("tried(lambda: through(own))").as<std::string>() == "Own: mine");
    try {
        vm.run("def f():\n    return 1 / 0\nf()", "<script>");
        CHECK(!"reached");
    } catch (const coil::Error &error) {
        CHECK(error.type() == "ZeroDivisionError" && error.message() == "division by zero" && error.frames().size() == 2);
        CHECK(error.frames()[1].function == "f" && error.frames()[1].line == 2 && error.text().find("Traceback") == 0);
        CHECK(std::string(error.what()) == "ZeroDivisionError: division by zero");
    }
    bool thrown = false;
    try {
        vm.eval("300").as<int8_t>();
    } catch (const coil::Error &error) {
        thrown = error.type() == "OverflowError";
    }
    CHECK(thrown && vm.eval("1").as<int>() == 1);
    std::string outlives;
    try {
        coil::VM inner;
        inner.eval("nowhere");
    } catch (const coil::Error &error) {
        outlives = error.text();
    }
    CHECK(outlives.find("NameError: name 'nowhere' is not defined") != std::string::npos);
}

static void listeners_are_told_of_warnings() {
    coil::VM vm;
    std::string told;
    bool dealt_with = true;
    vm.on_warning([&](const CoilWarning &warning) {
        told += std::string(warning.category) + ":" + warning.text + ":" + std::to_string(warning.line) + "\n";
        return dealt_with;
    });
    vm.run("import warnings\nwarnings.warn('first')\n", "<script>");
    CHECK(told == "UserWarning:first:2\n");
    vm.on_warning([&](const CoilWarning &) -> bool { throw std::runtime_error("no warnings here"); });
    bool thrown = false;
    try {
        vm.run("warnings.warn('second')", "<script>");
    } catch (const coil::Error &error) {
        thrown = error.type() == "RuntimeError" && error.message() == "no warnings here";
    }
    CHECK(thrown);
    vm.on_warning(nullptr);
    vm.run("warnings.warn('third')", "<script>");
    CHECK(told == "UserWarning:first:2\n");
}

int main() {
    listeners_are_told_of_warnings();
    values_go_both_ways();
    lambdas_are_functions();
    exceptions_go_both_ways();
    coil::VM first = coil::VM::open(), second = std::move(first);
    CHECK(second.eval("1 + 1").as<int>() == 2);
    return 0;
}
