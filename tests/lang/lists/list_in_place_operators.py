a = [1, 2]
b = a
a += [3]; print(a, b is a)
a *= 2; print(a, b is a)
a *= 0; print(a, b)
a += "xy"; a += (1,); a += {2: 3}; a += (i for i in range(2)); print(a)
a += a; print(a)
a.extend(a[:2]); a.extend(a); print(len(a))
a[:] = []; print(b)
t = ([], 1)
try: t[0].append(5); t[0] += [6]
except TypeError as e: print(e)
print(t)
for bad in ("a += 5", "a += None", "a *= 'x'", "a *= 1.5", "a -= [1]", "a *= a", "a @= 1", "a |= [1]"):
    try: exec(bad)
    except TypeError as e: print(bad, "->", e)
c = [[0] * 2] * 2
c[0][0] = 1; c[1] += [9]; print(c)
d = [1]
d += d; d *= 3; d[0] += 10; d[-1] -= 1; d[1:2] *= 2; print(d)
class L(list):
    def __iadd__(self, o): print("iadd", o); return super().__iadd__(o)
    def __imul__(self, n): print("imul", n); return super().__imul__(n)
l = L([1]); l += [2]; l *= 2
print(l, type(l).__name__, type(l + [1]).__name__, type(l * 1).__name__, type(l[:]).__name__, type(l.copy()).__name__)
m = n = []
m = m + [1]; n += [2]; print(m, n)
