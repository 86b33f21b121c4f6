# Protocols and transports in odd situations: what is called, in which order, and what is reported.
import asyncio, socket, os, sys
def show(name, f):
    try: print(name, f())
    except BaseException as e: print(name, type(e).__name__, e)
async def ashow(name, f):
    try: print(name, await f())
    except BaseException as e: print(name, type(e).__name__, e)
class D(asyncio.DatagramProtocol):
    def __init__(self): self.log = []; self.lost = asyncio.get_running_loop().create_future()
    def connection_made(self, t): self.t = t; self.log.append('made')
    def datagram_received(self, d, a): self.log.append((d, a[0]))
    def error_received(self, e): self.log.append(type(e).__name__)
    def connection_lost(self, e): self.log.append(('lost', e)); self.lost.set_result(None)
class P(asyncio.Protocol):
    def __init__(self, log=None): self.log = [] if log is None else log; self.lost = asyncio.get_running_loop().create_future()
    def connection_made(self, t): self.t = t; self.log.append('made')
    def data_received(self, d): self.log.append(d)
    def eof_received(self): self.log.append('eof'); return self.keep if hasattr(self, 'keep') else None
    def connection_lost(self, e): self.log.append(('lost', repr(e))); self.lost.set_result(None)
async def main():
    loop = asyncio.get_running_loop()
    t1, p1 = await loop.create_datagram_endpoint(D, ('127.0.0.1', 0))
    t2, p2 = await loop.create_datagram_endpoint(D, remote_addr=t1.get_extra_info('sockname'))
    t2.sendto(b'a'); t2.sendto(b''); t2.sendto(b'b', t1.get_extra_info('sockname'))
    try:
        t2.sendto(b'c', ('127.0.0.1', 9))
    except ValueError as error:
        print(str(error).split('(')[0])
    show('str', lambda: t1.sendto('x'))
    show('buf', t1.get_write_buffer_size)
    await asyncio.sleep(0.02); print(p1.log)
    t1.close(); await p1.lost; t2.sendto(b'z'); await asyncio.sleep(0.02); t2.sendto(b'z'); await asyncio.sleep(0.02); print(p2.log)
    t2.abort(); await p2.lost; print(p2.log[-1], t2.is_closing()); t2.sendto(b'x')
    # protocols that fail
    problems = []
    loop.set_exception_handler(lambda l, c: problems.append((c['message'], repr(c.get('exception')))))
    class Bad(P):
        def data_received(self, d): raise ValueError('bad')
    class BadMade(P):
        def connection_made(self, t): super().connection_made(t); raise ValueError('bad made')
    class BadLost(P):
        def connection_lost(self, e): super().connection_lost(e); raise ValueError('bad lost')
    class BadEof(P):
        def eof_received(self): raise ValueError('bad eof')
    for cls in (Bad, BadMade, BadLost, BadEof):
        made = []
        def factory(): made.append(cls()); return made[-1]
        srv = await loop.create_server(factory, '127.0.0.1', 0)
        t, p = await loop.create_connection(P, *srv.sockets[0].getsockname())
        t.write(b'data'); t.write_eof()
        await asyncio.wait([p.lost], timeout=5); t.close(); await p.lost
        await asyncio.sleep(0.01)
        print(cls.__name__, made[0].log, p.log, problems); problems.clear(); srv.close()
    def bad_factory(): raise KeyError('factory')
    await ashow('client factory', lambda: loop.create_connection(bad_factory, sock=socket.socketpair()[0]))
    # half close
    srv_p = []
    def factory():
        p = P(); p.keep = True; srv_p.append(p); return p
    srv = await loop.create_server(factory, '127.0.0.1', 0)
    t, p = await loop.create_connection(P, *srv.sockets[0].getsockname())
    t.write(b'x'); t.write_eof(); show('write', lambda: t.write(b'y')); await asyncio.sleep(0.02)
    srv_p[0].t.write(b'answer'); srv_p[0].t.close(); await p.lost; print(p.log, srv_p[0].log)
    srv.close()
    # buffered protocol
    class B(asyncio.BufferedProtocol):
        def __init__(self): self.buf = bytearray(3); self.log = []; self.lost = loop.create_future()
        def get_buffer(self, hint): self.log.append(('get', hint)); return self.buf
        def buffer_updated(self, n): self.log.append(bytes(self.buf[:n]))
        def eof_received(self): self.log.append('eof')
        def connection_lost(self, e): self.lost.set_result(e)
    a, b = socket.socketpair(); t, p = await loop.create_connection(B, sock=a); b.sendall(b'hello'); b.close(); await p.lost; print(p.log)
    class B2(B):
        def get_buffer(self, hint): return bytearray()
    a, b = socket.socketpair(); t, p = await loop.create_connection(B2, sock=a); b.sendall(b'hello'); print(repr(await p.lost), problems); problems.clear(); b.close()
    class B3(B):
        def get_buffer(self, hint): return b'readonly'
    a, b = socket.socketpair(); t, p = await loop.create_connection(B3, sock=a); b.sendall(b'hello'); print(type(await p.lost).__name__, [m for m, _ in problems]); problems.clear(); b.close()
    # set_protocol, pause in made
    class Paused(P):
        def connection_made(self, t): super().connection_made(t); t.pause_reading()
    a, b = socket.socketpair(); t, p = await loop.create_connection(Paused, sock=a); b.sendall(b'1'); await asyncio.sleep(0.01); print(p.log, t.is_reading())
    q = P(p.log); t.set_protocol(q); t.resume_reading(); await asyncio.sleep(0.01); print(q.log, t.get_protocol() is q); t.abort(); await q.lost; print(q.log); b.close()
    # flow control
    class F(P):
        def pause_writing(self): self.log.append('pause')
        def resume_writing(self): self.log.append('resume')
    a, b = socket.socketpair(); t, p = await loop.create_connection(F, sock=a); t.set_write_buffer_limits(high=10); t.write(b'x' * 1000000); print(p.log, t.get_write_buffer_size() > 10, t.get_write_buffer_limits())
    b.setblocking(False); got = 0
    while got < 1000000: got += len(await loop.sock_recv(b, 100000))
    await asyncio.sleep(0.01); print(p.log, t.get_write_buffer_size()); t.close(); t.write(b'q'); await p.lost; b.close(); print(p.log)
    # pipes
    r, w = os.pipe(); rt, rp = await loop.connect_read_pipe(P, os.fdopen(r, 'rb', 0)); wt, wp = await loop.connect_write_pipe(P, os.fdopen(w, 'wb', 0))
    wt.write(b'via pipe'); await asyncio.sleep(0.01); print(rp.log, wp.log, wt.can_write_eof(), type(rt).__name__); wt.write_eof(); await rp.lost; await wp.lost; print(rp.log, wp.log)
    r, w = os.pipe(); wt, wp = await loop.connect_write_pipe(P, os.fdopen(w, 'wb', 0)); os.close(r); await wp.lost; print(wp.log); wt.write(b'x')
    await ashow('file', lambda: loop.connect_read_pipe(P, open('/etc/passwd')))
    print(problems)
asyncio.run(main())
