"""What asyncio raises."""
from asyncio import CancelledError, InvalidStateError, TimeoutError

__all__ = ('BrokenBarrierError', 'InvalidStateError', 'TimeoutError', 'CancelledError', 'IncompleteReadError', 'LimitOverrunError',
           'SendfileNotAvailableError')


class SendfileNotAvailableError(RuntimeError):
    """There is no sendfile() for this socket or file."""


class IncompleteReadError(EOFError):
    """The stream ended before what was asked for; `partial` is what came."""

    def __init__(self, partial, expected):
        amount = 'undefined' if expected is None else repr(expected)
        super().__init__(f'{len(partial)} bytes read on a total of {amount} expected bytes')
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """The limit of the buffer was reached while looking for a separator."""

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)


class BrokenBarrierError(RuntimeError):
    """The barrier was broken by abort() or by a task that left."""
