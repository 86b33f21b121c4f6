# Keywords that only the __init__ or the __new__ of a subclass takes.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def kwsub():
    r=[]
    for T,arg in ((float,'1.5'),(int,'3'),(list,[1]),(tuple,(1,)),(set,[1]),(frozenset,[1]),(str,'x'),(bytes,b'x'),(bytearray,b'x'),(complex,'1'),(dict,())):
        class S(T): pass
        class S1(T):
            def __init__(self, *a, newarg=None): self.n=newarg
        class S2(T):
            def __new__(cls, *a, newarg=None):
                s=super().__new__(cls, *a); s.n=newarg; return s
        class S3(T):
            def __init__(self, *a, newarg=None):
                super().__init__(*a); self.n=newarg
        for C in S,S1,S2,S3:
            try: x=C(arg, newarg=3); r.append((T.__name__,C.__name__, str(x), getattr(x,'n',None)))
            except Exception as e: r.append((T.__name__,C.__name__,type(e).__name__,str(e)))
    for x in r: print(x)


@t
def set_symdiff():
    for s in (set(), {1}, frozenset([1])):
        for n in 'difference','symmetric_difference','union','intersection','difference_update','update','intersection_update','issubset','issuperset','isdisjoint':
            try: print(n, getattr(s,n)(123))
            except Exception as e: print(n, type(e).__name__, e)
