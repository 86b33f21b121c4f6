class N:
    def __abs__(self): return "abs"
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
n = N()
print(abs(n), divmod(n, 2), divmod(2, n), pow(n, 2), pow(n, 2, 3), abs(-5), abs(-2.5), abs(3 - 4j), abs(True), abs(-2**70))
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, -2), divmod(10**20, 7), divmod(True, 1), pow(2, 3), pow(2, -1), pow(2, 100, 7), pow(3, -1, 11), pow(0, 0))
for f in (lambda: abs(), lambda: abs("x"), lambda: abs([]), lambda: divmod(1, 0), lambda: divmod("a", 1), lambda: divmod(1), lambda: pow(2, -1, 4), lambda: pow(1, 2, 0), lambda: pow(1.5, 2, 3), lambda: pow("a", 1), lambda: pow(0, -1), lambda: pow(2, 3, "x"), lambda: abs(1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
