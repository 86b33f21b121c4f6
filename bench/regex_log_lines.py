# Taking lines of a server's log apart, one match a line.
import re

LINE = re.compile(r'(?P<host>\S+) (?P<ident>\S+) (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>\S+) [^"]*" (?P<status>\d{3}) (?P<size>\d+|-)$')
lines = []
for i in range(6000):
    lines.append('10.0.%d.%d - user%d [23/Nov/2026:04:%02d:00 +0000] "GET /items/%d?page=%d HTTP/1.1" %d %d' % (i % 256, i * 7 % 256, i % 50, i % 60, i, i % 9, 200 if i % 11 else 404, i * 37 % 9000))
    if i % 20 == 0:
        lines.append("a line of some other kind, which does not match")
sizes, missing, other = {}, 0, 0
for _ in range(8):
    for line in lines:
        match = LINE.match(line)
        if match is None:
            other += 1
        elif match["status"] == "404":
            missing += 1
        else:
            sizes[match["user"]] = sizes.get(match["user"], 0) + int(match["size"])
print(sum(sizes.values()), missing, other, len(sizes))
