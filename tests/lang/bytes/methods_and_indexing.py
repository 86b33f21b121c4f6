b = b"hello world"
print(b[0], b[-1], b[1:4], b[::-1], b[0:1], len(b), list(b[:3]), 104 in b, b"wor" in b, b"" in b, b.find(b"o"), b.find(111), b.rfind(b"o"), b.index(b"w"), b.count(b"l"), b.count(108))
print(b.upper(), b.title(), b.capitalize(), b.swapcase(), b.replace(b"o", b"00"), b.split(), b.split(b"o", 1), b.partition(b" "), b.rpartition(b"x"), b.startswith(b"he"), b.endswith((b"x", b"ld")), b.center(15, b"*"), b.zfill(13), b.strip(b"hd"), b.translate(None, b"l"))
print(b.hex(), b.hex(" "), b.hex("-", 4), b.hex(":", -4), bytes.fromhex("68 65 6c6C"), b"\x00\xff".hex(), b"a\tb".expandtabs(4), b" a ".strip(), b"a,b".join([b"1", b"2"]), b"a\nb\r\nc".splitlines(), b"ab" * 2, b"a" + b"b", b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"Ab".istitle(), b"a".islower(), b"A".isupper(), b"\xff".isascii())
print(bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(5)), bytes(bytearray(b"y")), bytes((65,)), bytes(x for x in (66, 67)), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"), bytes.maketrans(b"ab", b"xy")[97:99], b"aabb".translate(bytes.maketrans(b"ab", b"xy")))
for f in (lambda: b[20], lambda: b["a"], lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes("a"), lambda: bytes(-1), lambda: bytes(1.5), lambda: b + "a", lambda: "a" + b, lambda: b.find("a"), lambda: b.split(""), lambda: b.join(["a"]), lambda: b.index(b"z"), lambda: "a" in b, lambda: 300 in b, lambda: bytes.fromhex("xyz"), lambda: bytes.fromhex("abc"), lambda: bytes(None), lambda: b.replace("a", "b"), lambda: bytes(["a"]), lambda: bytes("a", 1), lambda: b < "a", lambda: b"a" % 1, lambda: bytes(b"a", "utf-8"), lambda: b.center(5, b"ab")):
    try:
        print(f())
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
