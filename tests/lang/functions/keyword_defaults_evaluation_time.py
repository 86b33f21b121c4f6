log = []
def t(x): log.append(x); return x
def f(a=t("a"), /, b=t("b"), *, c=t("c"), d: t("ann d") = t("d")) -> t("ret"): return a, b, c, d
print(log, f(), f(1, 2, c=3)); log.clear()
g = lambda x=t("lambda default"): x
print(log, g(), g(5)); log.clear()
class C:
    def m(self, v=t("method default")): return v
    n = t("class attr")
print(log, C().m()); log.clear()
for i in range(2):
    def h(x=t(i)): return x
print(log, h()); log.clear()
def outer(n):
    def inner(x=n, *, y=[n]): y.append(x); return y
    return inner
p, q = outer(1), outer(2)
print(p(), p(), q(), q(5), p.__defaults__, q.__kwdefaults__)
@t
@(lambda f: t(f))
def deco(x=t("deco default")): return x
print([v if isinstance(v, str) else v.__name__ for v in log])
def shadow(len=len): return len("abc")
print(shadow(), shadow(lambda x: "mine"))
x = "outer"
def scope(x=x): return x
x = "changed"
print(scope())
try:
    def bad(a=undefined_name): pass
except NameError as e: print(e, "bad" in globals())
def uses_previous(a, b=None): return a if b is None else b
print(uses_previous(1), uses_previous(1, 0), uses_previous(b=2, a=3))
