# os.path on names, and what a path is.
import os
import os.path as path

names = ["", "/", "//", "///", "a", "a/", "/a", "a/b", "/a/b/", "a//b", "./a", "../a", "/..", "a/..", "a/../..", "//a/../b", "a.b", ".a", "..a", "a..b", ".a.b/.c", "a.", "a/.b.c"]
for name in names:
    print(repr(name), path.split(name), path.splitext(name), path.normpath(name), path.basename(name), path.dirname(name), path.isabs(name))
    assert path.split(name.encode()) == tuple(part.encode() for part in path.split(name)) and path.normpath(name.encode()) == path.normpath(name).encode()
print(path.join("a", "b", "c"), path.join("a/", "b"), path.join("a", "/b", "c"), path.join("a", ""), path.join("", "b"), path.join(b"a", b"b"))
print(path.commonprefix(["abc", "abd", "ab"]), path.commonprefix([]), path.commonpath(["/a/b/c", "/a/b/d"]), path.commonpath(["a/b", "a//./c"]))
print(path.relpath("/a/b", "/a/c"), path.relpath("/a", "/a"), path.relpath("/a/b/c", "/a"), path.splitdrive("/a"), path.normcase("A"))
os.environ["HOME"] = "/home/somebody/"
print(path.expanduser("~"), path.expanduser("~/x"), path.expanduser("a~"), path.expanduser(b"~/y"))


class Where:
    def __init__(self, text): self.text = text
    def __fspath__(self): return self.text


print(os.fspath("a"), os.fspath(b"a"), os.fspath(Where("p")), path.join(Where("a"), Where("b")), os.fsencode("\u00e4"), ascii(os.fsdecode(b"\xc3\xa4\xff")), os.fsencode("\udcff"))
print(isinstance(Where("p"), os.PathLike), issubclass(str, os.PathLike), isinstance(3, os.PathLike))
for bad in (lambda: os.fspath(3), lambda: os.fspath(Where(3)), lambda: path.join("a", b"b"), lambda: path.relpath(""), lambda: path.commonpath([]),
            lambda: path.commonpath(["/a", "b"]), os.PathLike):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Mine(os.PathLike):
    def __fspath__(self): return "mine"


print(os.fspath(Mine()), os.path is path, os.path.__name__)
