def decorate(f):
    raise TypeError("from the decorator")


@decorate
def g(x=1):
    pass
