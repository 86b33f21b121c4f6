# float() and complex() of texts and of subclasses, powers of zero.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def fl():
    inf=float('inf')
    each(lambda: 0.0**-inf, lambda: (-0.0)**-inf, lambda: 0.0**-2.0, lambda: (-2.0)**-inf, lambda: inf**-1, lambda: pow(0.0,-inf))
    class F1(float):
        def __float__(self): return 42.
    class F2(float):
        def __float__(self): return self
    class F3(float):
        def __new__(cls, value=0.): return float.__new__(cls, 2*value)
        def __float__(self): return self
    class S(str):
        def __float__(self): return float(str(self))+1
    class B(bytes):
        def __float__(self): return 7.0
    class I(int):
        def __float__(self): return 3.25
    class MI:
        def __index__(self): return 255
    class BI:
        def __index__(self): return 2**2000
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        each(lambda: float(F1()), lambda: float(F2()), lambda: float(F3(21)), lambda: float(S('8')), lambda: float(B(b'3')), lambda: float(I(3)), lambda: float(MI()), lambda: float(BI()), lambda: float(F1(1)).__class__)
    for s in ("\uD8F0", "1\xB5", "abc\0", "3.14\0", b"3.14\0", b"\xff", "\u0663.\u0661", " \u3053", "0.0.0", "1_000.5_0", "1__0", "_1", "infinit", "nan(1)"):
        each(lambda: float(s))
    v=float('nan'); print(hash(v)==object.__hash__(v))
    each(lambda: float.__getformat__('double'), lambda: float.__getformat__('chicken'), lambda: float.__getformat__(1))
    for h in ('0x0.ffffffffffffd6p-1022','0x.ffffffffffffd7p-1022','0x1.00000000000008p-1022','0x1.fffffffffffff7p-1','0x0.0000000000001p-1022','0x1p-1075','0x1.8p-1075','0x1.00000000000001p-1075'):
        each(lambda: float.fromhex(h))


@t
def cx():
    class C:
        def __init__(s,v): s.v=v
        def __complex__(s): return s.v
    each(lambda: complex(C(4.25+0.5j)), lambda: complex(C(1)), lambda: complex(C(None)), lambda: complex(C(4.25j), C(1j)), lambda: complex('1'*500), lambda: complex('\u0663.\u0661'), lambda: complex(' ( 1+2j ) '), lambda: complex('1 + 2j'), lambda: complex('1e400'), lambda: complex('nan+infj'), lambda: complex('1-J'), lambda: complex('j'), lambda: complex('+j'), lambda: complex("\0"), lambda: complex("3\09"), lambda: complex("1+2j)"), lambda: complex('1+1_0j'), lambda:complex("1e1ej"), lambda:complex("\N{EM SPACE}(\N{EN SPACE}1+1j ) "), lambda:complex(float("nan"), 5j), lambda: complex({}), lambda: complex(1, "1"), lambda: complex("1", 1), lambda: complex('\ud8f0'))
    class S(complex):
        def __complex__(self): return None
    class O:
        def __float__(self): return None
    class T(complex): pass
    each(lambda: complex(S(1j)), lambda: complex(O()), lambda: complex(T(1j)), lambda: T(T(2)), lambda: complex(1j).__class__, lambda: complex(real=1,imag=2), lambda: complex(imag=1j), lambda: complex(real=1+2j, imag=3+4j))
