print(2**10, 2**0, 0**0, (-2)**3, (-2)**2, -2**2, 2**-1, (-2)**-1, 2**0.5, 4**0.5, (-8)**(1/3), 0.0**0, 1**100, 10**20, 2**64, 2**-1074, 2**3**2)
print(pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7), pow(2, 1000, 10**9 + 7), pow(-3, 5, 7), pow(5, 0, 1), pow(2, 5, -7), pow(0, 0, 1), pow(10, -2, 7), pow(2, 3, mod=5), pow(base=2, exp=4))
print(2.0**3, 2**3.0, (-1.0)**3, (-1)**0.5, 1e200**2 if False else "", 0.5**-2, float("inf")**0, float("nan")**0, 1**float("nan"), (-float("inf"))**3, 0.0**float("inf"))
for f in (lambda: 1e200**2, lambda: 0**-1, lambda: pow(2, -1, 4), lambda: pow(2, 3.0, 5), lambda: pow(2, 3, 5.0), lambda: "a"**2, lambda: pow("a", 2, 3), lambda: 2**"a", lambda: pow(2.0, 2, 3), lambda: 0j**-1, lambda: 10.0**400, lambda: pow(1), lambda: (-2.0) ** 0.5 and 0.0 ** -2):
    try:
        print(f())
    except (OverflowError, ZeroDivisionError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
class P:
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o, m=None): return ("rpow", o, m)
    def __ipow__(self, o): return ("ipow", o)
p = P()
print(p**2, 2**p, pow(p, 3, 5), pow(p, 1))
p **= 4
print(p)
print((-2)**63, (-2)**64, 3**40, 7**25, (2**61)**2, (-1)**(10**30), 1**(10**30), 0**(10**30))
