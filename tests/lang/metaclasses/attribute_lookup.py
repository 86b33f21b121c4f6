class Meta(type):
    x = "meta x"
    both = "meta both"
    @property
    def data(cls): return "meta data descriptor"
    def method(cls): return "meta method"
class A(metaclass=Meta):
    both = "class both"
    data = "class data"
print(A.x, A.both, A.data, A.method(), "data" in A.__dict__, A.__dict__["data"], A().data)
try:
    A().x
except AttributeError as e:
    print(e)
try:
    A.data = 5
except AttributeError as e:
    print(e)
class Setter(type):
    def __setattr__(cls, k, v):
        print("set", k, v)
        super().__setattr__(k, v)
    def __delattr__(cls, k):
        print("del", k)
        super().__delattr__(k)
    def __getattribute__(cls, k):
        if k == "secret": return "via getattribute"
        return super().__getattribute__(k)
class B(metaclass=Setter): pass
B.v = 1
del B.v
print(B.secret, B.__name__, hasattr(B, "v"))
class Singleton(type):
    _instances = {}
    def __call__(cls, *a):
        if cls not in Singleton._instances: Singleton._instances[cls] = super().__call__(*a)
        return Singleton._instances[cls]
class S(metaclass=Singleton):
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class Ordered(type):
    def __lt__(cls, o): return cls.__name__ < o.__name__
    def __eq__(cls, o): return cls.__name__[0] == o.__name__[0]
    def __hash__(cls): return hash(cls.__name__[0])
class Zed(metaclass=Ordered): pass
class Abe(metaclass=Ordered): pass
class Ann(metaclass=Ordered): pass
print(sorted([Zed, Abe])[0].__name__, Abe == Ann, Abe != Zed, len({Abe, Ann, Zed}), {Abe: 1}[Ann])
class Registry(type):
    all = {}
    def __init__(cls, name, bases, ns):
        Registry.all[name.lower()] = cls
        for k, v in ns.items():
            if hasattr(v, "tag"): v.tag.append(name)
def tagged(f): f.tag = []; return f
class R(metaclass=Registry):
    @tagged
    def m(self): return self.m.tag
class R2(R): pass
print(sorted(Registry.all), R().m(), Registry.all["r2"].__mro__[1] is R)
print(type(Meta).__name__, Meta.__mro__[1], type.__class__ is type, type(type) is type, isinstance(Meta, type), Meta.__base__, type.__call__(int, "5"), type.__getattribute__(A, "both"), object.__getattribute__(A(), "both"))
