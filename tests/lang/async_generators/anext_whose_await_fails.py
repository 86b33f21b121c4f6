class Items:
    def __init__(self, awaitable): self.awaitable = awaitable
    def __aiter__(self): return self
    def __anext__(self): return self.awaitable
class Raises:
    def __await__(self): raise ValueError('in __await__')
class Wrong:
    def __await__(self): return [1]
class Coroutine:
    async def __await__(self): pass
class Stops:
    def __await__(self): raise StopAsyncIteration
class RaisesLater:
    def __await__(self):
        raise KeyError('in the iterator')
        yield
class StopsLater:
    def __await__(self):
        raise StopAsyncIteration
        yield
async def loop(awaitable):
    async for item in Items(awaitable):
        print('item', item)
    return 'ended'
async def comprehension(awaitable):
    return [item async for item in Items(awaitable)]
for awaitable in Raises(), Wrong(), Stops(), RaisesLater(), StopsLater(), 5:
    for function in loop, comprehension:
        try:
            function(awaitable).send(None)
        except Exception as error:
            print(type(error).__name__, error, '|', repr(error.__cause__), '|', repr(error.__context__))
