for i, c in enumerate("aé😀"):
    print(i, c, ord(c), end="; ")
print()
a, b, *c = "hello"
print(a, b, c)
(x,), [y] = "p", "q"
print(x, y)
it = iter("abc")
print(next(it), list(it), next(it, "done"))
print(list(reversed("aé€")), sorted("hello"), set("aab") == {"a", "b"}, dict.fromkeys("ab"), tuple("xy"), max("abz"), any("" for _ in "x"), all("ab"))
print([c for c in "a1b2" if c.isdigit()], {c: ord(c) for c in "ab"}, list(zip("ab", "cd")), list(map(str.upper, "ab")))
try:
    a, b = "abc"
except ValueError as e:
    print(e)
try:
    a, b, c, d = "abc"
except ValueError as e:
    print(e)
print(chr(0x10ffff) == "\U0010ffff", ord("\U0010ffff"), chr(233), ord("€"))
for bad in (lambda: chr(-1), lambda: chr(0x110000), lambda: ord("ab"), lambda: ord(""), lambda: ord(1), lambda: chr("a"), lambda: chr(1.0), lambda: ord(b"ab")):
    try:
        bad()
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
print(ord(b"a"), "-".join("abc"), "abc".__contains__("b"), "a".__add__("b"), str.__len__("four"))
