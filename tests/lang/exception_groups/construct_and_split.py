g = ExceptionGroup("msg", [ValueError(1), KeyError("k"), ExceptionGroup("inner", [ValueError(2), TypeError(3)])])
print(repr(g), str(g), g.message, g.exceptions, g.args)
print(repr(g.subgroup(ValueError)), g.subgroup(OSError), repr(g.subgroup((KeyError, TypeError))), repr(g.subgroup(lambda e: isinstance(e, ValueError) and e.args[0] == 2)))
match, rest = g.split(ValueError)
print(repr(match), "|", repr(rest))
print(g.split(OSError)[0], g.split(Exception)[1], g.split(ExceptionGroup)[0] is g)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__[1:3], isinstance(g, Exception), BaseExceptionGroup("x", [SystemExit()]))
for bad in (lambda: ExceptionGroup("m", []), lambda: ExceptionGroup("m", [5]), lambda: ExceptionGroup("m", 5), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("m"), lambda: ExceptionGroup(), lambda: ExceptionGroup("m", [KeyboardInterrupt()]), lambda: ExceptionGroup("m", [ValueError]), lambda: g.split(5), lambda: g.subgroup("x"), lambda: ExceptionGroup("a", [ValueError()], 3)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        self = super().__new__(cls, msg, excs)
        self.code = code
        return self
    def derive(self, excs): return MyGroup(self.message, excs, self.code)
m = MyGroup("mine", [ValueError(1), KeyError(2)], 7)
s = m.subgroup(ValueError)
print(type(s).__name__, s.code, s.exceptions, m.derive([OSError()]).code)
class NoDerive(ExceptionGroup): pass
print(type(NoDerive("n", [ValueError(), KeyError()]).subgroup(KeyError)).__name__)
g.add_note("noted")
g.__cause__ = OSError("cause")
sub = g.subgroup(KeyError)
print(sub.__notes__, repr(sub.__cause__), sub.__traceback__)
t = (ValueError(),)
print(ExceptionGroup("t", t).exceptions == t, ExceptionGroup("one", [ValueError()]), ExceptionGroup("two", [ValueError(), ValueError()]))
deep = ValueError("leaf")
for i in range(5): deep = ExceptionGroup(f"l{i}", [deep])
print(repr(deep.subgroup(ValueError)), deep.split(KeyError)[0])
