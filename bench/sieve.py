# Primes by a sieve over a list of flags.
def sieve(n):
    prime = [True] * (n + 1)
    prime[0] = prime[1] = False
    i = 2
    while i * i <= n:
        if prime[i]:
            for j in range(i * i, n + 1, i):
                prime[j] = False
        i += 1
    count, last = 0, 0
    for i in range(n + 1):
        if prime[i]:
            count += 1
            last = i
    return count, last


print(*sieve(2500000))
