# Groups, references to them, conditions, and which group was closed last.
import re

CASES = [
    (r"(a)(b)?(c)", "ac"), (r"((a)(b))", "ab"), (r"(?P<x>a)(?P<y>b)", "ab"), (r"(?:(a)|b)*", "ab"), (r"(?:(a)|(b))*", "aba"), (r"((a)|(b))*", "ab"), (r"(a)|(b)", "b"),
    (r"(a*)(b*)", "aab"), (r"(?:(a)(b)?)+", "aba"), (r"(\w+) (\w+)", "hello world"), (r"(a(b(c)))(d)", "abcd"), (r"(?=(a))a", "a"), (r"(?=(a)(b))a", "ab"), (r"(?!(a))b", "b"),
    (r"(?<=(a))b", "ab"), (r"(a)?b", "b"), (r"()", ""), (r"(|a)+", "aa"), (r"(a|)+", "aa"), (r"(a|b)*?c", "abc"), (r"(.)\1", "abba"), (r"(.)(.)\2\1", "xabbay"),
    (r"(?P<q>['\"]).*?(?P=q)", "say 'it' \"now\""), (r"(a)?\1b", "b"), (r"(?:(a)|b)\1", "ba"), (r"(a)?(?(1)b|c)", "ab"), (r"(a)?(?(1)b|c)", "c"), (r"(?P<o>\()?x(?(o)\))$", "(x)"),
    (r"(?P<o>\()?x(?(o)\))$", "(x"), (r"(?(1)a|b)(c)?", "bc"), (r"(a)?(?(1)b)", "x"), (r"(?>(a+))b", "aab"), (r"(?>(a|ab))c", "abc"), (r"(a++)b", "aab"), (r"(a)(?:b(c)|(d))*e", "abcde"),
    (r"(?:(x)(y)|(z))+", "zxyz"), (r"((x)|(y)|(z))+", "xyz"), (r"(\d+)|(\w+)|(\s+)", "  12ab"), (r"(a(b)?)+", "aba"), (r"(?:a(b)?)+(c)", "abac"), (r"(?:(?P<l>[a-z])|(?P<d>\d))+", "a1b2"),
    (r"^(?:(a)|(b)|(c))+?$", "cab"), (r"(?s)(.)(?=.*\1)", "abcb"), (r"((?:a|b)+)(?:\1)", "abab"), (r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "abcdefghijj"),
    (r"(a)\101", "aA"), (r"(a)\07", "a\7"), (r"(?:(é)|(ß))+x", "éßéx"), (r"(.)(?:(é)|(ü))+", "aüé"),
]
for pattern, text in CASES:
    m = re.search(pattern, text)
    print(ascii(pattern), ascii(text), end=" ")
    if m is None:
        print(None)
        continue
    print(ascii(m), m.span(), ascii(m.groups()), ascii(m.groups("-")), ascii(m.groupdict()), m.lastindex, m.lastgroup, m.regs)
    for i in range(m.re.groups + 1):
        assert m[i] == m.group(i) and m.span(i) == (m.start(i), m.end(i)) == m.regs[i]
print([m.lastgroup for m in re.finditer(r"(?P<number>\d+)|(?P<name>\w+)|(?P<op>[+*])", "ab + 12*c3")])
many = re.compile("".join("(%s)" % chr(97 + i % 26) for i in range(300)))
m = many.match("".join(chr(97 + i % 26) for i in range(300)))
print(many.groups, m.lastindex, m.group(1, 27, 300), m.span(255), len(m.groups()))
print(re.match("(?:" + "|".join("(x%d)" % i for i in range(200)) + ")", "x150").lastindex)
