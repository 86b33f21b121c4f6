# gc stress: every 50 allocations
import sys
sys.setrecursionlimit(50000)
def down(n):
    if n == 0: return 0
    return down(n - 1) + 1
print(down(20000))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(20000))
class Node:
    def __init__(self, next): self.next = next
    def length(self): return 1 + (self.next.length() if self.next else 0)
node = None
for i in range(10000): node = Node(node)
print(node.length())
def with_try(n):
    try:
        if n == 0: raise ValueError("bottom")
        with_try(n - 1)
    finally:
        global unwound
        unwound += 1
unwound = 0
try: with_try(5000)
except ValueError as e: print(e, unwound)
def collect(n, acc=()): return acc if n == 0 else collect(n - 1, (n, acc))
r = collect(5000)
depth = 0
while r: r, depth = r[1], depth + 1
print(depth)
def closure(n): return (lambda: n) if n == 0 else (lambda f: lambda: f() + 1)(closure(n - 1))
print(closure(3000)())
def star(*args, **kw): return len(args) if len(args) > 2000 else star(*args, 1)
print(star())
def gen(n):
    if n == 0: yield "bottom"; return
    yield from gen(n - 1)
print(next(gen(3000)))
memo = {}
def fib(n):
    if n < 2: return n
    if n not in memo: memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(3000) % 10**20)
del node
print("freed")
