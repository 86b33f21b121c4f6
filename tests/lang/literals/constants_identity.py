# Singletons, truth, and literals that make new objects each time.
print(None, True, False, Ellipsis, ..., NotImplemented)
print(type(None).__name__, type(...).__name__, type(NotImplemented).__name__)
print(None is None, True is not False, (... is Ellipsis), type(None)() is None, type(...)() is ...)
print(True + True, True * 3, -True, ~False, True == 1, False == 0.0, {1: "a", True: "b", 1.0: "c"})
print(isinstance(True, int), bool.__mro__, bool("False"), bool(""), bool([0]), bool(0.0), bool(-1))
def fresh(): return []
print(fresh() is fresh(), fresh() == fresh())
def tuples(): return (1, 2, (3, "x"))
print(tuples() == tuples())
print(True & False, True | False, True ^ True, type(True & False), type(True & 1), True << 3, divmod(True, 2) if False else "")
print(str(True), repr(None), f"{True:d} {True!s:>6} {None!r}", "%d %s" % (True, None), int("1") is not True)
for name in "None", "True", "False", "__debug__":
    try:
        exec(name + " = 1")
    except SyntaxError as e:
        print(e.msg)
try:
    bool.x = 1
except TypeError as e:
    print(e)
try:
    class B(bool): pass
except TypeError as e:
    print(e)
