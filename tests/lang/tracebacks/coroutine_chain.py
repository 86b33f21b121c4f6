import asyncio


async def leaf():
    await asyncio.sleep(0)
    raise LookupError("in leaf")


async def branch():
    return await leaf()


async def main():
    print("main")
    try:
        await branch()
    except LookupError as e:
        tb, names = e.__traceback__, []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(names)
        e.__traceback__ = None
        raise SystemExit("left by SystemExit")


asyncio.run(main())
