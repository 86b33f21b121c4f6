a, b, c = 1, "x", 3
print("start")
result = (a * 2) + (b + c)
