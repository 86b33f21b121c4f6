def bounce(n):
    if n == 0:
        raise ValueError("bottom")
    bounce(n - 1)


bounce(8)
