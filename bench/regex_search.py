# Searching long texts, ASCII and not: addresses, numbers, a word that is not there.
import re

text = "Lorem ipsum dolor sit amet, consectetur adipiscing elit; write to ada.lovelace@example.org or call 555-0199. Sed do eiusmod. " * 150
other = "Größe, Übermut und naïve façade: schreibt an grace.hopper@navy.example.mil, Tel. 030/1234567 — nicht später. " * 150
found = 0
for _ in range(40):
    for source in (text, other):
        found += len(re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]+", source))
        found += sum(match.end() - match.start() for match in re.finditer(r"\d{3}[-/]\d+", source))
        found += re.search(r"Vergissmeinnicht|forget-me-not", source) is not None
        found += len(re.findall(r"(?i)\b(?:lorem|dolor|größe|tel)\b", source))
print(found)
