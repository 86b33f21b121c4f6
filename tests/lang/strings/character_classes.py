samples = "a", "A", "1", "²", "½", "٣", "四", "_", " ", "\t", "\xa0", "\u3000", "é", "中", "😀", "", "ab1", "a b", "\x00", "\x7f", "\u200b", "ªº", "Ⅷ", "ʰ", "\u0301", "\u2028", "-1", "½x"
for s in samples:
    print(ascii(s).ljust(12), "".join("x" if f(s) else "." for f in (str.isalpha, str.isdigit, str.isdecimal, str.isnumeric, str.isalnum, str.isspace, str.isprintable, str.isidentifier, str.isascii)))
print([c for c in map(chr, range(0x300)) if c.isspace()].__len__(), sum(chr(i).isalpha() for i in range(0x500)), sum(chr(i).isdigit() for i in range(0x3000)), sum(chr(i).isdecimal() for i in range(0x1000)))
print(ascii([c for c in map(chr, range(256)) if c.isspace()]))
print(ascii([c for c in map(chr, range(256)) if not c.isprintable()])[:60])
print(ascii([c for c in map(chr, range(256)) if c.isalpha() and not c.isascii()][:8]))
