# What built-in functions make of special methods in Python: wrong results, exceptions, defaults, and every way of calling.
def attempt(function, *args):
    try:
        print(repr(function(*args)))
    except BaseException as error:
        print(type(error).__name__, error, error.__traceback__.tb_next is not None)

class Wrong:
    def __len__(self): return -1
    def __bool__(self): return 1
    def __str__(self): return 2
    def __repr__(self): return b'r'
    def __format__(self, spec): return None
    def __iter__(self): return [1]
    def __hash__(self): return 'h'
    def __int__(self): return 1.0
    def __float__(self): return 1
    def __complex__(self): return 1
    def __bytes__(self): return 'b'

wrong = Wrong()
attempt(lambda: len(wrong))
attempt(lambda: bool(wrong))
attempt(lambda: str(wrong))
attempt(lambda: repr(wrong))
attempt(lambda: format(wrong))
attempt(lambda: iter(wrong))
attempt(lambda: hash(wrong))
attempt(lambda: int(wrong))
attempt(lambda: float(wrong))
attempt(lambda: complex(wrong))
attempt(lambda: bytes(wrong))
attempt(lambda: f'{wrong}')
attempt(lambda: f'{wrong!s}')
attempt(lambda: f'{wrong!r:>5}')

class Sizes:
    def __init__(self, size): self.size = size
    def __len__(self): return self.size
    def __index__(self): return self.size
for size in 0, 3, True, 2 ** 70, 2.0, None:
    sized = Sizes(size)
    attempt(lambda: len(sized))
    attempt(lambda: bool(sized))
    attempt(lambda: int(sized))
    attempt(lambda: float(sized))

class Only:
    def __repr__(self): return 'Only()'
only = Only()
print(str(only), f'{only}', f'{only!s:>8}', f'{only!r:.3}', format(only), [only], f'{only!a}')
attempt(lambda: format(only, 'x'))
attempt(lambda: f'{only:x}')

class Hashes:
    def __init__(self, value): self.value = value
    def __hash__(self): return self.value
print([hash(Hashes(v)) == hash(v) for v in (1, -1, 2 ** 61, -2 ** 100, True)], hash(Hashes(-1)))

class Raises:
    def __len__(self): raise ValueError('len')
    def __str__(self): raise KeyError('str')
    def __next__(self): raise StopIteration('stopped')
    def __getattr__(self, name): raise AttributeError('no ' + name)
    def __hash__(self): raise TypeError('hash')
    def __iter__(self): raise StopIteration
raises = Raises()
attempt(lambda: len(raises))
attempt(lambda: bool(raises))
attempt(lambda: str(raises))
attempt(lambda: f'{raises}')
attempt(lambda: next(raises))
attempt(lambda: next(raises, 'default'))
attempt(lambda: hash(raises))
attempt(lambda: iter(raises))
attempt(lambda: raises.x)
attempt(lambda: getattr(raises, 'x'))
attempt(lambda: getattr(raises, 'x', 'default'))
attempt(lambda: hasattr(raises, 'x'))
try:
    getattr(raises, 'y')
except AttributeError as error:
    print(error.name, error.obj is raises)

class Attributes:
    def __init__(self): self.log = []
    @property
    def missing(self): raise AttributeError('from the property')
    @property
    def broken(self): raise ValueError('from the property')
    @property
    def good(self): return 'good'
    def __getattr__(self, name):
        self.log.append(name)
        if name == 'never': raise AttributeError('never')
        return 'fallback ' + name
attributes = Attributes()
print(attributes.missing, attributes.good, attributes.other, getattr(attributes, 'missing'), getattr(attributes, 'good'), hasattr(attributes, 'never'))
print(hasattr(attributes, 'missing'), getattr(attributes, 'never', 'default'), attributes.log)
attempt(lambda: attributes.broken)
attempt(lambda: getattr(attributes, 'broken', 'default'))
attempt(lambda: hasattr(attributes, 'broken'))
attempt(lambda: attributes.missing.upper())
attempt(lambda: attributes.missing())

class Both:
    def __getattribute__(self, name):
        if name == 'first': return 'first'
        raise AttributeError(name)
    def __getattr__(self, name): return 'second ' + name
both = Both()
print(both.first, both.other, getattr(both, 'first'), getattr(both, 'other'), hasattr(both, 'x'), both.__class__)

class Setting:
    def __setattr__(self, name, value): print('set', name, value); return 5
    def __delattr__(self, name): print('del', name); return 6
setting = Setting()
setting.a = 1
print(setattr(setting, 'b', 2), delattr(setting, 'c'))
del setting.d

class Mine(list):
    def __len__(self): return 42
    def __bool__(self): return False
    def __iter__(self): return iter('mine')
    def __contains__(self, item): return item == 'all'
    def __getitem__(self, key): return ('item', key)
    def __setitem__(self, key, value): print('setitem', key, value)
    def __delitem__(self, key): print('delitem', key)
    def __eq__(self, other): return 'equal'
    def __lt__(self, other): return 'less'
    def __repr__(self): return 'Mine'
    def __add__(self, other): return 'added'
    def __radd__(self, other): return 'radded'
mine = Mine([1, 2])
print(len(mine), bool(mine), [*mine], list(iter(mine)), 'all' in mine, 1 in mine, mine[0], mine == 1, mine < 1, repr(mine), str(mine))
print(mine + 1, [1] + mine, mine[1:2], 'no' if not mine else 'yes')
for item in mine: print(item, end=' ')
mine[0] = 1
del mine[0]

# Called from native code and in other ways.
print(list(map(len, [mine, Sizes(2)])), list(map(str, [only, 1])), sorted([mine, Sizes(1)], key=len)[0].size, max([Sizes(1), Sizes(4)], key=len).size)
print(len(*[mine]), str(object=only), (lambda f: f(mine))(len), [len][0](mine), getattr(*[attributes, 'good']), int(*[Sizes(5)]))
class Generating:
    def __len__(self): yield 1
    def __str__(self): yield 1
    def __next__(self): yield 1
    async def __iter__(self): pass
attempt(lambda: len(Generating()))
attempt(lambda: str(Generating()))
attempt(lambda: type(next(Generating())))

class Check(type):
    def __instancecheck__(cls, instance): return [instance] if instance else []
    def __subclasscheck__(cls, other): raise ValueError(other)
class Checked(metaclass=Check): pass
print(isinstance(1, Checked), isinstance(0, Checked), isinstance(Checked(), Checked), isinstance(0, (int, Checked)))
attempt(lambda: issubclass(int, Checked))
print(round(1.5), abs(-1), [*map(abs, [-1, 2])])
