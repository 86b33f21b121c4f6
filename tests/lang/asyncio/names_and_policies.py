# Names that programs import from the modules of asyncio, policies, and loops that make tasks in their own way.
import asyncio, os
# misc: TransportSocket module, base_subprocess, unix_events etc importable
from asyncio import base_subprocess, selector_events, trsock, sslproto, proactor_events, unix_events, base_events, transports
print(issubclass(asyncio.Transport, asyncio.WriteTransport), issubclass(selector_events._SelectorDatagramTransport, asyncio.Transport))
import socket
s = socket.socket(); t = trsock.TransportSocket(s); print(t.family == s.family, t.fileno() == s.fileno(), repr(t)[:24])
for f in (lambda: t.settimeout(1), lambda: t.setblocking(True), lambda: t.settimeout(0), t.gettimeout): 
    try: print(f())
    except ValueError as e: print(e)
s.close(); print(repr(t))
print(asyncio.get_event_loop_policy().__class__.__name__, isinstance(asyncio.get_event_loop_policy(), unix_events.DefaultEventLoopPolicy))
p = asyncio.DefaultEventLoopPolicy(); print(p._local._loop); l = p.get_event_loop(); print(p.get_event_loop() is l, p._local._loop is l); l.close(); p.set_event_loop(None)
try: p.get_event_loop()
except RuntimeError as e: print(e)
q = asyncio.DefaultEventLoopPolicy(); print(q._local._loop)
asyncio.set_event_loop_policy(q)
async def main(): return asyncio.get_running_loop() is not None
print(asyncio.run(main())); asyncio.set_event_loop_policy(None)
print(asyncio.get_child_watcher().__class__.__name__)
class MyTask(asyncio.Task): pass
class L(asyncio.SelectorEventLoop):
    def create_task(self, coro, **kw): return MyTask(coro, loop=self, **kw)
async def m(): return type(asyncio.current_task()).__name__, type(asyncio.create_task(asyncio.sleep(0), name='n')).__name__, type(asyncio.ensure_future(asyncio.sleep(0))).__name__, asyncio.create_task(asyncio.sleep(0), name='nn').get_name()
with asyncio.Runner(loop_factory=L) as r: print(r.run(m()))
