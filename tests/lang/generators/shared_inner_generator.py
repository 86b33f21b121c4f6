# An inner generator resumed by somebody else while an outer one delegates to it.
def inner():
    for i in range(5):
        yield i
    return "inner result"
shared = inner()
def outer(name):
    r = yield from shared
    print(name, "got", r)
    yield name + " end"
a, b = outer("a"), outer("b")
print(next(a), next(b), next(shared), next(a), next(b))
print(next(a))
print(next(b))
print(list(a), list(b), list(shared))
shared = inner()
a = outer("a2")
next(a)
shared.close()
print(next(a))
shared = inner()
a = outer("a3")
next(a)
try:
    shared.throw(KeyError("x"))
except KeyError as e:
    print("thrown through shared", e)
print(next(a))
def reenter():
    yield 1
    try:
        next(me)
    except ValueError as e:
        print(e)
    try:
        me.close()
    except ValueError as e:
        print(e)
    try:
        me.throw(KeyError)
    except ValueError as e:
        print(e)
    yield 2
me = reenter()
print(next(me), next(me), next(me, "end"))
def delegating():
    yield from me2
me2 = delegating()
try:
    next(me2)
except ValueError as e:
    print(e)
