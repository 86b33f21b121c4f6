import sys
print()
print("a", 1, None, [1, "b"], sep="|")
print("a", "b", sep="", end="")
print("!", end="\n\n")
print(*[], sep="x")
print(*"abc", sep=None, end=None)
print("x", sep="unused")
print("to stdout", file=None, flush=True)
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
w = W()
print("a", 2, sep="-", end=".", file=w)
print(w.parts)
class F(W):
    def flush(self): self.parts.append("flushed")
f = F()
print("q", file=f, flush=True)
print(f.parts)
class S:
    def __str__(self): return "from str"
    def __repr__(self): return "from repr"
print(S(), [S()], (S(),), {S(): S()} if False else {"k": S()}, repr(S()))
print("é€😀", "tab\there", 'quote"s', b"bytes", "\\")
for bad in (lambda: print(1, sep=5), lambda: print(1, end=b""), lambda: print(1, foo=1), lambda: print(1, file=5), lambda: print(1, file=object(), flush=True), lambda: print(1, sep="a", sepp="b")):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
old = sys.stdout
sys.stdout = w
print("captured")
sys.stdout = old
print(w.parts[-2:])
sys.stdout.write("direct write\n")
print(print("nested"), sys.stdout.write("") )
print(1.0, 1e100, -0.0, 10**20, True, ..., print is print, sep=" ", end=" end\n")
