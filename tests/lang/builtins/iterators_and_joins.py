# A sentinel iterator used up by its own function; reversed() of what has no length.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def itexh():
    HAS_MORE=1; NO_MORE=2
    def exhaust(iterator): list(iterator)
    def run(builtin_iter, item, sentinel=None):
        it = iter(callable_) if sentinel is None else iter(callable_, sentinel)
    it=None; calls=[]
    def f():
        if len(calls)<1:
            calls.append(1); list(it)
            return 0
        if len(calls)<2: calls.append(1); return 1
        return 1
    it=iter(f,1)
    print(next(it,'end'), next(it,'end'), next(it,'end'))


@t
def revlen():
    class Seq:
        def __getitem__(self,i): return i
        def __len__(self): 1/0
    reversed(Seq())
