# Replacing by a function, by a template, by a plain text.
import re

template = "Dear {name}, your order {number} of {date} costs {price} and ships on {day}/{month}/{year}. " * 60
values = {"name": "Ada", "number": "1815", "date": "today", "price": "12.50", "day": "10", "month": "12", "year": "2026"}
field = re.compile(r"\{(\w+)\}")
size = 0
for _ in range(240):
    filled = field.sub(lambda match: values[match.group(1)], template)
    turned = re.sub(r"(\d+)/(\d+)/(\d+)", r"\3-\2-\1", filled)
    size += len(re.sub(r"\s+", " ", turned)) + len(re.sub("[aeiou]", "", filled))
print(size)
