# Vectors as objects with operators: spheres over a floor.
import math


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, center, radius, shine):
        self.center, self.radius, self.shine = center, radius, shine

    def hit(self, origin, ray):
        to = self.center - origin
        b = to.dot(ray)
        d = b * b - to.dot(to) + self.radius * self.radius
        if d <= 0.0:
            return None
        t = b - math.sqrt(d)
        return t if t > 1e-6 else None

    def normal(self, point):
        return (point - self.center) * (1.0 / self.radius)

    def colour(self, point):
        return 0.8


class Floor:
    shine = 0.2

    def hit(self, origin, ray):
        if ray.y >= -1e-6:
            return None
        return -origin.y / ray.y

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def colour(self, point):
        return 0.9 if (math.floor(point.x) + math.floor(point.z)) % 2 else 0.2


SCENE = [Floor(), Sphere(Vector(0.0, 1.0, 4.0), 1.0, 0.4), Sphere(Vector(-1.6, 0.6, 3.0), 0.6, 0.1),
         Sphere(Vector(1.4, 0.5, 2.6), 0.5, 0.6)]
LIGHT = Vector(-0.5, 0.8, -0.4).unit()


def nearest(origin, ray):
    best, found = math.inf, None
    for thing in SCENE:
        t = thing.hit(origin, ray)
        if t is not None and t < best:
            best, found = t, thing
    return best, found


def trace(origin, ray, depth):
    t, thing = nearest(origin, ray)
    if thing is None:
        return 0.3 + 0.5 * max(ray.y, 0.0)
    point = origin + ray * t
    normal = thing.normal(point)
    light = 0.1
    if nearest(point + normal * 1e-4, LIGHT)[1] is None:
        light += 0.9 * max(normal.dot(LIGHT), 0.0)
    shade = thing.colour(point) * light
    if depth and thing.shine:
        shade = shade * (1.0 - thing.shine) + thing.shine * trace(point + normal * 1e-4, ray.reflect(normal), depth - 1)
    return shade


def render(width, height):
    eye, total, rows = Vector(0.0, 1.2, -2.0), 0.0, []
    for j in range(height):
        row = 0.0
        for i in range(width):
            ray = Vector((i - width / 2) / width, (height / 2 - j) / width, 1.0).unit()
            row += trace(eye, ray, 2)
        rows.append(row)
        total += row
    return total, rows[height // 2]


print("{:.6f} {:.6f}".format(*render(150, 100)))
