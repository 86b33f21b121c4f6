def attempt(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class Boom(Exception): pass
def boom(*a, **k): raise Boom("boom")
class B:
    __init__ = __call__ = __len__ = __iter__ = __next__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = __eq__ = __lt__ = __add__ = __neg__ = __bool__ = __hash__ = __enter__ = __exit__ = __getattr__ = __str__ = __repr__ = __format__ = __index__ = __int__ = __float__ = __iadd__ = __radd__ = __abs__ = __reversed__ = __round__ = boom
    __init__ = lambda self: None
b = B()
for f in (lambda: b(), lambda: len(b), lambda: iter(b), lambda: next(b), lambda: b[0], lambda: b.__setitem__(0, 1), lambda: 1 in b, lambda: b == 1, lambda: 1 == b, lambda: b < 1, lambda: b + 1, lambda: 1 + b, lambda: -b, lambda: bool(b), lambda: not b, lambda: hash(b), lambda: b.x, lambda: str(b), lambda: repr(b), lambda: f"{b}", lambda: [1][b], lambda: int(b), lambda: float(b), lambda: abs(b), lambda: reversed(b), lambda: round(b), lambda: {b: 1}, lambda: {b}, lambda: [*b], lambda: (lambda *a: a)(*b), lambda: print(b), lambda: sorted([b, b]), lambda: max(b, b), lambda: sum([b]), lambda: "%s" % b, lambda: "{}".format(b), lambda: 1 if b else 2, lambda: b and 1, lambda: [x for x in b], lambda: any([b]), lambda: b in [1], lambda: [1].index(b), lambda: dict(b), lambda: list(b), lambda: hasattr(b, "y"), lambda: getattr(b, "y", 1), lambda: range(b), lambda: "a" * b, lambda: isinstance(1, b), lambda: list(zip(b)), lambda: list(map(boom, [1])), lambda: list(filter(boom, [1])), lambda: sorted([1], key=boom), lambda: min([1], key=boom), lambda: {}.get(b), lambda: [].count(b), lambda: [b].count(1), lambda: divmod(b, 1), lambda: exec("raise Boom", {"Boom": Boom}), lambda: __import__(b), lambda: type("X", (B,), {})()(), lambda: next(iter(boom, 1)), lambda: "".join([b]), lambda: b"".join(b), lambda: print(1, file=b), lambda: [1, 2][b:], lambda: (1).__add__(b), lambda: pow(b, 2), lambda: b @ b):
    attempt(f)
def with_(): 
    with b: pass
def aug():
    global b2
    b2 += 1
b2 = b
def unpack(): x, y = b
def dels(): del b[0]
def loop():
    for _ in b: pass
def while_():
    while b: pass
def if_():
    if b: pass
def assert_(): assert b
def deco():
    @boom
    def f(): pass
def default():
    def f(x=boom()): pass
def klass():
    class C(boom()): pass
def klass_body():
    class C: boom()
def match_():
    match 1:
        case x if b: pass
for f in (with_, aug, unpack, dels, loop, while_, if_, assert_, deco, default, klass, klass_body, match_): attempt(f)
