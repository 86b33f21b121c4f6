print(",".join(["a", "b"]), "-".join("abc"), "".join([]), ", ".join(("x",)), "|".join(str(i) for i in range(5)), "".join({"k": 1, "j": 2}), "é".join("ab"), "".join(["é", "a", "€", "😀"]), ".".join(map(str, (1, 2.5, None))), " ".join(reversed(["a", "b"])), "ab".join(["", "", ""]), "\n".join(["l1", "l2"]).splitlines())
def gen():
    yield "x"
    raise ValueError("in the middle")
class S(str): pass
class It:
    def __iter__(self): return iter(["i", "t"])
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return str(i)
print("+".join(It()), "+".join(Seq()), type("".join([S("only")])).__name__, type(S(",").join(["a", "b"])).__name__, "".join([S("a"), "b"]), type("".join(["x"])).__name__)
for bad in (lambda: ",".join(gen()), lambda: ",".join([1]), lambda: ",".join(["a", 1, "b"]), lambda: ",".join(5), lambda: ",".join(None), lambda: ",".join(["a", b"b"]), lambda: ",".join(), lambda: b",".join(["a"]), lambda: ",".join({1: 2}), lambda: ",".join("a", "b"), lambda: ",".join([["a"]])):
    try: print(bad())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
l = ["a", "b"]
class Evil:
    def __iter__(self):
        for x in l: yield x
        l.append("c") if len(l) < 4 else None
print(",".join(Evil()), l, len("".join(["ab"] * 10000)), "".join([chr(i) for i in range(97, 123)]), len("€".join("x" * 1000)))
