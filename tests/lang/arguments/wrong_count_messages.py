def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c): pass
def d1(a, b=1): pass
def d2(a=1, b=2): pass
def p1(a, /): pass
def p2(a, b, /, c): pass
def k1(*, a): pass
def k3(*, a, b, c): pass
def v1(a, *args): pass
def m1(a, *, k): pass
def kd(a, b=1, *, k=2): pass
class C:
    def m(self): pass
    def n(self, x): pass
    @staticmethod
    def s(x): pass
    @classmethod
    def c(cls, x): pass
    def __init__(self, q=1): pass
c = C()
calls = """f0(1) f0(1,2) f0(a=1) f1() f1(1,2) f1(b=1) f1(1,a=2) f1(1,b=2) f2() f2(1) f2(1,2,3) f2(b=1) f2(a=1) f2(1,2,b=3) f3() f3(1) f3(1,2)
d1() d1(1,2,3) d2(1,2,3) d2(1,c=1) p1() p1(a=1) p1(1,2) p2() p2(1) p2(1,2) p2(a=1,b=2,c=3) p2(1,b=2,c=3) p2(1,2,3,4) k1() k1(1) k1(a=1,b=2) k3() k3(a=1) k3(a=1,b=2) k3(1,2)
v1() v1(1,a=2) m1() m1(1) m1(1,2) m1(1,2,k=3) kd() kd(1,2,3) kd(1,2,3,k=4) kd(1,2,3,4,k=5) f1(*[1,2]) f1(**{'a':1,'b':2}) f2(*[1],**{'a':2}) f0(*[1],x=2)
c.m(1) c.n() c.n(1,2) c.n(y=1) c.s() c.s(1,2) c.c() C.c() C.m() C.n(1) C(1,2) C(z=1) C.m(1,2) f1(1,**{'x':1,'y':2})""".split()
for call in calls:
    try:
        eval(call)
        print(call, "fine")
    except TypeError as e:
        print(f"{call:28} {e}")
