log = []
def t(x): log.append(x); return x
print(all([]), any([]), all([1, 2]), all([1, 0, 2]), any([0, "", None]), any([0, 1]), all("abc"), any({}), all({0: 1}))
print(all(t(x) for x in (1, 0, 5)), log); log.clear()
print(any(t(x) for x in (0, 3, 5)), log)
class B:
    def __bool__(self): raise ValueError("no truth")
for f in (lambda: all(5), lambda: any(), lambda: all([B()]), lambda: any([B()]), lambda: all([1], [2]), lambda: any(None), lambda: all([0, B()]), lambda: any([1, B()])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(all(iter([])), any(map(lambda x: x > 2, [1, 3])), all(x < 5 for x in range(5)), not any(range(1)))
