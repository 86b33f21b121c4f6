# Matrices as lists of lists of floats.
def matrix(n, seed):
    return [[((i * seed + j * 7) % 13) / 13.0 for j in range(n)] for i in range(n)]


def multiply(a, b):
    n = len(a)
    columns = [[b[k][j] for k in range(n)] for j in range(n)]
    result = []
    for row in a:
        out = []
        for column in columns:
            total = 0.0
            for k in range(n):
                total += row[k] * column[k]
            out.append(total)
        result.append(out)
    return result


c = multiply(matrix(190, 3), matrix(190, 5))
print(f"{sum(map(sum, c)):.6f} {c[17][94]:.9f}")
