# Recursion: Ackermann, towers of Hanoi, mutual recursion, a nested structure walked and copied, 900 levels deep again and again.
import sys

sys.setrecursionlimit(5000)


def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def is_even(n): return True if n == 0 else is_odd(n - 1)
def is_odd(n): return False if n == 0 else is_even(n - 1)


def depth_of(tree): return 0 if tree is None else 1 + depth_of(tree[0])
def copy_of(tree): return None if tree is None else (copy_of(tree[0]), tree[1])


def permutations(items):
    if not items:
        return [[]]
    return [[item] + rest for i, item in enumerate(items) for rest in permutations(items[:i] + items[i + 1:])]


chain = None
for i in range(900):
    chain = (chain, i)
evens = sum(is_even(900 + i % 2) for i in range(300))
depths = sum(depth_of(copy_of(chain)) for _ in range(200))
print(ackermann(2, 300), hanoi(17, "a", "b", "c"), evens, depths, len(permutations(list(range(7)))))
