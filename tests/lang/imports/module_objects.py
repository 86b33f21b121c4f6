# Annotations, loaders and second initialisation of module objects.
import types


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def mods():
    M=types.ModuleType
    m=M('foo'); 
    each(lambda: m.__annotations__, lambda: '__annotations__' in m.__dict__, lambda: repr(m))
    m.__annotations__={'a':1}; print(m.__annotations__); del m.__annotations__; print('__annotations__' in m.__dict__)
    def d(): 
        m2=M('x'); del m2.__annotations__
    each(d)
    class L: pass
    m.__loader__=L; each(lambda: repr(m)); m.__file__='/tmp/foo.py'; each(lambda: repr(m)); del m.__name__; each(lambda: repr(m)); del m.__file__; each(lambda: repr(m).split(' object')[0])
    class Full:
        @classmethod
        def module_repr(cls, m): return 'crafted'
    m=M('foo'); m.bar=42; m.__init__('foo','doc'); print(m.bar, m.__doc__)
    u=M.__new__(M); each(lambda: u.__dict__, lambda: repr(u), lambda: u.x, lambda: u.__name__, lambda: dir(u))
    m=M('foo'); m.__spec__=None; print(repr(m))
