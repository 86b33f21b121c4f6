class O:
    def __repr__(self): return "O"
names = "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul".split()
for n in names:
    setattr(O, f"__{n}__", lambda s, o, *m, n=n: (n, o, *m))
    setattr(O, f"__r{n}__", lambda s, o, *m, n=n: ("r" + n, o, *m))
    if n != "divmod": setattr(O, f"__i{n}__", lambda s, o, n=n: ("i" + n, o))
for n in "neg pos invert abs".split(): setattr(O, f"__{n}__", lambda s, n=n: n)
o = O()
print(o + 1, o - 1, o * 1, o / 1, o // 1, o % 1, divmod(o, 1), o ** 1, o << 1, o >> 1, o & 1, o | 1, o ^ 1, o @ 1, pow(o, 1, 2))
print(1 + o, 1 - o, 1 * o, 1 / o, 1 // o, 1 % o, divmod(1, o), 1 ** o, 1 << o, 1 >> o, 1 & o, 1 | o, 1 ^ o, 1 @ o, "s" % o if False else 2.5 % o, [] + o if False else 1.5 + o, "a" * o if False else 1j * o)
print(-o, +o, ~o, abs(o), not o)
for op in "+= -= *= /= //= %= **= <<= >>= &= |= ^= @=".split():
    ns = {"o": O()}
    exec(f"o {op} 5", ns)
    print(op, ns["o"], end=" ")
print()
class L:
    def __iadd__(self, x): return NotImplemented
    def __add__(self, x): return "add after NotImplemented"
l = L(); l += 1
print(l)
class I: pass
for op in "+ - * / // % ** << >> & | ^ @".split():
    for a, b in (("I()", "1"), ("1", "I()")):
        try:
            exec(f"{a} {op} {b}")
        except TypeError as e:
            print(e)
    try:
        exec(f"i = I()\ni {op}= 1")
    except TypeError as e:
        print(e)
for expr in ("-I()", "+I()", "~I()", "abs(I())", "divmod(I(), 1)", "pow(I(), 1, 2)", "I() < 1", "I()[0]", "I()()", "len(I())", "iter(I())", "1 in I()", "I()[0:1]", "-[]", "~'a'", "-None", "int(I())", "float(I())", "complex(I())", "round(I())", "hash([])", "bytes(I())", "range(I())", "I().x", "del_(I())", "reversed(I())", "next(I())", "format(I(), 'x')", "I() + I()", "hex(I())", "chr(I())", "I() @ I()", "dict(I())", "sum([I()])", "'' + I()", "[] + I()", "() + I()", "{} | I()", "set() | I()", "[1][I()]", "'a' * I()", "{}[[]]"):
    try:
        eval(expr)
        print(expr, "fine")
    except (TypeError, AttributeError, NameError) as e:
        print(expr, "->", e)
