"""Functions of os that touch the file system, in the loop's thread pool."""
import os as _os
from asyncio import get_running_loop as _get_running_loop


def wrap(func):
    """A coroutine function that calls func in the thread pool."""
    async def run(*args, loop=None, executor=None, **kwargs):
        if loop is None:
            loop = _get_running_loop()
        return await loop.run_in_executor(executor, lambda: func(*args, **kwargs))
    run.__name__ = run.__qualname__ = getattr(func, '__name__', 'run')
    return run


class path:
    """The functions of os.path that look at files."""


for _name in ('rename', 'renames', 'replace', 'remove', 'unlink', 'mkdir', 'makedirs', 'rmdir', 'removedirs', 'link', 'symlink', 'readlink', 'listdir',
              'scandir', 'access', 'stat', 'statvfs', 'sendfile', 'getcwd'):
    if hasattr(_os, _name):
        globals()[_name] = wrap(getattr(_os, _name))
for _name in ('exists', 'isfile', 'isdir', 'islink', 'ismount', 'getsize', 'getmtime', 'getatime', 'getctime', 'samefile', 'sameopenfile', 'abspath'):
    if hasattr(_os.path, _name):
        setattr(path, _name, staticmethod(wrap(getattr(_os.path, _name))))
del _name
