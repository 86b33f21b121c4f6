GRID = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79
"""
grid = [[0 if c == "." else int(c) for c in line] for line in GRID.split()]
def candidates(r, c):
    used = set(grid[r]) | {grid[i][c] for i in range(9)}
    r0, c0 = r // 3 * 3, c // 3 * 3
    used |= {grid[i][j] for i in range(r0, r0 + 3) for j in range(c0, c0 + 3)}
    return [n for n in range(1, 10) if n not in used]
guesses = 0
def solve():
    global guesses
    best = None
    for r in range(9):
        for c in range(9):
            if grid[r][c] == 0:
                options = candidates(r, c)
                if best is None or len(options) < len(best[2]): best = (r, c, options)
    if best is None: return True
    r, c, options = best
    for n in options:
        guesses += 1
        grid[r][c] = n
        if solve(): return True
    grid[r][c] = 0
    return False
print(solve(), guesses)
for row in grid: print(*row)
assert all(sorted(row) == list(range(1, 10)) for row in grid)
assert all(sorted(col) == list(range(1, 10)) for col in zip(*grid))
