def tree(c, depth=0, seen=set()):
    print("  " * depth + c.__name__)
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins"), key=lambda s: s.__name__):
        if s not in seen:
            seen.add(s); tree(s, depth + 1)
for name in "SystemExit KeyboardInterrupt GeneratorExit ArithmeticError LookupError OSError RuntimeError SyntaxError ValueError Warning ImportError NameError".split():
    c = eval(name)
    print(name, [b.__name__ for b in c.__mro__[1:-1]])
for n in "ArithmeticError AssertionError AttributeError BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning FileExistsError FileNotFoundError FloatingPointError FutureWarning ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError MemoryError ModuleNotFoundError NotADirectoryError NotImplementedError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeWarning StopAsyncIteration StopIteration SyntaxWarning SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ZeroDivisionError".split():
    c = eval(n)
    print(n, c.__base__.__name__, issubclass(c, Exception), c.__module__, end="; ")
print()
print(IOError is OSError, EnvironmentError is OSError, issubclass(KeyError, LookupError), issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, Exception), BaseException.__base__, Exception.__doc__ is not None)
for n in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 104, 110, 111, 999): print(n, type(OSError(n, "x")).__name__, end="; ")
print()
class MyOS(OSError): pass
print(type(MyOS(2, "x")).__name__, MyOS(2, "x").errno, MyOS(2, "x"), type(FileNotFoundError("only")).__name__, FileNotFoundError(2, "m", "f").filename, OSError(), OSError(1), repr(OSError(2, "m", "f")), OSError(2, "m", "f", 0, "g").filename2)
