"""Event loops and policies by the names they have on Unix, and child watchers, which loops here do not need."""
from asyncio import SelectorEventLoop
from asyncio.events import DefaultEventLoopPolicy, get_child_watcher, set_child_watcher
from asyncio.processes import _UnixSubprocessTransport
from _asyncio_io import _UnixReadPipeTransport, _UnixWritePipeTransport

__all__ = ('SelectorEventLoop', 'AbstractChildWatcher', 'SafeChildWatcher', 'FastChildWatcher', 'PidfdChildWatcher', 'MultiLoopChildWatcher',
           'ThreadedChildWatcher', 'DefaultEventLoopPolicy')

_UnixSelectorEventLoop = SelectorEventLoop
_UnixDefaultEventLoopPolicy = DefaultEventLoopPolicy


class AbstractChildWatcher:
    """Watches child processes; loops do that by themselves here."""

    def add_child_handler(self, pid, callback, *args):
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        raise NotImplementedError()

    def attach_loop(self, loop):
        raise NotImplementedError()

    def close(self):
        raise NotImplementedError()

    def is_active(self):
        raise NotImplementedError()

    def __enter__(self):
        raise NotImplementedError()

    def __exit__(self, kind, error, traceback):
        raise NotImplementedError()


class BaseChildWatcher(AbstractChildWatcher):
    def __init__(self):
        self._loop = None

    def is_active(self):
        return True

    def close(self):
        self.attach_loop(None)

    def attach_loop(self, loop):
        self._loop = loop


class ThreadedChildWatcher(AbstractChildWatcher):
    """Waits for each child in a thread of its own."""

    def __init__(self):
        self._threads = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        pass

    def is_active(self):
        return True

    def attach_loop(self, loop):
        pass

    def close(self):
        pass

    def add_child_handler(self, pid, callback, *args):
        import threading
        from asyncio import get_running_loop
        loop = get_running_loop()
        thread = threading.Thread(target=self._wait, name=f'waitpid-{len(self._threads)}', args=(loop, pid, callback, args), daemon=True)
        self._threads[pid] = thread
        thread.start()

    def remove_child_handler(self, pid):
        # The thread cannot be stopped; it ends with the child.
        return True

    def _wait(self, loop, pid, callback, args):
        import os
        try:
            pid, status = os.waitpid(pid, 0)
            code = os.waitstatus_to_exitcode(status)
        except ChildProcessError:
            code = 255
        self._threads.pop(pid, None)
        if not loop.is_closed():
            loop.call_soon_threadsafe(callback, pid, code, *args)


class SafeChildWatcher(ThreadedChildWatcher):
    pass


class FastChildWatcher(ThreadedChildWatcher):
    pass


class PidfdChildWatcher(ThreadedChildWatcher):
    pass


class MultiLoopChildWatcher(ThreadedChildWatcher):
    pass
