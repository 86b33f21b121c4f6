# Building long strings piece by piece, and through lists.
def run(n):
    text = ""
    for i in range(n):
        text += "ab"
        if i % 3 == 0:
            text += str(i)
    parts = []
    for i in range(n):
        parts.append(f"{i},")
    joined = "".join(parts)
    rows = ""
    for i in range(n // 100):
        row = ""
        for j in range(50):
            row = row + chr(97 + (i + j) % 26)
        rows += row + "\n"
    return len(text), len(joined), len(rows), rows.count("abc"), text[-5:], joined[1000:1010]


print(*run(500000))
