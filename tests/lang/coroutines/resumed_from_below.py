# A running chain refuses to be resumed from any of its members, also after inner ones have ended or gone deeper.
import types
@types.coroutine
def pause(): yield 1
root = None
def attempt(how):
    try: how()
    except Exception as e: print(type(e).__name__, e)
    else: print("no error")
async def deepest():
    await pause()
    attempt(lambda: root.send(None))
async def leaf(again):
    await pause()
    if again: await deepest()
async def mid(again):
    await leaf(again)
    attempt(lambda: root.send(None))
async def top(again):
    await mid(again)
    return 5
for again in (False, True):
    root = top(again)
    n = 0
    try:
        while True:
            root.send(None); n += 1
    except StopIteration as e: print(n, e.value)
def inner():
    yield 1
    attempt(lambda: next(g))
    yield 2
def outer():
    yield 0
    yield from inner()
    attempt(lambda: next(g))
    yield 3
g = outer()
def drain():
    out = []
    for x in g: out.append(x)
    print(out)
drain()
g = outer()
print(list(g))
