# Rarely used corners: asyncio.staggered, child watchers by name, format_helpers.
import asyncio
from asyncio.staggered import staggered_race

log = []
def attempt(name, delay, fails=False):
    async def run():
        log.append(name)
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError:
            log.append(name + ' cancelled')
            raise
        if fails:
            raise OSError(name)
        return name
    return run

async def race(delay, *attempts):
    log.clear()
    print(await staggered_race(attempts, delay), log)

async def main():
    await race(0.02, attempt('a', 0.001), attempt('b', 0))
    await race(0.01, attempt('slow', 0.5), attempt('quick', 0.001), attempt('never', 0))
    await race(0.5, attempt('a', 0, True), attempt('b', 0, True), attempt('c', 0.001))
    await race(None, attempt('a', 0.001, True), attempt('b', 0.001))
    await race(0.001, attempt('a', 0, True), attempt('b', 0, True))
    await race(0.001)

asyncio.run(main())
print(isinstance(asyncio.ThreadedChildWatcher(), asyncio.AbstractChildWatcher), asyncio.ThreadedChildWatcher().is_active())
from asyncio import format_helpers
print(format_helpers._format_callback(print, (1, 'x'), {'end': ''}), format_helpers._get_function_source(print))
