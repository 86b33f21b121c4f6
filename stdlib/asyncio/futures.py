from asyncio import CancelledError, Future, InvalidStateError, isfuture, wrap_future

__all__ = ('Future', 'wrap_future', 'isfuture')
