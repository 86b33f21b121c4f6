# Coroutines that sleep at the same time, a result coming back, and an exception.
import asyncio
import math
import time


async def fetch(name, seconds):
    print(f"{name}: started")
    await asyncio.sleep(seconds)
    print(f"{name}: done after {seconds} s")
    return f"{name}'s page"


async def fail(name, seconds):
    await asyncio.sleep(seconds)
    raise ValueError(f"{name}: nothing there")


async def add_slowly(a, b):
    # A coroutine may await others, to any depth.
    left = await fetch(f"number {a}", 1)
    print(f"have {left!r}")
    await asyncio.sleep(0.5)
    return a + b


loop = asyncio.get_event_loop()

# One coroutine, driven to its end; what it returns comes back.
print(loop.run_until_complete(fetch("one", 1)))

# Several at once: they overlap, so that all of them take as long as the longest.
started = time.monotonic()
pages = loop.run_until_complete(asyncio.gather(
    fetch("first", 0.8),
    fetch("second", 0.4),
    fetch("third", 0.6),
    add_slowly(20, 22),
))
took = time.monotonic() - started
print(pages)
print(f"all together took less than {math.ceil(took)} s; one after the other it would be {0.8 + 0.4 + 0.6 + 1.5:.1f} s")

# An exception travels the same way as a result.
try:
    loop.run_until_complete(fail("four", 0.2))
except ValueError as error:
    print("caught:", error)

# With return_exceptions, one failure does not hide the other results.
mixed = loop.run_until_complete(asyncio.gather(fetch("five", 0.2), fail("six", 0.1), return_exceptions=True))
for outcome in mixed:
    print("outcome:", repr(outcome))

loop.close()
