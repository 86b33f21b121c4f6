"""A pipeline of programs: what one writes, the next one reads; and a crowd of processes run a few at a time."""
import asyncio
from asyncio.subprocess import PIPE

WORDS = 'the quick brown fox jumps over the lazy dog and the dog looks at the fox and wonders'


async def pump(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    writer.close()


async def pipeline(text, *commands):
    """Like `commands[0] | commands[1] | ...` in a shell, with text as the input of the first."""
    processes = [await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE) for command in commands]
    pumps = [asyncio.create_task(pump(left.stdout, right.stdin)) for left, right in zip(processes, processes[1:])]
    processes[0].stdin.write(text.encode())
    processes[0].stdin.close()
    output = await processes[-1].stdout.read()
    await asyncio.gather(*pumps)
    return output.decode(), [await process.wait() for process in processes]


async def check(number, limit):
    async with limit:
        process = await asyncio.create_subprocess_shell(f'echo "checking {number}"; exit $(({number} % 3))', stdout=PIPE)
        output, _ = await process.communicate()
        return output.decode().strip(), process.returncode


async def main():
    text = WORDS.replace(' ', '\n') + '\n'
    output, statuses = await pipeline(text, ('sort',), ('uniq', '-c'), ('sort', '-k1,1nr', '-k2'), ('head', '-n', '4'))
    for line in output.splitlines():
        count, word = line.split()
        print(f'{word:6} {count}')
    print('exit statuses:', statuses)

    limit = asyncio.Semaphore(4)
    results = await asyncio.gather(*[check(n, limit) for n in range(12)])
    print(results[0], results[-1])
    print('failed:', sum(status != 0 for _, status in results), 'of', len(results))

    process = await asyncio.create_subprocess_exec('sleep', '60')
    try:
        await asyncio.wait_for(process.wait(), 0.01)
    except TimeoutError:
        process.kill()
        print('too slow; ended by signal', -await process.wait())


asyncio.run(main())
