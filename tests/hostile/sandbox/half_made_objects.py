# Every type that a script can reach: instances of it made in every way but the right one, and all that can be called on them, with arguments
# that make no sense. Whatever happens must be an exception.
import asyncio, builtins, contextvars, gc, math, sys, time, types, typing, warnings, weakref

say = sys.stdout.write

def function(): yield
async def coroutine_function(): pass
async def async_generator_function(): yield

def closure_maker(x): return lambda: x

coroutine = coroutine_function()
samples = [
    function, function(), coroutine, coroutine_function().__await__(), async_generator_function(), async_generator_function().asend(None),
    async_generator_function().aclose(), function.__code__, sys._getframe(), [].append, int.__add__, type.__dict__['__dict__'], iter([]),
    iter({}), iter(''), reversed([]), {}.keys(), {}.items(), {}.values(), memoryview(b'x'), zip(), map(len, []), filter(None, []),
    enumerate([]), slice(1), property(), super(int, 1), staticmethod(function), classmethod(function), weakref.ref(function), list[int],
    int | str, types.SimpleNamespace(), type.__dict__, range(3), iter(range(3)), Ellipsis, NotImplemented, BaseException(),
    ExceptionGroup('x', [ValueError()]), contextvars.copy_context(), contextvars.ContextVar('v'), contextvars.ContextVar('w').set(1),
    closure_maker(1).__closure__[0], object(), 1, 1.5, 'x', b'x', bytearray(b'x'), (), [], {}, set(), frozenset(), None, True, 1j, 2**100,
    coroutine.__await__, sys.stdout, sys.flags, sys.version_info, time.gmtime(0), int.from_bytes, ''.join, type(''.join), object.__init__,
]
try:
    1 / 0
except Exception as e:
    samples.append(e.__traceback__)

# ---- every type: down from object, and of whatever the modules hold

types_found = {}

def reach(cls):
    if cls in types_found:
        return
    types_found[cls] = True
    for sub in type.__subclasses__(cls):
        reach(sub)

reach(object)
for module in list(sys.modules.values()):
    for value in list(vars(module).values()):
        reach(value if isinstance(value, type) else type(value))
for sample in samples:
    reach(type(sample))
exits = {cls for cls in types_found if issubclass(cls, (SystemExit, KeyboardInterrupt, GeneratorExit))}

# ---- instances of them, whole or half

made = []
kept = {}

def keep(make):
    try:
        o = make()
        kind = type(o).__base__ if type(o).__module__ == '__main__' else type(o)
        number = kept.get(kind, 0)
        if number < 2:
            kept[kind] = number + 1
            made.append(o)
    except BaseException as e:
        e.__traceback__ = None

for sample in samples:
    keep(lambda: sample)
for cls in list(types_found):
    for make in [lambda: object.__new__(cls), lambda: cls.__new__(cls), cls, lambda: cls.__new__(cls, 1), lambda: cls(1), lambda: cls('x'),
                 lambda: cls([]), lambda: cls(1, 2), lambda: cls(function), lambda: type('Sub', (cls,), {})(),
                 lambda: object.__new__(type('Sub', (cls,), {'__slots__': ()})), lambda: cls.__base__.__new__(cls),
                 lambda: cls.__mro__[-2].__new__(cls), lambda: tuple.__new__(cls), lambda: BaseException.__new__(cls)]:
        keep(make)

# ---- all that can be called

waits = {'input', 'breakpoint', 'sleep', 'run_forever', 'run_until_complete', 'wait', 'wait_for', 'join', 'acquire', 'get', 'put', 'run', 'settrace',
         'setprofile', 'setrecursionlimit', 'read', 'readline', 'readlines', 'result', 'help', '__enter__', 'acquire_lock', '_acquire_restore', '__iter__', 'barrier', 'extend', '__iadd__', 'update', 'set_int_max_str_digits', 'start', 'interact'}
arguments = [(), (None,), (1,), ('x',), (1, 2), ((), {}), ([1], 2, 3), (object(),), (-2**63,), (slice(0, 5),), (function,)]
count = 0
for o in made:
    if o is sys.stdout or o is sys.stderr or isinstance(o, types.ModuleType):
        continue
    try:
        names = set(dir(o)) | set(dir(type(o)))
    except BaseException:
        continue
    for name in sorted(n for n in names if isinstance(n, str)):
        if name in waits:
            continue
        try:
            method = getattr(o, name)
        except BaseException:
            continue
        if callable(method):
            for given in arguments + [(o,)]:
                count += 1
                try:
                    method(*given)
                except BaseException:
                    pass
        if not isinstance(o, type) or o.__module__ == '__main__':
            for value in (None, 1, o):
                try:
                    setattr(o, name, value)
                except BaseException:
                    pass
            try:
                delattr(o, name)
            except BaseException:
                pass
for o in made:
    for use in (repr, str, hash, len, iter, bool, dir, vars, id, abs, float, int, lambda v: format(v, 'x'), lambda v: v + v, lambda v: v < v,
                lambda v: v == made[0], lambda v: v[0], lambda v: v['x'], lambda v: next(v), lambda v: -v, lambda v: v()):
        try:
            use(o)
        except BaseException:
            pass
made.clear()
gc.collect()
say('done\n' if count > 10000 else f'only {count} calls\n')
