# Patterns that are deep, long or wide: a result or a clear exception, never the end of the process.
try:
    import re
except ImportError:
    print("hundred finished")
    raise SystemExit
count = 0
patterns = [opened * n + middle + closed * n for n in (300, 3000, 30000) for opened, middle, closed in
            [("(", "a", ")"), ("(?:", "a", ")"), ("(?:", "a", ")*"), ("(?:", "a", ")?"), ("(?=", "a", ")"), ("(?!", "a", ")"), ("(?<=", "a", ")"), ("(?>", "a", ")"), ("(?i:", "a", ")"), ("(a|", "b", ")"),
             ("(a)?(?(1)", "b", ")"), ("(?P<", "b", ")"), ("[", "a", "]"), ("(", "", ""), ("", "", ")"), ("a?", "", ""), ("a*", "", ""), ("(a)", "", ""), ("a|", "", ""), ("(?:a|", "b", "){2}"), ("(?:", "ab", "){3}"),
             ("\\", "", ""), ("x{2}", "", ""), ("[^a]", "", ""), ("\\w+?", "", ""), ("(?:a+)+", "b", ""), ("ab|", "", "")]]
patterns += ["(?:a{60000}){60000}", "((((((a{9}){9}){9}){9}){9}){9}){9}", "(?:(?:(?:[a-z]{900}){900}){900}){900}", "[" + "".join(map(chr, range(0x100, 0x30000, 2))) .replace("]", "") + "]", "|".join(map(str, range(20000))),
             "|".join("%x" % (i * 2654435761 % 2 ** 32) for i in range(30000)), "a" * 10 ** 5, ".{4294967294}{2}", "(?:.{4294967294}){4}", "(?<=a{70000})b", "(?P<%s>a)" % ("n" * 100000), "\\N{%s}" % ("X" * 100000), "é" * 100000]
texts = ["", "b", "é"]
for pattern in patterns:
    try:
        compiled = re.compile(pattern)
        for text in texts:
            compiled.match(text)
    except (re.error, RecursionError, OverflowError, MemoryError):
        pass
    count += 1
print(count > 90 and "hundred", "finished")


def nested(m):
    return re.sub("a", nested, m.group() * 2)


try:
    re.sub("a", nested, "a")
except RecursionError:
    pass
numbers = bytearray(b"abc" * 100)


def clear(m):
    try:
        numbers.clear()
    except BufferError:
        pass
    return b""


print(len(re.sub(b"a", clear, numbers)))
