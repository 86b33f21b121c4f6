# Quantifiers: greedy, lazy, possessive, of characters and of groups, with empty rounds.
import re

TEXTS = ["", "a", "aa", "aaa", "aaaaaa", "b", "ab", "abab", "aab", "ba", "aXb"]
PATTERNS = ["a*", "a+", "a?", "a*?", "a+?", "a??", "a{2}", "a{2}?", "a{,2}", "a{1,}", "a{2,3}", "a{2,3}?", "a{0}", "a{0,0}b", "a{}", "a{,}", "a{a}", "a{1", "a{,", "a{1,2", "a{ 1}", "a*+", "a++", "a?+", "a{1,2}+", "a*+a", "a++b", "a{2,3}+a",
            "(a*)*", "(a*)+", "(a+)*", "(a|b)*", "(a|b)*?b", "(?:a|ab)(?:c|bcd)?", "(?:ab)*", "(?:ab)+?", "(?:ab){2}", "(?:a?)*?b", "(?:a?b?)*", "(?:a*?)*", "(a??)*", "(?:)*", "(?:)*a", "()*", "()+a", "(|a)*", "(a|)*", "(a|)+?b",
            "(?:a*+)*b", "(?:a|b)*+a", "(?:a|b)++", "(?>a*)ab", "(?>a+)b", "(?>a|ab)b", "(?:(?:a)*)*", "(?:(a)|b)*", "((a)|b)+?$", "a.*b", "a.*?b", ".*", ".+?", ".*?$", "[ab]*b", "[ab]*?b", "[ab]*+b", "(?=a)*a", "(?=a)+a", "(?!b)?a", "(?:a{1,2}){2}",
            "(?:a{2}){1,2}", "(?:a|b){2,3}", "x*", "(x)?a", "(?:x{2})?a", "^*" if False else "^", "a{2,}b?"]
for pattern in PATTERNS:
    compiled = re.compile(pattern)
    print(pattern, [m and (m.span(), m.groups()) for m in map(compiled.search, TEXTS)], [bool(compiled.fullmatch(text)) for text in TEXTS])
print([m.span() for m in re.finditer("(?:.*?)++\\b([\\w ]*|[ab])", "E|a1a\ns")], re.search("(?>.*?)b", "ab").span(), re.search("(?:.*?)*+b", "aab").span())
long = "x" * 70000
for pattern in (".{65535}", ".{65536}", ".{65537}", ".{,65536}", ".{65536,}?", ".{70000}", ".{70001}", ".{69999,}", ".{1,70000}?x$", ".{66000,68000}", ".{66000,68000}?", "(?:x{40000}){1}", ".{4294967294}", ".{0,4294967294}", ".{4294967294}?"):
    m = re.match(pattern, long)
    print(pattern, m and m.span())
for count in (4294967295, 2 ** 64, 2 ** 128):
    for form in ("x{%d}", "x{%d,}", "x{,%d}", "x{%d,%d}"):
        try:
            re.compile(form % ((count,) * form.count("%")))
        except OverflowError as error:
            print(error)
print(re.match("(x)*", 50000 * "x").span(), re.match("(x)*y", 50000 * "x" + "y").span(), re.match("(x)*?y", 50000 * "x" + "y").span())
print(re.match(".*?cd", 20000 * "abc" + "cde").end(0), re.match("(?:a|b)*?c", 20000 * "ab" + "cd").end(0), re.search("(a|b)*?c", 20000 * "ab" + "cd").end(0))
