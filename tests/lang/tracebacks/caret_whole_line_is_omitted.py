def check(flag):
    raise ValueError("the whole line needs no carets")


def caller():
    check(True)


caller()
