# A tokenizer: one pattern of named alternatives, finditer, lastgroup.
import re

TOKENS = re.compile(r"""
    (?P<number>\d+(?:\.\d*)?) | (?P<name>[A-Za-z_]\w*) | (?P<string>"(?:[^"\\]|\\.)*") | (?P<operator>[-+*/=<>!]=?|[()\[\]{},.:;])
    | (?P<comment>\#[^\n]*) | (?P<newline>\n) | (?P<blank>[ \t]+)""", re.VERBOSE)
source = '''def area(width, height):  # of a rectangle
    if width <= 0.5 or height == 10: return "too \\"small\\""
    total_sum = width * height + values[3].count({1, 2})
''' * 150

counts = {}
for _ in range(16):
    for match in TOKENS.finditer(source):
        kind = match.lastgroup
        if kind != "blank":
            counts[kind] = counts.get(kind, 0) + len(match.group())
print(sorted(counts.items()))
