# Calls of every form: positional, keyword, defaults, star arguments, keyword-only, built-in functions.
def plain(a, b):
    return a + b


def defaults(a, b=2, c=3):
    return a + b + c


def keyword_only(a, *, k=1):
    return a * k


def variadic(*args):
    return len(args)


def keywords(**kw):
    return len(kw)


def run(n):
    total = 0
    pair = (1, 2)
    for i in range(n):
        total += plain(i, 1) + defaults(i) + defaults(i, c=5) + keyword_only(i, k=2)
        total += variadic(i, i, i) + variadic(*pair) + keywords(x=i, y=2)
        total += len(pair) + min(i, 7) + abs(-i)
    return total


print(run(400000))
