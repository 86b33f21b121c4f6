# `await f()` may use the same object again for the next call: nothing of one call may show in another.
import sys


def run(coroutine, *sent):
    try:
        result = coroutine.send(None)
        for value in sent:
            result = coroutine.send(value)
        return "suspended", result
    except StopIteration as stop:
        return stop.value


class Pause:
    def __init__(self, value): self.value = value
    def __await__(self): return (yield self.value)


async def simple(x, y=2, *rest, key="k", **more):
    if x:
        unset = 1
    try:
        return x, y, rest, key, more, unset
    except UnboundLocalError as e:
        return str(e)


async def calls():
    return [await simple(1), await simple(0), await simple(1, 3), await simple(1, 2, 3, 4), await simple(1, key=5, other=6), await simple(*[1, 9], **{"key": 0})]


print(run(calls()))


async def fib(n): return n if n < 2 else await fib(n - 1) + await fib(n - 2)
print(run(fib(15)))


def counter(start):
    async def step(by):
        nonlocal start
        start += by
        return start
    return step


async def closures():
    a, b = counter(10), counter(20)
    return [await a(1), await b(1), await a(1), await b(1)]
print(run(closures()))


async def sometimes(pause):
    if pause:
        got = await Pause(pause)
        return await identity(got)
    return await identity("at once")


async def identity(x): return x


async def mixed():
    return [await sometimes(0), await sometimes("p"), await sometimes(0), await identity(1)]
print(run(mixed()), run(mixed(), "sent"))
one, two = mixed(), mixed()
print(one.send(None), two.send(None))
for c in (one, two):
    try: c.send(c is one)
    except StopIteration as e: print(e.value)


async def fails(n):
    if n: return await fails(n - 1)
    raise ValueError(n)


async def catching():
    seen = []
    for i in range(4):
        try: await fails(i)
        except ValueError as e:
            depth, tb = 0, e.__traceback__
            while tb: depth, tb = depth + 1, tb.tb_next
            seen.append((depth, sys.exc_info()[0].__name__))
    return seen, sys.exc_info()[0], await fib(5)
print(run(catching()))


async def no_argument_missing(a): return a
async def bad_call():
    out = []
    for _ in range(3):
        try: await no_argument_missing()
        except TypeError as e: out.append(str(e))
        out.append(await no_argument_missing(7))
    return out
print(run(bad_call()))

# the awaited coroutine shows itself: it is nobody else's from then on
kept = []
async def shows(n):
    kept.append(outer.cr_await)
    return n
async def outer_one():
    return [await shows(1), await shows(2), await shows(3)]
outer = outer_one()
print(run(outer), len(kept))
async def inner_waits(): return await Pause("in")
async def outer_waits(): return [await inner_waits(), await inner_waits()]
o = outer_waits()
o.send(None)
first = o.cr_await
o.send("x")
second = o.cr_await
print(first is second, first.cr_running, first.cr_frame, second.cr_frame is not None, second.cr_code.co_name, second.__name__)
try: o.send("y")
except StopIteration as e: print(e.value)
try: first.send(None)
except RuntimeError as e: print(e)

# frames that were asked for keep what they show
async def frame_of(x):
    return sys._getframe()
async def frames(): return [await frame_of(1), await frame_of(2)]
a, b = run(frames())
print(a is b, a.f_locals, b.f_locals, a.f_code is b.f_code)

# exceptions thrown and close() go through
async def cleans(log):
    try: return await Pause(1)
    finally: log.append("cleaned")
async def through(log): return [await cleans(log), await cleans(log)]
log = []
c = through(log)
c.send(None); c.send(None); c.close()
print(log)
c = through(log)
c.send(None)
try: c.throw(KeyError("k"))
except KeyError as e: print(e, log)

async def deep(n): return 0 if n == 0 else 1 + await deep(n - 1)
print(run(deep(500)), run(deep(300)))
try: run(deep(100000))
except RecursionError as e: print(e)
print(run(deep(400)))
class C:
    async def method(self, x): return self, x
    @staticmethod
    async def static(x): return x
    @classmethod
    async def of_class(cls, x): return cls.__name__, x
async def methods():
    c = C()
    return (await c.method(1))[0] is c, await c.static(2), await C.of_class(3), await (lambda: simple(1))(), await (x := identity(4)), x.cr_running
print(run(methods()))
async def handled():
    try: raise KeyError
    except KeyError: return await context()
async def context():
    try: raise ValueError
    except ValueError as e: return type(e.__context__).__name__
async def contexts(): return [await handled(), await context(), await handled()]
print(run(contexts()))
