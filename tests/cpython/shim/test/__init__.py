# The package of CPython's tests: its own support module stands here, everything else comes from CPython's library.
import sys

__path__.extend(directory + "/test" for directory in sys.path if not directory.endswith("/shim") and directory)
