# compile() with PyCF_ALLOW_TOP_LEVEL_AWAIT: a module whose only asynchronous part is a statement is a coroutine as well.
import asyncio

ALLOW = 0x2000


async def numbers():
    yield 1
    yield 2


class Manager:
    async def __aenter__(self):
        return 'entered'

    async def __aexit__(self, *args):
        print('left')


for source in ('async for n in numbers(): print(n)', 'async with Manager() as m: print(m)', 'print([n async for n in numbers()])',
               'print(await asyncio.sleep(0, 5))', 'print("plain")'):
    made = eval(compile(source + '\n', 'source', 'exec', ALLOW))
    print(asyncio.iscoroutine(made))
    if made is not None:
        asyncio.run(made)

for source in ('def f():\n async for n in x: pass', 'def f():\n async with x: pass', 'class C:\n async with x: pass'):
    try:
        compile(source, 'source', 'exec', ALLOW)
    except SyntaxError as e:
        print(e.msg)
