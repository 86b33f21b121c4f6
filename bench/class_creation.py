# Classes made at run time: methods, properties, inheritance, __init_subclass__, metaclass, dataclass-like decorators; and instances of them.
class Meta(type):
    def __new__(mcls, name, bases, namespace):
        cls = super().__new__(mcls, name, bases, namespace)
        cls.registered = True
        return cls


class Base:
    known = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.known.append(cls.__name__)


def with_repr(cls):
    fields = list(cls.__annotations__)
    def __repr__(self):
        return cls.__name__ + repr([getattr(self, f) for f in fields])
    cls.__repr__ = __repr__
    return cls


def make(i):
    class Point(Base):
        x: int
        y: int

        def __init__(self, x, y):
            self.x, self.y = x, y

        @property
        def sum(self):
            return self.x + self.y

        @classmethod
        def origin(cls):
            return cls(0, i)

        @staticmethod
        def unit():
            return 1

    class Child(Point):
        def __init__(self, x):
            super().__init__(x, i)

    class Registered(metaclass=Meta):
        value = i

    return with_repr(Point), Child, Registered


def main(n):
    total = 0
    for i in range(n):
        point, child, registered = make(i)
        total += child(i).sum + point.origin().sum + point.unit() + registered.value + registered.registered
        total += len(repr(point(i, 2)))
    return total, len(Base.known)


print(*main(6000))
