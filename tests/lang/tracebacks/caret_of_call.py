def f(x, y):
    pass


class Thing:
    def method(self, value):
        return f(value,  value + 1)(3)


print(list(Thing().method(2) for _ in range(1)))
