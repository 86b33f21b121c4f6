# Flags inside patterns, VERBOSE and comments.
import re

for pattern, text in [("(?i)a", "A"), ("(?im)^b", "a\nB"), ("(?x) a b # c\n c", "abc"), ("(?x)a\\ b[ ]c", "a b c"), ("(?x)a (?#x y) b", "ab"), ("(?x:a b)c d", "abc d"), ("(?x:a b)c", "abc"), ("(?-x:a b)", "a b"), ("(?x)(?-x:a b) c", "a bc"), ("(?s:.)", "\n"), ("(?s)(?-s:.)", "\n"),
                      ("(?m:^)b", "a\nb"), ("(?m)a(?-m:$)", "a\nb"), ("(?i:a(?-i:b)c)", "AbC"), ("(?i:a(?-i:b)c)", "ABC"), ("(?a:\\w)", "é"), ("(?a)x(?u:\\w)", "xé"), ("(?u:\\w)", "é"), ("(?a:\\w)\\w", "aé"), ("(?ai:k)", "\u212a"), ("(?i:k)", "\u212a"),
                      ("(?x)[a b]", " "), ("(?x)a{1 ,2}", "a{1,2}"), ("(?x)a {2}", "aa"), ("(?x)a\n*", "aaa"), ("(?x)( ? : a)" if False else "(?x)(?:a )", "a"), ("(?i)(?m)^a", "b\nA"), ("(?#c)(?i)a", "A"), ("(?x) (?i) a", "A"), ("(?x)#(?i)\na", "a"), ("(?i)", ""), ("(?x)", ""), ("(?x)a#b", "a"),
                      ("(?x)\\#a", "#a"), ("(?x)a\\\nb", "a\nb"), ("(?x)\u00a0a", "\u00a0a"), ("(?x)\x0ba\x0c", "a")]:
    try:
        m = re.search(pattern, text)
        print(ascii(pattern), ascii(text), m and m.span(), re.compile(pattern).flags)
    except re.error as error:
        print(ascii(pattern), error)
print(re.findall(r"""
    (\d+)     # the number
    \s* (?P<unit>km|m)   # and its unit
    """, "3 km, 400m", re.VERBOSE))
print(re.findall(b"(?s).", b"a\n"), re.findall(b"(?a)\\w", b"a\xe9"), re.compile(b"(?L)a").flags, re.compile(b"(?i)a").flags, re.compile("a(?#comment)b").match("ab").span())
