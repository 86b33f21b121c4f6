import sys
path = sys.argv[0] + ".tmp"
with open(path, "w") as f:
    print(f.write("héllo\nwörld\n"), f.writelines(["a\n", "b\r\n", "c"]), f.tell(), f.readable(), f.writable(), f.mode, f.encoding)
    try:
        f.read()
    except OSError as e:
        print(type(e).__name__, e, isinstance(e, ValueError))
with open(path) as f:
    print(repr(f.readline()), repr(f.readline(3)), repr(f.read(4)), f.readlines(), repr(f.read()))
    f.seek(0)
    print([line for line in f])
with open(path, newline="") as f:
    print(list(f))
with open(path, "rb") as f:
    print(f.read(6), f.tell(), f.seek(-3, 2), f.read(), f.read(), f.seek(1, 0), f.readline())
with open(path, "r+b") as f:
    f.seek(3)
    f.write(b"XY")
    f.seek(0)
    print(f.readline())
with open(path, "ab") as f:
    print(f.write(b"end"))
with open(path, "a+") as f:
    print(f.tell() > 0, repr(f.read()), f.seek(0), len(f.read()))
with open(path, "r+") as f:
    print(f.truncate(5), repr(f.read()))
with open(path, "w", newline="\r\n") as f:
    f.write("one\ntwo\n")
print(open(path, "rb").read(), open(path).read().split(), open(path, newline="\n").readlines())
with open(path, "w", encoding="latin-1") as f:
    f.write("é")
print(open(path, "rb").read(), open(path, encoding="latin-1").read(), open(path, errors="replace").read())
for args in [(path, "rw"), (path, ""), (path, "rbt"), (path, "rb", -1, "utf-8"), (path, "r", 0), (path, "x"), (path, "r", -1, "no-such"), (5.5,), (path, "r", -1, None, None, "q")]:
    try:
        open(*args)
    except Exception as e:
        print(type(e).__name__, str(e).replace(path, "PATH"))
try:
    open(path, encoding="utf-8").read()
except UnicodeDecodeError as e:
    print(e)
f = open(path)
f.close()
f.close()
for name in ("read", "readline", "fileno", "flush", "__enter__", "tell"):
    try:
        getattr(f, name)()
    except ValueError as e:
        print(name, e)
open(path, "w").close()
print(open(path).read() == "", list(open(path)))
