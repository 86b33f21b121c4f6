print(b"a" < b"b", b"a" < b"ab", b"" < b"a", b"a" == "a", b"a" == bytearray(b"a"), b"a" != b"b", bytearray(b"b") > b"a", sorted([b"b", b"a", b"", b"ab"]), max(b"abc"), min([b"x", b"y"]), hash(b"ab") == hash(b"a" + b"b"), {b"k": 1}[b"k"])
print(b"%d %s %r %x %c %b %a" % (5, b"raw", "r", 255, 65, b"b", "é"), b"%5d|%-5s|%05.1f" % (3, b"ab", 2.5), b"%(k)s" % {b"k": b"v"}, b"%%" % (), b"%s" % bytearray(b"ba"), b"%c" % b"z")
for fmt, arg in ((b"%s", "str"), (b"%d", "x"), (b"%b", 5), (b"%c", 300), (b"%s %s", (b"a",)), (b"%c", b"ab")):
    try:
        print(fmt % arg)
    except (TypeError, ValueError, OverflowError) as e:
        print(fmt, type(e).__name__, e)
class B:
    def __bytes__(self): return b"from dunder"
class S(bytes):
    def __repr__(self): return "S" + super().__repr__()
print(bytes(B()), b"%b" % B(), S(b"x"), S(b"x") == b"x", type(S(b"x") + b"y").__name__, [S(b"q")], S(b"abc")[1], type(S(b"ab")[:]).__name__, str(S(b"t")), S.fromhex("41"))
print(str(b"x"), repr(b'"\''), f"{b'x'}", "%s" % b"y", b"\\\t\n\r\x1b\x7f\x80", ascii(b"\xff"), b"'" + b'"', bytes([39]), bytes([34, 39, 92]))
it = iter(b"ab")
print(next(it), list(it), [*b"xyz"], dict(enumerate(b"ab")), tuple(reversed(b"abc")), list(zip(b"ab", "ab")), sum(b"abc"), b"a" in [b"a"], bool(b""), bool(b"\0"))
a, *rest = b"hello"
print(a, rest, b"abc".decode().encode() == b"abc", b"x".__contains__(120), memoryview(b"abc")[1] if True else "")
