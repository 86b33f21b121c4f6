e = ValueError("a", 1)
print(e.args, str(e), repr(e), e.__traceback__, e.__context__, e.__cause__, e.__suppress_context__)
print(str(ValueError()), repr(ValueError()), str(ValueError("x")), str(ValueError("x", "y")), repr(ValueError("x")), str(KeyError("k")), str(KeyError("a", "b")), str(KeyError()), repr(KeyError("k")), str(ValueError(None)), str(ValueError([1])), str(ValueError(("t",))))
e.args = [1, 2, 3]
print(e.args, str(e))
e.extra = 5
print(e.extra, e.__dict__)
o = OSError(2, "No such file", "name.txt")
print(o.errno, o.strerror, o.filename, o, repr(o), type(o).__name__, o.args, OSError(1), OSError("just text"), type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, OSError(2, "m", "f", None, "g"), OSError(5, "io").errno, IOError is OSError, EnvironmentError is OSError)
s = StopIteration(5)
print(s.value, StopIteration().value, StopIteration(1, 2).value, StopIteration(1, 2).args)
x = SystemExit(3)
print(x.code, SystemExit().code, SystemExit("m").code, SystemExit(1, 2).code)
u = UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "bad byte")
print(u, u.encoding, u.object, u.start, u.end, u.reason, UnicodeEncodeError("ascii", "é", 0, 1, "why"))
n = NameError("msg", name="nm")
print(n.name, NameError("m").name, AttributeError("m", name="a", obj=5).obj, ImportError("m", name="n", path="p").path, ImportError("m").name, ModuleNotFoundError("x", name="y").name)
sy = SyntaxError("bad", ("file.py", 3, 5, "text here", 3, 8))
print(sy.msg, sy.filename, sy.lineno, sy.offset, sy.text, sy.end_lineno, sy.end_offset, sy, SyntaxError("only").lineno, SyntaxError().msg)
e = ValueError("note me")
e.add_note("first"); e.add_note("second")
print(e.__notes__)
for bad in (lambda: e.add_note(5), lambda: ValueError(x=1), lambda: setattr(e, "args", 5), lambda: setattr(e, "__cause__", 5), lambda: setattr(e, "__traceback__", 5), lambda: delattr(e, "args"), lambda: UnicodeDecodeError(), lambda: e.nope, lambda: setattr(e, "__context__", "x"), lambda: ImportError(foo=1), lambda: SyntaxError("m", (1, 2)), lambda: e.with_traceback(5)):
    try:
        print(bad())
    except (TypeError, AttributeError, IndexError, ValueError) as err:
        print(type(err).__name__, err)
class E(Exception):
    def __init__(self, code, *rest): self.code = code
class F(Exception):
    def __str__(self): return "custom str"
class G(KeyError): pass
print(E(5, 6).args, str(E(5)), repr(E(5, 6)), F(1), repr(F(1)), str(G("g")), repr(G("g")), E(1) == E(1), isinstance(G(), LookupError), hash(e) == hash(e))
e.__cause__ = KeyError("set by hand")
print(repr(e.__cause__), e.__suppress_context__, e.with_traceback(None) is e, BaseException("b").args, Exception.__new__(Exception, 1, 2).args)
