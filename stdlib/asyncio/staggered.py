"""Attempts that begin one after the other, until the first succeeds."""
from asyncio import CancelledError, create_task, get_running_loop, wait
from asyncio.tasks import FIRST_COMPLETED

__all__ = 'staggered_race',


async def staggered_race(coro_fns, delay, *, loop=None):
    """Call the functions in turn, each `delay` seconds after the one before or as soon as that has failed.

    Gives the result of the first that succeeds, its index, and a list with the exception of each that was begun.
    """
    functions = list(coro_fns)
    exceptions, running = [], {}
    winner = None
    try:
        for index, function in enumerate(functions):
            exceptions.append(None)
            running[create_task(function())] = index
            last = index + 1 == len(functions)
            end = None if last or delay is None else get_running_loop().time() + delay
            while running:
                left = None if end is None else max(end - get_running_loop().time(), 0)
                done, _ = await wait(running, timeout=left, return_when=FIRST_COMPLETED)
                failed_last = False
                for task in sorted(done, key=running.get):
                    at = running.pop(task)
                    if task.cancelled():
                        continue
                    error = task.exception()
                    if error is None:
                        winner = task.result(), at
                        break
                    if isinstance(error, (SystemExit, KeyboardInterrupt)):
                        raise error
                    exceptions[at] = error
                    failed_last = failed_last or at == index
                if winner is not None or not done or failed_last and not last:
                    break
            if winner is not None:
                break
    finally:
        for task in running:
            task.cancel()
        if running:
            await wait(running)
            for task, at in running.items():
                try:
                    exceptions[at] = task.exception()
                except CancelledError as error:
                    exceptions[at] = error
    result, index = winner if winner is not None else (None, None)
    return result, index, exceptions
