# Integer arithmetic in loops: a congruential generator, divisions, bit operations.
def run(n):
    x, odd, bits = 12345, 0, 0
    for i in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        if x & 1:
            odd += x // 65536
        bits ^= x >> 7
    i = 0
    while i < n:
        bits += i & 3
        i += 1
    return x, odd, bits


print(*run(2000000))
