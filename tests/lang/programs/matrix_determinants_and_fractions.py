from math import gcd
class Q:
    __slots__ = ("n", "d")
    def __init__(self, n, d=1):
        g = gcd(n, d) or 1
        if d < 0: g = -g
        self.n, self.d = n // g, d // g
    def __add__(a, b): b = b if isinstance(b, Q) else Q(b); return Q(a.n * b.d + b.n * a.d, a.d * b.d)
    def __mul__(a, b): b = b if isinstance(b, Q) else Q(b); return Q(a.n * b.n, a.d * b.d)
    __radd__, __rmul__ = __add__, __mul__
    def __neg__(a): return Q(-a.n, a.d)
    def __sub__(a, b): return a + -(b if isinstance(b, Q) else Q(b))
    def __rsub__(a, b): return Q(b) - a
    def __truediv__(a, b): b = b if isinstance(b, Q) else Q(b); return Q(a.n * b.d, a.d * b.n)
    def __rtruediv__(a, b): return Q(b) / a
    def __pow__(a, k): return Q(a.n ** k, a.d ** k) if k >= 0 else Q(a.d ** -k, a.n ** -k)
    def __eq__(a, b): b = b if isinstance(b, Q) else Q(b); return (a.n, a.d) == (b.n, b.d)
    def __lt__(a, b): b = b if isinstance(b, Q) else Q(b); return a.n * b.d < b.n * a.d
    def __hash__(a): return hash((a.n, a.d)) if a.d != 1 else hash(a.n)
    def __bool__(a): return a.n != 0
    def __float__(a): return a.n / a.d
    def __abs__(a): return Q(abs(a.n), a.d)
    def __repr__(a): return f"{a.n}/{a.d}" if a.d != 1 else str(a.n)
h = [[Q(1, i + j + 1) for j in range(6)] for i in range(6)]
def det(m):
    m, r = [row[:] for row in m], Q(1)
    for i in range(len(m)):
        p = max(range(i, len(m)), key=lambda k: abs(m[k][i]))
        if not m[p][i]: return Q(0)
        if p != i: m[i], m[p] = m[p], m[i]; r = -r
        r *= m[i][i]
        for k in range(i + 1, len(m)):
            f = m[k][i] / m[i][i]
            m[k] = [a - f * b for a, b in zip(m[k], m[i])]
    return r
print(det(h), float(det(h)), det([[Q(2), Q(1)], [Q(4), Q(2)]]), det([[Q(0), Q(1)], [Q(1), Q(0)]]))
print(sum(Q(1, n) for n in range(1, 30)), 1 - Q(1, 3), 2 / Q(4, 6), Q(2, 3) ** -3, Q(1, 2) < 1, sorted([Q(1, 2), Q(1, 3), Q(3, 4)]), max(Q(-1, 2), Q(-2, 3)), {Q(4, 2): "two"}[2], Q(3, -6), Q(0, 5))
def cf(q):
    out = []
    while True:
        w = q.n // q.d
        out.append(w)
        q = q - w
        if not q: return out
        q = 1 / q
print(cf(Q(415, 93)), cf(Q(3141592653, 10**9)))
def e_terms(n):
    total, term = Q(1), Q(1)
    for k in range(1, n): term = term / k; total += term
    return total
print(e_terms(20), float(e_terms(20)))
def bernoulli(n):
    a = [Q(0)] * (n + 1)
    for m in range(n + 1):
        a[m] = Q(1, m + 1)
        for j in range(m, 0, -1): a[j - 1] = j * (a[j - 1] - a[j])
    return a[0]
print([bernoulli(n) for n in range(0, 21, 2)])
