"""The event loop and its transports by the names that they have in CPython."""
from asyncio import SelectorEventLoop as BaseSelectorEventLoop
from _asyncio_io import _SelectorDatagramTransport, _SelectorSocketTransport

__all__ = ('BaseSelectorEventLoop',)

_SelectorTransport = _SelectorSocketTransport
