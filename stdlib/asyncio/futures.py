from asyncio import CancelledError, Future, InvalidStateError, isfuture

__all__ = ('Future', 'isfuture')
