# PEP 695: `type X = ...` is evaluated when it is asked for. The output is written by hand.
type Number = int | float
print(Number, Number.__value__, Number.__name__, type(Number).__name__)

type Lazy = undefined_name
try:
    Lazy.__value__
except NameError as e:
    print(e)

type Tree[T] = T | list[Tree[T]]
print(Tree.__name__, Tree.__type_params__)

type = 5
print(type)
type, x = 1, 2
print(type, x)


def type(x):
    return x


print(type(3), type (4))


class C:
    type Inner = int
    type = "attribute"


print(C.Inner.__value__, C.type)
for source in "type X", "type X =", "type 1 = int", "type X.y = int", "type (X) = int", "type X[T, T] = int":
    try:
        compile(source, "s", "exec")
        print(source, "compiles")
    except SyntaxError as e:
        print(source, "SyntaxError")
