# Alternatives of many words, in any order: the first that fits counts, not the longest.
import re

words = [w + e for w in ("foo", "for", "fox", "bar", "ba", "b", "", "zeta", "é", "éa", "été") for e in ("", "s", "ing")]
for order in (words, sorted(words), sorted(words, reverse=True), words[::-1]):
    pattern = re.compile("|".join(order))
    texts = ["foo", "foos", "fooing", "fors", "foxe", "bars", "bas", "b", "s", "ing", "zetas", "étés", "éas", "x", ""]
    print([ascii(pattern.match(t).group()) for t in texts], [bool(pattern.fullmatch(t)) for t in texts])
    ignoring = re.compile("(?i)(?:%s)\\b" % "|".join(order))
    print([m and m.span() for m in map(ignoring.match, ["FOOS", "fOr", "ÉTÉS", "bazz", "Zetaing"])])
pattern = re.compile("|".join("%d" % x for x in range(10000)))
print(pattern.match("1000").span(), pattern.match("9999").span(), pattern.fullmatch("1000").span(), pattern.fullmatch("12345"))
print(re.findall("a(?:b|c|d)|a(?:e|f)|ag(h)?|a(i)", "ab ac af ag agh ai aj"), re.findall("(?:a|b|[c-e]|\\d)+", "abcde1f"), re.match("(?:ab|a|abc)(?:c|cd)?$", "abcd"), re.match("(a|ab)(c|bcd)(d*)", "abcd").groups())
