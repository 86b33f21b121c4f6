# Who takes the arguments of an OSError: __new__ or __init__; characters_written; ImportError made twice.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def oserr():
    class New(OSError):
        def __new__(cls, baz, *a, **k):
            self=OSError.__new__(cls, *a); self.baz=baz; return self
        def __init__(self, baz=None, *a): pass
    class New2(OSError):
        def __new__(cls, baz, foo=None): 
            self=OSError.__new__(cls, baz); self.foo=foo; return self
    class Init(OSError):
        def __init__(self, bar='b'): self.bar=bar; OSError.__init__(self)
    class NI(OSError):
        def __new__(cls, foo=None, bar='b', *a): 
            self=OSError.__new__(cls,*a); self.foo=foo; return self
        def __init__(self, foo=None, bar='b', *a): self.bar=bar
    each(lambda: New2("some message", foo='baz').args, lambda: New2("some message", 'baz').args, lambda: New2("m",'b').foo, lambda: New('b').args, lambda: New('b', 'x', 'y').args, lambda: Init('x').args, lambda: Init(bar='x').bar, lambda: NI(2,3,'m').args, lambda: NI(foo=1,bar=5).bar)
    each(lambda: OSError(2,'x').__class__, lambda: New2(2).__class__, lambda: OSError(17,'e','f','g','h'), lambda: OSError(1,2,3,4,5).filename2)
    e=BlockingIOError("a","b",3); print(e.characters_written)
    for x in 1,2: 
        try: e=BlockingIOError("a","b",3,4); print(e.characters_written)
        except Exception as ex: print(type(ex),ex)
    e=BlockingIOError(); each(lambda: e.characters_written)
    def s(): e.characters_written='x'
    def s2(): e.characters_written=5; print(e.characters_written); del e.characters_written; print(hasattr(e,'characters_written'))
    each(s,s2)


@t
def imperr():
    e=ImportError('test', name='n', path='p')
    print(e.args,e.msg,e.name,e.path)
    e.__init__('other'); print(e.msg, e.name, e.path)
    e.__init__(); print(e.msg, e.args, repr(e))
    each(lambda: ImportError(x=1), lambda: ImportError('a',x=1), lambda: ImportError('a','b',name='c').msg, lambda: ImportError(name='x').msg)
