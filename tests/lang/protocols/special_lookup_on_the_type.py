class A: pass
a = A()
a.__len__ = lambda: 5
a.__iter__ = lambda: iter([1])
a.__str__ = lambda: "instance str"
a.__add__ = lambda o: "added"
a.__call__ = lambda: "called"
a.__getitem__ = lambda k: k
a.__eq__ = lambda o: True
a.__bool__ = lambda: False
a.__contains__ = lambda x: True
a.__hash__ = lambda: 1
a.__enter__ = a.__exit__ = lambda *x: None
for f in (lambda: len(a), lambda: iter(a), lambda: str(a)[:10], lambda: a + 1, lambda: a(), lambda: a[0], lambda: a == 5, lambda: bool(a), lambda: 1 in a, lambda: hash(a) == 1, lambda: next(a), lambda: a < 1, lambda: -a, lambda: int(a)):
    try: print(f())
    except TypeError as e: print(e)
A.__len__ = lambda self: 7
A.__getitem__ = lambda self, k: k * 2
A.__add__ = lambda self, o: ("class add", o)
A.__call__ = lambda self, *x: x
print(len(a), a[4], a + 1, a(1, 2), a.__len__())
del A.__len__, A.__add__
for f in (lambda: len(a), lambda: a + 1):
    try: print(f())
    except TypeError as e: print(e)
A.__bool__ = lambda self: False
print(bool(a), not a)
A.__eq__ = lambda self, o: o == 3
print(a == 3, a == 4, a != 3)
class G:
    def __getattr__(self, n): return lambda *a: "via getattr"
g = G()
print(g.__len__())
for f in (lambda: len(g), lambda: g[0], lambda: g + 1, lambda: g(), lambda: iter(g)):
    try: print(f())
    except TypeError as e: print(e)
class Sub(A): pass
s = Sub()
print(s[1])
A.__getitem__ = lambda self, k: "changed in the base"
print(s[1])
Sub.__getitem__ = lambda self, k: "sub's own"
print(s[1], a[1])
del Sub.__getitem__
print(s[1])
