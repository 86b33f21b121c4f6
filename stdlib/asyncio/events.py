"""Event loops, and the policy that says which is the current one."""
from asyncio import (AbstractEventLoop, Handle, SelectorEventLoop, TimerHandle, _default_get_event_loop, _default_new_event_loop,
                     _default_set_event_loop, _get_running_loop, _policy, _set_running_loop, get_event_loop, get_running_loop, new_event_loop,
                     set_event_loop)

__all__ = ('AbstractEventLoopPolicy', 'AbstractEventLoop', 'Handle', 'TimerHandle', 'get_event_loop_policy', 'set_event_loop_policy',
           'get_event_loop', 'set_event_loop', 'new_event_loop', 'get_running_loop', '_get_running_loop')


class AbstractEventLoopPolicy:
    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """Each thread has a current loop; that of the main thread is made when it is first asked for."""

    def get_event_loop(self):
        return _default_get_event_loop()

    def set_event_loop(self, loop):
        _default_set_event_loop(loop)

    def new_event_loop(self):
        return _default_new_event_loop()


class DefaultEventLoopPolicy(BaseDefaultEventLoopPolicy):
    _loop_factory = SelectorEventLoop


DefaultEventLoopPolicy.__name__ = DefaultEventLoopPolicy.__qualname__ = '_UnixDefaultEventLoopPolicy'
DefaultEventLoopPolicy.__module__ = 'asyncio.unix_events'
_default_policy = None


def get_event_loop_policy():
    global _default_policy
    policy = _policy()
    if policy is not None:
        return policy
    if _default_policy is None:
        _default_policy = DefaultEventLoopPolicy()
    return _default_policy


def set_event_loop_policy(policy):
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _policy(None if policy is _default_policy else policy)
