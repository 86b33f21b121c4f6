# A collection forgets what is left in the registers of waiting frames, but not the arguments and locals of the frames they called.
import gc
def inner(a, b=2):
    c = [a]
    gc.collect()
    return a, b, c
def by_native(): return list(map(inner, "xy"))
def generator():
    yield from map(inner, "uv")
def by_generator(): return list(generator())
def by_keywords(): return [inner(*"pq"), inner("r", b=gc.collect() and 3 or 3)]
class Made:
    def __new__(cls, x, *rest, **more):
        gc.collect()
        return super().__new__(cls)
    def __init__(self, x, *rest, k=4, **more):
        gc.collect()
        self.all = x, rest, k, more
def by_class(): return Made("s").all, Made(*"tu", j=5).all
def wide(): print(by_native(), by_generator(), by_keywords(), by_class(), (1, 2, 3, 4, 5, 6, 7, 8, 9, len("a"), len("b"), len("c")))
wide()
print(by_native(), by_generator(), by_keywords(), by_class())
print(by_native()); print(by_generator()); print(by_keywords()); print(by_class())
print([by_native(), 1, [2, [3, [4, [5, [6, [7, [8, len("a"), len("b")]]]]]]]])
