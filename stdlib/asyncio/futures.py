from asyncio import CancelledError, Future, InvalidStateError, isfuture, wrap_future
from asyncio.base_futures import _CANCELLED, _FINISHED, _PENDING

__all__ = ('Future', 'wrap_future', 'isfuture')

# There is one kind, whoever asks.
_PyFuture = _CFuture = Future


def _get_loop(fut):
    return fut.get_loop()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


def _convert_future_exc(exc):
    """What asyncio raises for an exception of concurrent.futures."""
    import concurrent.futures
    if type(exc) is concurrent.futures.CancelledError:
        return CancelledError(*exc.args)
    if type(exc) is concurrent.futures.InvalidStateError:
        return InvalidStateError(*exc.args)
    return exc


def _copy_future_state(source, dest):
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
    elif (error := source.exception()) is not None:
        dest.set_exception(_convert_future_exc(error))
    else:
        dest.set_result(source.result())
