# PEP 695: class C[T]. The output is written by hand.
class Box[T]:
    kind = "box"

    def __init__(self, value: T):
        self.value = value

    def map[U](self, f) -> "Box[U]":
        return Box(f(self.value))

    def param(self):
        return T.__name__


b = Box(5)
print(b.value, b.map(str).value, Box.kind, b.param())
print(Box.__type_params__, Box.__name__, Box.map.__type_params__)


class Pair[A, B](Box[A]):
    def __init__(self, a: A, b: B):
        super().__init__(a)
        self.b = b


p = Pair(1, "x")
print(p.value, p.b, issubclass(Pair, Box), [t.__name__ for t in Pair.__type_params__], p.param())


class Plain:
    def method[T](self, x: T) -> T:
        return x, T.__name__


print(Plain().method(3))
