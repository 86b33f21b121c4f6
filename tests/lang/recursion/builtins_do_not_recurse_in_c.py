# gc stress: every 200 allocations
# A chain of special methods in Python, each of which asks the next object by way of a built-in function.
import sys
sys.setrecursionlimit(60000)

class Link:
    def __init__(self, next): self.next = next
    def __len__(self): return 1 if self.next is None else len(self.next) + 1
    def __bool__(self): return True if self.next is None else bool(self.next)
    def __str__(self): return 'str' if self.next is None else str(self.next)
    def __repr__(self): return 'repr' if self.next is None else repr(self.next)
    def __format__(self, spec): return spec if self.next is None else format(self.next, spec)
    def __iter__(self): return iter('iter') if self.next is None else iter(self.next)
    def __next__(self): return 'next' if self.next is None else next(self.next)
    def __hash__(self): return 7 if self.next is None else hash(self.next)
    def __abs__(self): return 8 if self.next is None else abs(self.next)
    def __round__(self, digits=None): return digits if self.next is None else round(self.next, digits)
    def __int__(self): return 9 if self.next is None else int(self.next)
    def __float__(self): return 1.5 if self.next is None else float(self.next)
    def __complex__(self): return 1j if self.next is None else complex(self.next)
    def __bytes__(self): return b'bytes' if self.next is None else bytes(self.next)
    def __reversed__(self): return 'reversed' if self.next is None else reversed(self.next)
    def __instancecheck__(self, instance): return True if self.next is None else isinstance(instance, self.next)
    def __radd__(self, other): return other + ['radd'] if self.next is None else other + self.next
    @property
    def value(self): return 'value' if self.next is None else getattr(self.next, 'value')

class Fields:
    def __init__(self, next): object.__setattr__(self, 'next', next)
    def __str__(self): return 'f-string' if self.next is None else f'{self.next}'
    def __repr__(self): return 'f-string repr' if self.next is None else f'{self.next!r:}'
    def __format__(self, spec): return spec if self.next is None else f'{self.next:{spec}}'
    def __getattr__(self, name): return 'getattr ' + name if self.next is None else getattr(self.next, name)
    def __setattr__(self, name, value):
        if self.next is not None: setattr(self.next, name, value)
        else: print('setattr', name, value)
    def __delattr__(self, name):
        if self.next is not None: delattr(self.next, name)
        else: print('delattr', name)

class Missing(dict):
    def __missing__(self, key): return ('missing', key) if self.next is None else self.next[key]

def chain(cls, depth=10000):
    link = None
    for _ in range(depth):
        link = cls(link)
    return link

link, fields = chain(Link), chain(Fields)
print(len(link), bool(link), str(link), repr(link), format(link, 'spec'))
print(list(iter(link)), next(link), hash(link), abs(link), round(link, 2), int(link), float(link), complex(link), bytes(link), reversed(link))
print(isinstance(1, link), getattr(link, 'value'), getattr(fields, 'x'), hasattr(fields, 'x'), [1] + link)
print(str(fields), repr(fields), format(fields, 'as this'))
setattr(fields, 'y', 1)
delattr(fields, 'y')
missing = None
for _ in range(10000):
    last, missing = missing, Missing()
    missing.next = last
print(missing['key'])

def by_next(n): yield 'next' if n == 0 else next(by_next(n - 1))
def by_method(n): yield '__next__' if n == 0 else by_method(n - 1).__next__()
def by_send(n): yield 'send' if n == 0 else by_send(n - 1).send(None)
def by_throw(n):
    try:
        yield
    except KeyError as error:
        if n:
            inner = by_throw(n - 1)
            next(inner)
            yield inner.throw(error)
        else:
            yield 'throw'
def by_map(n):
    if n == 0: return 'map'
    for x in map(by_map, [n - 1]): return x
print(next(by_next(10000)), next(by_method(10000)), next(by_send(10000)), by_map(10000))
thrown = by_throw(3000)
next(thrown)
print(thrown.throw(KeyError()))

class Foreign:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self): return 'yield from' if self.n == 0 else next(delegating(self.n - 1))
def delegating(n): yield from Foreign(n)
print(next(delegating(5000)))

class Descriptor:
    def __get__(self, object, cls): return '__get__' if object.next is None else object.next.d
    def __set__(self, object, value):
        if object.next is None: print('__set__', value)
        else: object.next.d = value
    def __delete__(self, object):
        if object.next is None: print('__delete__')
        else: del object.next.d
class Described:
    d = Descriptor()
    def __init__(self, next): self.next = next
class Fallback(Described):
    @property
    def p(self): return 'property beside __getattr__' if self.next is None else self.next.p
    def __getattr__(self, name): raise AttributeError(name)
described, fallback = chain(Described, 4000), chain(Fallback, 4000)
print(described.d, fallback.p, fallback.d)
described.d = 5
del described.d
