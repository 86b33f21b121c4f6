# Dicts: counting, grouping, lookups that hit and miss, deletion, iteration over items.
def run(n):
    counts, groups, total = {}, {}, 0
    for i in range(n):
        key = (i * 7919) % 1009
        counts[key] = counts.get(key, 0) + 1
        if key in groups:
            groups[key] += i
        else:
            groups[key] = i
    names = {f"name{i}": i for i in range(1000)}
    keys = list(names)
    for i in range(n):
        total += names[keys[i % 1000]]
        if i % 10 == 0:
            total += names.get("missing", 1)
    for _ in range(n // 5000):
        for k, v in names.items():
            total += v
        for k in list(counts):
            if counts[k] % 2:
                del counts[k]
                counts[k] = 2
    return total, sum(groups.values()), len(counts), sum(counts.values())


print(*run(1200000))
