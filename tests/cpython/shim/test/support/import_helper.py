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
    # A module whose accelerator in C is asked for skips the tests that use it; without the accelerator it is what is there.
    for accelerator in fresh:
        if accelerator.startswith("_"):
            try:
                __import__(accelerator)
            except ImportError:
                return Missing(accelerator)
    return import_module(name)


class Missing:
    def __init__(self, name): self.__dict__["name"] = name
    def __bool__(self): return False

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        raise unittest.SkipTest("needs " + self.name)


def forget(name): sys.modules.pop(name, None)
def unload(name): sys.modules.pop(name, None)
def make_legacy_pyc(source): raise unittest.SkipTest("pyc files")


class CleanImport:
    def __init__(self, *names): self.names = names
    def __enter__(self): self.saved = dict(sys.modules); [sys.modules.pop(n, None) for n in self.names]
    def __exit__(self, *details): sys.modules.update(self.saved)
