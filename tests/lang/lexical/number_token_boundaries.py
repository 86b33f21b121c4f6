# Numbers end where they must: attributes of literals, keywords glued on, ranges of dots.
print(1 .real, 1.0.real, 1..real, 1.5.is_integer(), 0x1f.real)
print(1if True else 2)
print([1for _ in range(2)])
print(0xfor 5) if False else print("skipped")
print(1or 2, 0 or 3, 1and 4)
print(1.if 1 else 2)
print(1_000.5, 1e3.real, 1E-2, .5.hex() if False else .5)
print(1j.imag, 1e2j, .5J, 00, 0_0, 000_000)
x = [1, 2, 3]
print(x[0], x[-1], x[1:], x [0])
print(...)
print(Ellipsis is ..., x[0]. real)
print(10//3, 10%3, 2**3, 10//-3, -10%3, 2** -1)
print(1<2, 1<=2<3, 1!=2, not 1==2)
print(0b101, 0B11, 0o17, 0O7, 0XFF, 0xdead_beef)
for bad in "1_", "1__0", "0b2", "0o8", "0x", "012", "1e", "1.5.2", "1_.5", "0_x1", "1a", "0b1.0":
    try:
        print(eval(bad))
    except SyntaxError as e:
        print(bad, "->", e.msg)
