for s in "hello World", "ß straße", "ŉ İ ı", "ǆ ǅ Ǆ", "ΑΣ ΌΔΟΣ", "they're BILL's", "ﬁ", "1a2B", "", "éÉ":
    print(ascii([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()]))
for s in "abc", "ABC", "Abc Def", "", "1", "a1", "A1", "ǅ", "Ab cd", "中", "ß", "aB":
    print(ascii(s), s.islower(), s.isupper(), s.istitle())
print("İ".lower() == "i\u0307", len("İ".lower()), "ΑΣ".lower() == "ας", "Σ".lower() == "σ", "ß".casefold() == "ss", "ﬃ".upper())
