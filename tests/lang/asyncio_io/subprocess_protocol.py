# A process as a transport and a protocol.
import asyncio


class Recorder(asyncio.SubprocessProtocol):
    def __init__(self):
        self.output = {1: b'', 2: b''}
        self.lost = []
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print('made', isinstance(transport, asyncio.SubprocessTransport), transport.get_pid() > 0, transport.get_returncode())
        print([transport.get_pipe_transport(fd) is not None for fd in range(4)])

    def pipe_data_received(self, fd, data):
        self.output[fd] += data

    def pipe_connection_lost(self, fd, error):
        self.lost.append((fd, error))

    def process_exited(self):
        print('exited')

    def connection_lost(self, error):
        self.done.set_result(error)


async def main():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(Recorder, 'sh', '-c', 'cat; echo problem >&2; exit 5')
    stdin = transport.get_pipe_transport(0)
    print(type(stdin).__name__, stdin.can_write_eof())
    stdin.write(b'some ')
    stdin.writelines([b'input', b'\n'])
    stdin.write_eof()
    print(await protocol.done, protocol.output, sorted(fd for fd, _ in protocol.lost), transport.get_returncode())
    transport.close()
    print(transport.is_closing())

    transport, protocol = await loop.subprocess_shell(Recorder, 'sleep 100', stdin=None, stdout=None, stderr=None)
    transport.kill()
    print(await protocol.done, transport.get_returncode())

    transport, protocol = await loop.subprocess_exec(Recorder, 'sleep', '100')
    transport.close()
    print(await protocol.done, transport.get_returncode())
    try:
        transport.send_signal(15)
    except ProcessLookupError as error:
        print(type(error).__name__)


asyncio.run(main())
