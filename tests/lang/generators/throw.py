def g():
    while True:
        try:
            x = yield "ready"
        except ValueError as e:
            print("caught", e)
            yield "handled"
        else:
            print("got", x)
i = g()
print(next(i), i.throw(ValueError("one")), next(i), i.throw(ValueError), i.send(5))
try:
    i.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
try:
    next(i)
except StopIteration:
    print("finished")
i = g()
try:
    i.throw(TypeError("before start"))
except TypeError as e:
    print(e, i.gi_frame)
def stopper():
    yield 1
    raise StopIteration("inner")
s = stopper()
next(s)
try:
    next(s)
except RuntimeError as e:
    print(e, "|", repr(e.__cause__))
def ret():
    try:
        yield 1
    except ValueError:
        return "from handler"
r = ret()
next(r)
try:
    r.throw(ValueError())
except StopIteration as e:
    print(e.value)
def swallow():
    yield 1
    try:
        yield 2
    finally:
        print("finally runs")
        yield 3
w = swallow()
next(w); next(w)
print(w.throw(ValueError("lost?")))
try:
    next(w)
except ValueError as e:
    print("kept:", e)
for bad in (5, int, "x"):
    try:
        g().throw(bad)
    except TypeError as e:
        print(e)
i = g(); next(i)
print(i.throw(ValueError, "value"), i.throw(ValueError, ValueError("inst"), None) if False else "")
