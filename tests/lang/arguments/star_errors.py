def f(*a, **k): return a, k
class NoIter: pass
class BadIter:
    def __iter__(self): return 5
class Raises:
    def __iter__(self):
        yield 1
        raise ValueError("while unpacking")
class Keys:
    def keys(self): return [1]
    def __getitem__(self, k): return k
class StrSub(str): pass
for name, call in {
    "*5": lambda: f(*5), "*None": lambda: f(*None), "*NoIter": lambda: f(*NoIter()), "*BadIter": lambda: f(*BadIter()), "*Raises": lambda: f(*Raises()),
    "**5": lambda: f(**5), "**list": lambda: f(**[("a", 1)]), "**None": lambda: f(**None), "**int key": lambda: f(**{1: 2}), "**Keys": lambda: f(**Keys()),
    "duplicate": lambda: f(a=1, **{"a": 2}), "duplicate **": lambda: f(**{"a": 1}, **{"a": 2}), "not callable": lambda: (5)(), "none call": lambda: None(), "str call": lambda: "x"(1),
    "len *": lambda: len(*[1, 2]), "print **": lambda: print(**{"foo": 1}), "len kw": lambda: len(x=1), "int many": lambda: int(1, 2, 3, 4), "*and positional": lambda: f(*[1], *5), "class **": lambda: int(**{"foo": 1}),
    "instance": lambda: NoIter()(), "strsub": lambda: f(**{StrSub("q"): 1})}.items():
    try:
        print(name, call())
    except (TypeError, ValueError) as e:
        print(name, "->", type(e).__name__, str(e).replace("__main__.", ""))
for source in ("f(a=1, 2)", "f(**k, *a)", "f(**k, 1)", "f(a=1, a=2)", "f(x for x in y, 1)", "f(1=2)", "f(a.b=1)", "f(True=1)", "f(*)", "f(**)", "f((x)=1)", "f(a:=1)", "f(a=b:=1)", "f(lambda: 1=2)", "f(x for x in y)", "f(1, x for x in y)", "f(a, b c)", "f(a b)", "f(+a=1)", "f(a, *b=1)"):
    try:
        compile(source, "s", "eval")
        print(source, "fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
