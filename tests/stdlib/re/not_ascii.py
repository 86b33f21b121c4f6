# Positions are those of characters, whatever the text is made of; surrogates and NULs are characters like others.
import re

text = "aé\u20ac\U0001f600 b\ud800c\x00dß" * 40
for pattern in ["\\w+", "[^ ]+", ".", "\\U0001f600", "\ud800", "\x00", "ß(?=a)", "(?<=\u20ac).", "[\u20ac-\U0001f600]", "a.{3}", "$", "é|ß"]:
    found = [(m.start(), m.end(), m.group()) for m in re.finditer(pattern, text)]
    assert all(text[start:end] == group for start, end, group in found)
    print(ascii(pattern), len(found), found[:2] == sorted(found)[:2], found[-1][:2] if found else None)
pattern = re.compile("(.)\x00(.)")
print(pattern.search(text, 100).span(), pattern.search(text, 100, 130).regs, pattern.search(text, 391), [pattern.search(text, i, i + 3) and i for i in range(30)])
print(ascii(re.sub("\ud800", "\udc00", "a\ud800b")), ascii(re.split("[\ud800-\udfff]", "x\ud800y\udfffz")), ascii(re.findall("\ud83d\ude00", "\U0001f600 \ud83d\ude00")))
big = "é" * 50000
print(sum(m.start() for m in re.finditer("é", big)), re.search("é$", big).span(), len(re.sub("é", "ee", big)), len(re.findall("éé", big)), [m.span() for m in re.compile("é").finditer(big, 49998)])
grown = ""
for i in range(300):
    grown = chr(0xe9 + i) + grown
    if i % 50 == 0:
        print(re.search("\xe9", grown).span(), re.match(".*", grown).end())
print(re.search("\\d+", "x" * 1000 + "é" * 1000 + "123").span(), ascii(re.escape("é\ud800")), re.fullmatch("[\\w\\s]+", "äöü ÄÖÜ ß") is not None)
print(re.match("\\w+", "naïve_١٢٣x-").group() == "naïve_١٢٣x", re.findall("\\d+", "١٢٣ 45 ७८"), re.findall("\\s", "a\u2003b\xa0c\x1cd") == ["\u2003", "\xa0", "\x1c"])
