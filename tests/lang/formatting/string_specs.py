for spec in "", "s", "5", "<6", ">6", "^6", "*^7", ".2", "5.1", ">5.2s", "05", "é>5", "0<4", "^3":
    print(repr(spec), [format(s, spec) for s in ("", "a", "abc", "é€😀x")])
for bad in "d", "+", " ", "=5", ",", "_", "#", "f", "s5", ".", ".x", "=", "+s", "-5", "<<5<", "5s5":
    try:
        print(format("abc", bad))
    except ValueError as e:
        print(repr(bad), e)
class S(str):
    def __format__(self, spec): return "custom:" + spec
print(f"{S('a'):>9}", "{:x}".format(S("a")), "%5s" % S("a"), format(S("b")), str.__format__(S("c"), ">3"))
print(f"{None} {None!s:>6} {[1]!s:6}| {(1,)!r:>6}", f"{b'x'!s:>6}")
for obj in (None, [], (), {}, b"", object, type, len, range(2)):
    try:
        print(format(obj, ">5"))
    except TypeError as e:
        print(e)
print(format(2j), format(1 + 2j, ".1f"), format(1.5 - 2j, ">12"), format(3j, "+.0f"), f"{1j:e}")
try:
    print(format(1j, "05"))
except ValueError as e:
    print(e)
try:
    format("a", 5)
except TypeError as e:
    print(e)
