class M(type):
    def __instancecheck__(cls, o): return o == "magic" or super().__instancecheck__(o)
    def __subclasscheck__(cls, c): return c is int or super().__subclasscheck__(c)
class K(metaclass=M): pass
print(isinstance("magic", K), isinstance(5, K), isinstance(K(), K), issubclass(int, K), issubclass(str, K), issubclass(K, K), isinstance("magic", (int, K)))
print(isinstance(True, int), isinstance(1, bool), issubclass(bool, int), isinstance(int, type), isinstance(type, object), isinstance(object, type), issubclass(type, object), isinstance(None, type(None)), isinstance(5, (str, (float, (int,)))), isinstance([], ()), isinstance(1, int | str), issubclass(int, (str, int)), isinstance(None, int | None))
for bad in (lambda: isinstance(1, 5), lambda: isinstance(1, [int]), lambda: issubclass(5, int), lambda: issubclass(int, 5), lambda: isinstance(1, (int, 5)), lambda: isinstance("a", (int, 5)), lambda: isinstance(1, list[int])):
    try:
        print(bad())
    except TypeError as e:
        print(e)
class Hooked:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Hooked.subs.append((cls.__name__, tag))
class S1(Hooked, tag="one"): pass
class S2(Hooked): pass
class S3(S1, tag="three"): pass
print(Hooked.subs)
try:
    class S4(Hooked, unknown=1): pass
except TypeError as e:
    print(e)
try:
    class Plain(x=1): pass
except TypeError as e:
    print(e)
class Lies:
    __class__ = int
print(isinstance(Lies(), int), isinstance(Lies(), Lies), type(Lies()).__name__)
class A: pass
class B: pass
a = A()
a.__class__ = B
print(type(a).__name__, isinstance(a, A), isinstance(a, B))
for cls in (int, 5, type("S", (), {"__slots__": ("x",)})):
    try:
        a.__class__ = cls
    except TypeError as e:
        print(e)
try:
    (5).__class__ = A
except TypeError as e:
    print(e)
class SetName:
    def __set_name__(self, owner, name): self.info = (owner.__name__, name)
class Owner:
    x = SetName()
    y = z = SetName()
print(Owner.x.info, Owner.y.info)
class Getitem:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class Sub(Getitem): pass
print(Getitem[int], Sub[1, 2], Getitem["x":1])
try:
    A[int]
except TypeError as e:
    print(e)
print(A.__subclasses__(), Hooked.__subclasses__()[0].__name__, object.__init_subclass__(), int.__subclasshook__(5), bool.__bases__)
