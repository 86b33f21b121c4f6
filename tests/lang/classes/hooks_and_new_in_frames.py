class Proxy:
    def __init__(self, t): self.__dict__['t'] = t
    def __getattr__(self, n): return getattr(self.t, n)
p = Proxy([3,1]); p.append(2); p.sort(); print(p.t, p.index(2))
class G:
    def __getattribute__(self, n):
        if n == 'x': return 42
        if n == 'm': return lambda *a: ('m', a)
        return object.__getattribute__(self, n)
    y = 7
g = G(); print(g.x, g.y, g.m(1,2))
try: g.z
except AttributeError as e: print(e, e.name)
class S:
    def __getattr__(self, n): raise KeyError(n)
try: S().foo
except KeyError as e: print(repr(e))
try: S().foo()
except KeyError as e: print(repr(e))
class Gen:
    def __getattr__(self, n): yield n
print(list(Gen().abc))
class D:
    def __getattr__(self,n):
        if n in ('a','b'): return n*2
        raise AttributeError(f'no {n}')
d=D()
for n in range(3): print(d.a, d.b.upper(), hasattr(d,'q'), getattr(d,'q',5))
try: d.qq()
except AttributeError as e: print(e, e.name, e.obj is d)
class N:
    def __new__(cls, *a, **k):
        self = super().__new__(cls); self.a = (a, k); return self
    def __init__(self, x, *, y=0): self.x, self.y = x, y
n = N(1, y=2); print(n.a, n.x, n.y); n = N(5); print(n.a, n.x, n.y)
class Other:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(Other())
class Sub(int):
    def __new__(cls, v): return super().__new__(cls, v*2)
    def __init__(self, v): self.v = v
s = Sub(4); print(s, s.v)
class L(list):
    def __init__(self, n): super().__init__(range(n))
print(L(4), L(n=2))
class E(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
try: raise E(1, 2)
except E as e: print(e, e.b, e.args)
class BadI:
    def __new__(cls): return object.__new__(cls)
    def __init__(self): return 3
try: BadI()
except TypeError as e: print(e)
class BadN:
    def __new__(cls): raise ValueError('in new')
try: BadN()
except ValueError as e: print(e, e.__traceback__.tb_next.tb_lineno)
class M(type):
    def __call__(cls, *a): print('call', a); return super().__call__(*a)
class C(metaclass=M):
    def __new__(cls, a): return object.__new__(cls)
    def __init__(self, a): self.a = a
print(C(3).a)
def gen():
    class Q:
        def __new__(cls, x): return object.__new__(cls)
        def __init__(self, x): self.x = x
    yield Q(1).x
    yield Q(x=2).x
print(list(gen()))
class Singleton:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
print(Singleton() is Singleton())
try: N()
except TypeError as e: print(e)
try: Singleton(1)
except TypeError as e: print(e)
import types
try: types.new_class('X', (int,), {}, None)(1, 2, 3, 4)
except TypeError as e: print(e)
