try:
    open("/no/such/file")
except FileNotFoundError as e:
    print(e, e.errno, e.filename)
try:
    open("/")
except IsADirectoryError as e:
    print(e)
try:
    open("x", "zz")
except ValueError as e:
    print(e)
with open(__file__) as f:
    print(f.readline().strip(), len(f.read()) > 50, f.closed)
print(f.closed)
try:
    f.read()
except ValueError as e:
    print(e)
print([line.strip() for line in open(__file__)][:2])
