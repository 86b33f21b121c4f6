values = [0.0, -0.0, 1.0, 2.5, -3.14159, 1e10, 1.5e-7, 123456789.123, 1e300, float("inf"), float("-inf"), float("nan")]
for spec in "", "f", ".0f", ".2f", "e", ".3e", "g", ".3g", "#.3g", "%", ".1%", "10.2f", "<10.2f|", "+.1f", " .1f", ",.2f", "_.1f", "010.2f", "^12.1f", "E", "G", "n", "#.0f", ".10g", "F", "z.1f" if False else ".1f", "*>+10.3g", "=+12.2f", "012,.1f", ".0e", "r" if False else "", ".20f", ".17g", "#g", ".0%":
    row = []
    for v in values:
        try:
            row.append(format(v, spec.rstrip("|")))
        except ValueError as e:
            row.append(str(e))
    print(repr(spec), row)
for bad in "d", "x", "s", "c", ".", ".f", ",_f", "5.", "b", "1.2.3f":
    try:
        print(format(1.5, bad))
    except ValueError as e:
        print(repr(bad), e)
print(f"{1.5:{6}.{2}}", f"{3.0}", f"{1e16}", f"{123456789.0:.4}", f"{0.00001234:.3}", f"{1e5:.5}", f"{1e22:}", f"{5e-324}", f"{2.675:.2f}", f"{1.005:.2f}", f"{0.5:.0f} {1.5:.0f} {2.5:.0f}")
