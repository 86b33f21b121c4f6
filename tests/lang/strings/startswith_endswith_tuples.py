s = "hello.tar.gz"
print(s.endswith((".gz", ".zip")), s.startswith(("x", "he")), s.startswith(()), s.endswith(""), s.startswith("h", 0), s.startswith("e", 1), s.startswith("lo", 3, 5), s.startswith("lo", 3, 4), s.endswith("tar", 0, -3), s.startswith("", 12), s.startswith("", 13), s.endswith("", 20), s.startswith("hello", -12), s.endswith("gz", -2), s.startswith("", 5, 3))
u = "äöü€"
print(u.startswith("äö"), u.endswith("€"), u.startswith("ö", 1), u.endswith("ü", 0, 3), u.startswith(("a", "ä")), "".startswith(""), "".endswith("x"))
print([n for n in ("a.py", "b.txt", "c.pyc", ".py") if n.endswith(".py")], s.removesuffix(".gz").removesuffix(".tar"), s.removeprefix("hello").removeprefix("hello"))
for bad in (lambda: s.startswith(5), lambda: s.startswith(["h"]), lambda: s.startswith(("x", 5)), lambda: s.startswith(b"h"), lambda: s.endswith(None), lambda: s.startswith("h", "x"), lambda: s.startswith(), lambda: s.startswith("h", 0, 1, 2), lambda: s.removeprefix(5), lambda: s.removesuffix(("a",))):
    try: print(bad())
    except TypeError as e: print(e)
print(s.find("l", 3), s.find("l", 4), s.rfind("l", 0, 3), s.rfind("."), s.index("tar"), s.rindex("g"), s.count("."), s.count("l", 3), s.find("z", -1), s.find("h", -100, 100), s.find("", 3), s.find("", 12), s.find("", 13), s.rfind("", 3, 5), s.count("", 3, 5), s.replace(".", "", 1), "aaa".rfind("aa"), "aXbX".rsplit("X", 1), "a.b.c".rpartition("."), "..".partition("."))
