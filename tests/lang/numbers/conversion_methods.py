# What __int__, __index__, __float__, __complex__ and __trunc__ may return.
import sys
import warnings


def w(f):
    with warnings.catch_warnings(record=True) as l:
        warnings.simplefilter("always")
        try: r=f()
        except Exception as e: r=(type(e).__name__, str(e))
    return r, [(x.category.__name__, str(x.message)) for x in l]


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def intdep():
    class I(int): pass
    class A:
        def __int__(self): return True
    class B:
        def __int__(self): return I(5)
    class C:
        def __index__(self): return True
    class D:
        def __index__(self): return I(5)
    class E:
        def __trunc__(self): return 5
    class F:
        def __trunc__(self): return C()
    class G:
        def __float__(self): return FF(5.0)
    class FF(float): pass
    class H:
        def __complex__(self): return CC(5)
    class CC(complex): pass
    for f in (lambda: int(A()), lambda: int(B()), lambda: int(C()), lambda: int(D()), lambda: int(E()),lambda: int(F()), lambda: float(G()), lambda: complex(H()), lambda: [1,2,3][C()], lambda: float(C()), lambda: bin(D()), lambda: range(D()), lambda:hex(C()), lambda: "%x"%D(), lambda: float(FF(3.5)).__class__, lambda: complex(G()),lambda: I(B()), lambda: '%d' % B()):
        print(w(f))


@t
def memint():
    return int(memoryview(b'123')), float(memoryview(b'12.5')), int(memoryview(b'x123x')[1:4], 16)
