def a(f): return f()
def b(): return a(lambda: c(1))
def c(n): return sorted([n], key=d)
def d(n): return max([n], key=e)
def e(n): return list(map(f, [n]))
def f(n): return n.real.imag.nothing


b()
