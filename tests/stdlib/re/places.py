# Anchors, boundaries, lookahead and lookbehind.
import re

TEXTS = ["", "\n", "a", "a\n", "a\nb", "a\nb\n", "\na", "ab cd", " a ", "é à", "a_1-b", "\r\n", "a\u2028b"]
PATTERNS = ["^", "$", "^$", "\\A", "\\Z", "^a", "a$", "b$", "a\\Z", "^b", "(?m)^", "(?m)$", "(?m)^b", "(?m)a$", "(?m)^$", "(?m)\\A", "(?m)\\Z", "\\b", "\\B", "\\b\\w", "\\w\\b", "\\w+\\b", "\\w*\\b", "(?a)\\b", "(?a)\\B", "(?a:\\b)\\w", "\\b(?a:\\w)",
            ".", ".$", "(?s).", "(?s).$", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?<=a\n)b", "(?<=\\b)a", "(?<=^)a", "(?<=ab|cd)", "(?<!ab| c)", "(?<=(?:ab|cd))", "(?<=a.)b", "(?<![a-z])\\w", "(?=.*b)", "(?=(a))\\1", "(?<=(a))", "(?<=a(?=\n))", "(?!.*b)\\w",
            "(?<=(?<!x)a)", "(?<=)a", "(?<=(?:\\b)*)a", "(?<!(?:^)?)a", "(?<=a{2}|bc)", "(?=a|b)\\w", "(?<=\\s)\\S"]
for pattern in PATTERNS:
    compiled = re.compile(pattern)
    print(ascii(pattern), [[m.span() for m in compiled.finditer(text)] for text in TEXTS])
for pattern, text, arguments in [("^a", "ba", (1,)), ("(?m)^a", "b\na", (2,)), ("\\Aa", "ba", (1,)), ("(?<=b)a", "ba", (1,)), ("\\ba", "ba", (1,)), ("a$", "ab", (0, 1)), ("a\\Z", "ab", (0, 1)), ("a\\b", "ab", (0, 1)), ("a(?=b)", "ab", (0, 1)),
                                 ("a(?!b)", "ab", (0, 1)), (".*", "abc", (1, 2)), ("b", "abc", (2, 1)), ("", "abc", (5,)), ("x*", "abc", (-5, 100)), (".", "éàü", (1, 2)), ("ü", "éàü", (2,)), ("à$", "éàü", (0, 2)), ("(?<=é)à", "éàü", (1,))]:
    m = re.compile(pattern).search(text, *arguments)
    print(ascii(pattern), ascii(text), arguments, m and (m.span(), m.pos, m.endpos), [n.span() for n in re.compile(pattern).finditer(text, *arguments)], re.compile(pattern).findall(text, *arguments) != [],
          bool(re.compile(pattern).match(text, *arguments)), bool(re.compile(pattern).fullmatch(text, *arguments)))
