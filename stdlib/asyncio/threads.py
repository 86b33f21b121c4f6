"""What connects the loop with threads: executors, futures of concurrent.futures, coroutines started from elsewhere."""
import concurrent.futures
import contextvars
import threading
from asyncio import CancelledError, InvalidStateError, ensure_future, get_event_loop, get_running_loop, iscoroutine, isfuture

__all__ = ('to_thread',)


async def to_thread(func, /, *args, **kwargs):
    """Call a function in another thread, with a copy of this context; its result."""
    loop = get_running_loop()
    context = contextvars.copy_context()
    return await loop.run_in_executor(None, lambda: context.run(func, *args, **kwargs))


# ---- futures of one kind for those of the other

def _done_elsewhere(source, target):
    # `source` is a future of concurrent.futures: its result goes to `target`, in the loop's thread.
    if target.cancelled():
        return
    if source.cancelled():
        target.cancel()
        return
    error = source.exception()
    if error is None:
        target.set_result(source.result())
    elif type(error) is concurrent.futures.CancelledError:
        target.set_exception(CancelledError(*error.args))
    elif type(error) is concurrent.futures.InvalidStateError:
        target.set_exception(InvalidStateError(*error.args))
    else:
        target.set_exception(error)


def _done_here(source, target):
    # `source` is a future of asyncio, `target` one of concurrent.futures.
    if source.cancelled():
        target.cancel()
    if not target.set_running_or_notify_cancel():
        return
    error = source.exception()
    if error is None:
        target.set_result(source.result())
    elif type(error) is CancelledError:
        target.set_exception(concurrent.futures.CancelledError(*error.args))
    else:
        target.set_exception(error)


def wrap_future(future, *, loop=None):
    """A future of asyncio for one of concurrent.futures."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), f'concurrent.futures.Future is expected, got {future!r}'
    if loop is None:
        loop = get_event_loop()
    inner = loop.create_future()

    def inner_done(inner):
        if inner.cancelled():
            future.cancel()

    def outer_done(future):
        if inner.cancelled() and loop.is_closed():
            return
        loop.call_soon_threadsafe(_done_elsewhere, future, inner)

    inner.add_done_callback(inner_done)
    future.add_done_callback(outer_done)
    return inner


def run_coroutine_threadsafe(coro, loop):
    """Have a coroutine run in a loop of another thread; a future of concurrent.futures."""
    if not iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    future = concurrent.futures.Future()

    def start():
        try:
            task = ensure_future(coro, loop=loop)

            def outer_done(future):
                if future.cancelled() and not loop.is_closed():
                    loop.call_soon_threadsafe(task.cancel)

            task.add_done_callback(lambda task: None if future.cancelled() and loop.is_closed() else _done_here(task, future))
            future.add_done_callback(outer_done)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
            raise

    loop.call_soon_threadsafe(start)
    return future


# ---- the loop's default executor, kept in the loop's __dict__

def _run_in_executor(loop, executor, func, args):
    if executor is None:
        if getattr(loop, '_executor_shutdown_called', None):
            raise RuntimeError('Executor shutdown has been called')
        executor = getattr(loop, '_default_executor', None)
        if executor is None:
            executor = loop._default_executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix='asyncio')
    return wrap_future(executor.submit(func, *args), loop=loop)


def _set_default_executor(loop, executor):
    if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
        raise TypeError('executor must be ThreadPoolExecutor instance')
    loop._default_executor = executor


async def _shutdown_default_executor(loop):
    loop._executor_shutdown_called = True
    executor = getattr(loop, '_default_executor', None)
    if executor is None:
        return
    ended = loop.create_future()

    def end():
        try:
            executor.shutdown(wait=True)
            if not loop.is_closed():
                loop.call_soon_threadsafe(ended.set_result, None)
        except Exception as error:
            if not loop.is_closed():
                loop.call_soon_threadsafe(ended.set_exception, error)

    thread = threading.Thread(target=end)
    thread.start()
    try:
        await ended
    finally:
        thread.join()
