"""Files, directories, descriptors, processes and the environment, as the system has them. What a program may not do raises PermissionError."""
import posix as _posix
import sys as _sys
from posix import *

__all__ = ['altsep', 'curdir', 'pardir', 'sep', 'pathsep', 'linesep', 'defpath', 'name', 'path', 'devnull', 'SEEK_SET', 'SEEK_CUR', 'SEEK_END',
           'fsencode', 'fsdecode', 'get_exec_path', 'fdopen', 'extsep', 'makedirs', 'removedirs', 'renames', 'walk', 'scandir', 'getenv', 'environ',
           'PathLike', 'DirEntry', 'fspath', 'error']
__all__ += [_name for _name in dir(_posix) if not _name.startswith('_')]

name, linesep, error = 'posix', '\n', OSError
curdir, pardir, extsep, sep, pathsep, altsep, defpath, devnull = '.', '..', '.', '/', ':', None, '/bin:/usr/bin', '/dev/null'
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
supports_follow_symlinks = {_posix.stat}
supports_fd = {_posix.stat, _posix.listdir, _posix.chmod, _posix.truncate, _posix.statvfs}
supports_dir_fd = set()
supports_bytes_environ = False
_exit = _posix._exit


# ---- names of files

class _HasFspath(type):
    # A metaclass of its own, where CPython has abc.ABCMeta: there is no module abc here.
    def __subclasscheck__(cls, subclass):
        return hasattr(subclass, '__fspath__') if cls is PathLike else type.__subclasscheck__(cls, subclass)

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))


class PathLike(metaclass=_HasFspath):
    """What has __fspath__()."""

    def __new__(cls, *args, **kwargs):
        if any('__fspath__' in base.__dict__ for base in cls.__mro__ if base is not PathLike):
            return object.__new__(cls)
        raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method __fspath__")

    def __fspath__(self):
        raise NotImplementedError

    __class_getitem__ = classmethod(type(list[int]))


def fspath(path):
    """The str or bytes that a path is."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        text = kind.__fspath__(path)
    except AttributeError:
        if hasattr(kind, '__fspath__'):
            raise
        raise TypeError(f'expected str, bytes or os.PathLike object, not {kind.__name__}') from None
    if isinstance(text, (str, bytes)):
        return text
    raise TypeError(f'expected {kind.__name__}.__fspath__() to return str or bytes, not {type(text).__name__}')


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode('utf-8', 'surrogateescape') if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode('utf-8', 'surrogateescape') if isinstance(filename, bytes) else filename


_sys.modules['os'] = _sys.modules[__name__]
import posixpath as path
_sys.modules['os.path'] = path


# ---- the environment

class _Environ(dict):
    """The variables: a change is one for programs that are run as well. It is read when it is first used."""

    def __setitem__(self, key, value):
        _check_text(key)
        _check_text(value)
        putenv(key, value)
        dict.__setitem__(self, key, value)

    def __delitem__(self, key):
        _check_text(key)
        dict.__delitem__(self, key)
        unsetenv(key)

    def __getitem__(self, key):
        _check_text(key)
        return dict.__getitem__(self, key)

    def get(self, key, default=None):
        _check_text(key)
        return dict.get(self, key, default)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *others, **values):
        for key, value in dict(*others, **values).items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self[key]
            return value
        return dict.pop(self, key, *default)

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        return dict.popitem(self)

    def clear(self):
        for key in list(self):
            del self[key]

    def copy(self):
        return dict(self)

    def __repr__(self):
        return f'environ({dict.__repr__(self)})'


def _check_text(text):
    if not isinstance(text, str):
        raise TypeError(f'str expected, not {type(text).__name__}')


def __getattr__(name):
    if name != 'environ':
        raise AttributeError(f"module 'os' has no attribute {name!r}")
    global environ
    environ = _Environ(_posix._environ())
    return environ


def getenv(key, default=None):
    return __getattr__('environ').get(key, default) if 'environ' not in globals() else environ.get(key, default)


def get_exec_path(env=None):
    """Where programs are looked for."""
    if env is None:
        return getenv('PATH', defpath).split(pathsep)
    return env.get('PATH', defpath).split(pathsep)


# ---- descriptors and files

def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    if not isinstance(fd, int):
        raise TypeError(f'invalid fd type ({type(fd)}, expected integer)')
    import builtins
    return builtins.open(fd, mode, buffering, encoding, *args, **kwargs)


def utime(path, times=None, *, ns=None):
    """Set when a file was last read and written: in seconds, in nanoseconds, or now."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is None and times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        ns = [int(t) * 10**9 + int(t % 1 * 10**9) for t in times]
    elif ns is not None and (not isinstance(ns, tuple) or len(ns) != 2):
        raise TypeError("utime: 'ns' must be a tuple of two ints")
    _posix._utime_ns(path, *(ns or (None, None)))


