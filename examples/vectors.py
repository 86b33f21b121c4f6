# Classes with operators: vectors, a polynomial ring, an interval arithmetic, and units that refuse nonsense.
import math


class Vector:
    __slots__ = ("x", "y", "z")
    __match_args__ = ("x", "y", "z")

    def __init__(self, x=0.0, y=0.0, z=0.0):
        self.x, self.y, self.z = x, y, z

    def __iter__(self):
        yield from (self.x, self.y, self.z)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(map(repr, self))})"

    def __eq__(self, other):
        return tuple(self) == tuple(other) if isinstance(other, Vector) else NotImplemented

    def __hash__(self):
        return hash(tuple(self))

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self, other))) if isinstance(other, Vector) else NotImplemented

    def __sub__(self, other):
        return self + -other

    def __neg__(self):
        return self * -1

    def __mul__(self, factor):
        return Vector(*(a * factor for a in self)) if isinstance(factor, (int, float)) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return self * (1 / divisor)

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __xor__(self, other):
        (a, b, c), (d, e, f) = self, other
        return Vector(b * f - c * e, c * d - a * f, a * e - b * d)

    def __abs__(self):
        return math.sqrt(self @ self)

    def __bool__(self):
        return any(self)

    def __getitem__(self, index):
        return tuple(self)[index]

    def __format__(self, spec):
        return "<" + ", ".join(format(part, spec) for part in self) + ">"


class Polynomial:
    def __init__(self, *coefficients):
        while coefficients and not coefficients[-1]:
            coefficients = coefficients[:-1]
        self.coefficients = coefficients

    def __call__(self, x):
        value = 0
        for coefficient in reversed(self.coefficients):
            value = value * x + coefficient
        return value

    def __add__(self, other):
        longer, shorter = sorted((self.coefficients, other.coefficients), key=len, reverse=True)
        shorter += (0,) * (len(longer) - len(shorter))
        return Polynomial(*map(sum, zip(longer, shorter)))

    def __mul__(self, other):
        product = [0] * (len(self.coefficients) + len(other.coefficients))
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                product[i + j] += a * b
        return Polynomial(*product)

    def __pow__(self, exponent):
        result = Polynomial(1)
        for _ in range(exponent):
            result *= self
        return result

    def __str__(self):
        terms = []
        for power, coefficient in reversed([*enumerate(self.coefficients)]):
            if coefficient:
                sign = "-" if coefficient < 0 else "+"
                size = "" if abs(coefficient) == 1 and power else str(abs(coefficient))
                terms += [sign, size + ("" if not power else "x" if power == 1 else f"x^{power}")]
        if not terms:
            return "0"
        return ("-" if terms[0] == "-" else "") + " ".join(terms[1:])


class Quantity:
    """A number with a unit: adding metres to seconds is refused, dividing them makes a speed."""

    def __init__(self, value, **powers):
        self.value = value
        self.powers = {unit: power for unit, power in sorted(powers.items()) if power}

    def combined(self, other, sign):
        units = self.powers.keys() | other.powers.keys()
        return {unit: self.powers.get(unit, 0) + sign * other.powers.get(unit, 0) for unit in units}

    def __add__(self, other):
        if self.powers != other.powers:
            raise TypeError(f"cannot add {self.unit or 'a number'} and {other.unit or 'a number'}")
        return Quantity(self.value + other.value, **self.powers)

    def __mul__(self, other):
        if not isinstance(other, Quantity):
            return Quantity(self.value * other, **self.powers)
        return Quantity(self.value * other.value, **self.combined(other, 1))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return Quantity(self.value / other.value, **self.combined(other, -1))

    def __lt__(self, other):
        return self.value < other.value if self.powers == other.powers else NotImplemented

    @property
    def unit(self):
        return "*".join(unit if power == 1 else f"{unit}^{power}" for unit, power in self.powers.items())

    def __str__(self):
        return f"{self.value:g} {self.unit}".rstrip()


a, b = Vector(1, 2, 3), Vector(4.0, -5.0, 0.5)
print(a + b, a - b, 2 * a, -a, sep="\n")
print(a @ b, a ^ b, (a ^ b) @ a, round(abs(b), 4), f"{b / 3:.2f}", f"{a:>4}")
print(bool(Vector()), Vector(1) == Vector(1.0, 0, 0), len({a, Vector(1, 2, 3), b}), a[1:], max(a))
match a + a:
    case Vector(x, y, z=6):
        print("matched", x, y)

line = Polynomial(-1, 1)
print(f"({line})^4 = {line ** 4}; at 3: {(line ** 4)(3)}")
print(line * Polynomial(1, 1), "|", line + Polynomial(1, -1), "|", Polynomial(0, 0, -3))
print((line * line)(0.5), [(line ** 3)(n) for n in range(-2, 3)])

metre, second, kilogram = (Quantity(1, **{unit: 1}) for unit in ("m", "s", "kg"))
speed = 100 * metre / (9.58 * second)
energy = 0.5 * 86 * kilogram * speed * speed
print(speed, "|", energy, "|", metre / metre * 3, "|", speed < 11 * metre / second)
for wrong in (lambda: metre + second, lambda: speed < energy, lambda: a + 1, lambda: a * a, lambda: "x" * a):
    try:
        print(wrong())
    except TypeError as error:
        print("TypeError:", error)
