# Operations of streams and subprocesses are cancelled at each place where they wait: nothing is left open, no task is left over.
# gc stress: every 200 allocations
import asyncio
import os


def descriptors():
    return len(os.listdir("/proc/self/fd"))


async def cancelled_after(function, turns):
    """Cancels function() after so many turns of the loop. Whether it was cancelled, or was done."""
    task = asyncio.ensure_future(function())
    for _ in range(turns):
        await asyncio.sleep(0)
        if task.done():
            return task.result()
    task.cancel()
    try:
        await task
        return "done"
    except asyncio.CancelledError:
        return "cancelled"


async def echo(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    path = f"/tmp/coil_cancel_{os.getpid()}"
    unix_server = await asyncio.start_unix_server(echo, path)

    async def talk():
        reader, writer = await asyncio.open_connection(host, port)
        try:
            for _ in range(2):
                writer.write(b"line\n")
                await writer.drain()
                await reader.readline()
            writer.write(b"x" * 100_000)
            await writer.drain()
            await reader.readexactly(100_000)
            writer.write_eof()
            await reader.read()
        finally:
            writer.close()
        await writer.wait_closed()

    async def by_name():
        reader, writer = await asyncio.open_connection("localhost", port, family=2)
        writer.close()
        await writer.wait_closed()

    async def unix():
        reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(b"separator;rest")
            await reader.readuntil(b";")
        finally:
            writer.close()
        await writer.wait_closed()

    async def program():
        process = await asyncio.create_subprocess_exec("/bin/cat", stdin=-1, stdout=-1, stderr=-1)
        try:
            await process.communicate(b"x" * 200_000)
        finally:
            if process.returncode is None:
                process._transport.close()   # kills it; without that, CPython waits for the pipe's end, which nobody reads
                await asyncio.shield(process.wait())

    async def shell():
        process = await asyncio.create_subprocess_shell("echo hello; exit 3", stdout=-1)
        await process.stdout.readline()
        await process.wait()

    async def endless():
        process = await asyncio.create_subprocess_exec("/bin/sleep", "100")
        try:
            await process.wait()
        finally:
            process.kill()
            await asyncio.shield(process.wait())

    async def datagrams():
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(asyncio.DatagramProtocol, ("127.0.0.1", 0))
        try:
            await asyncio.sleep(0)
        finally:
            transport.close()

    await cancelled_after(shell, 5)
    await asyncio.sleep(0.02)
    for function in (talk, by_name, unix, program, shell, endless, datagrams):
        before, ends = descriptors(), set()
        for turns in [*range(12), 20, 40]:
            ends.add(await cancelled_after(function, turns))
        for _ in range(300):
            await asyncio.sleep(0.005)
            if descriptors() <= before and len(asyncio.all_tasks()) == 1:
                break
        print(function.__name__, descriptors() <= before, len(asyncio.all_tasks()), "cancelled" in ends)
    server.close()
    unix_server.close()
    os.unlink(path)


asyncio.run(main())
