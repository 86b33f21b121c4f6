# PEP 695: def f[T]. The output is written by hand: python3 3.11 has no such syntax.
def first[T](items: list[T]) -> T:
    return items[0]


print(first([1, 2]), first("ab"), first.__name__)
print(first.__type_params__, [type(p).__name__ for p in first.__type_params__])


def many[A, B: int, *C, **D](a: A, b: B):
    return a, b


print(many(1, 2), [p.__name__ for p in many.__type_params__], [type(p).__name__ for p in many.__type_params__])
print(many.__type_params__[1].__bound__, many.__annotations__["a"] is many.__type_params__[0])


def constrained[T: (int, str)](x: T):
    return T.__constraints__


print(constrained(1))


def outer[T](x: T):
    def inner[U](y: U):
        return T.__name__, U.__name__, x, y
    return inner


print(outer(1)("y"))


def default[T](x=5, *args: T, k: T = 6, **kw: T) -> tuple[T]:
    return x, args, k, kw


print(default(), default(1, 2, k=3, z=4))


async def co[T](x: T) -> T:
    return x


try:
    co("awaited").send(None)
except StopIteration as stop:
    print(stop.value)


def gen[T](x: T):
    yield x


print(list(gen(7)))
try:
    T
except NameError as e:
    print(e)
