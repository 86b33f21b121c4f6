def source():
    yield 1
    yield 1 // 0


def middle():
    yield from source()


def consume():
    for x in (y * 2 for y in middle()):
        print(x)


consume()
