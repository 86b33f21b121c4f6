# next(), send() and throw() called from bytecode: values, ends, errors, re-entry, tracebacks and handled exceptions.
import sys

def names(error):
    tb, found = error.__traceback__, []
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return found

def attempt(function):
    try:
        print(repr(function()))
    except BaseException as error:
        print(type(error).__name__, error.args, repr(error.__context__), [name for name, line in names(error)])

def counting(n):
    sent = []
    for i in range(n):
        sent.append((yield i))
    return sent

g = counting(2)
attempt(lambda: next(g))
attempt(lambda: g.send('a'))
attempt(lambda: next(g, 'default'))
attempt(lambda: next(g, 'default'))
attempt(lambda: next(g))
attempt(lambda: g.send(1))
g = counting(1)
attempt(lambda: g.send(1))
attempt(lambda: next(g))
attempt(lambda: g.send('x'))
g = counting(3)
send, step, throw = g.send, g.__next__, g.throw
attempt(lambda: [step(), send(1), step()])
attempt(lambda: throw(ValueError('thrown')))
attempt(lambda: throw(ValueError('thrown again')))
attempt(lambda: step())

def catching():
    while True:
        try:
            got = yield sys.exc_info()[1]
            print('got', got)
        except ValueError as error:
            print('caught', error, repr(error.__context__))
            yield 'handled'
g = catching()
attempt(lambda: next(g))
attempt(lambda: g.throw(ValueError('one')))
attempt(lambda: next(g))
try:
    raise KeyError('outside')
except KeyError:
    attempt(lambda: next(g))
    attempt(lambda: g.throw(ValueError('two')))
    print(repr(sys.exc_info()[1]))
attempt(lambda: g.throw(TypeError, 'three'))
attempt(lambda: g.throw(TypeError('three')))
attempt(lambda: g.throw(3))

def itself():
    try:
        yield next(me)
    except ValueError as error:
        yield str(error)
    yield me.send(None)
me = itself()
attempt(lambda: next(me))
attempt(lambda: next(me))

def raising(n):
    if n == 0: raise IndexError('deep')
    yield next(raising(n - 1))
attempt(lambda: next(raising(3)))
def stops(): yield next(iter(()))
attempt(lambda: next(stops()))
def stopping():
    raise StopIteration(5)
    yield
attempt(lambda: next(stopping()))
attempt(lambda: next(stopping(), 'default'))

def delegating():
    result = yield from counting(2)
    print('result', result)
    yield from [10, 20]
    return 'end'
g = delegating()
attempt(lambda: [next(g), g.send('a'), g.send('b'), next(g)])
attempt(lambda: next(g, 'default'))
g = delegating()
next(g)
attempt(lambda: g.throw(KeyError('into the inner one')))
g = delegating()
next(g)
attempt(lambda: g.throw(GeneratorExit))
attempt(lambda: next(g, 'closed'))
g = iter(())
attempt(lambda: next(g, None))

class Sends:
    def __iter__(self): return self
    def __next__(self): return 'next'
    def send(self, value):
        if value == 'stop': raise StopIteration('sent stop')
        if value == 'fail': raise KeyError(value)
        return 'sent ' + value
def foreign():
    try:
        print('ended', (yield from Sends()))
    except KeyError as error:
        print('failed', error)
    yield 'after'
    try:
        yield from Sends()
    finally:
        print('finally')
g = foreign()
attempt(lambda: [next(g), g.send('a'), next(g), g.send('stop'), next(g), g.send('b')])
attempt(lambda: g.send('fail'))
g = foreign()
attempt(lambda: [next(g), g.send('fail'), g.send(None), g.close()])

async def coroutine(n):
    if n: return await coroutine(n - 1) + 1
    return await Awaited()
class Awaited:
    def __await__(self):
        got = yield 'waiting'
        return got
c = coroutine(3)
attempt(lambda: c.send(None))
attempt(lambda: c.send(10))
attempt(lambda: c.send(10))
c = coroutine(2)
c.send(None)
attempt(lambda: c.throw(OSError('no')))
print(g.gi_running, g.gi_frame, [*map(next, [counting(1), counting(2)])])

def watched():
    yield g2.gi_running, g2.gi_frame is sys._getframe(), sys._getframe(1).f_code.co_name
g2 = watched()
def watching(): return next(g2)
print(watching(), g2.gi_running)
def in_for():
    for i in counting(3):
        yield next(counting(5)), i, counting(1).send(None)
print([*in_for()], next(in_for())[1])
