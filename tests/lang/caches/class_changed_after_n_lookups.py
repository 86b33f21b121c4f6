# A class that gains, loses or replaces something is seen to have changed, however often it was looked into before.
COUNTS = [0, 1, 3, 7, 8, 9, 30, 60]


def changes(count):
    out = []

    class Meta(type):
        pass

    class Base(metaclass=Meta):
        pass

    class Middle(Base):
        pass

    class C(Middle):
        plain = 1

    class Value:
        pass

    value = Value()
    C.value = value
    c = C()

    def look():
        return getattr(c, 'late', None), getattr(C, 'late', None), c.plain, C.plain, type(c.value).__name__, c.value is value

    for _ in range(count):
        look()
    Base.late = 'base'
    out.append(look())
    Middle.late = 'middle'
    out.append(look())
    C.late = property(lambda self: 'property')
    out.append(look()[0])
    del C.late
    out.append(look())
    Middle.late = 'again'
    out.append(look())
    del Middle.late, Base.late
    out.append(look())
    Meta.late = 'meta'
    out.append(look())
    Meta.plain = property(lambda cls: 'of the metaclass')
    out.append(look())
    Value.__get__ = lambda self, instance, owner: 5
    out.append(look())
    c.value = 6
    out.append((c.value, C.value))
    Value.__set__ = lambda self, instance, given: None
    out.append((c.value, C.value))
    return out


def specials(count):
    out = []

    class Base:
        pass

    class C(Base):
        pass

    def look():
        c = C()
        try:
            added = c + 1
        except TypeError:
            added = None
        try:
            length = len(c)
        except TypeError:
            length = None
        return added, length, bool(c), c == 5, repr(c)[:5] if 'repr' in vars(Base) else None

    for _ in range(count):
        look()
    Base.__add__ = lambda self, other: 'base'
    out.append(look())
    C.__add__ = lambda self, other: 'C'
    out.append(look())
    Base.__len__ = lambda self: 0
    out.append(look())
    C.__bool__ = lambda self: True
    out.append(look())
    C.__eq__ = lambda self, other: other == 5
    out.append(look())
    del C.__add__
    out.append(look())
    Base.__init__ = lambda self: setattr(self, 'made', True)
    out.append((look(), C().made))
    C.__new__ = lambda cls: 7
    out.append(C())
    return out


def instances(count):
    out = []

    class A:
        x = 'A'

        def method(self):
            return 'A.method'

    class B:
        x = 'B'

        def method(self):
            return 'B.method'

        late = 'late'

    class C(A):
        pass

    c = C()

    def look():
        return c.x, c.method(), getattr(c, 'late', None), getattr(c, 'y', None)

    for _ in range(count):
        look()
    C.__bases__ = (B,)
    out.append(look())
    B.x = 'new'
    B.method = lambda self: 'replaced'
    out.append(look())
    A.x = 'not seen'
    C.y = 3
    out.append(look())
    C.__getattr__ = lambda self, name: 'getattr ' + name
    out.append(c.nothing)
    C.__getattribute__ = lambda self, name: 'always'
    out.append(look.__code__ and (c.x, c.y))
    del C.__getattribute__
    C.__setattr__ = lambda self, name, given: out.append((name, given))
    c.z = 1
    out.append(sorted(vars(c)))
    return out


def subclasses(count):
    out = []

    class A:
        def __init_subclass__(cls, **keywords):
            super().__init_subclass__()
            cls.seen = [getattr(cls, 'tag', None) for _ in range(count)]
            cls.tag = cls.__name__.lower()

    class B(A):
        pass

    class C(B):
        tag = 'own'

    class D(B):
        pass

    out.append((B.tag, C.tag, D.tag, C.seen[-1:], D.seen[-1:]))
    B.tag = 'changed'
    del C.tag
    out.append((B.tag, C.tag, D.tag))
    return out


for function in (changes, specials, instances, subclasses):
    results = [function(count) for count in COUNTS]
    if function is not subclasses:
        print(function.__name__, all(result == results[0] for result in results))
    for line in results[-1]:
        print('   ', line)


class Named:
    def __set_name__(self, owner, name):
        owner.named = getattr(owner, 'named', ()) + (name,)


class Holder:
    a = Named()
    b = property(lambda self: 1)
    c = Named()

    def d(self):
        pass


print(Holder.named, sorted(name for name in vars(Holder) if len(name) == 1))
try:
    Holder.b = property()
    Holder().b
except AttributeError as error:
    print(error)
for key in ('__slots__', '__eq__', '__hash__', '__abc_tpflags__', '__classcell__', '__init_subclass__'):
    names = {'x': 1, key: {'__slots__': ('p',), '__abc_tpflags__': 32}.get(key, lambda *a: 0)}
    if key == '__classcell__':
        del names[key]
    made = type('Made' + key, (), names)
    print(key, made.__hash__ is None, hasattr(made, 'p'), '__dict__' in vars(made), type(vars(made).get('__init_subclass__')).__name__)
