"""os.path: names of files, taken apart and put together, and what the system says about them."""
import posix as _posix
from os import fspath as _fspath

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'split', 'splitext', 'basename', 'dirname', 'commonprefix', 'getsize', 'getmtime',
           'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount', 'expanduser', 'expandvars', 'normpath', 'abspath',
           'samefile', 'sameopenfile', 'samestat', 'curdir', 'pardir', 'sep', 'pathsep', 'defpath', 'altsep', 'extsep', 'devnull', 'realpath',
           'supports_unicode_filenames', 'relpath', 'commonpath']

curdir, pardir, extsep, sep, pathsep = '.', '..', '.', '/', ':'
altsep, defpath, devnull = None, '/bin:/usr/bin', '/dev/null'
supports_unicode_filenames = False
_KIND, _DIRECTORY, _PLAIN, _LINK = 0o170000, 0o040000, 0o100000, 0o120000


def _texts(path):
    return (b'/', b'.', b'..') if isinstance(path, bytes) else ('/', '.', '..')



# ---- names alone

def normcase(path):
    return _fspath(path)


def isabs(path):
    path = _fspath(path)
    return path.startswith(_texts(path)[0])


def join(path, *parts):
    """One name of several: one that begins with a slash makes those before it void."""
    path = _fspath(path)
    slash = _texts(path)[0]
    for part in parts:
        try:
            part = _fspath(part)
        except TypeError:
            raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}") from None
        if isinstance(part, bytes) != isinstance(path, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
        if part.startswith(slash):
            path = part
        elif not path or path.endswith(slash):
            path += part
        else:
            path += slash + part
    return path


def split(path):
    """(what is before the last slash, what is after it)"""
    path = _fspath(path)
    slash = _texts(path)[0]
    at = path.rfind(slash) + 1
    head, tail = path[:at], path[at:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(path):
    """(root, extension): the extension begins with the last dot of the last part, unless all before it are dots."""
    path = _fspath(path)
    slash, dot, _ = _texts(path)
    start, at = path.rfind(slash) + 1, path.rfind(dot)
    if at <= start or not path[start:at].strip(dot):
        return path, path[:0]
    return path[:at], path[at:]


def splitdrive(path):
    path = _fspath(path)
    return path[:0], path


def basename(path):
    return split(path)[1]


def dirname(path):
    return split(path)[0]


def normpath(path):
    """Without doubled slashes, `.` and, as far as names go, `..`."""
    path = _fspath(path)
    slash, dot, up = _texts(path)
    if not path:
        return dot
    start = 0
    if path.startswith(slash):
        start = 2 if path.startswith(slash * 2) and not path.startswith(slash * 3) else 1   # POSIX: two slashes may mean something else
    parts = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != up or not start and not parts or parts and parts[-1] == up:
            parts.append(part)
        elif parts:
            parts.pop()
    return slash * start + slash.join(parts) or dot


def abspath(path):
    path = _fspath(path)
    if not isabs(path):
        path = join(_posix.getcwdb() if isinstance(path, bytes) else _posix.getcwd(), path)
    return normpath(path)


def relpath(path, start=None):
    if not path:
        raise ValueError('no path specified')
    path = _fspath(path)
    slash, dot, up = _texts(path)
    if start is not None and isinstance(_fspath(start), bytes) != isinstance(path, bytes):
        raise TypeError("Can't mix strings and bytes in path components")
    here = [part for part in abspath(dot if start is None else start).split(slash) if part]
    there = [part for part in abspath(path).split(slash) if part]
    same = len(commonprefix([here, there]))
    return slash.join([up] * (len(here) - same) + there[same:]) or dot


def commonprefix(m):
    """What all begin with, letter by letter (or item by item)."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_fspath, m))
    first, last = min(m), max(m)
    for i, c in enumerate(first):
        if c != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(_fspath, paths))
    slash, dot, _ = _texts(paths[0])
    if any(isinstance(path, bytes) != isinstance(paths[0], bytes) for path in paths):
        raise TypeError("Can't mix strings and bytes in path components")
    absolute = {path.startswith(slash) for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    return (slash if absolute.pop() else slash[:0]) + slash.join(commonprefix(parts))


def expanduser(path):
    """`~` at the beginning is the home directory. Those of other users are not known here."""
    path = _fspath(path)
    slash = _texts(path)[0]
    tilde = b'~' if isinstance(path, bytes) else '~'
    if path != tilde and not path.startswith(tilde + slash):
        return path
    from os import environ, fsencode
    home = environ.get('HOME')
    if home is None:
        return path
    if isinstance(path, bytes):
        home = fsencode(home)
    return home.rstrip(slash) + path[1:] or slash


def expandvars(path):
    """$name and ${name} are variables of the environment, where there are such."""
    from os import environ, fsdecode, fsencode
    path = _fspath(path)
    text, done = fsdecode(path), []
    while '$' in text:
        before, _, text = text.partition('$')
        done.append(before)
        if text.startswith('{') and '}' in text:
            end = text.index('}')
            name, shown, text = text[1:end], '$' + text[:end + 1], text[end + 1:]
        else:
            end = 0
            while end < len(text) and (text[end] == '_' or text[end].isascii() and text[end].isalnum()):
                end += 1
            name, shown, text = text[:end], '$' + text[:end], text[end:]
        done.append(environ.get(name, shown) if name else shown)
    text = ''.join(done) + text
    return fsencode(text) if isinstance(path, bytes) else text


# ---- what the system says

def _stat(path, follow=True):
    try:
        return _posix.stat(path) if follow else _posix.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        if isinstance(error, PermissionError) and error.filename is None:
            raise   # the host does not let this program ask
        return None


def _is(path, kind, follow=True):
    found = _stat(path, follow)
    return found is not None and found.st_mode & _KIND == kind


def exists(path):
    return _stat(path) is not None


def lexists(path):
    return _stat(path, False) is not None


def isfile(path):
    return _is(path, _PLAIN)


def isdir(path):
    return _is(path, _DIRECTORY)


def islink(path):
    return _is(path, _LINK, False)


def ismount(path):
    here = _stat(path, False)
    if here is None or here.st_mode & _KIND == _LINK:
        return False
    path = _fspath(path)
    above = _stat(realpath(join(path, _texts(path)[2])), False)
    return above is not None and (here.st_dev != above.st_dev or here.st_ino == above.st_ino)


def getsize(filename):
    return _posix.stat(filename).st_size


def getmtime(filename):
    return _posix.stat(filename).st_mtime


def getatime(filename):
    return _posix.stat(filename).st_atime


def getctime(filename):
    return _posix.stat(filename).st_ctime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    return samestat(_posix.stat(f1), _posix.stat(f2))


def sameopenfile(fp1, fp2):
    return samestat(_posix.fstat(fp1), _posix.fstat(fp2))


def realpath(filename, *, strict=False):
    """The name without symbolic links. A loop of links stays as it is, unless strict."""
    filename = _fspath(filename)
    slash, dot, up = _texts(filename)
    where = slash if isabs(filename) else _posix.getcwdb() if isinstance(filename, bytes) else _posix.getcwd()
    rest, followed = filename.split(slash)[::-1], 0
    while rest:
        part = rest.pop()
        if not part or part == dot:
            continue
        if part == up:
            where = dirname(where)
            continue
        name = join(where, part)
        try:
            is_link = _posix.lstat(name).st_mode & _KIND == _LINK
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            where = name
            continue
        followed += 1
        if followed > 40:
            if strict:
                _posix.stat(name)   # says what the system thinks of it
            where = name
            continue
        target = _posix.readlink(name)
        if isabs(target):
            where = slash
        rest.extend(target.split(slash)[::-1])
    return normpath(where)
