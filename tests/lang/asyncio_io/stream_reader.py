# StreamReader fed by hand: limits, separators, ends, errors, two readers at once, cancellation.
import asyncio


def show(reader):
    print(bytes(reader._buffer), reader.at_eof(), repr(reader))


async def expect(what, awaitable):
    try:
        print(what, await awaitable)
    except (Exception, asyncio.CancelledError) as error:
        print(what, type(error).__name__, error, getattr(error, 'consumed', ''), getattr(error, 'partial', ''))


async def main():
    reader = asyncio.StreamReader()
    show(reader)
    reader.feed_data(b'')
    reader.feed_data(b'one\ntwo\nthree')
    await expect('line', reader.readline())
    await expect('zero', reader.read(0))
    await expect('some', reader.read(2))
    await expect('exactly', reader.readexactly(0))
    await expect('exactly', reader.readexactly(2))
    await expect('negative', reader.readexactly(-1))
    await expect('no separator', reader.readuntil(b''))
    show(reader)
    reader.feed_eof()
    await expect('until', reader.readuntil(b'x'))
    await expect('at end', reader.read())
    await expect('at end', reader.readline())
    await expect('exactly', reader.readexactly(3))
    show(reader)
    try:
        reader.feed_data(b'more')
    except AssertionError as error:
        print(error)

    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b'12345678901234567890')
    await expect('too long', reader.readuntil())
    await expect('too long', reader.readuntil(b'90'))
    await expect('too long line', reader.readline())
    show(reader)
    reader.feed_data(b'1234567890\nab\n')
    await expect('too long line', reader.readline())
    await expect('next line', reader.readline())
    show(reader)
    reader.feed_data(b'a--b-')
    task = asyncio.create_task(reader.readuntil(b'---'))
    await asyncio.sleep(0)
    print(task.done())
    reader.feed_data(b'--rest')
    await expect('separator in pieces', task)
    show(reader)

    reader = asyncio.StreamReader()
    first = asyncio.create_task(reader.read(10))
    await asyncio.sleep(0)
    await expect('second', reader.readline())
    first.cancel()
    await expect('cancelled', first)
    second = asyncio.create_task(reader.readexactly(6))
    for piece in (b'ab', b'cd', b'efgh'):
        await asyncio.sleep(0)
        reader.feed_data(piece)
    await expect('in pieces', second)
    everything = asyncio.create_task(reader.read(-1))
    await asyncio.sleep(0)
    reader.feed_data(b'more ')
    await asyncio.sleep(0)
    reader.feed_data(b'and more')
    reader.feed_eof()
    await expect('everything', everything)

    reader = asyncio.StreamReader()
    waiting = asyncio.create_task(reader.read(10))
    await asyncio.sleep(0)
    reader.set_exception(ValueError('broken'))
    await expect('broken', waiting)
    await expect('broken', reader.readline())
    await expect('broken', reader.readexactly(5))
    await expect('broken', reader.readuntil())
    print(repr(reader.exception()))

    reader = asyncio.StreamReader()
    reader.feed_data(b'x\ny')
    reader.feed_eof()
    print([line async for line in reader])
    coroutine = reader.readline()
    print(asyncio.iscoroutine(coroutine), coroutine.__qualname__)
    await coroutine
    try:
        asyncio.StreamReader(limit=0)
    except ValueError as error:
        print(error)


asyncio.run(main())
