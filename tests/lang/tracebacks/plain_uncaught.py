def inner(x):
    return 1 / x


def outer():
    print("before")
    return inner(0)


outer()
