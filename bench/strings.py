# String methods: split, join, replace, find, strip, case, comparison, slices, formatting.
TEXT = "The quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. "


def run(n):
    total = 0
    for i in range(n):
        words = TEXT.split()
        line = "-".join(words)
        total += len(line.replace("o", "00")) + line.find("lazy") + line.count("e")
        for word in words:
            if word.startswith("j") or word.endswith("s."):
                total += len(word.upper().lower().strip("s."))
            if word < "m":
                total += 1
        total += len(f"{i:05d} {words[0]!r} {total % 7}") + ord(TEXT[i % 80])
        total += len(TEXT[3:30][::-1].title())
    return total


print(run(45000))
