# Lists: append, pop, index, slice, insert, membership, copy, concatenation, reversal.
def run(n):
    stack, total = [], 0
    for i in range(n):
        stack.append(i)
        if i % 3 == 0:
            total += stack.pop()
        total += stack[-1] if stack else 0
    ring = list(range(100))
    for i in range(n):
        ring[i % 100] = ring[(i * 7) % 100] + 1
        total += ring[i % 50]
    for i in range(n // 100):
        part = ring[10:60]
        part.reverse()
        part.insert(25, i)
        total += part[25] + len(part + ring) + (i in part)
        del part[::2]
        part.extend(ring)
        total += part.index(ring[5])
    return total, len(stack)


print(*run(700000))
