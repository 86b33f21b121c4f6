# Every mistake that the parser of patterns knows: message, position, line and column.
import re

PATTERNS = [
    "(", "(?", "(?P", "(?P<", "(?P<>a)", "(?P<a", "(?P<1>a)", "(?P<a-b>x)", "(?P=", "(?P=)", "(?P=x)", "(?P=1)", "(?Px)", "(?P\\w)", "(?P<a>x)(?P<a>y)",
    "(?<", "(?<a", "(?<x>y)", "(?<=a+)", "(?<!a|bc)", "(?<=(a)\\1)", "(a)(?<=\\1b*)", "(?:", "(?#", "(?#abc", "(?>", "(?>a", "(?z)", "(?\\a)", ")", "a)", "(a))", "a|)",
    "*", "+", "?", "{1}", "a**", "a*+*", "a{2}{3}", "a{3,2}", "^*", "$+", "\\b?", "(?i)*", "(?#x)*", "|*", "(*)", "(|*)", "a{99999999999}", "a{1,99999999999}",
    "a???", "a?+?", "x{5,4}y",
    "[", "[a", "[^", "[]", "[^]", "[a-", "[a-\\", "[b-a]", "[\\w-a]", "[a-\\w]", "[\\x]", "[\\xq]", "[\\u12]", "[\\N]", "[\\N{x", "[\\9]", "[\\400]", "[\\q]", "[\\A]", "[\\Z]",
    "\\", "a\\", "\\q", "\\x", "\\x1", "\\xg1", "\\u", "\\u123", "\\U0000", "\\U00110000", "\\N", "\\N{", "\\N{}", "\\N{no such name}", "\\400", "\\777", "\\1", "\\8", "\\99",
    "(a\\1)", "(?P<n>a(?P=n))", "(a)\\2", "(a)(b)\\3", "\\y", "\\E", "\\G", "\\K", "\\z", "\\h", "\\R", "\\X", "\\p{L}", "\\Q",
    "(?(", "(?()a)", "(?(1", "(?(1)a", "(?(1)a|b|c)", "(?(2)a)", "(?(x)a)", "(?(0)a)", "(?(-1)a)", "(?(1x)a)", "(a)(?(1)b|c|d)", "(?(99)a)(b)", "(?(99999999999)a)",
    "(?i", "(?-", "(?-i", "(?-i)", "(?i-", "(?i-i:a)", "(?-x:", "(?L)a", "(?u)a", "(?a)(?u)a", "(?au:a)", "(?-a:b)", "(?-u:b)", "(?iz)", "(?i-z:a)", "(?i1)", "(?t:a)", "a(?i)b", "(a(?i)b)",
    "a|(?i)b", "(?i:a", "(?-:a)", "(?i-:a)", "(?i-1:a)",
    "(?=", "(?=a", "(?!", "(?<=", "(?<!a", "((a)", "(a|b", "a\n(b\n[c", "\n\n(?P<x>\n(?P<x>a))", "(?<=(?P<a>x)(?P=a))", "(?<=a(?(1)b|c))(d)", "(?<=(a)(?(1)b|c))", "[\\s-a]", "[a-\\d]", "[--a]", "[z-\\x41]",
]

for pattern in PATTERNS:
    for source in (pattern, pattern.encode()):
        try:
            compiled = re.compile(source)
        except re.error as error:
            print(repr(source), "|", error, "|", error.msg, error.pos, error.lineno, error.colno, error.pattern == source)
        except Exception as error:
            print(repr(source), "|", type(error).__name__, error)
        else:
            print(repr(source), "| fine,", compiled.groups, "groups")

for flags in (re.L, re.A | re.U, re.A, re.U, re.A | re.L, 0):
    for source in ("a", b"a"):
        try:
            print(source, int(flags), re.compile(source, flags).flags)
        except ValueError as error:
            print(source, int(flags), error)

for name in ("é", "a\xb2", "\u00aa", "x y", " x", "١"):
    for source in ("(?P<%s>a)" % name, "(a)(?(%s)b)" % name):
        try:
            print(ascii(source), re.compile(source).groupindex)
        except re.error as error:
            print(ascii(source), ascii(str(error)))
try:
    re.compile("(?P<\xe9>a)".encode("latin-1") + b"(")
except re.error as error:
    print(error)
