# Exact linear algebra: fractions of unbounded integers, matrices, Gauss-Jordan elimination, Hilbert matrices.
import math


class Fraction:
    __slots__ = ("top", "bottom")

    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError(f"Fraction({top}, 0)")
        divisor = math.gcd(top, bottom)
        if bottom < 0:
            divisor = -divisor
        self.top, self.bottom = top // divisor, bottom // divisor

    @staticmethod
    def of(value):
        return value if isinstance(value, Fraction) else Fraction(value)

    def __add__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __mul__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Fraction(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -Fraction.of(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        other = Fraction.of(other)
        return self * Fraction(other.bottom, other.top)

    def __eq__(self, other):
        other = Fraction.of(other)
        return (self.top, self.bottom) == (other.top, other.bottom)

    def __bool__(self):
        return self.top != 0

    def __float__(self):
        return self.top / self.bottom

    def __repr__(self):
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else f"{self.top}"


class Matrix:
    def __init__(self, rows):
        self.rows = [[Fraction.of(cell) for cell in row] for row in rows]
        if len({len(row) for row in self.rows}) != 1:
            raise ValueError("rows of different lengths")

    @classmethod
    def from_rule(cls, height, width, rule):
        return cls([[rule(i, j) for j in range(width)] for i in range(height)])

    @classmethod
    def identity(cls, size):
        return cls.from_rule(size, size, lambda i, j: int(i == j))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    def __getitem__(self, index):
        i, j = index
        return self.rows[i][j]

    def __eq__(self, other):
        return self.rows == other.rows

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} and {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([[sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns] for row in self.rows])

    def __pow__(self, exponent):
        result, power = Matrix.identity(len(self.rows)), self
        while exponent:
            if exponent & 1:
                result = result @ power
            power = power @ power
            exponent >>= 1
        return result

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def reduced(self):
        """Gauss-Jordan: the reduced rows and the determinant of what was eliminated."""
        rows = [row[:] for row in self.rows]
        determinant, pivot = Fraction(1), 0
        for column in range(len(rows)):
            found = next((i for i in range(pivot, len(rows)) if rows[i][column]), None)
            if found is None:
                return rows, Fraction(0)
            if found != pivot:
                rows[pivot], rows[found] = rows[found], rows[pivot]
                determinant = -determinant
            leader = rows[pivot][column]
            determinant *= leader
            rows[pivot] = [cell / leader for cell in rows[pivot]]
            for i, row in enumerate(rows):
                if i != pivot and row[column]:
                    factor = row[column]
                    rows[i] = [a - factor * b for a, b in zip(row, rows[pivot])]
            pivot += 1
        return rows, determinant

    def determinant(self):
        return self.reduced()[1]

    def inverse(self):
        size = len(self.rows)
        both = Matrix(a + b for a, b in zip(self.rows, Matrix.identity(size).rows))
        rows, determinant = both.reduced()
        if not determinant:
            raise ZeroDivisionError("singular matrix")
        return Matrix([row[size:] for row in rows])

    def __str__(self):
        cells = [[str(cell) for cell in row] for row in self.rows]
        width = max(len(cell) for row in cells for cell in row)
        return "\n".join("[" + " ".join(cell.rjust(width) for cell in row) + "]" for row in cells)


a = Matrix([[2, 1, 1], [1, 3, 2], [1, 0, 0]])
print(a, a.T, sep="\n\n")
print("\ndeterminant", a.determinant())
print("inverse\n" + str(a.inverse()))
assert a @ a.inverse() == Matrix.identity(3)

hilbert = Matrix.from_rule(6, 6, lambda i, j: Fraction(1, i + j + 1))
inverse = hilbert.inverse()
print("\nHilbert 6: determinant", hilbert.determinant(), f"= {float(hilbert.determinant()):.4e}")
print("inverse's corner", inverse[5, 5], "sum", sum((cell for row in inverse.rows for cell in row), Fraction(0)))

fibonacci = Matrix([[1, 1], [1, 0]]) ** 300
print("fibonacci(300) =", fibonacci[0, 1])
for wrong in (lambda: a @ hilbert, lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: Matrix([[1], [2, 3]]),
              lambda: Fraction(1, 0)):
    try:
        wrong()
    except (ValueError, ZeroDivisionError) as error:
        print(f"{type(error).__name__}: {error}")
