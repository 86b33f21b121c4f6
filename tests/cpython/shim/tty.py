# Of CPython's tty: nothing can change the mode of a terminal.
import unittest


def setraw(fd, when=None): raise unittest.SkipTest("termios")
