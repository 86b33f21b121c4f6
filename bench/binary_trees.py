# Allocation: many small trees, some of which live long.
class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left, self.right = left, right


def build(depth):
    return Node(build(depth - 1), build(depth - 1)) if depth else Node(None, None)


def check(node):
    return 1 + check(node.left) + check(node.right) if node.left else 1


def run(depth):
    kept = build(depth)
    total = 0
    for d in range(4, depth + 1, 2):
        for _ in range(2 ** (depth - d)):
            total += check(build(d))
    return total, check(kept)


print(*run(16))
