# sub, subn, expand: templates and functions.
import re


def show(what):
    try:
        print(ascii(what()))
    except (re.error, IndexError, TypeError) as error:
        print(type(error).__name__, ascii(str(error)), getattr(error, "pos", None), getattr(error, "colno", None))


for template in ["x", "", "\\1", "\\2", "\\0", "\\g<0>", "\\g<1>", "\\g<n>", "[\\g<2>\\1]", "\\\\", "\\n\\t\\r\\a\\f\\v\\b", "\\.", "\\-", "\\ ", "\\q", "\\g", "\\g<", "\\g<>", "\\g<x", "\\g<x>", "\\g<3>", "\\g<-1>", "\\g<+1>", "\\g< 1 >", "\\g<1_0>",
                 "\\g<1a>", "\\g<a b>", "\\3", "\\9", "\\10", "\\11", "\\100", "\\101", "\\377", "\\400", "\\777", "\\08", "\\018", "\\0001", "\\x", "\\u0041", "\\", "a\\", "\\g<99999999999>", "é\\1", "\\é", "\\g<é>", "\\1\\1\\2\\2", "\\12"]:
    show(lambda: re.sub("(?P<n>a)(b)?", template, "xabya"))
    show(lambda: re.sub(b"(?P<n>a)(b)?", template.encode("latin-1"), b"xabya"))
    show(lambda: re.match("(?P<n>a)(b)?", "ab").expand(template))
print(re.sub("a", lambda m: m.group().upper(), "banana"), re.sub("a", lambda m: None, "banana"), re.subn("a", "o", "banana"), re.subn("a", "o", "xyz"), re.sub("a", "o", "banana", 2), re.sub("a", "o", "banana", count=-1), re.subn("a", "\\g<0>\\g<0>", "banana", 1))
for pattern, text in [("x*", "abxd"), ("", "abc"), ("b|", "abc"), ("\\b", "a b"), ("(?:)", "é\u2028ß"), ("x*?", "xx"), ("$", "a\n"), ("^", "a\nb"), ("(?m)^", "a\nb"), ("(?=b)", "abab"), ("a*|b", "aabaa"), ("\\Z", ""), ("[^é]*", "aébé")]:
    print(ascii(re.sub(pattern, "-", text)), re.sub(pattern, "\\g<0>", text) == text, re.subn(pattern, "<\\g<0>>", text))
print(re.sub("(.)(?P<b>.)", "\\g<b>\\1", "abcdé"), re.sub("é", "e", "été"), ascii(re.sub("e", "é", "ete")), re.sub("(a)|b", "[\\1]", "ab"))
text = "abc"
print(re.sub("x", "y", text) is text, re.sub(b"b", b"\\\\x", b"abc"), re.sub(b"b", lambda m: bytearray(b"Z"), b"abc"), re.sub(b"b", memoryview(b"Q"), bytearray(b"abc")), re.sub(b"z", b"", bytearray(b"abc")))
print(re.sub("[aeiou]", {"a": "1", "e": "2"}.get("a"), "hae"), re.sub("\\d+", lambda m: str(int(m[0]) * 2), "1 22 333"))


class Text(str):
    pass


print(type(re.sub("a", "b", Text("xax"))), type(re.sub("q", "b", Text("xax"))), re.sub("a", Text("\\g<0>!"), "a"), re.sub("a", Text("é"), "aa"))
calls = []
re.sub("a", lambda m: calls.append((m.span(), m.pos, m.endpos, m.string)) or "", "aXa")
print(calls)


def nested(m):
    return re.sub("b", lambda n: n.group() * 2 + m.group(1), m.group())


print(re.sub("a(.)b", nested, "a1b a2b"))
