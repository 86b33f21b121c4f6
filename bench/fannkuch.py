# Permutations of a short list, reversals of its beginning.
def fannkuch(n):
    counts, permutation = list(range(1, n + 1)), list(range(n))
    most, checksum, sign, left = 0, 0, 1, n
    while True:
        while left != 1:
            counts[left - 1] = left
            left -= 1
        first = permutation[0]
        if first:
            work, flips = permutation[:], 0
            while first:
                work[:first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            if flips > most:
                most = flips
            checksum += sign * flips
        sign = -sign
        while True:
            if left == n:
                return checksum, most
            permutation.insert(left, permutation.pop(0))
            counts[left] -= 1
            if counts[left] > 0:
                break
            left += 1


print(*fannkuch(9))
