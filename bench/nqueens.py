# Backtracking over lists and with bit masks.
def queens(n, row=0, columns=0, left=0, right=0):
    if row == n:
        return 1
    count = 0
    free = ~(columns | left | right) & ((1 << n) - 1)
    while free:
        bit = free & -free
        free -= bit
        count += queens(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return count


def place(n, board):
    row = len(board)
    if row == n:
        return 1
    count = 0
    for column in range(n):
        for r, c in enumerate(board):
            if c == column or row - r == abs(column - c):
                break
        else:
            board.append(column)
            count += place(n, board)
            board.pop()
    return count


print(queens(11), place(9, []))
