# Of CPython's test.support.import_helper: what tests of the language use.
import sys
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        module = __import__(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    if blocked:
        raise unittest.SkipTest("blocked imports")
    return import_module(name)


def forget(name): sys.modules.pop(name, None)
def unload(name): sys.modules.pop(name, None)
def make_legacy_pyc(source): raise unittest.SkipTest("pyc files")


class CleanImport:
    def __init__(self, *names): self.names = names
    def __enter__(self): self.saved = dict(sys.modules); [sys.modules.pop(n, None) for n in self.names]
    def __exit__(self, *details): sys.modules.update(self.saved)
