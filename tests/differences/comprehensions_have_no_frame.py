# List, set and dict comprehensions run in their function's frame (as in Python 3.12, PEP 709): a traceback has no <listcomp> entry, and
# locals() inside sees the function's names. They are twice as fast for it.
def pick(d, keys):
    return [d[k] for k in keys]


print(pick({"a": 1}, "a"))
print(pick({"a": 1}, "ab"))
