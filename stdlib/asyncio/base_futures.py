"""The states of futures."""
from asyncio import isfuture

__all__ = ()
_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'
