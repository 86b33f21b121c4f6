# Children with our own streams, with files, and children that die.
import asyncio
import os
import signal
import sys

PIPE, STDOUT, DEVNULL = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT, asyncio.subprocess.DEVNULL


async def shell(command, **options):
    process = await asyncio.create_subprocess_shell(command, **options)
    output = await process.communicate()
    return process.returncode, output


async def passing():
    print("before", flush=True)
    print(await shell("echo from the child"), flush=True)
    print(await shell("echo to stderr of the child 1>&2", stderr=STDOUT), flush=True)
    print(await shell("cat; echo end of input", stdin=DEVNULL), flush=True)
    print(await shell("echo o; echo e 1>&2", stdout=PIPE, stderr=STDOUT))
    print(await shell("echo o; echo e 1>&2", stdout=DEVNULL, stderr=PIPE))
    path = f"/tmp/coil_children_{os.getpid()}"
    with open(path, "wb") as file:
        print(await shell("echo into a file; echo both 1>&2", stdout=file, stderr=file))
    with open(path) as file:
        print(await shell("tr a-z A-Z", stdin=file, stdout=PIPE), file.read())
    descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    print(await shell("echo by number", stdout=descriptor))
    os.close(descriptor)
    print(open(path).read(), end="")
    os.unlink(path)
    # Two programs, one pipe.
    reading, writing = os.pipe()
    first = await asyncio.create_subprocess_exec("/bin/echo", "through", "a", "pipe", stdout=writing)
    os.close(writing)
    second = await asyncio.create_subprocess_exec("/bin/cat", stdin=reading, stdout=PIPE)
    os.close(reading)
    print(await second.communicate(), await first.wait(), second.returncode)
    print(await shell("exit 300"), await shell("kill -9 $$"), await shell("echo $0 $1", stdout=PIPE))


async def dying():
    process = await asyncio.create_subprocess_exec("/bin/sleep", "100")
    waiters = [asyncio.create_task(process.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    print(process.returncode)
    os.kill(process.pid, signal.SIGTERM)
    print(await asyncio.gather(*waiters), process.returncode)
    for call in (process.kill, process.terminate, lambda: process.send_signal(signal.SIGINT)):
        try:
            print(call())
        except ProcessLookupError as error:
            print("gone", error)
    # It dies while it is fed, and while it is read.
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "head -c 1 >/dev/null; echo some output; kill -9 $$", stdin=PIPE, stdout=PIPE)
    output, _ = await process.communicate(b"x" * 1_000_000)
    print(output, process.returncode)
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "echo line; kill -9 $$", stdin=PIPE, stdout=PIPE)
    print(await process.stdout.readline(), await process.stdout.readline(), await process.wait())
    process.stdin.write(b"too late")
    try:
        await process.stdin.drain()
        print("no error")
    except (BrokenPipeError, ConnectionResetError):
        print("the pipe is broken")
    # Its own child keeps the pipe open; the end is noticed all the same.
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "sleep 0.3 & echo started", stdout=PIPE)
    print(await process.stdout.readline(), await process.stdout.read(), await process.wait())
    # Somebody else waits for it.
    process = await asyncio.create_subprocess_exec("/bin/sleep", "100", stdin=PIPE)
    process._transport.close()
    print(await process.wait(), process._transport.is_closing())
    await asyncio.sleep(0)
    try:
        print(os.waitpid(-1, os.WNOHANG))
    except ChildProcessError:
        print("no zombies")


asyncio.run(passing())
asyncio.run(dying())
