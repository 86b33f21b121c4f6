# Calls with keyword arguments, defaults, *args and **kwargs, of functions, methods and classes.
def area(width, height=2, *, scale=1, offset=0):
    return width * height * scale + offset


def total(*numbers, start=0, **named):
    for n in numbers:
        start += n
    for n in named.values():
        start += n
    return start


class Box:
    def __init__(self, x, y=0, *, name="box"):
        self.x, self.y, self.name = x, y, name

    def moved(self, dx=0, dy=0):
        return Box(self.x + dx, y=self.y + dy, name=self.name)


def forward(*args, **kwargs):
    return area(*args, **kwargs)


def main(n):
    result, box = 0, Box(1, name="first")
    options = {"scale": 3, "offset": 1}
    for i in range(n):
        result += area(i, scale=2) + area(width=i, height=3) + area(i, 4, offset=i)
        result += total(i, 2, 3, start=4) + total(1, a=i, b=2)
        result += forward(i, 5, scale=2) + area(i, **options)
        box = box.moved(dx=1, dy=i & 1)
    return result, box.x, box.y, box.name


print(*main(120000))
