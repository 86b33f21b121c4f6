# List, dict and set comprehensions, nested and filtered.
def run(n):
    total = 0
    for i in range(n):
        squares = [x * x for x in range(50)]
        even = [x for x in squares if x % 2 == 0]
        table = {x: x + i for x in even}
        flat = [a + b for a in range(7) for b in range(7) if a != b]
        grid = [[a * b for b in range(6)] for a in range(6)]
        total += len(even) + table[16] + sum(flat) + grid[3][4] + len({x % 10 for x in squares})
    return total


print(run(36000))
