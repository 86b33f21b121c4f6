# Statistics of a text: words, sentences, letter frequencies, a histogram, the longest palindrome.

TEXT = """\
It was a bright cold day in March, and the clocks of the town were striking noon. Nobody saw the civic car that
stopped at the corner; nobody, that is, but Anna. "Did you see it?" she asked. Otto did not. Otto never did!

Later that day the rain came down in sheets. The river rose to the level of the old bridge, and by noon of the next
day it had taken the bridge, two barns and a boat. Was it a car or a cat I saw? asked Anna, and wrote it down twice.
"""


def words_of(text):
    word = []
    for char in text:
        if char.isalpha() or (char == "'" and word):
            word.append(char.lower())
        elif word:
            yield "".join(word)
            word.clear()
    if word:
        yield "".join(word)


def count(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def sentences_of(text):
    sentence = ""
    for char in " ".join(text.split()):
        sentence += char
        if char in ".!?":
            yield sentence.strip(' "')
            sentence = ""


def longest_palindrome(text):
    letters = [(char.lower(), index) for index, char in enumerate(text) if char.isalpha()]
    best = (0, 0)
    for center in range(len(letters)):
        for low, high in ((center, center), (center - 1, center)):
            while low >= 0 and high < len(letters) and letters[low][0] == letters[high][0]:
                low, high = low - 1, high + 1
            if high - low - 1 > best[1] - best[0]:
                best = (low + 1, high)
    start, end = letters[best[0]][1], letters[best[1] - 1][1] + 1
    return " ".join(text[start:end].split())


def table(rows, headings):
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows + [headings]) for i in range(len(headings))]
    line = "+".join("-" * (width + 2) for width in widths)
    print(" | ".join(f"{heading:^{width}}" for heading, width in zip(headings, widths)))
    print(line[1:])
    for row in rows:
        print(" | ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                         for i, (cell, width) in enumerate(zip(row, widths))))


words = list(words_of(TEXT))
counts = count(words)
print(f"{len(TEXT.splitlines())} lines, {len(words)} words, {len(counts)} different, {len(TEXT)} characters")
print(f"average word: {sum(map(len, words)) / len(words):.3f} letters\n")

frequent = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:8]
table([(word, n, f"{n / len(words):.2%}") for word, n in frequent], ["word", "times", "share"])

print("\nLengths:")
lengths = count(len(word) for word in words)
for length in range(1, max(lengths) + 1):
    n = lengths.get(length, 0)
    print(f"{length:3} {'#' * n:<32}|{n:4d}")

letters = count(char for word in words for char in word)
rare = sorted(letters, key=letters.__getitem__)[:3]
print("\nrarest letters:", ", ".join(sorted(rare)), "- missing:", "".join(c for c in "abcdefghijklmnopqrstuvwxyz" if c not in letters))

sentences = list(sentences_of(TEXT))
print(f"{len(sentences)} sentences; the shortest: {min(sentences, key=len)!r}")
print("questions:", [s for s in sentences if s.endswith("?")])
print("longest palindrome:", longest_palindrome(TEXT))
print("anna" in counts, max(counts, key=lambda w: (len(w), w)), TEXT.title()[:34])
