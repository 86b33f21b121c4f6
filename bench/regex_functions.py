# Small texts by the module's functions, the pattern looked up each time.
import re

names = ["alpha_1", "Beta", "9lives", "x", "delta-four", "omega99", "", "snake_case_name"]
valid = total = 0
for i in range(60000):
    name = names[i % 8]
    if re.fullmatch(r"[A-Za-z_]\w*", name):
        valid += 1
    match = re.search(r"(\d+)$", name)
    if match:
        total += int(match.group(1))
    if re.match("[aeiou]", name, re.I):
        total += 1
print(valid, total)
