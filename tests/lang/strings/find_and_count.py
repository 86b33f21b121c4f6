s = "banana"
print(s.find("an"), s.find("an", 2), s.find("an", 4), s.rfind("an"), s.find(""), s.rfind(""), s.find("", 10), s.find("x"))
print(s.index("na"), s.rindex("na"), s.count("a"), s.count("ana"), s.count(""), s.count("a", 2), s.count("a", 2, 4), "".count(""))
print(s.find("a", -3), s.find("a", -3, -1), s.rfind("a", 0, 3), s.find("b", None, None), s.count("n", None, 3))
for call in (lambda: s.index("x"), lambda: s.rindex("x"), lambda: s.find(1), lambda: s.find(), lambda: s.index("a", 5, 2)):
    try:
        print(call())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
u = "añb€añb😀"
print(u.find("€"), u.find("añ", 1), u.rfind("b"), u.count("ñ"), u.index("😀"), u.find("b", 3, 7))
print("an" in s, "" in s, "nab" in s, "x" not in s, "€" in u)
try:
    1 in s
except TypeError as e:
    print(e)
print(s.startswith("ba"), s.startswith("an", 1), s.startswith(("x", "b")), s.startswith(""), s.startswith("", 7), s.endswith("na"), s.endswith("an", 0, 5), s.endswith(("a", "b")), s.endswith(()))
for bad in (lambda: s.startswith(1), lambda: s.endswith(["a"]), lambda: s.startswith(("a", 1)), lambda: s.startswith(("x", 1))):
    try:
        print(bad())
    except TypeError as e:
        print(e)
print("aaaa".count("aa"), ("ab" * 50).find("ba" * 20 + "bb"), ("a" * 100 + "b").find("a" * 50 + "b"))
