print(0, 1, 255, 1_000_000, 0xFF, 0o377, 0b1111_1111, 0XaB_cD, 0_0)
print(123456789012345678901234567890, 0xffffffffffffffffffffffff, -0x8000000000000000, 0b1 << 70)
print(4611686018427387903, 4611686018427387904, -4611686018427387904, -4611686018427387905)
print(2305843009213693951, 2305843009213693952, 9223372036854775807, 9223372036854775808, -9223372036854775808)
print(0xDEADBEEF == 3735928559, 0o0 == 0b0 == 0x0 == 0)
for text in "0x_1f", "0b_1", "0o_7", "0_1", "1__1", "_1", "1_", "0b", "0xg", "09", "00", "0b12", "0o18", "1_000_", "0x1.8":
    try:
        print(text, "=", eval(text))
    except SyntaxError as e:
        print(text, "SyntaxError", e.msg)
    except NameError as e:
        print(text, "NameError", e)
for text in "10", " 10 ", "1_0", "0x10", "0b10", "0o10", "-10", "+10", "- 10", "1__0", "_1", "1_", "", "1.0", "ten", "\u0661\u0662", "0_1", "00":
    row = []
    for base in 10, 16, 0, 2, 36:
        try:
            row.append(int(text, base))
        except ValueError as e:
            row.append(str(e).split(":")[0] if base == 36 else "-")
    print(repr(text), row)
