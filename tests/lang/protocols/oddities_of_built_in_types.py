# memoryview in patterns, ordered cells, namespaces that are mappings, reading order of dict subclasses, hints.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def patterns():
    def f(w):
        match w:
            case (x, y, z): return [x, y, z]
            case {"a": 1}: return 'map'
            case _: return None
    each(lambda: f(memoryview(b'abc')), lambda: f(b'abc'), lambda: f(range(3)), lambda: f(bytearray(b'abc')))


@t
def cells():
    def cell(v):
        def g(): return v
        return g.__closure__[0]
    def empty():
        def g(): return v
        if 0: v=1
        return g.__closure__[0]
    each(lambda: cell(2)<cell(3), lambda: empty()<cell('x'), lambda: cell(-36)==cell(-36), lambda: cell(True)>empty(), lambda: empty()==empty(), lambda: empty()!=empty(), lambda: cell(1)==1, lambda: cell(1)<1, lambda: hash(cell(1)), lambda: cell(1)<cell('a'))


@t
def annots():
    class CNS:
        def __init__(self): self._dct = {}
        def __setitem__(self, item, value): self._dct[item.lower()] = value
        def __getitem__(self, item): return self._dct[item]
    ns={'__annotations__': CNS()}
    exec('X: int; Z: str = "Z"; (w): complex = 1j', ns)
    print(ns['__annotations__']._dct)
    seen={}
    class CNS2:
        def __init__(self): self._dct = {}
        def __setitem__(self, item, value): self._dct[item]=value; seen[item]=value
        def __getitem__(self, item): return self._dct[item]
    exec('x: int = 1', {}, CNS2()); print(seen)


@t
def yf():
    def a():
        print(gb.gi_yieldfrom, gb.gi_running); yield 1
        print(gb.gi_yieldfrom, gb.gi_running); yield 2
    def b():
        print(gb.gi_yieldfrom)
        yield from a()
        print(gb.gi_yieldfrom)
    gb=b(); print(gb.gi_yieldfrom); next(gb); print(gb.gi_yieldfrom.__name__, gb.gi_running); next(gb); print(list(gb))


@t
def bext():
    class BadLen:
        def __iter__(self): return iter(range(3))
        def __len__(self): raise RuntimeError('hello')
    class BadHint:
        def __iter__(self): return iter(range(3))
        def __length_hint__(self): raise RuntimeError('hello')
    b=bytearray(3)
    each(lambda: b.extend(BadLen()), lambda: b.extend(BadHint()), lambda: list(BadLen()), lambda: [].extend(BadHint()), lambda: tuple(BadLen()), lambda: b)


@t
def order():
    class O(dict):
        def __iter__(self): return iter(reversed(list(dict.keys(self))))
        def keys(self): return list(self)
    o=O(a=1,b=2)
    C=type('C',(),o); print(list(C.__dict__)[:2]); print((lambda **k: k)(**o)); print(dict(o), {**o})


@t
def contexts():
    import contextvars
    each(lambda: contextvars.Context(1), lambda: contextvars.Context(a=1), lambda: contextvars.Context().run(), lambda: contextvars.Context().run(lambda *a, **k: (a,k), 1, b=2), lambda: contextvars.Context().run(callable=1))


@t
def revh():
    class S:
        n=0
        def __len__(self):
            self.n+=1
            if self.n>1: 1/0
            return 10
        def __getitem__(self,i): return i
    r=reversed(S()); r.__length_hint__()


@t
def abcflags():
    class M:
        __abc_tpflags__ = 'x'
    print('__abc_tpflags__' in M.__dict__)
