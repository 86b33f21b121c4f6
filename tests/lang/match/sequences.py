def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [1, *rest]: return f"starts with 1, {rest}"
        case [first, *_, 9]: return f"{first} to 9"
        case (a, (b, [c, *d]), *e): return f"nested {a} {b} {c} {d} {e}"
        case [[], []]: return "two empties"
        case "x", y: return f"x and {y}"
        case [*all_]: return f"all {all_}"
        case _: return "not a sequence"
for x in ([], (), [5], (5,), [1, 2, 3], (1,), [4, 5, 9], [4, 9], [1, 9], [2, [3, [4, 5, 6]], 7, 8], [[], []], ("x", "q"), range(3), range(1, 4), "abc", b"ab", bytearray(b"a"), {1, 2}, {1: 2}, iter([1]), 5, None, (i for i in [1])): print(type(x).__name__, f(x))
class Seq(list): pass
class TupleSub(tuple): pass
class Fake:
    def __len__(self): return 2
    def __getitem__(self, i): return i
print(f(Seq([1, 2])), f(TupleSub((5,))), f(Fake()))
match [1, 2, 3, 4, 5]:
    case [a, b, *c, d]: print(a, b, c, d)
match (1, 2):
    case (a, b, *c): print(a, b, c)
match [1, [2, [3, [4]]]]:
    case [a, [b, [c, [d]]]]: print(a, b, c, d)
match [[1, 2], [3, 4]]:
    case [[a, b], [c, d]] if a + d == b + c: print("balanced")
match (1,):
    case (x,): print("tuple of one", x)
match 5, 6:
    case 5, x: print(x)
class Log(list):
    def __len__(self): print("len"); return super().__len__()
    def __getitem__(self, i): print("get", i); return super().__getitem__(i)
match Log([1, 2, 3]):
    case [1, 2]: pass
    case [1, _, 4]: pass
    case [x, *_]: print(x)
def commands(s):
    match s.split():
        case ["go", ("north" | "south") as d]: return f"going {d}"
        case ["go", d]: return f"cannot go {d}"
        case ["take", *things] if things: return f"taking {things}"
        case [] | ["quit" | "exit"]: return "bye"
        case [cmd, *args]: return f"unknown {cmd} {len(args)}"
for s in ("go north", "go up", "take a b", "take", "", "exit", "x y z"): print(commands(s))
