print([a + b for a, b in [(1, 2), (3, 4)]], [a for (a, (b, c)) in [(1, (2, 3))]], [x for [x] in [[1], [2]]], [(a, *b) for a, *b in ["xyz"]])
class O: pass
o = O()
print([o.v for o.v in "ab"], o.v)
l = [0, 0]
print([l[0] for l[0] in range(3)], l)
print([i for i, in [(1,), (2,)]], {k: v for k, v in ["ab", "cd"]}, {v for _, v in enumerate("aa")})
print([(i, j, k) for i in range(2) for j in range(2) for k in range(2) if i != j if j != k])
print([x for x in (lambda: [1, 2])()], [x for x in [3, 4] if (lambda v: v > 3)(x)], [y for y in (yy for yy in range(3))])
print([1, *[2 for _ in range(2)], *(3,)], [[]] + [[i] for i in range(2)], len([None for _ in range(5)]), [... for _ in ()])
m = [[1, 2, 3], [4, 5, 6]]
print([[r[i] for r in m] for i in range(3)], [list(c) for c in zip(*m)], [v for r in m for v in r if v % 2], {(i, j): m[i][j] for i in range(2) for j in range(3)}[1, 2])
primes = [p for p in range(2, 60) if all(p % d for d in range(2, int(p**0.5) + 1))]
print(primes, [(a, b, c) for a in range(1, 20) for b in range(a, 20) for c in range(b, 20) if a * a + b * b == c * c])
print([f"{i}{c}" for i, c in enumerate("ab", 1)], [i for i in range(3) for i in range(i)], [s for s in "a b".split() for s in s * 2])
