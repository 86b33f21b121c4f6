# f(**mapping): duplicates in a mapping of any class, keywords that are no strings, callees without a name.
class Multi:
    def __init__(self, *pairs): self.pairs = pairs
    def keys(self): return [k for k, v in self.pairs]
    def __getitem__(self, key): return dict(self.pairs)[key]


def g(x, *args, **kwargs): return x, args, kwargs


nothing = None
for call in (
    lambda: g(**Multi(("x", 1), ("y", 2))),
    lambda: g(**Multi(("x", 1), ("x", 2))),
    lambda: g(a=3, **Multi(("x", 1), ("x", 2))),
    lambda: g(**Multi(("a", 3)), **Multi(("x", 1), ("x", 2))),
    lambda: g(1, **{1: 3}, **{1: 5}),
    lambda: g(1, **{1: 3}),
    lambda: nothing(*g),
    lambda: nothing(**g),
    lambda: g(*nothing),
    lambda: g(**nothing),
    lambda: g(1, **{"a": 1}, **{"a": 2}),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
