"""Event loops that wait by completion ports: there are none, so nothing is an instance of what programs look for here."""
from asyncio import BaseEventLoop

__all__ = ('BaseProactorEventLoop',)


class BaseProactorEventLoop(BaseEventLoop):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError('completion ports are not available on this system')
