# What special methods that built-in functions call may do meanwhile: delete, replace, recurse without end, begin and end tracing, run in threads.
import sys
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class A:
    def __len__(s):
        del globals()['target']
        return 3
target = A()
t(lambda: len(target))
class B:
    def __str__(s):
        B.__str__ = lambda s: 'other'
        return 'first'
b = B()
t(lambda: str(b) + str(b))
class C:
    def __getattr__(s, n):
        del C.__getattr__
        raise AttributeError(n)
t(lambda: getattr(C(), 'x', 'dflt'))
class R:
    def __init__(s): s.n = 0
    def __next__(s):
        s.n += 1
        if s.n > 2: raise StopIteration(s.n)
        return s.n
r = R()
t(lambda: [next(r, 'd') for _ in range(4)])
def deep(n):
    class X:
        def __len__(s): return len(s)
    try: len(X())
    except RecursionError as e: return str(e)
t(lambda: deep(1))
class S:
    def __str__(s): return str(s)
    def __getattr__(s, n): return getattr(s, n)
    def __format__(s, f): return f'{s}'
t(lambda: str(S()))
t(lambda: S().x)
t(lambda: f'{S()}')
def g(): yield next(gg)
gg = g()
t(lambda: next(gg))
def inf(n): yield next(inf(n + 1))
t(lambda: next(inf(0)))
sys.settrace(lambda f, e, a: None)
t(lambda: len([1]))
class T:
    def __len__(s): sys.settrace(None); return 4
t(lambda: len(T()))
class U:
    def __len__(s): sys.settrace(lambda f, e, a: None); return 5
t(lambda: len(U()))
sys.settrace(None)
ev = []
def tr(f, e, a):
    ev.append((e, f.f_code.co_name)); return tr
class V:
    def __len__(s): return 1
    def __str__(s): return 'v'
def work():
    len(V()); str(V()); next(iter([1])); g2 = (i for i in [1, 2]); next(g2); list(g2); f'{V()}'
sys.settrace(tr); work(); sys.settrace(None)
print([x for x in ev if x[0] in ('call', 'return')])
import threading
out = []
def th():
    class W:
        def __len__(s): return 7
    for i in range(2000): len(W())
    out.append(len(W()))
ts = [threading.Thread(target=th) for _ in range(3)]
[x.start() for x in ts]; [x.join() for x in ts]
print(out)
