# Of CPython's dataclasses: fields with defaults, __init__, __eq__, __repr__ and __match_args__.
class FrozenInstanceError(AttributeError): pass


def field(*, default=..., default_factory=None): return default if default_factory is None else default_factory()


def dataclass(cls=None, /, *, frozen=False, **options):
    if cls is None:
        return lambda cls: dataclass(cls, frozen=frozen, **options)
    names = []
    for base in reversed(cls.__mro__):
        names += [name for name in base.__dict__.get("__annotations__", {}) if name not in names]

    def __init__(self, *args, **kwargs):
        if len(args) > len(names):
            raise TypeError("too many arguments")
        values = dict(zip(names, args), **kwargs)
        for name in names:
            if name in values:
                object.__setattr__(self, name, values.pop(name))
            elif not hasattr(cls, name):
                raise TypeError("missing argument: " + name)
        if values:
            raise TypeError("unexpected arguments")

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __repr__(self):
        return "%s(%s)" % (type(self).__qualname__, ", ".join("%s=%r" % (name, getattr(self, name)) for name in names))

    def __setattr__(self, name, value): raise FrozenInstanceError("cannot assign to field %r" % name)
    methods = [__init__, __eq__, __repr__] + [__setattr__] * frozen
    for method in methods:
        if method.__name__ not in cls.__dict__:
            setattr(cls, method.__name__, method)
    if "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(names)
    return cls
