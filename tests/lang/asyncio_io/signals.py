# loop.add_signal_handler(): callbacks with arguments, replacing, removing, waking a loop that waits, ending a server.
import asyncio
import signal


async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    calls = []

    def came(*args):
        calls.append(args)
        event.set()

    loop.add_signal_handler(signal.SIGUSR1, came, 'one', 2)
    signal.raise_signal(signal.SIGUSR1)
    print(calls)
    await event.wait()
    print(calls)
    loop.add_signal_handler(signal.SIGUSR1, came, 'replaced')
    event.clear()
    signal.setitimer(signal.ITIMER_REAL, 0)
    process = await asyncio.create_subprocess_shell('sleep 0.01; kill -USR1 $PPID')
    await event.wait()
    print(calls, await process.wait())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))

    loop.add_signal_handler(signal.SIGALRM, came, 'alarm')
    event.clear()
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    await event.wait()
    print(calls[-1])

    server = await asyncio.start_server(lambda reader, writer: None, '127.0.0.1', 0)
    task = asyncio.create_task(server.serve_forever())
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    await asyncio.sleep(0)
    signal.raise_signal(signal.SIGTERM)
    try:
        await task
    except asyncio.CancelledError:
        print('stopped', server.is_serving())

    async def coroutine():
        pass

    for arguments in ((9, print), (1000, print), ('a', print), (15, coroutine)):
        try:
            loop.add_signal_handler(*arguments)
        except (RuntimeError, ValueError, TypeError) as error:
            print(type(error).__name__, error)


async def interrupted():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.add_signal_handler(signal.SIGINT, future.set_result, 'interrupt')
    loop.call_later(0.01, signal.raise_signal, signal.SIGINT)
    print(await future)


asyncio.run(main())
print(int(signal.getsignal(signal.SIGALRM)))
asyncio.run(interrupted())
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print('KeyboardInterrupt')
