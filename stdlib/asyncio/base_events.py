from asyncio import BaseEventLoop

__all__ = ('BaseEventLoop',)
