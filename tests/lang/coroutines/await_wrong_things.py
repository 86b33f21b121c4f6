import asyncio
async def f(x): return await x
class NotIter:
    def __await__(self): return 5
class Coro:
    def __await__(self): return g()
async def g(): return 1
class Gen:
    def __await__(self):
        yield from ()
        return "fine"
class Raises:
    def __await__(self): raise KeyError("in __await__")
def plain_generator():
    yield 1
for thing in (5, None, "s", [1], plain_generator(), lambda: 1, NotIter(), Raises(), Gen(), type):
    try:
        f(thing).send(None)
    except StopIteration as e:
        print("result", e.value)
    except (TypeError, KeyError) as e:
        print(type(e).__name__, e)
c = g()
try:
    f(c).send(None)
except StopIteration as e:
    print(e.value)
try:
    f(c).send(None)
except RuntimeError as e:
    print(e)
k = Coro()
try:
    f(k).send(None)
except TypeError as e:
    print(e)
async def agen():
    yield 1
for thing in (agen(), ):
    try:
        f(thing).send(None)
    except TypeError as e:
        print(e)
async def w():
    async with 5: pass
async def w2():
    with C(): pass
class C:
    async def __aenter__(self): return 1
    async def __aexit__(self, *a): return None
async def w3():
    async for x in [1]: pass
class BadIter:
    def __aiter__(self): return 5
class BadNext:
    def __aiter__(self): return self
    def __anext__(self): return 5
async def w4():
    async for x in BadIter(): pass
async def w5():
    async for x in BadNext(): pass
for h in (w, w2, w3, w4, w5):
    try:
        h().send(None)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
