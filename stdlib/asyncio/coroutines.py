from asyncio import iscoroutine, iscoroutinefunction

__all__ = ('iscoroutinefunction', 'iscoroutine')


def _is_debug_mode():
    import sys
    return bool(sys.flags.dev_mode)
