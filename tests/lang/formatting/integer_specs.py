for spec in "", "d", "5", "<5", ">5", "^5", "=5", "05", "+", "-", " ", "+d", ",", "_", "x", "X", "o", "b", "c", "#x", "#X", "#o", "#b", "#010x", "_x", "_b", ",d", "n", "e", ".2f", ".3%", "g", "*^9", "é<6", "010,", "+010_d", "=+8", "x<+8,", "#_b", "012_x", ">#12_x":
    row = []
    for n in (0, 7, -42, 65536, 1234567):
        try:
            row.append(format(n, spec))
        except (ValueError, OverflowError) as e:
            row.append(str(e))
    print(repr(spec), row)
big = 12345678901234567890123456789
print(f"{big:,} {big:_} {big:x} {-big:#_x} {big:e} {big:.3g} {big:40d}| {big:<40,}| {big:_b}"[:180])
print(format(True, "d"), format(True, "5"), format(True), format(False, "x"), f"{True:>6}|", f"{True:04}")
for bad in ".5", "5.2", ",x", "s", "_,", ",_", "c5", "##", "5 ", "+c", "#c", ",c", "z", "1_000", "0=+#12_xq":
    try:
        print(format(5, bad))
    except ValueError as e:
        print(repr(bad), e)
