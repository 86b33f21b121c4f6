class A:
    def __new__(cls, *args, **kw):
        print("new", cls.__name__, args, kw)
        self = super().__new__(cls)
        self.made = True
        return self
    def __init__(self, *args, **kw):
        print("init", args, kw, self.made)
A(1, k=2)
class Other:
    def __new__(cls): return 42
    def __init__(self): print("never")
print(Other())
class Single:
    instance = None
    def __new__(cls, *a):
        if not cls.instance: cls.instance = super().__new__(cls)
        return cls.instance
    def __init__(self, v=0): self.v = v
s, t = Single(1), Single(2)
print(s is t, s.v)
class Sub(A):
    def __new__(cls, x): return super().__new__(cls, x, extra=1)
    def __init__(self, x): super().__init__("from sub", x)
Sub(5)
class I(int):
    def __new__(cls, v, note=""):
        self = super().__new__(cls, v * 2)
        self.note = note
        return self
i = I(21, "doubled")
print(i, i.note, i + 1, type(i).__name__)
class ReturnsInit:
    def __init__(self): return 5
for bad in (lambda: ReturnsInit(), lambda: object(1), lambda: object.__new__(int), lambda: object.__new__(), lambda: int.__new__(str), lambda: object.__new__(5), lambda: Plain(1), lambda: Plain(x=1), lambda: OnlyNew(1, 2), lambda: OnlyInit(), lambda: str.__new__(int), lambda: tuple.__new__(list)):
    try:
        print(bad())
    except TypeError as e:
        print(e)
    except NameError as e:
        print(e)
class Plain: pass
class OnlyNew:
    def __new__(cls, x): return super().__new__(cls)
class OnlyInit:
    def __init__(self, x): pass
for bad in (lambda: Plain(1), lambda: Plain(x=1), lambda: OnlyNew(1, 2), lambda: OnlyInit(), lambda: OnlyNew(1).__init__(5), lambda: OnlyInit(1).__class__.__name__, lambda: object.__init__(Plain(), 1)):
    try:
        print(bad())
    except TypeError as e:
        print(e)
class Different:
    def __new__(cls): return Plain()
    def __init__(self): print("not called for another class")
print(type(Different()).__name__, Plain.__new__ is object.__new__, A.__new__(A).made)
