# Sorting written in Python: swaps and comparisons of list elements, recursion.
def quicksort(a, low, high):
    while low < high:
        pivot = a[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while a[i] < pivot:
                i += 1
            while a[j] > pivot:
                j -= 1
            if i <= j:
                a[i], a[j] = a[j], a[i]
                i += 1
                j -= 1
        if j - low < high - i:
            quicksort(a, low, j)
            low = i
        else:
            quicksort(a, i, high)
            high = j


def run(n):
    x, values = 7, []
    for _ in range(n):
        x = (x * 1664525 + 1013904223) % 4294967296
        values.append(x)
    quicksort(values, 0, n - 1)
    assert all(values[i] <= values[i + 1] for i in range(n - 1))
    return values[0], values[n // 2], values[-1]


print(*run(150000))
