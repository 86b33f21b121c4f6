x = 1
del x
try: x
except NameError as e: print(e)
a, b, c = 1, 2, 3
del a, (b, [c])
print("a" in globals(), "b" in globals(), "c" in globals())
l = list(range(10))
del l[0], l[-1], l[1:3], l[::2]
print(l)
d = {"a": 1, "b": 2}
del d["a"]
print(d)
class C:
    v = 1
    def __init__(self): self.w = 2
    def __delattr__(self, n): print("delattr", n); super().__delattr__(n)
    def __delitem__(self, k): print("delitem", k)
o = C()
del o.w, o[1], o[1:2], o["k", 3]
for bad in ("del o.w", "del o.v", "del l[50]", "del d['zz']", "del nope", "del (1).real", "del 'abc'[0]", "del (1, 2)[0]", "del l['a']", "del d[[]]", "del C.nope", "del len.__name__", "del [][0]", "del {1}[0]", "del None.x", "del (5)[0]"):
    try: exec(bad)
    except (NameError, AttributeError, TypeError, KeyError, IndexError) as e: print(bad, "->", type(e).__name__, e)
def f():
    y = 1
    def g(): return y
    del y
    try: g()
    except NameError as e: print(e)
    y = 2
    return g()
print(f())
def h(p, q=5):
    del p
    try: p
    except UnboundLocalError as e: return str(e), sorted(locals())
print(h(1))
for i in range(3):
    if i == 1: del i; break
try: i
except NameError as e: print(e)
for i in range(2): pass
else: del i
del C.v
print(hasattr(o, "v"))
del (d), [l]
print("d" in globals(), "l" in globals())
for source in ("del 1", "del f()", "del (a + b)", "del a, 1", "del (a, f())", "del", "del *a", "del a = 1", "del a.b, c[d], (e)", "del ()", "del []", "del None", "del x if y else z", "del {a}", "del 'a'", "del a and b", "del lambda: 1", "del [x for x in y]", "del __debug__", "del (a := 1)", "del not a", "del a < b", "del -a", "del (yield)", "del ..."):
    try:
        compile(source, "s", "exec")
        print(source, "| fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
