# A descriptor that is watched and, before the loop has waited once, no longer: what happens to it then is nobody's business.
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.003)
    pairs = [socket.socketpair() for _ in range(200)]
    here, there = pairs[-1]
    print(loop.add_reader(here.fileno(), print, 'never'))
    print(loop.remove_reader(here.fileno()), loop.remove_reader(here.fileno()))
    there.close()
    for _ in range(3):
        await asyncio.sleep(0.003)
    print('still here')
    loop.add_reader(here.fileno(), lambda: (print('ended', here.recv(1)), loop.remove_reader(here.fileno())))
    await asyncio.sleep(0.005)
    for pair in pairs:
        for one in pair:
            one.close()


asyncio.run(main())
