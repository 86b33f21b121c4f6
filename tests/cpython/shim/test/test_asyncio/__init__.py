# CPython's tests of asyncio, with a utils module that needs less of the library.
import sys

__path__.extend(directory + "/test/test_asyncio" for directory in sys.path if not directory.endswith("/shim") and directory)
