def inner():
    try:
        x = yield "i1"
        print("inner got", x)
        y = yield "i2"
        return (x, y)
    except ValueError as e:
        print("inner caught", e)
        yield "recovered"
        return "after error"
    finally:
        print("inner done")
def outer():
    result = yield from inner()
    print("result", result)
    result = yield from [1, 2]
    print("list gives", result)
    yield "last"
o = outer()
print(next(o), o.send("A"), o.send("B"), next(o), next(o))
o = outer()
print(next(o), o.throw(ValueError("thrown")), next(o))
o.close()
class Iter:
    def __iter__(self): return self
    def __next__(self):
        raise StopIteration(42)
def d():
    v = yield from Iter()
    print("value", v)
list(d())
def send_to_plain():
    yield from iter([1, 2])
s = send_to_plain()
next(s)
try:
    s.send("x")
except AttributeError as e:
    print(e)
try:
    next((lambda: (yield from 5))())
except TypeError as e:
    print(e)
def throw_to_plain():
    try:
        yield from iter([1, 2])
    except KeyError as e:
        print("outer caught", e)
        yield "ok"
t = throw_to_plain(); next(t)
print(t.throw(KeyError("k")))
def depth(n):
    if n: 
        r = yield from depth(n - 1)
        return r + 1
    yield "bottom"
    return 0
def run():
    r = yield from depth(200)
    print("depth", r)
print(list(run()))
class Custom:
    def __init__(self): self.sent = []
    def __iter__(self): return self
    def __next__(self): return self.send(None)
    def send(self, v):
        self.sent.append(v)
        if len(self.sent) > 3: raise StopIteration(self.sent)
        return len(self.sent)
    def throw(self, *a): return ("threw", a[0] if isinstance(a[0], type) else type(a[0]))
    def close(self): print("custom closed")
def c():
    r = yield from Custom()
    print(r)
k = c()
print(next(k), k.send("x"), k.throw(ValueError), k.send("y"), next(k, "end"))
k = c(); next(k); k.close()
