# f-strings, str.format and % with the usual conversions.
def rows(n):
    for i in range(n):
        yield i, i * 0.37, "item%d" % i, i % 7 == 0


def main(n):
    size = 0
    for number, price, name, flag in rows(n):
        size += len(f"{number:>6} {name:<12} {price:10.2f} {flag!r}")
        size += len(f"{name}={number + 1}, {price}, {number:#06x}")
        size += len("%-10s|%5d|%8.3f" % (name, number, price))
        size += len("{0} {1:,} {name}".format(number, number * 1000, name=name))
        size += len(str(number)) + len(repr(name)) + len(f"{name!r:>20}")
    return size


print(main(60000))
