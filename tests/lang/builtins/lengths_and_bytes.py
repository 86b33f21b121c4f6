# Hints of length, lists changed while compared, lengths near 2**63, __bytes__ of subclasses, views of dicts.
import sys


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def lextend():
    class L: 
        def __iter__(self): return iter((1,2))
        def __length_hint__(self): return True
    class H:
        def __init__(s,v): s.v=v
        def __length_hint__(s):
            if isinstance(s.v,type): raise s.v
            return s.v
        def __iter__(s): return iter(())
    for v in (True, 1.5, 'a', None, NotImplemented, -1, 2, ValueError, TypeError, RuntimeError,10**30):
        for f in (list, lambda x: [].extend(x), tuple, bytearray, set):
            try: print(v, f(H(v)))
            except Exception as e: print(v, type(e).__name__, e)
    return list(L())


@t
def leq():
    class X:
        def __eq__(self,other):
            list2.clear(); return NotImplemented
    class Y:
        def __eq__(self, other):
            list1.clear(); return NotImplemented
    class Z:
        def __eq__(self, other):
            list3.clear(); return NotImplemented
    list1=[X()]; list2=[Y()]
    print(list1==list2)
    list3=[Z()]; list4=[1]
    print(list3==list4, len(list3))
    list3=[Z(),Z()]; list4=[1,2]
    print(list3==list4)


@t
def viewsmap():
    mp=type(type.__dict__)
    d={}; m=d.keys().mapping; print(type(m))
    v={'a':1}.values()
    print(v==v, v!=v, {}.keys().mapping=={} , {1:2}.items().mapping=={1:2}, mp({1:2})==mp({1:2}))
    class DictLike(dict):
        def keys(self): return super().keys()
        def values(self): return super().values()
        def items(self): return super().items()
    d=DictLike(a=1)
    print(d.keys().mapping, d.values().mapping==d, d.items().mapping)
    print(d.keys().mapping is d)
    for view in [d.keys(), d.values(), d.items()]:
        print(view.mapping, view.mapping['a'], list(view.mapping))
        try: view.mapping['b']=1
        except TypeError as e: print(e)
    class D2(dict):
        def __eq__(self,o): return dict.__eq__(self,o)
    print(D2(a=1).keys().mapping == {'a':1}, D2(a=1).keys().mapping == D2(a=1).items().mapping)


@t
def rng():
    a=int(10 * sys.maxsize); b=int(100*sys.maxsize); c=int(50*sys.maxsize)
    r=range(0,a,c)
    print(a in r, b in r, len(range(0,sys.maxsize)), range(0, sys.maxsize)[-1])
    x=range(10**20, 10**20+10, 3); print(len(x), len(list(x)))
    x = range(10**20+10, 10**20, -3); print(list(x))
    try: len(range(0,sys.maxsize**10))
    except OverflowError as e: print(e)
    print(range(-sys.maxsize, sys.maxsize, 2).__len__(), len(range(-sys.maxsize,sys.maxsize,2)))
    x=range(-sys.maxsize, sys.maxsize, 2); print(len(x)==sys.maxsize)


@t
def bcustom():
    class A:
        def __bytes__(self): return b'abc'
    class S(str):
        def __bytes__(self): return b'abc'
    class B(int):
        def __bytes__(self): return b'abc'
    class Bb(bytes):
        def __bytes__(self): return b'abc'
    print(bytes(A()), bytes(S('\u20ac')), bytes(S('\u20ac'),'iso8859-15'), bytes(B(3)), bytes(Bb(b'x')))
    print(bytes(bytearray(b'q')), type(bytes(Bb(b'x'))))
    class OB:
        def __bytes__(self): return Bb(b'abc')
    b=bytes(OB()); print(type(b).__name__, b)
    b=Bb(OB()); print(type(b).__name__,b)
    class Bad:
        def __bytes__(self): return None
    bytes(Bad())
