for value in 5, 1.5, "s", 1j:
    for spec in "y", "s", "d", "f", "c", ",,", "Z>5y":
        try:
            r = format(value, spec)
        except (ValueError, OverflowError) as e:
            r = f"{type(e).__name__}: {e}"
        print(type(value).__name__, repr(spec), r)
class P:
    pass
try:
    format(P(), "x")
except TypeError as e:
    print(e)
print(format(P(), "")[:18].endswith("P object"))
class Q:
    def __str__(self): return "as str"
print(format(Q()), f"{Q()}")
try:
    f"{Q():>10}"
except TypeError as e:
    print(e)
try:
    "{:>5}".format([1])
except TypeError as e:
    print(e)
try:
    format()
except TypeError as e:
    print(e)
