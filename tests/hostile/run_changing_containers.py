# Objects whose special methods change the container that a built-in method is working on: nothing crashes, whatever comes out of it.
import gc
state = 1   # of a generator of our own, so that every run does the same
def rand(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (state >> 33) % n

target = None
depth = 0
def mutate():
    global depth
    if depth > 2: return
    depth += 1
    try:
        t = target
        k = rand(8)
        if isinstance(t, list):
            if k == 0: t.clear()
            elif k == 1: t.extend(range(40))
            elif k == 2: del t[len(t) // 2:]
            elif k == 3: t.insert(0, Evil())
            elif k == 4: t[:] = [Evil(), 1, 2]
            elif k == 5: t.append(Evil())
            elif k == 6: t *= 3
            else: t.reverse()
            if len(t) > 400: del t[50:]
        elif isinstance(t, dict):
            if k == 0: t.clear()
            elif k == 1: t.update((i, i) for i in range(40))
            elif k == 2 and t: t.popitem()
            elif k == 3: t[Evil()] = 1
            elif k == 4: t.pop(3, None)
            elif k == 5: t.setdefault(rand(100), Evil())
            elif k == 6 and t: del t[next(iter(t))]
            else: t[rand(60)] = Evil()
            if len(t) > 300: t.clear()
        elif isinstance(t, set):
            if k == 0: t.clear()
            elif k == 1: t.update(range(40))
            elif k == 2 and t: t.pop()
            elif k == 3: t.add(Evil())
            elif k == 4: t.discard(3)
            else: t.add(rand(100))
            if len(t) > 300: t.clear()
        elif isinstance(t, bytearray):
            if k == 0: t.clear()
            elif k == 1: t.extend(b"0123456789" * 30)
            elif k == 2: del t[len(t) // 2:]
            elif k == 3: t.insert(0, 7)
            elif k == 4: t[:] = b"abc"
            else: t.append(65)
            if len(t) > 3000: del t[50:]
        if rand(6) == 0: junk = [[i] * 9 for i in range(30)], "x" * 100 + str(k), bytearray(60)
        if rand(40) == 0: gc.collect()
    except Exception: pass
    finally:
        depth -= 1

class Evil:
    def __init__(self): self.n = rand(50)
    def __eq__(self, o): mutate(); return rand(3) == 0
    def __ne__(self, o): mutate(); return rand(3) == 0
    def __lt__(self, o): mutate(); return rand(2) == 0
    def __gt__(self, o): mutate(); return rand(2) == 0
    def __le__(self, o): mutate(); return rand(2) == 0
    def __ge__(self, o): mutate(); return rand(2) == 0
    def __hash__(self): mutate(); return self.n
    def __index__(self): mutate(); return rand(9) - 3
    def __int__(self): mutate(); return rand(9) - 3
    def __len__(self): mutate(); return rand(7)
    def __bool__(self): mutate(); return rand(2) == 0
    def __iter__(self):
        for i in range(rand(5)):
            mutate(); yield (Evil() if rand(2) else rand(99))
    def __getitem__(self, k): mutate(); return rand(99)
    def __setitem__(self, k, v): mutate()
    def __contains__(self, k): mutate(); return rand(2) == 0
    def __str__(self): mutate(); return "s" * rand(20)
    def __repr__(self): mutate(); return "r" * rand(20)
    def __format__(self, f): mutate(); return "f" * rand(20)
    def __call__(self, *a): mutate(); return rand(9)
    def __add__(self, o): mutate(); return self
    def __radd__(self, o): mutate(); return self
    def __mul__(self, o): mutate(); return self
    def __float__(self): mutate(); return 1.5
    def __length_hint__(self): mutate(); return rand(100)
    def keys(self): mutate(); return [1, Evil(), 2]
    def __enter__(self): mutate(); return self
    def __exit__(self, *a): mutate(); return True
    def __del__(self): mutate()
    def __reversed__(self): mutate(); return iter([1, Evil()])
    def __bytes__(self): mutate(); return b"abc"
    def __copy__(self): mutate(); return self
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError(n)
        mutate(); return rand(9)

def make(kind):
    global target
    n = rand(30)
    if kind == 0: target = [Evil() if rand(3) == 0 else i for i in range(n)]
    elif kind == 1: target = {(Evil() if rand(3) == 0 else i): Evil() if rand(2) else i for i in range(n)}
    elif kind == 2: target = {Evil() if rand(3) == 0 else i for i in range(n)}
    else: target = bytearray(range(n + 1))

def argument():
    k = rand(14)
    if k < 5: return Evil()
    if k == 5: return rand(10) - 2
    if k == 6: return target
    if k == 7: return [Evil(), 1, Evil()]
    if k == 8: return (Evil() for i in range(3))
    if k == 9: return slice(Evil() if rand(2) else None, Evil() if rand(2) else None, rand(3) - 1 or None)
    if k == 10: return {Evil(): Evil(), 1: 2}
    if k == 11: return {Evil(), 3}
    if k == 12: return iter(list(target))
    return b"ab"

functions = [lambda t, a: t[a], lambda t, a: t.__setitem__(a, argument()), lambda t, a: t.__delitem__(a), lambda t, a: a in t, lambda t, a: t == a,
             lambda t, a: t < a, lambda t, a: t + a, lambda t, a: t | a, lambda t, a: t & a, lambda t, a: t - a, lambda t, a: t ^ a,
             lambda t, a: t.__iadd__(a), lambda t, a: t.__ior__(a), lambda t, a: t.__isub__(a), lambda t, a: t.__iand__(a), lambda t, a: t.__ixor__(a),
             lambda t, a: t * a, lambda t, a: sorted(t), lambda t, a: sorted(t, key=a), lambda t, a: list(zip(t, a)), lambda t, a: [*t, *a],
             lambda t, a: {**t, **a}, lambda t, a: max(t), lambda t, a: sum(t, a), lambda t, a: repr(t), lambda t, a: str(t), lambda t, a: f"{t} {a}",
             lambda t, a: "%s %r" % (t, a), lambda t, a: "{!r}{}".format(t, a), lambda t, a: list(map(a, t)), lambda t, a: list(filter(a, t)),
             lambda t, a: any(t), lambda t, a: all(t), lambda t, a: tuple(t), lambda t, a: dict(t), lambda t, a: set(t), lambda t, a: frozenset(t) == frozenset(a),
             lambda t, a: bytes(t), lambda t, a: bytearray(t), lambda t, a: b"".join(t), lambda t, a: "".join(t), lambda t, a: print(*t, file=Out()),
             lambda t, a: dict.fromkeys(t, a), lambda t, a: list(enumerate(t, a)), lambda t, a: list(reversed(t)), lambda t, a: tuple(t) == tuple(a),
             lambda t, a: (lambda *x, **y: x)(*t, **a), lambda t, a: [x for x in t if x], lambda t, a: isinstance(a, tuple(t)),
             lambda t, a: memoryview(t)[a], lambda t, a: memoryview(t).tolist(), lambda t, a: int.from_bytes(t, "big"), lambda t, a: hash(tuple(t)),
             lambda t, a: tuple(t).index(a), lambda t, a: tuple(t).count(a), lambda t, a: t.keys() & a, lambda t, a: t.items() | a, lambda t, a: t.items() == a,
             lambda t, a: t.keys() ^ a, lambda t, a: list(t.values()), lambda t, a: range(a) == t, lambda t, a: "abc".translate(t), lambda t, a: "abc".startswith(tuple(t)),
             lambda t, a: ExceptionGroup("x", t), lambda t, a: type("T", tuple(t), {}), lambda t, a: setattr(T, "x", t), lambda t, a: divmod(t, a), lambda t, a: round(a, rand(4))]
class T: pass
class Out:
    def write(self, text): mutate()

methods = {0: [m for m in dir([]) if not m.startswith("__")], 1: [m for m in dir({}) if not m.startswith("__")],
           2: [m for m in dir(set()) if not m.startswith("__")], 3: [m for m in dir(bytearray()) if not m.startswith("__")]}
count = 0
for round_ in range(3000):
    kind = rand(4)
    try: make(kind)
    except Exception as e: continue
    try:
        if rand(2):
            name = methods[kind][rand(len(methods[kind]))]
            method = getattr(target, name)
            arguments = [argument() for i in range(rand(4))]
            if name == "sort": method(key=Evil() if rand(2) else None)
            else: method(*arguments)
        else:
            functions[rand(len(functions))](target, argument())
        count += 1
    except Exception as e: pass
target = None
print("finished" if count > 300 else "hardly anything ran")
