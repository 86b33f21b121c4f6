# Floats in a nested loop.
def mandelbrot(size, limit):
    inside = 0
    for py in range(size):
        y0 = 2.0 * py / size - 1.0
        for px in range(size):
            x0 = 3.0 * px / size - 2.0
            x = y = 0.0
            for _ in range(limit):
                xx, yy = x * x, y * y
                if xx + yy > 4.0:
                    break
                y = 2.0 * x * y + y0
                x = xx - yy + x0
            else:
                inside += 1
    return inside


print(mandelbrot(300, 120))
