"""What belongs to the loop that it is first used in."""
from asyncio.locks import _LoopBound as _LoopBoundMixin
