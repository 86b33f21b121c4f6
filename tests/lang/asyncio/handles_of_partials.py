# What handles show of callbacks that are functools.partial objects or are wrapped by decorators; handles of loops of one's own.
import asyncio
try:
    from functools import partial
except ImportError:
    class partial:   # as Python's library has it, where that is installed
        __module__ = "functools"

        def __init__(self, func, *args, **keywords):
            self.func, self.args, self.keywords = func, args, keywords

        def __call__(self, *args):
            return self.func(*self.args, *args, **self.keywords)


def callback(*args, **kwargs):
    print("called", args, kwargs)


def wrapper(*args):
    return callback(*args)


wrapper.__wrapped__ = callback


def show(thing):
    print(repr(thing).replace(__file__, "FILE").rpartition("/")[2] if "/" in repr(thing).replace(__file__, "FILE") else repr(thing).replace(__file__, "FILE"))


loop = asyncio.new_event_loop()
for function in (callback, partial(callback, 1, 2), partial(callback, x=1), wrapper):
    handle = loop.call_soon(function, 3)
    show(handle)
    handle.cancel()
    show(handle)
timer = loop.call_later(100, partial(callback, "x"))
print(repr(timer).replace(__file__, "FILE").partition(" callback")[2])
timer.cancel()
loop.call_soon(partial(callback, 1), 2)
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()


class Own(asyncio.AbstractEventLoop):
    """A loop of one's own, which calls what handles say."""

    debug = False

    def get_debug(self):
        return self.debug

    def call_exception_handler(self, context):
        print(context["message"].split(" at ")[0], repr(context["exception"]), isinstance(context["handle"], asyncio.Handle))

    def _timer_handle_cancelled(self, handle):
        print("told of", handle.when(), handle.cancelled())


own = Own()
handle = asyncio.Handle(callback, (1, 2), own)
handle._run()
asyncio.Handle(lambda: 1 / 0, (), own)._run()
timers = [asyncio.TimerHandle(when, callback, (), own) for when in (3, 1, 2.5, 1)]
print([timer.when() for timer in sorted(timers)], timers[1] == timers[3], timers[0] == timers[1], hash(timers[0]) == hash(3), timers[0] > timers[1] <= timers[3])
timers[0].cancel()
timers[0].cancel()
show(timers[0])
own.debug = True
handle = asyncio.Handle(callback, (5,), own)
print(handle._loop is own, "created at" in repr(handle), isinstance(handle._source_traceback, list), handle._args, handle._callback is callback)
handle.cancel()
print(handle.cancelled(), handle._callback, "callback(5)" in repr(handle))
for method in ("run_forever", "call_soon", "time", "create_task", "add_reader", "close"):
    try:
        getattr(own, method)()
    except NotImplementedError:
        print("not implemented:", method)
    except TypeError:
        print("not implemented:", method)
