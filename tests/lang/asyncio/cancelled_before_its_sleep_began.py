# A task that is cancelled before its first step has not forgotten to await what it was made of.
import asyncio
import gc


async def main():
    for delay in (0, 1):
        task = asyncio.create_task(asyncio.sleep(delay))
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print('cancelled')
    sleep = asyncio.sleep(1)
    try:
        sleep.throw(ValueError('thrown'))
    except ValueError as e:
        print(e)
    try:
        await sleep
    except RuntimeError as e:
        print(e)


asyncio.run(main())
gc.collect()
