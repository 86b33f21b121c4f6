# What Pattern and Match objects are besides matching: repr, equality, hash, copies, attributes; flags.
import re

for pattern in [re.compile("a"), re.compile(b"a"), re.compile("a'b\"\n", re.I), re.compile("x" * 300), re.compile("é", re.I | re.M | re.S | re.X), re.compile("a", re.A), re.compile("(?i)a", re.M), re.compile(b"a", re.L | re.I), re.compile("", re.U), re.compile("a", 1 << 12 | re.I)]:
    print(ascii(pattern), pattern.flags, pattern.groups, ascii(pattern.pattern)[:40], dict(pattern.groupindex))
print(re.match("(?P<a>.)(?P<b>.)", "xyz"), re.match("x*", "x" * 100), re.match(b"a", b"a"), ascii(re.match("é", "é")))
a = re.compile("abc")
print(a == re.compile("abc"), a == re.compile("abc", re.I), a == re.compile(b"abc"), a == "abc", a != re.compile("abd"), hash(a) == hash(re.compile("abc")), len({a, re.compile("abc"), re.compile("abc", re.M)}))
re.purge()
print(a == re.compile("abc"), a is re.compile("abc"), re.compile("abc") is re.compile("abc"), re.compile(a) is a, a.__copy__() is a, a.__deepcopy__({}) is a)
m = re.compile("(?P<first>b)(c)?").search("abc", 1, 3)
print(m.string, m.re.pattern, m.pos, m.endpos, m.lastindex, m.lastgroup, m.regs, m.groupdict("x"), m.__copy__() is m, m.__deepcopy__({}) is m, bool(m))
print(re.Pattern, re.Match, re.Pattern[str], re.Match[bytes], type(a) is re.Pattern, type(m) is re.Match, re.Pattern.__module__, re.Match.__qualname__)
print(a.groupindex, re.compile("(?P<x>a)(?P<y>b)").groupindex, list(re.compile("(?P<y>a)(?P<x>b)").groupindex))
print([re.escape(x) for x in ["", "abc", "a.b*c", "\n \t", "é-ü", "a_b#&~", "\0\x7f"]], re.escape(b"a.b\xff"), re.escape("a" * 3 + "+"), re.escape(bytearray(b"a+")))
print(all(re.fullmatch(re.escape(chr(c)), chr(c)) for c in range(300)), all(re.fullmatch(re.escape(bytes([c])), bytes([c])) for c in range(256)))

for flags in [re.I, re.I | re.M, re.NOFLAG, re.A | re.S | re.X, ~re.I, re.RegexFlag(0), re.RegexFlag(2 | 8), re.I & re.M, re.I ^ re.M, re.I ^ re.I, re.I | 1 << 20, re.RegexFlag(1 << 20), ~(re.I | re.S | re.X), ~(re.I | 1 << 20), re.DEBUG, re.T, 2 | re.M, re.I & 3]:
    print(repr(flags), str(flags), "%s" % flags, format(flags), int(flags), list(flags), len(flags), bool(flags), flags.value, flags.name, type(flags) is re.RegexFlag)
print(re.I in re.I | re.M, re.S in re.I | re.M, re.I == 2, hash(re.I) == hash(2), re.I + 1, re.I is re.IGNORECASE is re.RegexFlag.I is re.RegexFlag["I"] is re.RegexFlag(2), isinstance(re.I, int), list(re.RegexFlag), len(re.RegexFlag), list(re.RegexFlag.__members__))
for wrong in ("x", 1.5, None):
    try:
        re.RegexFlag(wrong)
    except ValueError as error:
        print(error)
print(repr(re.RegexFlag), re.match("a", "A", re.I).group(), re.match("a", "A", 2).group(), re.match("A B", "AB", re.X | re.I), re.split("x", "aXb", flags=re.I), re.sub("x", "y", "aXb", flags=re.I), re.findall("a", "aA", re.I))
print(sorted(re.__all__))
