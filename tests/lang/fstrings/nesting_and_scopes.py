def outer():
    a = 1
    def inner():
        b = 2
        return f"{a}{b}{(lambda: a + b)()}{[a + b + i for i in range(2)]}"
    return inner
print(outer()())
class C:
    x = 3
    text = f"{x} and {x + 1}"
    def m(self): return f"{self.x} {self.text} {__class__.__name__}"
print(C.text, C().m())
names = ["a", "b"]
print(",".join(f"<{n}>" for n in names), f"{f'{1}'}")
print([f"{i}{j}" for i in range(2) for j in "xy"], {f"{i}": f"{i * i:03}" for i in range(3)})
width = 10
table = {"one": 1, "three": 3.5}
for k, v in table.items():
    print(f"{k:-<{width}}{v:.>{width // 2}}")
print(f"{'newline' + chr(10) + 'in value'}".splitlines(), f'''{
    1 +
    1
}''')
def default(x=f"{width}"): return x
print(default(), f"{default(x='k')}", f"{default(x=f'{3}')}")
exec('print(f"{width * 2}")')
print(eval('f"{width!r:>4}"'), f"{[*'ab']}{ {**table} }", f"{'a' if True else 'b'!r}")
print(f"{''.join(['x'] * 3):*^{len('seven..')}}", f"{1:{'0'}>{3}}")
i = 100
print(f"{sum(i for i in range(5))} {i}", f"{__name__}")
