"""Indexes a folder of text files: threads read them, a queue carries what they found, one task builds the index."""
import asyncio

TEXTS = {
    'sea.txt': 'The sea was calm.\nA ship came over the sea,\nslow as the evening.\n',
    'ship.txt': 'Nobody on the ship spoke.\nThe evening was calm.\n',
    'town.txt': 'In the town the lamps were lit.\nSomebody saw the ship.\n',
    'empty.txt': '',
}


def write_file(path, text):
    with open(path, 'w') as file:
        file.write(text)


def words_of(path):
    """(word, line number) for every word of a file; runs in a thread."""
    found = []
    with open(path) as file:
        for number, line in enumerate(file, 1):
            for word in line.lower().split():
                found.append((word.strip('.,'), number))
    return found


async def reader(paths, found):
    while True:
        name, path = await paths.get()
        try:
            await found.put((name, await asyncio.to_thread(words_of, path)))
        except OSError as error:
            await found.put((name, error))
        paths.task_done()


async def build_index(found, count):
    index, problems = {}, []
    for _ in range(count):
        name, words = await found.get()
        if isinstance(words, OSError):
            problems.append(f'{name}: {words.strerror}')
            continue
        for word, line in words:
            index.setdefault(word, set()).add((name, line))
    return index, problems


async def run(*command):
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return output.decode().strip()


async def main():
    folder = await run('mktemp', '-d')
    try:
        await asyncio.gather(*[asyncio.to_thread(write_file, f'{folder}/{name}', text) for name, text in TEXTS.items()])
        paths, found = asyncio.Queue(), asyncio.Queue(maxsize=2)
        names = [*TEXTS, 'missing.txt']
        for name in names:
            paths.put_nowait((name, f'{folder}/{name}'))
        readers = [asyncio.create_task(reader(paths, found)) for _ in range(3)]
        index, problems = await build_index(found, len(names))
        await paths.join()
        for task in readers:
            task.cancel()
    finally:
        await run('rm', '-r', folder)
    for word in ('ship', 'calm', 'evening', 'the', 'submarine'):
        places = ', '.join(f'{name}:{line}' for name, line in sorted(index.get(word, ())))
        print(f'{word:10} {places or "nowhere"}')
    print(len(index), 'words; problems:', problems)


asyncio.run(main())
