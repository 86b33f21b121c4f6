# aiofiles.os: what os does with files, in the loop's thread pool. (Without the package, as where the expected output is made, a few lines stand in.)
import asyncio
import os
try:
    import aiofiles.os as aos
except ImportError:
    class Stand:
        def __init__(self, module): self.module = module
        def __getattr__(self, name):
            value = getattr(self.module, name)
            if name == "path":
                return Stand(value)
            async def call(*args, loop=None, executor=None, **kwargs): return value(*args, **kwargs)
            return call
        @staticmethod
        def wrap(function):
            async def call(*args, loop=None, executor=None, **kwargs): return function(*args, **kwargs)
            return call
    aos = Stand(os)

here = f"/tmp/coil_aiofiles_{os.getpid()}"


async def failure(awaitable):
    try:
        await awaitable
    except OSError as error:
        print(type(error).__name__, str(error).replace(here, "HERE"))


async def main():
    await aos.mkdir(here)
    await aos.makedirs(here + "/a/b", exist_ok=True)
    with open(here + "/f", "w") as file:
        file.write("12345")
    print((await aos.stat(here + "/f")).st_size, await aos.path.getsize(here + "/f"), sorted(await aos.listdir(here)))
    print(await aos.path.exists(here), await aos.path.isfile(here), await aos.path.isdir(here), await aos.path.exists(here + "/x"))
    await aos.rename(here + "/f", here + "/g")
    await aos.replace(here + "/g", here + "/h")
    await aos.link(here + "/h", here + "/i")
    await aos.symlink("h", here + "/l")
    print(await aos.readlink(here + "/l"), await aos.path.islink(here + "/l"), await aos.path.samefile(here + "/h", here + "/i"))
    print(sorted(entry.name for entry in await aos.scandir(here)), await aos.access(here + "/h", os.R_OK))
    print(await aos.path.abspath(here) == here, await aos.getcwd() == os.getcwd(), (await aos.statvfs(here)).f_bsize > 0)
    reading, writing = os.pipe()
    with open(here + "/h", "rb") as file:
        print(await aos.sendfile(writing, file.fileno(), 1, 3), os.read(reading, 10))
    os.close(reading), os.close(writing)
    await failure(aos.stat(here + "/none"))
    await failure(aos.rmdir(here))
    await failure(aos.remove(here + "/none"))
    # Many at once, in the executor of one's own, and while the loop does other things.
    print(await asyncio.gather(*(aos.path.exists(f"{here}/{name}") for name in "hijkl")))
    print(await aos.wrap(len)("abc"), await aos.stat(here, loop=asyncio.get_running_loop(), executor=None) == os.stat(here))
    for name in "hil":
        await aos.unlink(f"{here}/{name}")
    await aos.removedirs(here + "/a/b")
    print(os.path.exists(here))


asyncio.run(main())
