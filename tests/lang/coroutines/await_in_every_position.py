class Val:
    def __init__(self, v): self.v = v
    def __await__(self):
        log.append(self.v if isinstance(self.v, (int, str, list, tuple, dict)) else type(self.v).__name__)
        yield
        return self.v
log = []
def run(c):
    log.clear()
    n = 0
    try:
        while True: c.send(None); n += 1
    except StopIteration as e: return e.value, n, list(log)
V = Val
async def exprs():
    return [await V(1), await V(2)], (await V(3)) + (await V(4)) * 2, {await V("k"): await V("v")}, {await V(5)}, f"{await V('f')}", (await V([6, 7]))[await V(1)], -(await V(8)), not await V(0), await V(9) if await V(True) else await V(10), await V(0) or await V("or"), await V(1) and await V("and"), await V(1) < await V(2) < await V(3), [x for x in await V([1])], (lambda x=1: x)(await V("arg")), print(await V("printed"), end="\n", sep=await V("")), *(await V((11, 12))), [*await V([13])], {**await V({"m": 14})}, await V(await V(15)), (y := await V(16)), y, await V(2) ** await V(3), -await V(2) ** 2
print(run(exprs()))
async def stmts():
    x = await V(1); x += await V(2)
    d = {}; d[await V("key")] = await V("val"); d["key"] += await V("!")
    for i in await V([1, 2]): x += i
    while await V(x < 8): x += await V(1)
    if await V(False): pass
    elif await V(True): x += 100
    assert await V(True), await V("never")
    try: raise await V(ValueError("awaited"))
    except ValueError as e: r = str(e)
    finally: await V("finally")
    class C: pass
    c = C(); c.a = await V(5); del d[await V("key")]
    def inner(q=await V("default")): return q
    with await V(CM()) as w: x += await V(1)
    match await V([1, 2]):
        case [a, b] if await V(a < b): x += b
    a, *b = await V("xyz")
    return x, d, r, c.a, inner(), w, a, b, [await V(z) for z in range(2)], {k: await V(k) for k in "p"}
class CM:
    def __enter__(self): return "w"
    def __exit__(self, *a): pass
print(run(stmts()))
async def deco_and_class():
    @(await V(lambda f: f))
    def f(): return "decorated"
    class K(await V(list), metaclass=await V(type)): pass
    return f(), K.__name__, K.__bases__
print(run(deco_and_class()))
