# + and * of sequences and of their subclasses: as operators, in place, as methods; what the other operand may do about it.
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e if 'object at' not in str(e) else '')
class L(list): pass
class S(str): pass
class T(tuple): pass
class B(bytes): pass
class A(bytearray): pass
class I:
    def __index__(s): return 2
for v in [1], 'a', (1,), b'a', bytearray(b'a'), L([1]), S('a'), T((1,)), B(b'a'), A(b'a'):
    for o in 1, 1.5, 'x', None, [2], (2,), b'y', I(), True, 2**70, {}:
        if isinstance(o, (int)) and o > 5 : pass
        t(lambda: v + o)
        t(lambda: o + v)
        t(lambda: v * o)
        t(lambda: o * v)
        t(lambda: v.__add__(o))
        t(lambda: v.__mul__(o))
        t(lambda: v.__rmul__(o))
        def iadd():
            x = v[:] if not isinstance(v, (list, bytearray)) else type(v)(v)
            x += o
            return x
        def imul():
            x = v[:] if not isinstance(v, (list, bytearray)) else type(v)(v)
            x *= o
            return x
        t(iadd); t(imul)
class R:
    def __radd__(s, o): return ('radd', o)
    def __rmul__(s, o): return ('rmul', o)
class N:
    def __radd__(s, o): return NotImplemented
    def __rmul__(s, o): return NotImplemented
for v in [1], 'a', (1,), b'a', bytearray(b'a'), L([1]), S('a'):
    for r in R(), N():
        def iadd():
            x = v
            x += r
            return x
        def imul():
            x = v
            x *= r
            return x
        t(iadd); t(imul); t(lambda: v + r); t(lambda: v * r)
