# Of CPython's test.support.threading_helper: what tests of asyncio use.
import contextlib
import threading

can_start_thread = True


def requires_working_threading(*, module=False): return None if module else lambda test: test
def threading_setup(): return threading.active_count(), ()
def threading_cleanup(*before): pass
def reap_threads(function): return function


def join_thread(thread, timeout=30.0):
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError("the thread does not end")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        if unlock:
            unlock()
        for thread in threads:
            thread.join()


@contextlib.contextmanager
def wait_threads_exit(timeout=None): yield
