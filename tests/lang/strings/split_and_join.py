print("a b  c ".split(), "a b  c ".split(" "), "".split(), "".split(","), " ".split(" "))
print("a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "a,b,c".split(",", 0), "a,b,c".split(",", -1), " a b c ".split(None, 1), " a b c ".rsplit(None, 1))
print("a--b--c".split("--"), "---".split("--"), "aXbXc".split("X", maxsplit=1), "abc".split("abc"))
print("1\n2\r\n3\r4\x0b5\x0c6\x1c7\x857\u2028x".splitlines(), "a\n".splitlines(), "a\n\nb".splitlines(True), "".splitlines(), "\n".splitlines(keepends=True))
print(",".join(["a", "b"]), ",".join([]), ",".join("abc"), "".join(("x",)), "-".join(str(i) for i in range(4)), ", ".join({"k": 1, "l": 2}))
print("a.b.c".partition("."), "a.b.c".rpartition("."), "abc".partition("."), "abc".rpartition("."))
print("\u3000a\u2003b\xa0c".split(), "\x1ca\x1d".split())
for bad in (lambda: "a".split(""), lambda: "a".split(1), lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(1),
            lambda: "a".partition(""), lambda: "a".split(",", "x"), lambda: ",".join(["a", b"b"])):
    try:
        print(bad())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
