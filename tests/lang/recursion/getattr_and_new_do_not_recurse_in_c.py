import sys
sys.setrecursionlimit(60000)

class A:
    def __init__(self, n): self.n = n
    def __getattr__(self, name): return 0 if self.n == 0 else 1 + A(self.n - 1).other

class B:
    def __getattribute__(self, name):
        n = int(name[1:])
        return 0 if n == 0 else 1 + (self.a9 if n == 10 else self.a0 if n < 10 else 0)

class N:
    def __new__(cls, n):
        if n:
            cls(n - 1)
        return object.__new__(cls)

print(B().a10)
try:
    print(A(8000).other)
    print(type(N(8000)).__name__)
except RecursionError as error:
    print("not deep enough", error)
