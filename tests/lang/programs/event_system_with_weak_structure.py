class Event:
    def __init__(self): self.handlers = []
    def __iadd__(self, f): self.handlers.append(f); return self
    def __isub__(self, f): self.handlers.remove(f); return self
    def __call__(self, *a, **k): return [f(*a, **k) for f in tuple(self.handlers)]
    def __len__(self): return len(self.handlers)
class Observable(type):
    def __new__(mcs, name, bases, ns):
        for k, v in list(ns.items()):
            if isinstance(v, Field): v.name = "_" + k; ns[f"on_{k}"] = Slot(f"_ev_{k}"); v.slot = f"on_{k}"
        return super().__new__(mcs, name, bases, ns)
class Slot:
    def __init__(self, key): self.key = key
    def __get__(self, o, c): return self if o is None else o.__dict__.setdefault(self.key, Event())
    def __set__(self, o, v): o.__dict__[self.key] = v
class Field:
    def __init__(self, default=None, check=None): self.default, self.check = default, check
    def __get__(self, o, c): return self if o is None else getattr(o, self.name, self.default)
    def __set__(self, o, v):
        if self.check and not self.check(v): raise ValueError(f"{self.name[1:]} cannot be {v!r}")
        old = self.__get__(o, None)
        setattr(o, self.name, v)
        if old != v: getattr(o, self.slot)(o, old, v)
class Model(metaclass=Observable):
    age = Field(0, lambda v: v >= 0)
    name = Field("nobody")
log = []
m, other = Model(), Model()
m.on_age += lambda o, a, b: log.append(("age", a, b))
m.on_name += lambda o, a, b: setattr(o, "age", len(b))
def once(o, a, b):
    log.append("once")
    o.on_age -= once
m.on_age += once
m.age = 5; m.age = 5; m.name = "abcdefg"; other.age = 3
print(log, m.age, other.age, len(m.on_age), len(other.on_age), m.name)
try: m.age = -1
except ValueError as e: print(e, m.age)
def cascade(o, a, b):
    if b < 10: o.age = b + 1
other.on_age += cascade
other.age = 7
print(other.age, sorted(k for k in vars(other)))
try: other.on_age -= len
except ValueError as e: print("no such handler")
class Sub(Model):
    size = Field(1.5)
    def __init__(self): self.on_size += self.resized; self.seen = []
    def resized(self, o, a, b): self.seen.append((a, b))
s = Sub(); s.size = 2; s.size = 3; s.age = 1
print(s.seen, s.size, Sub.size.default, [k for k in vars(Sub) if k.startswith("on_")])
