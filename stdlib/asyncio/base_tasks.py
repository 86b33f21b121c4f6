"""What tasks of any make show of themselves."""
from asyncio.tree import _task_get_stack, _task_print_stack

__all__ = ()


def _task_repr(task):
    return repr(task)
