# Which classes may be assigned to __class__.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)
def cant(x, C):
    try: x.__class__ = C
    except TypeError as e: print('ok', e)
    else: print("shouldn't allow", x.__class__)
    try: delattr(x, "__class__")
    except (TypeError, AttributeError) as e: print(e)
class C: pass
class D: pass
class E(C): pass
class D2(D): pass
cant(object(), object); cant(C(), list); cant(list(), C); cant(C(), 1); cant(C(), object); cant(object(), list); cant(list(), object)
class Int(int): __slots__ = []
cant(True, int); cant(2, bool)
o = object(); cant(o, int); cant(o, type(None))
class G(object): __slots__ = ["a", "b"]
class H(object): __slots__ = ["b", "a"]
class I(object): __slots__ = ["a", "b"]
class J(object): __slots__ = ["c", "b"]
class K(object): __slots__ = ["a", "b", "d"]
class L(H): __slots__ = ["e"]
class M(I): __slots__ = ["e"]
class N(J): __slots__ = ["__weakref__"]
class P(J): __slots__ = ["__dict__"]
class Q(J): pass
class R(J): __slots__ = ["__dict__", "__weakref__"]
for cls, cls2 in ((G, H), (G, I), (I, H), (Q, R), (R, Q)):
    x = cls(); x.a = 1; x.__class__ = cls2; print(x.__class__, x.a); x.__class__ = cls
for cls in G, J, K, L, M, N, P, R, list, Int:
    for cls2 in G, J, K, L, M, N, P, R, list, Int:
        if cls is cls2: continue
        print(cls,cls2); cant(cls(), cls2)
