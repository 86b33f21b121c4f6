# While loops with unpredictable branches.
def longest(limit):
    best, best_start = 0, 0
    for start in range(1, limit):
        n, steps = start, 1
        while n != 1:
            if n % 2:
                n = 3 * n + 1
            else:
                n //= 2
            steps += 1
        if steps > best:
            best, best_start = steps, start
    return best_start, best


print(*longest(60000))
