import asyncio
class Countdown:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        await asyncio.sleep(0)
        if self.n <= 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main():
    async for x in Countdown(3):
        print(x, end=" ")
    else:
        print("else")
    async for x in Countdown(5):
        if x == 3: continue
        if x == 1: break
        print(x, end=" ")
    else:
        print("never")
    print(x)
    async for a, b in pairs():
        print(a, b, end=";")
    print()
    d = {}
    async for d["k"] in Countdown(2): pass
    print(d)
    it = aiter(Countdown(2))
    print(await anext(it), await anext(it), await anext(it, "default"))
    try:
        await anext(it)
    except StopAsyncIteration as e:
        print("StopAsyncIteration", e.args)
    async def fails():
        async for x in Countdown(1):
            raise ValueError("body")
    try:
        await fails()
    except ValueError as e:
        print(e, e.__context__)
    async for i in Countdown(3):
        async for j in Countdown(i):
            print(i, j, end="|")
    print()
    for f in (lambda: aiter([]), lambda: anext(5), lambda: aiter()):
        try:
            f()
        except TypeError as e:
            print(e)
    return [x async for x in Countdown(3)]
async def pairs():
    yield 1, 2
    yield "ab"
print(asyncio.run(main()))
