# Of CPython's os: names that modules import at their beginning. There is no operating system behind it.
import abc

name, sep, linesep, pathsep, curdir, extsep, devnull = "posix", "/", "\n", ":", ".", ".", "/dev/null"
environ = {}


class PathLike(abc.ABC):
    @abc.abstractmethod
    def __fspath__(self): raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__") if cls is PathLike else NotImplemented
    __class_getitem__ = classmethod(type(list[int]))


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    try:
        path = type(path).__fspath__(path)
    except AttributeError:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__) from None
    return path


def fsencode(path): return path if isinstance(path, bytes) else fspath(path).encode()
def fsdecode(path): return path if isinstance(path, str) else fspath(path).decode()
def getcwd(): return "."
def getpid(): return 1
def getenv(key, default=None): return environ.get(key, default)
def unlink(path, *, dir_fd=None): open(path, "w").close()
remove = unlink


class path:
    sep = "/"
    join = staticmethod(lambda *parts: "/".join(parts))
    basename = staticmethod(lambda p: p.rpartition("/")[2])
    dirname = staticmethod(lambda p: p.rpartition("/")[0])
    split = staticmethod(lambda p: (p.rpartition("/")[0], p.rpartition("/")[2]))
    abspath = normpath = realpath = normcase = staticmethod(lambda p: p)

    @staticmethod
    def splitext(p):
        head, dot, tail = p.rpartition(".")
        return (head, dot + tail) if dot else (p, "")

    @staticmethod
    def exists(p):
        try:
            open(p, "rb").close()
            return True
        except OSError:
            return False
    isfile = exists
    lexists = exists
    isdir = staticmethod(lambda p: False)
