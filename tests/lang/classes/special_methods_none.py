# A special method that is None blocks the operation.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def blocked():
    class A: __bool__=None
    try: bool(A())
    except TypeError as e: print(e)
    class B:
        def __len__(self): return 10
        __bool__=None
    try: bool(B())
    except TypeError as e: print(e)
    class C:
        __bytes__=None
    try: bytes(C())
    except TypeError as e: print(e)
    class D:
        def __index__(self): return 42
        __bytes__=None
    try: bytes(D())
    except TypeError as e: print(e)
    class E:
        def __reversed__(self): return 1
    class F: __reversed__=None
    class H(list): __reversed__=None; __iter__=None; __len__=None; __contains__=None; __hash__=None; __str__=None; __repr__=None;__format__=None;__round__=None
    for f in (lambda:reversed(F()), lambda:reversed(H()), lambda: iter(H()), lambda: len(H()), lambda: 1 in H(), lambda: hash(H()), lambda: str(H()), lambda: repr(H()), lambda: format(H()), lambda:round(H())):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
    class B(object):
        def __eq__(self, other): return NotImplemented
        def __ne__(self, other): raise NotImplementedError
    class SI: 
        __int__=None; __float__=None; __index__=None; __complex__=None; __call__=None; __getitem__=None;__setitem__=None;__delitem__=None;__enter__=None;__exit__=None;__neg__=None;__abs__=None
    s=SI()
    def se(): s[1]=2
    def de(): del s[1]
    def wi():
        with s: pass
    for f in (lambda:int(s),lambda:float(s),lambda:[1][s],lambda:complex(s),lambda:s(),lambda:s[1],se,de,wi,lambda:-s,lambda:abs(s)):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)


@t
def binblock():
    class Right:
        def __rsub__(self,o): return 'rsub'
    class S(int): __sub__=None
    class X:
        def __add__(self,o): return 'add'
        def __radd__(self,o): return 'radd'
        def __eq__(self,o): return True
        def __ne__(self,o): return True
        def __lt__(self,o): return 'lt'
    class Y(X):
        __radd__=None; __ne__=None; __lt__=None; __gt__=None
        def __eq__(self,o): return NotImplemented
    for f in (lambda:X()+Y(), lambda:X()+X(), lambda:1+Y(), lambda:X()!=Y(), lambda:Y()!=X(), lambda: X()<Y(), lambda:Y()<X(), lambda:S(3)-Right(), lambda: X()==Y()):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
