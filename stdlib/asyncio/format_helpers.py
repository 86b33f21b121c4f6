"""How callbacks are shown."""
import sys

from asyncio.constants import DEBUG_STACK_DEPTH


def _is_partial(func, name='partial'):
    return type(func).__name__ == name and type(func).__module__ == 'functools'


def _get_function_source(func):
    while True:
        if hasattr(func, '__wrapped__'):
            func = func.__wrapped__
        elif _is_partial(func) or _is_partial(func, 'partialmethod'):
            func = func.func
        else:
            break
    code = getattr(func, '__code__', None)
    return None if code is None else (code.co_filename, code.co_firstlineno)


def _format_args_and_kwargs(args, kwargs):
    items = [repr(arg) for arg in args]
    items.extend(f'{name}={arg!r}' for name, arg in (kwargs or {}).items())
    return f'({", ".join(items)})'


def _format_callback(func, args, kwargs, suffix=''):
    if _is_partial(func):
        return _format_callback(func.func, func.args, func.keywords, _format_args_and_kwargs(args, kwargs) + suffix)
    name = getattr(func, '__qualname__', None) or getattr(func, '__name__', None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs) + suffix


def _format_callback_source(func, args):
    text = _format_callback(func, args or (), None)
    source = _get_function_source(func)
    return text if source is None else f'{text} at {source[0]}:{source[1]}'


def extract_stack(f=None, limit=None):
    """(file, line, function) of the frame and its callers, the innermost last."""
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = DEBUG_STACK_DEPTH
    stack = []
    while f is not None and len(stack) < limit:
        stack.append((f.f_code.co_filename, f.f_lineno, f.f_code.co_name))
        f = f.f_back
    stack.reverse()
    return stack
