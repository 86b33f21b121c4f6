from asyncio import iscoroutine, iscoroutinefunction

__all__ = ('iscoroutinefunction', 'iscoroutine')

_is_coroutine = object()   # the value of an attribute of that name, of what is a coroutine function in all but type


def _is_debug_mode():
    """Whether new event loops begin in debug mode: `coil -X dev`, or the variable COIL_ASYNCIO_DEBUG."""
    import os
    import sys
    return bool(sys.flags.dev_mode or not sys.flags.ignore_environment and os.environ.get('COIL_ASYNCIO_DEBUG'))


def _format_coroutine(coro):
    """A coroutine of any make as a debugger's list shows it: name, where it was defined or stands."""
    name = getattr(coro, '__qualname__', None) or getattr(coro, '__name__', None) or f'<{type(coro).__name__} without __name__>'
    text = f'{name}()'
    running = getattr(coro, 'cr_running', False) or getattr(coro, 'gi_running', False)
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    if code is None:
        return text + ' running' if running else text
    frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None)
    file = code.co_filename or '<empty co_filename>'
    if frame is not None:
        return f'{text} running at {file}:{frame.f_lineno}'
    return f'{text} done, defined at {file}:{code.co_firstlineno}'
