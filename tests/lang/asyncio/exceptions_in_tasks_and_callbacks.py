import asyncio
async def fail(e, turns=0):
    for _ in range(turns): await asyncio.sleep(0)
    raise e
async def main():
    loop = asyncio.get_running_loop()
    contexts = []
    loop.set_exception_handler(lambda l, c: contexts.append((c["message"].split(" <")[0].split(" at /")[0].split(" created at")[0], repr(c.get("exception")))))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0); await asyncio.sleep(0)
    print(contexts); contexts.clear()
    t = asyncio.create_task(fail(ValueError("in task")))
    await asyncio.sleep(0)
    print(t.done(), repr(t.exception()))
    t = asyncio.create_task(fail(KeyError("awaited"), 3))
    try: await t
    except KeyError as e: print(repr(e), e is t.exception())
    try: await t
    except KeyError as e: print("again", repr(e))
    f = loop.create_future()
    f.add_done_callback(lambda fut: (_ for _ in ()).throw(OSError("callback")))
    f.add_done_callback(lambda fut: contexts.append("second callback still runs"))
    f.set_result(1)
    await asyncio.sleep(0)
    print(contexts); contexts.clear()
    results = await asyncio.gather(fail(ValueError(1)), fail(TypeError(2), 2), asyncio.sleep(0, "fine"), return_exceptions=True)
    print(results)
    async def wrapper():
        try: await fail(ValueError("inner"), 1)
        except ValueError as e: raise RuntimeError("outer") from e
    try: await asyncio.create_task(wrapper())
    except RuntimeError as e: print(repr(e), repr(e.__cause__))
    async def suppress():
        try: await fail(ValueError("x"))
        except ValueError: return "suppressed"
        finally: await asyncio.sleep(0)
    print(await suppress())
    try: await asyncio.gather(fail(SystemError("first"), 1), fail(ValueError("second"), 2))
    except SystemError as e: print(repr(e))
    await asyncio.sleep(0); await asyncio.sleep(0)
    async def bare(): raise BaseException("base")
    return "end"
print(asyncio.run(main()))
async def stop(): raise SystemExit(3)
try: asyncio.run(stop())
except SystemExit as e: print("SystemExit", e.code)
async def kb(): raise KeyboardInterrupt
try: asyncio.run(kb())
except KeyboardInterrupt: print("KeyboardInterrupt")
async def left():
    async def forever():
        try: await asyncio.sleep(1000)
        except asyncio.CancelledError: print("cancelled at shutdown"); raise
    asyncio.create_task(forever())
    await asyncio.sleep(0)
    return "main is done"
print(asyncio.run(left()))
