# Conway's game of life on an endless board: cells are a set of complex numbers, patterns are text.

PATTERNS = {
    "glider": ".O.\n..O\nOOO",
    "blinker": "OOO",
    "acorn": ".O.....\n...O...\nOO..OOO",
    "lightweight spaceship": "O..O.\n....O\nO...O\n.OOOO",
}
AROUND = [complex(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]


def parse(text):
    return {complex(x, y) for y, line in enumerate(text.splitlines()) for x, char in enumerate(line) if char == "O"}


def step(alive):
    neighbours = {}
    for cell in alive:
        for offset in AROUND:
            neighbours[cell + offset] = neighbours.get(cell + offset, 0) + 1
    return {cell for cell, n in neighbours.items() if n == 3 or n == 2 and cell in alive}


def bounds(alive):
    xs, ys = [int(c.real) for c in alive], [int(c.imag) for c in alive]
    return min(xs), max(xs), min(ys), max(ys)


def draw(alive):
    left, right, top, bottom = bounds(alive)
    return "\n".join("".join(".O"[complex(x, y) in alive] for x in range(left, right + 1)) for y in range(top, bottom + 1))


def generations(alive):
    while True:
        yield alive
        alive = step(alive)


def normal(alive):
    left, _, top, _ = bounds(alive)
    return frozenset(cell - complex(left, top) for cell in alive), complex(left, top)


def describe(pattern, limit=60):
    """Says after how many generations the shape comes back, and how far it has moved."""
    seen = {}
    for age, alive in enumerate(generations(pattern)):
        if not alive:
            return f"dies after {age}"
        shape, corner = normal(alive)
        if shape in seen:
            then, there = seen[shape]
            moved = corner - there
            kind = "still life" if age - then == 1 and not moved else "spaceship" if moved else "oscillator"
            return f"{kind}, period {age - then}, moves by ({moved.real:+.0f}, {moved.imag:+.0f})"
        if age == limit:
            return f"still unsettled after {limit}, {len(alive)} cells"
        seen[shape] = age, corner


for name, text in PATTERNS.items():
    print(f"{name}: {describe(parse(text))}")

acorn = parse(PATTERNS["acorn"])
print("acorn's sizes:", [len(alive) for alive, _ in zip(generations(acorn), range(20))])
for age, alive in enumerate(generations(acorn)):
    if age == 24:
        print(draw(alive))
        break
