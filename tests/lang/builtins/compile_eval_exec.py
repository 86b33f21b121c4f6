print(eval("1 + 1"), eval("x * 2", {"x": 5}), eval("x + y", {"x": 1}, {"y": 2}), eval(compile("3 * 3", "f", "eval")), eval("[i for i in range(3)]"), eval("  5  "), eval("(lambda: 7)()"))
ns = {}
exec("a = 1\ndef f(): return a + 1\nclass C: v = f()", ns)
print(ns["a"], ns["f"](), ns["C"].v, "__builtins__" in ns, exec("pass"), exec(""))
l = {}
exec("z = q", {"q": 9}, l)
print(l)
x = "module"
def f():
    x = "local"
    return eval("x"), eval("x", globals()), [eval("x") for _ in range(1)][0] if False else 0
print(f())
code = compile("total = sum(items)\nprint(total)", "script", "exec")
exec(code, {"items": [1, 2, 3]})
single = compile("1 + 2\n", "s", "single")
exec(single)
exec(compile("x = 5\n", "s", "single")); print(x)
print(type(code).__name__, code.co_name, code.co_filename, code.co_argcount, code.co_names, code.co_consts is not None)
class NS(dict):
    def __missing__(self, k): return f"<{k}>"
print(eval("a + b", {}, NS(a="A")))
for bad in (lambda: eval("x = 1"), lambda: eval("1 +"), lambda: exec("1 +"), lambda: eval(5), lambda: exec(5), lambda: compile("1", "f", "nope"), lambda: compile(5, "f", "exec"), lambda: eval("1", 5), lambda: exec("1", {}, 5), lambda: eval("undefined_x"), lambda: compile("1\n2", "f", "single"), lambda: eval("1; 2"), lambda: eval("def f(): pass"), lambda: compile("1", "f"), lambda: eval("yield"), lambda: exec("return")):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
exec(b"print('from bytes')")
print(eval(b"1 + 1"), eval(" 1\\\n+ 2"))
def g():
    y = 1
    exec("y = 2")
    return y
print(g())
exec("def rec(n): return 1 if n == 0 else n * rec(n - 1)\nprint(rec(5))", {})
glob = {"__builtins__": {"print": print}}
exec("print('restricted')", glob)
try: exec("len([])", glob)
except NameError as e: print(e)
