def outer():
    x = "outer x"
    y = "outer y"
    class C:
        try:
            print(x)
        except NameError as e:
            print(e)
        x = "class x"
        print(x)
        def m(self): return x, y
        z = [y for _ in range(1)]
        def g(self): return __class__.__name__
        k = lambda self: (x, self.x)
    return C
C = outer()
print(C().m(), C.z, C().g(), C().k())
def nonlocal_in_class():
    n = 1
    class C:
        nonlocal n
        n = 2
        m = n
    return n, C.m, hasattr(C, "n")
print(nonlocal_in_class())
x = "global x"
def shadow():
    class C:
        global x
        x = "set by class"
    return hasattr(C, "x")
print(shadow(), x)
def two():
    a = 1
    class A:
        a = 2
        class B:
            b = a
            def m(self): return a
        def m(self): return a
    return A.B.b, A.B().m(), A().m()
print(two())
def unbound():
    class C:
        try:
            y = y
        except NameError as e:
            print(e)
        y = 1
        print(y)
unbound()
def loops():
    r = []
    for i in range(3):
        class K:
            v = i
            def get(self): return i
        r.append(K)
    return [k.v for k in r], [k().get() for k in r], r[0] is r[1]
print(loops())
def deleted():
    v = 1
    class C:
        v = 2
        del v
        try:
            w = v
        except NameError: w = "gone"
    return C.w
print(deleted())
def meth():
    secret = 42
    class C:
        @property
        def p(self): return secret
        @staticmethod
        def s(): return secret + 1
        @classmethod
        def c(cls, d=secret): return d, secret
    return C().p, C.s(), C.c()
print(meth())
