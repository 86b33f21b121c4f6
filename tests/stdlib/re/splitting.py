# split, findall, finditer and scanners, empty matches among them.
import re

for pattern, text in [(",", "a,b,,c"), (",", ""), (",", ","), ("(,)", "a,b"), ("(,)|(;)", "a,b;c"), ("x*", "axbc"), ("(x)*", "axbc"), ("\\b", "a bc d"), ("", "abc"), ("(?=b)", "abab"), ("\\s+", "  a  b "), ("(\\s)+", "a  b"), ("[é,]", "aébé,c"), ("(?m)^", "a\nb"),
                      ("(a)|b", "cabd"), ("x*?", "xx"), ("()", "ab"), ("a|", "aba")]:
    compiled = re.compile(pattern)
    print(ascii(pattern), ascii(text), ascii(compiled.split(text)), ascii(compiled.split(text, 1)), ascii(compiled.split(text, maxsplit=2)), compiled.split(text, -1), ascii(compiled.findall(text)), [m.span() for m in compiled.finditer(text)])
print(re.findall(b"(.)(.)?", b"abc"), re.split(b"b", b"abc"), re.split(b"b", bytearray(b"abc")), re.findall(b".", memoryview(b"abc")), re.findall(":+", "a:b::c"), re.findall("(:)(:*)", "a:b::c"), re.findall("(a)|(b)|c", "abc"))
iterator = re.finditer("\\w+", "one two three")
print(iter(iterator) is iterator, type(iterator).__name__, next(iterator).group(), [m.group() for m in iterator], next(iterator, "end"))
scanner = re.compile("a|(b)").scanner("abcab")
print(scanner.match(), scanner.match(), scanner.match(), scanner.match(), scanner.pattern)
scanner = re.compile("a|(b)").scanner("abcab", 1, 5)
print(scanner.search(), scanner.search(), scanner.search(), scanner.search(), scanner.search())
scanner = re.compile("x*").scanner("axx")
print([scanner.match() for _ in range(5)])
scanner = re.Scanner([(r"[a-z]+", lambda s, token: ("word", token)), (r"(\d)(\d)*", lambda s, token: int(token)), (r"[+*]", "op"), (r"\s+", None)])
print(scanner.scan("ab + 12 * c3 ? x"))


class Text(str):
    pass


class Data(bytes):
    pass


print([type(x) for x in re.split("b", Text("abc"))], [type(x) for x in re.findall("[abc]+", Text("abc"))], type(re.match("a", Text("abc")).group()), type(re.match("abc", Text("abc")).string), type(re.match(b"abc", Data(b"abc")).group()))
b = bytearray(b"abcabc")
print([(m.span(), m.group()) for m in re.finditer(b"b.", b)], re.match(b"a(.)", b).groups(), type(re.match(b"a", b).group()))
b.extend(b"still mine")
print(b)


def grow(m):
    try:
        b.extend(b"x" * 10000)
    except BufferError as error:
        return str(error).encode()
    return b"grown"


print(re.sub(b"a", grow, b, 1), re.sub(b"a", grow, memoryview(b), 1))
iterator = re.finditer(b"a", b)
try:
    b.clear()
except BufferError as error:
    print(error)
print(len(list(iterator)))
b.clear()
print(b)
