# Floats in attributes: the sun and four planets attract each other.
import math


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def system():
    year, sun = 365.24, 4 * math.pi * math.pi
    return [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, sun),
        Body(4.84143144, -1.16032004, -0.10362204, 0.00166007 * year, 0.00769901 * year, -0.0000690 * year, 0.00095479 * sun),
        Body(8.34336671, 4.12479856, -0.40352341, -0.00276742 * year, 0.00499852 * year, 0.0000230 * year, 0.00028588 * sun),
        Body(12.8943695, -15.1111514, -0.22330757, 0.00296460 * year, 0.00237847 * year, -0.0000296 * year, 0.00004366 * sun),
        Body(15.3796971, -25.9193146, 0.17925877, 0.00268067 * year, 0.00162824 * year, -0.0000951 * year, 0.00005151 * sun),
    ]


def advance(bodies, dt, steps):
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
    for _ in range(steps):
        for a, b in pairs:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * math.sqrt(squared))
            ma, mb = a.mass * pull, b.mass * pull
            a.vx -= dx * mb
            a.vy -= dy * mb
            a.vz -= dz * mb
            b.vx += dx * ma
            b.vy += dy * ma
            b.vz += dz * ma
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz


def energy(bodies):
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for b in bodies[i + 1:]:
            total -= a.mass * b.mass / math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
    return total


bodies = system()
before = energy(bodies)
advance(bodies, 0.01, 60000)
print(f"{before:.9f} {energy(bodies):.9f}")
