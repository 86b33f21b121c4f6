# exec() with closures; namespaces that are mappings.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def ex():
    class sde(Exception): pass
    class SD(dict):
        def __getitem__(self,k): raise sde
    import types
    each(lambda: exec('x=1; print(superglobal)', {'__builtins__': {'print':print,'superglobal':1}}), lambda: exec("class A: pass", {'__builtins__': {}}))
    class fd(dict):
        def __setitem__(self,k,v): raise KeyError('frozen')
    fb=fd(__builtins__.__dict__)
    code=compile("__builtins__['superglobal']=2; print(superglobal)", "test", "exec")
    each(lambda: exec(code, {'__builtins__': fb}))
    code=compile("super_global","","exec")
    class SO(dict):
        def __getitem__(self,k): return 42
    each(lambda: eval("zork", {}, SO()))
    class M:
        def __getitem__(self,k):
            if k=='a': return 12
            raise KeyError
        def keys(self): return list('xyz')
    each(lambda: eval('a', globals(), M()), lambda: eval('b', globals(), M()), lambda: eval('dir()', globals(), M()), lambda: eval('globals() is g', {'g':1}, M()), lambda: eval('locals()',{},M()).__class__.__name__)
    class D(dict):
        def __getitem__(self,k):
            if k=='a': return 12
            return dict.__getitem__(self,k)
        def keys(self): return list('xyz')
    d=D()
    each(lambda: eval('a',globals(),d), lambda: eval('b',globals(),d), lambda: eval('dir()',globals(),d))
    each(lambda: eval('a', None), lambda: eval(), lambda: eval('1',1), lambda: exec('x',[]), lambda: exec('', {}, 1), lambda: eval('1',{},2), lambda: exec("x", 1,1,1), lambda: eval(()), lambda: exec(b'print(1)'), lambda: eval('  1'), lambda: eval('\t 3\n'), lambda: eval('\n'))


@t
def exclosure():
    def ff(a,b,c):
        def f(): return a+b+c
        def set_(): 
            nonlocal a; a=5
        return f, set_
    f,s=ff(1,2,3)
    cell=f.__closure__
    two_freevars=(lambda a,b: (lambda: (a,b)))(1,2)
    r=[]
    def make():
        res=0
        def fn():
            nonlocal res
            res=42
        return fn, (lambda: res)
    fn,get=make()
    exec(fn.__code__, closure=fn.__closure__); print(get())
    each(lambda: exec(fn.__code__), lambda: exec(fn.__code__, closure=()), lambda: exec(fn.__code__, closure=(1,)), lambda: exec(fn.__code__, closure=[1]), lambda: exec("1", closure=()), lambda: exec(compile('1','','exec'), closure=()), lambda: exec(compile('1','','exec'), closure=(fn.__closure__)), lambda: exec(fn.__code__, closure=two_freevars.__closure__), lambda: exec("pass", closure=fn.__closure__), lambda:exec(fn.__code__, {}, closure=None))
