if (n := len("abc")) > 2: print(n)
while (c := n - 1) and n > 0:
    n = c
    print(c, end=" ")
print(n, c)
print([y := 1, y + 1], (z := 5), z, f"{(w := 3)}{w}", {"k": (v := 2)}, v)
print([last := x for x in range(4)], last, any((hit := x) > 2 for x in range(5)), hit)
def f():
    r = [(t := i) for i in range(3)]
    return r, t, "t" in locals()
print(f())
def g(x=(d := 10)): return x
print(g(), d, (lambda: (q := 4) + q)())
def h():
    global gl
    [gl := i for i in range(2)]
h()
print(gl)
def outer():
    total = 0
    def inner():
        nonlocal total
        [total := total + i for i in range(4)]
        return total
    return inner(), total
print(outer())
x = 1
print((x := x + 1) + x, x, (a := (b := 2) + 1), a, b)
def args(*a, **k): return a, k
print(args((p := 1), p + 1, k=(q := 3)), q, [(m := 1), m], (s := "abc")[s.index("b")])
assert (ok := True)
del ok
d = {}
if (val := d.get("k")) is None and not (val2 := 0): print(val, val2)
print([(a, b) for a in range(3) if (b := a * a) > 0], b, {k: (u := k) for k in "ab"}, u)
class C:
    if (inside := 5): pass
    try:
        exec("[(bad := i) for i in range(2)]")
    except NameError as e: print(e)
print(C.inside)
for source in ("x := 1", "(x.y := 1)", "(x[0] := 1)", "((a, b) := 1)", "f(x := 1, y := 2)", "f(a=x := 1)", "[i := 0 for i in x]", "[[(i := 0) for j in x] for i in y]", "[x for x in (y := [1])]", "class C: [(y := x) for x in z]", "lambda: x := 1", "def f(x: y := 1): pass", "def f(x=y := 1): pass", "assert x := 1", "x = y := 1", "(x := 1) = 2", "with (x := y): pass", "del (x := 1)", "{x := 1: 2}", "x[y := 1]", "x[y := 1, z := 2]", "{y := 1}", "(yield_ := (yield))", "def f(): return (x := 1)", "return_ = (x := 1, 2)", "for x := 1 in y: pass", "print(x := 1)", "(True := 1)", "[(j := 0) for i in x if (j := 1)]", "x if y := 1 else z"):
    try:
        compile(source, "s", "exec")
        print(source, "| fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
