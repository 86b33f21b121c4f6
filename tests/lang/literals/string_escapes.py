print(ascii("\x41\u00e9\U0001f600\N{SNOWMAN}\N{GREEK SMALL LETTER ALPHA}"))
print([ord(c) for c in "\0\1\7\12\177\377\101\60"])
print([ord(c) for c in "\a\b\t\n\v\f\r\\\'\""])
print(len("\
"), repr("a\
b"))
print(ascii("\ud800"), len("\ud83d\ude00"), "\ud800" == chr(0xd800))
print(b"\x41\101\n\\\'\"", b"\0\xff\377", list(b"\u0041"), br"\x41")
print(r"\x41\n", len(r"\'"))
print("\N{LATIN CAPITAL LETTER A WITH DIAERESIS}", "\N{latin small letter a}", "\N{EM DASH}", "\N{HANGUL SYLLABLE GA}", "\N{CJK UNIFIED IDEOGRAPH-4E00}", ascii("\N{NBSP}"))
for source in (r'"\x4"', r'"\u12"', r'"\U00110000"', r'"\N{NO SUCH NAME}"', r'"\N{"', r'"\N"', r'b"\x4"', r'"\U0000"', 'b"\u00e9"', '"abc', "'''abc", r'"\ '.strip(), r'"\x"'):
    try:
        eval(source)
        print("fine")
    except SyntaxError as e:
        print(ascii(source), "->", e.msg)
