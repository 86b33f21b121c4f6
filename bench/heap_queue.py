# A priority queue written in Python: shortest paths on a grid.
def push(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at:
        parent = (at - 1) >> 1
        if heap[parent] <= item:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def pop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, at, size = heap[0], 0, len(heap)
    while (child := 2 * at + 1) < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if last <= heap[child]:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = last
    return first


def shortest(size):
    cost = [[(x * 7 + y * 13 + x * y) % 9 + 1 for x in range(size)] for y in range(size)]
    best = {(0, 0): 0}
    heap = [(0, 0, 0)]
    while heap:
        length, x, y = pop(heap)
        if (x, y) == (size - 1, size - 1):
            return length, len(best)
        if length > best[x, y]:
            continue
        for dx, dy in (1, 0), (0, 1), (-1, 0), (0, -1):
            nx, ny = x + dx, y + dy
            if 0 <= nx < size and 0 <= ny < size:
                total = length + cost[ny][nx]
                if total < best.get((nx, ny), 1 << 30):
                    best[nx, ny] = total
                    push(heap, (total, nx, ny))


print(*shortest(200))
