class Spec:
    def __init__(self, log): self.log = log
    def __format__(self, spec):
        self.log.append(spec)
        return f"[{spec}]"
    def __str__(self): return "str"
    def __repr__(self): return "repr"
log = []
s = Spec(log)
w = 7
print(f"{s}{s:}{s:abc}{s!s}{s!r:>6}{s:{w}}{s:{w}{w}}{s:a{w}b{w!r}c}{s: x }{s:%Y-%m}{s::}")
print(log)
class NoFormat:
    pass
try:
    f"{NoFormat():x}"
except TypeError as e:
    print(e)
class BadFormat:
    def __format__(self, spec): return 1
try:
    f"{BadFormat()}"
except TypeError as e:
    print(e)
for value, spec in ((5, "q"), ("s", "d"), (1.5, "d"), ("s", "=5"), (5, ".3"), (None, "5"), ([1], ">3"), (5, "5.2d"), ("a", ","), (3, "c,"), (1, "_,"), (1.0, "s"), ("x", "+"), (True, "s"), (2, "1000000000000000000000")):
    try:
        print(f"{value:{spec}}")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
