print([], (), {}, [1], (1,), {1}, {1: 2}, [[]], ((),), {(): ()}, {"a": {"b": {}}})
print((1), (1,), 1, (1, 2), [1,], {1,}, {1: 1,})
a = 1, 2
b = 1,
print(a, b, type((1)), type((1,)))
print([*"ab", *[1], *(), *range(2)], (*"ab",), {*"a"}, {**{"x": 1}, "y": 2, **{"x": 3}})
print({1: "a", 1: "b"}, {0: 1, False: 2, 0.0: 3}, len({1, 1.0, True}))
order = []
def t(x):
    order.append(x)
    return x
{t(1): t(2), t(3): t(4), **{t(5): t(6)}}
[t(7), t(8), *[t(9)]]
print(order)
for source in "[1 2]", "{1: }", "{1: 2, 3}", "{1, 2: 3}", "{**1}", "(*a)", "[*]", "{*a: 1}", "{**{}, 1}":
    try:
        eval(source)
        print("fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
    except TypeError as e:
        print(source, "->", e)
try:
    {[]: 1}
except TypeError as e:
    print(e)
try:
    {{}}
except TypeError as e:
    print(e)
