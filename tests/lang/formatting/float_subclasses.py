# format() of a subclass of float with a __str__ of its own.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def enums():
    class F(float):
        def __str__(self): return 'x'
    class A:
        def __str__(self): return 'a'
    class B(A, float): pass
    class C(float, A): pass
    class R(float):
        def __repr__(self): return 'r'
    class S(int):
        def __repr__(self): return 'r'
    class D(float):
        __str__=object.__str__
    each(lambda: str(F(1)), lambda: format(F(1.5)), lambda: str(B(1)), lambda: str(C(1)), lambda: str(R(1)), lambda: '%s'%R(1), lambda: f'{R(1)}', lambda: str(S(1)), lambda: f'{S(1)}', lambda: str(D(2)), lambda: format(B(1)), lambda: '{}'.format(B(1)), lambda: f'{B(1)!s}', lambda: format(F(1),''), lambda: format(F(1),'.3'))
