# Of CPython's test.support.threading_helper: there are no threads.
import unittest


def requires_working_threading(*, module=False):
    if module:
        raise unittest.SkipTest("threads")
    return unittest.skip("threads")


def reap_threads(function): return function
def join_thread(thread, timeout=None): thread.join(timeout)
