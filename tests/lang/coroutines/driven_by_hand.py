class Suspend:
    def __init__(self, value): self.value = value
    def __await__(self):
        got = yield self.value
        return got
async def inner(n):
    a = await Suspend(("inner", n))
    return a
async def outer():
    x = await inner(1)
    y = await inner(2)
    return [x, y]
c = outer()
print(c.send(None), c.send("first"))
try:
    c.send("second")
except StopIteration as e:
    print(e.value)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
c = outer()
try:
    c.send("early")
except TypeError as e:
    print(e)
c.send(None)
print(c.cr_await is not None, c.cr_running, c.cr_frame is not None, type(c).__name__, c.__name__, c.__qualname__)
c.close()
print(c.cr_await, c.cr_frame)
async def catches():
    try:
        await Suspend(1)
    except ValueError as e:
        return f"caught {e}"
c = catches(); c.send(None)
try:
    c.throw(ValueError("thrown"))
except StopIteration as e:
    print(e.value)
w = inner(5).__await__()
print(type(w).__name__, next(w))
try:
    w.send("through wrapper")
except StopIteration as e:
    print(e.value)
for f in (lambda: iter(c), lambda: next(c), lambda: [x for x in c]):
    try:
        f()
    except TypeError as e:
        print(e)
w.close()
async def cleanup():
    try:
        await Suspend("s")
    finally:
        print("finally on close")
c = cleanup(); c.send(None); c.close(); c.close()
