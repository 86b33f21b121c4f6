import asyncio, contextvars
var = contextvars.ContextVar("var", default="default")
async def agen(name):
    try:
        for i in range(10):
            await asyncio.sleep(0)
            yield i
    finally:
        await asyncio.sleep(0)
        print(name, "closed", var.get())
async def main():
    a = agen("a")
    async for x in a:
        if x == 2: break
    await a.aclose()
    g = agen("b")
    print(await g.__anext__(), await anext(g), await g.asend(None))
    await g.aclose()
    g2 = agen("c")
    print(await anext(g2))
    print([x async for x in agen("d") if x % 2])
    keep.append(g2)
keep = []
asyncio.run(main())
print("run over")
async def child(n):
    print("child", n, var.get())
    var.set(n)
    await asyncio.sleep(0)
    print("child", n, var.get())
    return var.get()
async def main():
    tok = var.set("main")
    print(await asyncio.gather(*(child(i) for i in range(3))), var.get())
    loop = asyncio.get_running_loop()
    ctx = contextvars.copy_context()
    ctx.run(var.set, "in ctx")
    loop.call_soon(lambda: print("soon", var.get()))
    loop.call_soon(lambda: print("soon ctx", var.get()), context=ctx)
    var.set("later")
    await asyncio.sleep(0)
    print(await asyncio.create_task(child("t"), context=ctx), ctx[var], var in ctx, len(ctx))
    var.reset(tok)
    print(var.get())
    try: var.reset(tok)
    except RuntimeError as e: print(str(e).split("<")[0], str(e).split(">")[-1])
    f = loop.create_future()
    var.set("at add")
    f.add_done_callback(lambda f: print("cb", var.get()))
    var.set("after")
    f.set_result(1)
    await asyncio.sleep(0)
    await child("direct")
    print(var.get())
asyncio.run(main())
v2 = contextvars.ContextVar("v2")
try: v2.get()
except LookupError as e: print("LookupError")
print(v2.get("x"), var.name, dict(contextvars.copy_context().items()))
c = contextvars.Context(); print(len(c), list(c), c.get(var), c.run(lambda: var.get()))
def nest():
    try: c.run(print)
    except RuntimeError as e: print(str(e).split(":")[0])
c.run(nest)
print(c == contextvars.Context(), c.copy() == c)
