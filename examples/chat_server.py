"""A chat server over TCP, and a few people who talk.

Every line that somebody sends goes to all the others; the server says who comes and goes.
"""
import asyncio


class ChatServer:
    def __init__(self):
        self.members = {}   # name -> StreamWriter

    async def handle(self, reader, writer):
        name = (await reader.readline()).decode().strip()
        if not name or name in self.members:
            writer.write(b'* that name will not do\n')
            writer.close()
            return
        writer.write(f'* welcome, {name}; here: {", ".join(self.members) or "nobody"}\n'.encode())
        await self.tell_others(name, f'* {name} has come')
        self.members[name] = writer
        try:
            async for line in reader:
                await self.tell_others(name, f'<{name}> {line.decode().rstrip()}')
        except ConnectionError:
            pass   # the others are told below
        finally:
            del self.members[name]
            writer.close()
            await self.tell_others(name, f'* {name} has gone')

    async def tell_others(self, sender, text):
        for name, writer in list(self.members.items()):
            if name != sender:
                writer.write(text.encode() + b'\n')
                await writer.drain()


class Person:
    def __init__(self, name):
        self.name = name
        self.heard = []

    async def join(self, address):
        self.reader, self.writer = await asyncio.open_connection(*address)
        self.say(self.name)
        await self.hear(1)

    def say(self, text):
        self.writer.write(text.encode() + b'\n')

    async def hear(self, count):
        for _ in range(count):
            self.heard.append((await self.reader.readline()).decode().rstrip())

    async def leave(self):
        self.writer.close()
        await self.writer.wait_closed()


async def main():
    chat = ChatServer()
    server = await asyncio.start_server(chat.handle, '127.0.0.1', 0)
    address = server.sockets[0].getsockname()

    ann, bob, cid = people = [Person(name) for name in ('ann', 'bob', 'cid')]
    await ann.join(address)
    await bob.join(address)
    await ann.hear(1)
    await cid.join(address)
    await asyncio.gather(ann.hear(1), bob.hear(1))

    ann.say('hello, everybody')
    await asyncio.gather(bob.hear(1), cid.hear(1))
    bob.say('hello, ann')
    await asyncio.gather(ann.hear(1), cid.hear(1))
    await cid.leave()
    await asyncio.gather(ann.hear(1), bob.hear(1))

    impostor = Person('ann')
    await impostor.join(address)
    print('a second ann hears:', impostor.heard)

    await ann.leave()
    await bob.hear(1)
    await bob.leave()
    await impostor.leave()
    for person in people:
        print(person.name, 'heard:')
        for line in person.heard:
            print('   ', line)
    server.close()


asyncio.run(main())
