# Containers that only C code knows, while it makes another object of what is in them: run with COIL_GC_STRESS=1, each of these collects
# between the two.
def texts(n): return ("item %d" % i for i in range(n))
print(",".join(texts(5)), ",".join(map(str.upper, texts(3))), "-".join([t for t in texts(4)]))
print(tuple(texts(4)), list(map(str, texts(2))), sorted(texts(3), reverse=True), (lambda *a: a)(*texts(3)))
print(bytes(i + 60 for i in range(70)), bytes([1, 2, 3] * 3), bytearray(bytearray(b"abc") * 3), bytes.fromhex("61 62 63" * 4))
b = bytearray(b"start")
b.extend(i for i in range(65, 91)); b += bytes(range(97, 110)); b[1:3] = (i + 48 for i in range(9))
print(b, b.expandtabs(), bytes(b"a\tb" * 5).expandtabs(3), bytearray(memoryview(bytes(range(65, 70)))))
l = [t for t in texts(6)]
l[1:3] = texts(5); l[::4] = [t.title() for t in texts(3)]; l += l; l.extend(texts(2)); l[len(l):] = {t: t for t in texts(2)}
print(l, [*l[:2], *texts(2)])
class C:
    __slots__ = [t.replace(" ", "_") for t in texts(4)]
    def __dir__(self): return [t for t in texts(3)]
print(dir(C()), C.__slots__, [n for n in dir(C) if n.startswith("item")])
long = "".join(texts(60))
for i in range(3): long = long + "x" * 30 + str(i)
print(len(long), long[-40:], long[5:12], long[::97], (long + "y")[-10:], "".join([long, "z"])[-8:])
shown = "é" * 70 + "ü"
shown = shown + shown + "end"; shown = shown + "ß" * 70
print(shown[60:75], shown[::25], shown.split("end")[0][-5:], len(shown.replace("é", "e")), shown.partition("end")[2][:3])
def f(*args, **kwargs): return len(args), [*kwargs], args[-1]
print(f(*texts(30)), f(*[t for t in texts(2)], **{t: 1 for t in texts(3)}), max(*texts(12)), max(texts(12), key=lambda t: t[::-1]))
print(int("".join(texts(2)).replace("item ", "")), {**{t: i for i, t in enumerate(texts(2))}}, hex(int("9" * 40)), type("T", tuple(c for c in (int,)), {}).__mro__[:2])
try: raise ExceptionGroup("g", [ValueError(t) for t in texts(2)])
except* ValueError as g: print([str(e) for e in g.exceptions])
print("%s %s" % tuple(texts(2)), "{} {}".format(*texts(2)), f"{'|'.join(texts(2))!r:>20}", "a,b".split(","), [x for x in zip(texts(2), texts(2))])
