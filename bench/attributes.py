# Loads and stores of instance, inherited and class attributes, slots and properties.
class Base:
    shared = 3

    def __init__(self):
        self.a = 1
        self.b = 2


class Derived(Base):
    step = 1

    def __init__(self):
        super().__init__()
        self.total = 0


class Slotted:
    __slots__ = ("value", "other")

    def __init__(self):
        self.value = self.other = 0


class Guarded:
    def __init__(self):
        self._v = 0

    @property
    def v(self):
        return self._v


def run(n):
    d, s, g = Derived(), Slotted(), Guarded()
    for _ in range(n):
        d.total += d.a + d.b * d.shared + d.step
        d.a, d.b = d.b, d.a
        s.value += d.a
        s.other = s.value - s.other
        g._v = g.v + s.other
    return d.total, s.value, s.other, g.v


print(*run(1500000))
