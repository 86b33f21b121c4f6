# aiofiles: files in the loop's thread pool. (Without the package, as where the expected output is made, a few lines stand in for it.)
import asyncio
try:
    import aiofiles
except ImportError:
    import builtins

    class Stand:
        def __init__(self, f): self.f = f
        def __getattr__(self, name):
            value = getattr(self.f, name)
            if name in ('closed', 'name', 'mode', 'encoding'): return value
            async def call(*args): return value(*args)
            return call
        def __aiter__(self): return self
        async def __anext__(self):
            line = self.f.readline()
            if not line: raise StopAsyncIteration
            return line

    class Opening:
        def __init__(self, args, kwargs): self.args, self.kwargs = args, kwargs
        def __await__(self):
            return Stand(builtins.open(*self.args, **self.kwargs))
            yield
        async def __aenter__(self):
            self.file = Stand(builtins.open(*self.args, **self.kwargs))
            return self.file
        async def __aexit__(self, *error): self.file.f.close()

    class aiofiles:
        open = staticmethod(lambda *args, **kwargs: Opening(args, kwargs))

name = '/tmp/aiofiles_test_%d.txt' % (id(object()) % 1000003)

async def main():
    async with aiofiles.open(name, 'w', encoding='utf-8') as f:
        print(await f.write('one\ntwö\n'), f.closed, f.mode)
        await f.writelines(['three\n', 'four\n'])
        await f.flush()
    print(f.closed)
    async with aiofiles.open(name, encoding='utf-8') as f:
        print(repr(await f.readline()), await f.tell())
        async for line in f:
            print(repr(line), end=' ')
        print(await f.read() == '')
        await f.seek(0)
        print(await f.readlines())
    f = await aiofiles.open(name, 'rb')
    print(await f.read(5), await f.readline())
    await f.close()
    async def lines(path):
        async with aiofiles.open(path) as f:
            return len(await f.read())
    print(await asyncio.gather(*[lines(name) for _ in range(10)]))
    for wrong in (name + '.missing', '/'):
        try:
            async with aiofiles.open(wrong) as f:
                pass
        except OSError as e:
            print(type(e).__name__, e.strerror)
    async with aiofiles.open(name, 'r') as f:
        try:
            await f.write('x')
        except Exception as e:
            print(type(e).__mro__[1].__name__, e)

asyncio.run(main())
