# Futures of other makes are awaited as well; a policy says which loop it is.
import asyncio
class Fut:
    _asyncio_future_blocking=False
    def __init__(self, loop): self.loop=loop; self.cbs=[]; self.v=None; self.c=False
    def get_loop(self): return self.loop
    def add_done_callback(self,cb,*,context=None): self.cbs.append((cb,context))
    def result(self):
        if self.c: raise asyncio.CancelledError
        return self.v
    def set(self,v):
        self.v=v
        for cb,c in self.cbs: self.loop.call_soon(cb,self,context=c)
    def cancel(self,msg=None):
        print('cancel',msg); self.c=True; self.set(None); return True
    def __await__(self):
        self._asyncio_future_blocking=True
        yield self
        return self.result()
async def main():
    loop=asyncio.get_running_loop()
    f=Fut(loop)
    loop.call_later(0.01,f.set,7)
    print(asyncio.isfuture(f), await f)
    f=Fut(loop)
    async def w(): 
        try: return await f
        except asyncio.CancelledError: print('cancelled inside'); raise
    t=asyncio.create_task(w())
    await asyncio.sleep(0)
    t.cancel('m')
    try: await t
    except asyncio.CancelledError as e: print('c',e.args)
asyncio.run(main())
class P(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print('new'); return super().new_event_loop()
asyncio.set_event_loop_policy(P())
print(type(asyncio.get_event_loop_policy()).__name__)
asyncio.run(asyncio.sleep(0))
asyncio.set_event_loop_policy(None)
print(type(asyncio.get_event_loop_policy()).__name__)

# Stacks of tasks.
class ShortPaths:
    def write(self, text):
        folder = __file__.rpartition("/")[0] + "/"
        sys.stdout.write(text.replace(folder, ""))


import sys
async def inner():
    await asyncio.sleep(1)
async def outer():
    await inner()
async def bad():
    raise ValueError('oh')
async def main():
    t = asyncio.create_task(outer(), name='T')
    b = asyncio.create_task(bad(), name='B')
    await asyncio.sleep(0)
    print([f.f_code.co_name for f in t.get_stack()], [f.f_code.co_name for f in b.get_stack()], len(t.get_stack(limit=0)))
    for task in (t, b):
        task.print_stack(file=ShortPaths())
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        pass
    print(t.get_stack())
    b.exception()
    print(asyncio.current_task().get_stack()[-1].f_code.co_name)
asyncio.run(main())

# The first interrupt of Runner.run() cancels the task.
class Keeps(Exception): pass
with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, 'one')), runner.run(asyncio.sleep(0, 'two')))
    async def fails():
        raise Keeps('x')
    try:
        runner.run(fails())
    except Keeps as e:
        print(repr(e))
    for wrong in (lambda: runner.run(5), lambda: asyncio.Runner().get_loop().is_running()):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)
try:
    runner.run(asyncio.sleep(0))
except RuntimeError as e:
    print(e)
