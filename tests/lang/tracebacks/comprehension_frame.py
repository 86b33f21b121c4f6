def pick(d, keys):
    return [d[k] for k in keys]


print(pick({"a": 1}, "a"))
print(pick({"a": 1}, "ab"))
