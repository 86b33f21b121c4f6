s = ""
for i in range(1000):
    s += chr(97 + i % 26)
print(len(s), s[:30], s[-5:], s.count("z"))
print("ab" * 3, "ab" * 0, "ab" * -1, 3 * "é", "" * 100 == "", "x" * True)
a = "a"
b = a
a += "b"
print(a, b)
t = ""
parts = []
for i in range(200):
    t = str(i) + t if i % 2 else t + str(i)
    if i % 50 == 0:
        parts.append(t[:10])
print(len(t), parts, t[:20], t[-20:])
for bad in (lambda: "a" + 1, lambda: 1 + "a", lambda: "a" + b"b", lambda: "a" * 1.5, lambda: "a" * "b", lambda: "a" - "b", lambda: "a" + None, lambda: [] + "a", lambda: "a" * None):
    try:
        bad()
    except TypeError as e:
        print(e)
try:
    "x" * (1 << 62)
except (MemoryError, OverflowError) as e:
    print(type(e).__name__)
try:
    "ab" * (1 << 70)
except OverflowError as e:
    print(e)
u = "é"
for _ in range(5):
    u += u
print(len(u), u[17], u == "é" * 32, (u + "a" + u).index("a"))
rope = "".join(["start"] + ["-%d" % i for i in range(300)])
print(len(rope), hash(rope) == hash("start" + "".join(f"-{i}" for i in range(300))))