class DirEntry:
    """What scandir() gives: a name, and what the system says about it when it is asked."""
    __slots__ = ('name', 'path', '_stat', '_lstat')

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)
        self._stat = self._lstat = None

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

    def __fspath__(self):
        return self.path

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def stat(self, *, follow_symlinks=True):
        if self._lstat is None:
            self._lstat = lstat(self.path)
        if not follow_symlinks or self._lstat.st_mode & 0o170000 != 0o120000:
            return self._lstat
        if self._stat is None:
            self._stat = stat(self.path)
        return self._stat

    def _is(self, kind, follow_symlinks):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(0o100000, follow_symlinks)

    def is_symlink(self):
        return self._is(0o120000, False)


class _Scan:
    def __init__(self, folder):
        folder = fspath(folder)
        self._entries = iter([DirEntry(folder, name) for name in listdir(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()


_Scan.__name__ = _Scan.__qualname__ = 'ScandirIterator'


def scandir(path='.'):
    """The entries of a directory, as an iterator of DirEntry."""
    return _Scan('.' if path is None else path)


def _and_above(name):
    """The directory's name, its parent's, and so on; the root and the empty name are left out."""
    name = fspath(name)
    while True:
        above, last = path.split(name)
        if last:
            yield name
        elif above == name or not above:
            return
        name = above


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it that are not there."""
    wanted, *above = list(_and_above(name)) or [name]
    missing = []
    for directory in above:
        if path.exists(directory):
            break
        missing.append(directory)
    for directory in reversed(missing):
        try:
            mkdir(directory)
        except FileExistsError:
            pass   # somebody else was faster, or it is a name like `made/.`
    if missing and path.basename(wanted) in ('.', b'.'):
        return
    try:
        mkdir(wanted, mode)
    except OSError:
        if not (exist_ok and path.isdir(wanted)):
            raise


def removedirs(name):
    """Remove a directory and those above it that are empty then."""
    rmdir(name)
    for directory in list(_and_above(name))[1:]:
        try:
            rmdir(directory)
        except OSError:
            break


def renames(old, new):
    """Rename, with directories made and removed as needed."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(directory, names of directories in it, names of other files) for a directory and those below it."""
    waiting = [fspath(top)]
    while waiting:
        where = waiting.pop()
        if isinstance(where, tuple):
            yield where
            continue
        folders, files, inside = [], [], []
        try:
            entries = list(scandir(where))
        except OSError as problem:
            if onerror is not None:
                onerror(problem)
            continue
        for entry in entries:
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            (folders if is_folder else files).append(entry.name)
            if is_folder and not topdown and (followlinks or not entry.is_symlink()):
                inside.append(entry.path)
        if topdown:
            yield where, folders, files   # the caller may change `folders`
            inside = [path.join(where, one) for one in folders]
            inside = [one for one in inside if followlinks or not path.islink(one)]
        else:
            waiting.append((where, folders, files))
        waiting.extend(reversed(inside))


# ---- processes

def WIFEXITED(status): return status & 0x7F == 0
def WEXITSTATUS(status): return status >> 8 & 0xFF
def WIFSIGNALED(status): return status & 0x7F not in (0, 0x7F)
def WTERMSIG(status): return status & 0x7F
def WIFSTOPPED(status): return status & 0xFF == 0x7F
def WSTOPSIG(status): return status >> 8 & 0xFF
def WCOREDUMP(status): return bool(status & 0x80)
def WIFCONTINUED(status): return status == 0xFFFF


def waitstatus_to_exitcode(status):
    """The exit status, or the number of a signal as a negative one."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f'process stopped by delivery of signal {WSTOPSIG(status)}' if WIFSTOPPED(status) else f'invalid wait status: {status}')
