# repr gives the shortest text that reads back the same.
values = [0.1, 0.2, 0.1 + 0.2, 1/3, 2/3, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 1.5e-7, 5e-324, 1.7976931348623157e308,
          2.2250738585072014e-308, 100.0, 1e22, 1e23, 9007199254740993.0, 0.30000000000000004, 3.14, -0.0, 1e100, 12345.678]
for v in values:
    print(repr(v), v == float(repr(v)), str(-v))
print(1e400, -1e400, 1e400 - 1e400, 1e-400)
print(.5, 5., 5.e0, 0.5e1, 1_0.0_1, 1e1_0, 00.5, 0e0, 1E+5, 1e-0)
print(float("1e5"), float("  -1.5\n"), float("inf"), float("-Infinity"), float("nan"), float("1_000.5"), float(".5"), float("5."))
for bad in "", "1e", "e5", "1__0", "0x10", "1.5.2", "nan5", "in f", "--1", "1_", ".":
    try:
        print(float(bad))
    except ValueError as e:
        print(e)
print(2.5e-8 * 1e8, 1e308 * 10, 4.35 * 100, 1.1 + 2.2, 0.1 * 3)
