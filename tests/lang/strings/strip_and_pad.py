print(["  a b ".strip(), "  a ".lstrip(), "  a ".rstrip(), "xxaxx".strip("x"), "abcba".strip("ab"), "abcba".lstrip("ba"), "abcba".rstrip("ba"), "".strip(), "   ".strip(), "a".strip(""), "a".strip(None)])
print(["\u2003a\xa0".strip(), "\x1c\x1d\x85a".strip(), "éaé".strip("é"), "--x--".strip("-x")])
print(["ab".ljust(5), "ab".rjust(5), "ab".center(5), "ab".center(6), "abc".center(6), "abc".center(5), "a".center(4), "ab".ljust(1), "ab".ljust(4, "."), "é".center(4, "€")])
print(["42".zfill(5), "-42".zfill(5), "+4".zfill(4), "--4".zfill(5), "abc".zfill(2), "".zfill(3), "-".zfill(3), "٣".zfill(3)])
for bad in (lambda: "a".ljust(5, "xy"), lambda: "a".center(5, 1), lambda: "a".rjust("x"), lambda: "a".strip(1), lambda: "a".zfill(1.5), lambda: "a".ljust()):
    try:
        print(bad())
    except TypeError as e:
        print(e)
