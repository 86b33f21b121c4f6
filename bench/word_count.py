# Text to words to counts: characters, splitting, dicts with string keys, sorting by value.
SYLLABLES = "ka to mi re su na lo vi de pa shi gu er an il os".split()


def make_text(n):
    x, words = 1, []
    for _ in range(n):
        word = ""
        for _ in range(x % 3 + 1):
            x = (x * 16807) % 2147483647
            word += SYLLABLES[x % 16]
        words.append(word.capitalize() + "." if x % 11 == 0 else word)
    return " ".join(words)


def run(n):
    text = make_text(n)
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,;")
        counts[word] = counts.get(word, 0) + 1
    letters = {}
    for char in text:
        if char.isalpha():
            letters[char] = letters.get(char, 0) + 1
    top = sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:3]
    return len(text), len(counts), top, max(letters, key=letters.get), sum(letters.values())


print(*run(150000))
