# What single characters, escapes and classes match, of ASCII, of Latin 1, and beyond.
import re

ATOMS = [".", "\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "[a-c]", "[^a-c]", "[\\w]", "[^\\w]", "[\\W]", "[^\\W]", "[\\d\\s]", "[^\\d\\s]", "[\\D]", "[\\S1]", "[^\\S1]", "[\\W1]", "[^\\Wa]",
         "[\\w\\W]", "[^\\w\\W]", "[]]", "[^]]", "[-a]", "[a-]", "[]-a]", "[\\]-a]", "[.]", "[\\.]", "[a\\-c]", "[\\b]", "\\a", "\\f", "\\n", "\\r", "\\t", "\\v", "\\\\", "\\0", "\\01", "\\012", "\\x41",
         "[\\x41-\\x43]", "[\\101-\\103]", "\\101", "[\\0-\\7]", "\\-", "\\ ", "\\!", "[!-/]", "[:alpha:]", "[[:alpha:]]", "[a||b]", "[a&&b]", "[a~~b]"]
TEXT_ATOMS = ["\\u0041", "\\u00e9", "\\U0001f600", "\\N{LATIN SMALL LETTER E WITH ACUTE}", "[é-ü]", "[^é-ü]", "[\\u0400-\\u04ff]", "[\\N{GREEK SMALL LETTER ALPHA}-\\N{GREEK SMALL LETTER OMEGA}]", "\\ud800", "[\\ud800-\\udfff]",
              "[^\\ud800-\\udfff]", "[\x80-\U0010ffff]", "[a\\W]", "[^a\\W]", "[\\s\\W]", "[^\\s\\d]"]
import warnings
warnings.simplefilter("ignore", FutureWarning)

characters = [chr(c) for c in range(256)] + list("\u0100ªµßΩωαЖ٣²½ⅷ一〇あ\u1680\u2003\u2028\u202f\u205f\u3000\u200b\ufeff\u0301\u20ac\U0001f600\U0001d7ce\U00010400\ud800\udfff\U0010ffff\u203f\u2160\u0e50")


def ranges(found):
    result, run = [], []
    for c in found + [10 ** 9]:
        if run and c != run[-1] + 1:
            result.append("%x-%x" % (run[0], run[-1]) if len(run) > 1 else "%x" % run[0])
            run = []
        run.append(c)
    return " ".join(result)


for atom in ATOMS + TEXT_ATOMS:
    for flags in (0, re.A, re.S):
        pattern = re.compile(atom, flags)
        alone = [ord(c) for c in characters if pattern.fullmatch(c)]
        # The same in a text that is not ASCII, character by character.
        beside = [ord(c) for c in characters if pattern.match("é" + c, 1)]
        assert alone == beside, atom
        print(ascii(atom), flags, ranges(alone))
for atom in ATOMS:
    pattern = re.compile(atom.encode())
    print(atom.encode(), ranges([c for c in range(256) if pattern.fullmatch(bytes([c]))]))
