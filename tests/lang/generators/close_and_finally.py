def g():
    try:
        yield 1
        yield 2
    finally:
        print("cleanup")
a = g()
a.close()
print("not started: nothing runs")
a = g(); next(a); a.close()
print(list(a))
def ignores():
    while True:
        try:
            yield
        except GeneratorExit:
            pass
b = ignores(); next(b)
try:
    b.close()
except RuntimeError as e:
    print(e)
def raises():
    try:
        yield
    finally:
        raise KeyError("in finally")
c = raises(); next(c)
try:
    c.close()
except KeyError as e:
    print(e, type(e.__context__).__name__)
def returns():
    try:
        yield
    except GeneratorExit:
        return 5
d = returns(); next(d)
print(d.close())
def nested():
    try:
        yield from g()
    finally:
        print("outer cleanup")
e = nested(); next(e); e.close()
for x in (h := g()):
    print(x)
    break
print("loop left")
h.close()
def many():
    for i in range(3):
        with_ = yield i
        print("received", with_)
m = many()
print(next(m)); m.close()
try:
    m.send(1)
except StopIteration:
    print("closed generators stop")
