# Processes with streams: communicate, exit statuses, signals, pipes, environment, directory, errors.
import asyncio
import asyncio.subprocess
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def run(*args, input=None, **options):
    process = await asyncio.create_subprocess_exec(*args, **options)
    output = await process.communicate(input)
    return process.returncode, *output


async def main():
    print(await run('echo', 'hello', 'world', stdout=PIPE))
    print(await run('cat', input=b'through a pipe', stdin=PIPE, stdout=PIPE))
    print(await run('sh', '-c', 'echo out; echo err >&2; exit 3', stdout=PIPE, stderr=PIPE))
    print(await run('sh', '-c', 'echo out; echo err >&2', stdout=PIPE, stderr=STDOUT))
    print(await run('sh', '-c', 'echo nobody', stdout=DEVNULL))
    print(await run('sh', '-c', 'read x || echo nothing', stdin=DEVNULL, stdout=PIPE))
    print(await run('sh', '-c', 'echo $A-$B; pwd', stdout=PIPE, env={'A': 'one', 'B': 'two', 'PATH': '/bin:/usr/bin'}, cwd='/'))
    print(await run('sh', '-c', 'kill -9 $$'))
    print(await run('true', stdout=PIPE, stderr=PIPE))
    for program, options in (('no-such-program', {}), ('/etc/passwd', {}), ('true', {'cwd': '/nonexistent'})):
        try:
            await run(program, **options)
        except OSError as error:
            print(type(error).__name__, error)

    process = await asyncio.create_subprocess_shell('while read line; do echo "<$line>"; done; exit 7', stdin=PIPE, stdout=PIPE)
    for text in (b'one\n', b'two\n'):
        process.stdin.write(text)
        await process.stdin.drain()
        print(await process.stdout.readline())
    print(process.returncode)
    process.stdin.close()
    print(await process.stdout.read(), await process.wait(), process.returncode)

    process = await asyncio.create_subprocess_exec('sleep', '100')
    print(process.pid > 0, process.stdin, process.stdout)
    process.terminate()
    print(await process.wait())
    try:
        process.kill()
    except ProcessLookupError as error:
        print(type(error).__name__)

    process = await asyncio.create_subprocess_exec('sleep', '100')
    try:
        await asyncio.wait_for(process.wait(), 0.01)
    except TimeoutError:
        print('still running')
    process.send_signal(2)
    print(await process.wait())

    process = await asyncio.create_subprocess_exec('true', stdin=PIPE)
    await process.wait()
    print(await process.communicate(bytes(1000000)), process.returncode)

    big = bytes(range(256)) * 4000
    print((await run('cat', input=big, stdin=PIPE, stdout=PIPE))[1] == big)
    results = await asyncio.gather(*[run('sh', '-c', f'exit {n}') for n in range(10)])
    print([row[0] for row in results])
    for wrong in ({'shell': True}, {'bufsize': 5}, {'text': True}, {'universal_newlines': True}, {'encoding': 'utf-8'}):
        try:
            await run('true', **wrong)
        except ValueError as error:
            print(error)
    for wrong in ('nul\0byte', 5):
        try:
            await run('echo', wrong)
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)


asyncio.run(main())
