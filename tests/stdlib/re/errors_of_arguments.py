# Wrong types, wrong values.
import re


def show(what):
    try:
        print(repr(what()))
    except Exception as error:
        print(type(error).__name__, error)


a, b = re.compile("a"), re.compile(b"a")
for text in (None, 1, ["a"], b"a", bytearray(b"a"), memoryview(b"a"), "a"):
    for pattern in (a, b):
        for method in ("match", "search", "fullmatch", "findall", "split"):
            show(lambda: getattr(pattern, method)(text))
        show(lambda: list(pattern.finditer(text)))
        show(lambda: pattern.sub("x" if pattern is a else b"x", text))
show(lambda: re.compile(None))
show(lambda: re.compile(1))
show(lambda: re.compile(["a"]))
show(lambda: re.compile(bytearray(b"a")))
show(lambda: re.compile(a))
show(lambda: re.compile(a, re.I))
show(lambda: re.match(a, "a", re.I))
show(lambda: a.search())
show(lambda: a.search("a", "b"))
show(lambda: a.search("a", 0, 1, 2))
show(lambda: a.sub(1, "a"))
show(lambda: a.sub(b"x", "a"))
show(lambda: b.sub("x", b"a"))
show(lambda: a.sub(lambda m: 1, "a"))
show(lambda: a.sub(lambda m: b"", "ba"))
show(lambda: b.sub(lambda m: "", b"ba"))
show(lambda: a.sub("x", "a", "y"))
show(lambda: a.split("a", "y"))
show(lambda: a.sub(lambda m: 1 / 0, "a"))
m = re.match("(?P<x>a)(b)?", "a")
for group in (0, 1, 2, 3, -1, "x", "y", b"x", 1.0, None, True, 10 ** 30, object):
    show(lambda: m.group(group))
    show(lambda: m[group])
    show(lambda: m.span(group))
show(lambda: m.group(1, "x", 2))
show(lambda: m.group(1, 7))
show(lambda: m.start(3))
show(lambda: m.end("z"))
show(lambda: m.groups(1, 2))
show(lambda: re.Pattern())
show(lambda: re.Match())
show(lambda: re.escape(1))
for cls in (re.Pattern, re.Match):
    try:
        class Sub(cls):
            pass
    except TypeError:
        print("no subclasses of", cls.__name__)
for attribute in ("pattern", "flags", "groups", "groupindex"):
    try:
        setattr(a, attribute, 1)
    except AttributeError as error:
        print("AttributeError")
try:
    re.compile("(?P<x>a)").groupindex["y"] = 1
except TypeError as error:
    print(error)
