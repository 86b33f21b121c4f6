def f(a: int, b: "str" = "x", *args: 1 + 1, c: list[int] = None, **kw: dict) -> tuple: pass
print(f.__annotations__)
x: int = 5
y: str
class C:
    attr: float = 1.5
    other: "C"
    def m(self, p: 3) -> None: q: int = 1; return q
print(__annotations__, C.__annotations__, C.m.__annotations__, C().m(0))
try:
    y
except NameError as e:
    print(e)
def g():
    local: undefined_name = 1
    other: also_undefined
    return local
print(g(), g.__annotations__)
def h():
    z: int
    return z
try:
    h()
except UnboundLocalError as e:
    print(e)
(a): int = 3
print(a, "a" in __annotations__)
d = {}
d["k"]: int = 4
C.attr2: str = "s"
print(d, C.attr2, "attr2" in C.__annotations__)
try:
    undefined.x: int
except NameError as e:
    print(e)
x: tuple = 1, 2
print(x)
def ret() -> (yes := "evaluated"): pass
print(yes, ret.__annotations__)
print(int | str, list[int], dict[str, list[int]], int | None, isinstance(5, int | str), isinstance([], int | str), tuple[int, ...], type[int], (int | str) == (str | int), list[int]([1]), list[int].__origin__, list[int].__args__)
from_future = compile("from __future__ import annotations\ndef f(a: nope) -> nope2: pass\nprint(f.__annotations__)", "s", "exec")
exec(from_future)
