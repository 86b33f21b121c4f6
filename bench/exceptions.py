# Exceptions: try blocks that do not raise, raising through frames, finally, custom classes.
class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def risky(i):
    if i % 4 == 0:
        raise Problem(i)
    return i


def middle(i):
    try:
        return risky(i)
    finally:
        counters[0] += 1


counters = [0, 0]


def run(n):
    total, table = 0, {"k": 1}
    for i in range(n):
        try:
            total += middle(i)
        except Problem as e:
            total -= e.code
        try:
            total += table["k"] + int("12")
        except (KeyError, ValueError):
            counters[1] += 1
        try:
            table["missing"]
        except KeyError:
            counters[1] += 1
        else:
            total = 0
    return total, counters


print(*run(400000))
