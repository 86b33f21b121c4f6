class S:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return ("get", k)
    def __setitem__(self, k, v): self.d[k if not isinstance(k, slice) else str(k)] = v
    def __delitem__(self, k): print("del", k)
    def __missing__(self, k): return "never used outside dict"
s = S()
print(s[0], s[-1], s["k"], s[1:2], s[::2], s[1, 2], s[None], s[...], s[s is s], s[lambda: 1][0], s[1:2, ::3], s[()], s[[1]])
s[0] = 1; s["a"] = s[1:2] = 2; s[1, 2] = 3
del s[0], s[1:]
print(s.d)
class Only:
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i
print(list(Only()), 2 in Only(), 9 in Only(), tuple(Only()), sum(Only()), [*Only()], max(Only()), dict(enumerate(Only())))
a, b, c = Only()
print(a, b, c)
class StopsEarly:
    def __getitem__(self, i):
        if i == 2: raise StopIteration
        return i
print(list(StopsEarly()))
class Err:
    def __getitem__(self, i): raise KeyError(i)
for f in (lambda: list(Err()), lambda: 5[0], lambda: None["x"], lambda: (lambda: 1)[0], lambda: type("Q", (), {})[0], lambda: len[0], lambda: {}[0], lambda: int[0], lambda: Only().__getitem__(), lambda: s.__getitem__(1, 2), lambda: (x for x in [])[0], lambda: {1}[0], lambda: 1.5["a"], lambda: True[0]):
    try: print(f())
    except (TypeError, KeyError) as e: print(type(e).__name__, e)
try: (1, 2)[0] = 5
except TypeError as e: print(e)
try: "abc"[0] = "x"
except TypeError as e: print(e)
try: 5[0] = 1
except TypeError as e: print(e)
try: del (1, 2)[0]
except TypeError as e: print(e)
try: del 5[0]
except TypeError as e: print(e)
class LenHint:
    def __init__(self, h): self.h = h
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self):
        if isinstance(self.h, type): raise self.h("hint")
        return self.h
for h in (5, 0, NotImplemented, TypeError, -1, "x"):
    try: print(list(LenHint(h)))
    except Exception as e: print(type(e).__name__, e)
