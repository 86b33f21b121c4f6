# Method calls: own, inherited, overridden, through super, static, class and bound ones.
class Shape:
    made = 0

    def __init__(self, w):
        self.w = w

    def area(self):
        return self.w * self.w

    def scaled(self, k):
        return self.area() * k

    @staticmethod
    def half(x):
        return x >> 1

    @classmethod
    def count(cls):
        cls.made += 1
        return cls.made


class Oblong(Shape):
    def __init__(self, w, h):
        super().__init__(w)
        self.h = h

    def area(self):
        return self.w * self.h


def run(n):
    shapes = [Shape(3), Oblong(2, 5), Shape(4), Oblong(1, 1)]
    bound = shapes[0].scaled
    total = 0
    for i in range(n):
        shape = shapes[i & 3]
        total += shape.area() + shape.scaled(2) + bound(1)
        total -= Shape.half(total & 255)
        shape.count()
    return total, Shape.made, Oblong.made


print(*run(400000))
