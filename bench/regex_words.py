# Words of a text: findall, split, and counting them.
import re

text = "It was the best of times, it was the worst of times; it was the age of wisdom -- it was the age of foolishness. " * 200
total = 0
for _ in range(25):
    words = re.findall(r"[a-z]+", text, re.IGNORECASE)
    parts = re.split(r"[,;.\s]+|--", text)
    total += len(words) + len(parts) + len(re.findall(r"\bw\w*s\b", text))
print(total)
