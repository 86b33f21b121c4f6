# What os does with files and directories, in a folder of its own.
import os

here = f"/tmp/coil_os_{os.getpid()}"
os.mkdir(here)


def failure(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except (OSError, TypeError, ValueError) as error:
        print(type(error).__name__, str(error).replace(here, "HERE"))


def name(*parts):
    return os.path.join(here, *parts)


with open(name("a.txt"), "w") as file:
    file.write("hello")
found = os.stat(name("a.txt"))
print(found.st_size, found[6], len(found), oct(found.st_mode)[:3], isinstance(found.st_mtime, float), isinstance(found[8], int))
print(found.st_mtime_ns // 10**9 == found[8], os.path.getsize(name("a.txt")), os.path.getmtime(name("a.txt")) == found.st_mtime)
print(os.path.exists(here), os.path.isdir(here), os.path.isfile(here), os.path.isfile(name("a.txt")), os.path.exists(name("b")))
os.rename(name("a.txt"), name("b.txt"))
os.link(name("b.txt"), name("c.txt"))
print(os.stat(name("c.txt")).st_nlink, os.path.samefile(name("b.txt"), name("c.txt")))
os.symlink("b.txt", name("link"))
os.symlink("nowhere", name("broken"))
print(os.readlink(name("link")), os.path.islink(name("link")), os.path.lexists(name("broken")), os.path.exists(name("broken")))
print(os.lstat(name("link")).st_mode != os.stat(name("link")).st_mode, os.path.realpath(name("link")) == os.path.realpath(name("b.txt")))
print(sorted(os.listdir(here)), sorted(os.listdir(here.encode())))
os.makedirs(name("x", "y", "z"))
os.makedirs(name("x", "y", "z"), exist_ok=True)
failure(os.makedirs, name("x", "y"))
for where, folders, files in os.walk(here):
    print(where.replace(here, "HERE"), sorted(folders), sorted(files))
print([where.replace(here, "HERE") for where, _, _ in os.walk(name("x"), topdown=False)])
with os.scandir(here) as entries:
    for entry in sorted(entries, key=lambda e: e.name):
        print(entry.name, entry.is_dir(), entry.is_file(), entry.is_symlink(), entry.path == name(entry.name), repr(entry))
os.renames(name("x", "y", "z"), name("p", "q"))
print(sorted(os.listdir(here)))
os.removedirs(name("p", "q")) if len(os.listdir(here)) > 5 else None
os.chmod(name("b.txt"), 0o640)
print(oct(os.stat(name("b.txt")).st_mode))
os.utime(name("b.txt"), (100, 200.5))
print(os.stat(name("b.txt")).st_atime, os.stat(name("b.txt")).st_mtime, os.stat(name("b.txt")).st_mtime_ns)
os.utime(name("b.txt"), ns=(1, 2))
print(os.stat(name("b.txt")).st_mtime_ns)
os.truncate(name("b.txt"), 3)
print(open(name("c.txt")).read(), os.access(name("b.txt"), os.R_OK), os.access(name("nope"), os.F_OK))
os.replace(name("b.txt"), name("c2.txt"))
failure(os.stat, name("b.txt"))
failure(os.rename, name("b.txt"), name("d"))
failure(os.rmdir, here)
failure(os.unlink, name("nope"))
failure(os.mkdir, here)
failure(os.listdir, name("c2.txt"))
failure(os.stat, None)
failure(os.stat, "a\0b")
failure(os.mkdir, 3)
failure(os.readlink, here)
os.chdir(here)
print(os.path.basename(os.getcwd()) == os.path.basename(here), os.path.abspath("c2.txt") == os.path.join(os.getcwd(), "c2.txt"), os.getcwdb() == os.getcwd().encode())
os.chdir("/")
for where, folders, files in os.walk(here, topdown=False):
    for one in files:
        os.remove(os.path.join(where, one))
    for one in folders:
        one = os.path.join(where, one)
        os.unlink(one) if os.path.islink(one) else os.rmdir(one)
os.rmdir(here)
print(os.path.exists(here))
