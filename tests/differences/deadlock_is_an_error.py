# CPython's run_until_complete() hangs when every task waits for something that nothing can bring about. Coil sees that no timer, no ready
# task and no descriptor is left, and raises: a hang says nothing, an error says who waits.
import asyncio

async def main():
    await asyncio.get_running_loop().create_future()

loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(main())
except RuntimeError as error:
    print(str(error).split("\n")[0])
