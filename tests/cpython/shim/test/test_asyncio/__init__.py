# CPython's tests of asyncio, with a utils module that needs less of the library, and of io what they use.
import builtins
import sys

__path__.extend(directory + "/test/test_asyncio" for directory in sys.path if not directory.endswith("/shim") and directory)

io = sys.modules["io"] = type(sys)("io")
io.open = builtins.open
io.RawIOBase = io.IOBase = io.BufferedIOBase = object


class StringIO:
    def __init__(self): self.parts = []
    def write(self, text):
        self.parts.append(text)
        return len(text)
    def getvalue(self): return "".join(self.parts)
    def flush(self): pass
    def seek(self, at): assert at == 0
    def read(self): return self.getvalue()
    def readlines(self): return self.getvalue().splitlines(True)
    def truncate(self): pass


class BytesIO:
    def __init__(self, data=b""): self.data, self.at = data, 0
    def read(self, size=-1):
        start, self.at = self.at, len(self.data) if size < 0 else min(self.at + size, len(self.data))
        return self.data[start:self.at]
    def seek(self, at): self.at = at
    def tell(self): return self.at
    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)


io.StringIO, io.BytesIO = StringIO, BytesIO
