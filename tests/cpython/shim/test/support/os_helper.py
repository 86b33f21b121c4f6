# Of CPython's test.support.os_helper: a scratch file.
import os

TESTFN = TESTFN_ASCII = "/tmp/coil_cpython_test_%d" % os.getpid()
TESTFN_UNICODE = TESTFN_UNENCODABLE = TESTFN_NONASCII = None


def unlink(name):
    try:
        os.unlink(name)
    except FileNotFoundError:
        pass


class FakePath:
    def __init__(self, path): self.path = path
    def __repr__(self): return "<FakePath %r>" % (self.path,)

    def __fspath__(self):
        if isinstance(self.path, BaseException) or isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path


class EnvironmentVarGuard(dict):
    def __enter__(self): return self
    def __exit__(self, *details): pass
    def unset(self, name): self.pop(name, None)
    set = dict.__setitem__
