# What CPython's collections takes from C, in Python.
class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        list.__init__(self)
        self.maxlen = maxlen
        self.extend(iterable)

    def append(self, x):
        list.append(self, x)
        if self.maxlen is not None and len(self) > self.maxlen:
            del self[0]

    def appendleft(self, x):
        self.insert(0, x)
        if self.maxlen is not None and len(self) > self.maxlen:
            del self[-1]

    def extend(self, iterable):
        for x in list(iterable):
            self.append(x)

    def extendleft(self, iterable):
        for x in list(iterable):
            self.appendleft(x)

    def popleft(self):
        if not self:
            raise IndexError("pop from an empty deque")
        return self.pop(0)

    def rotate(self, n=1):
        if self:
            n %= len(self)
            self[:] = self[-n:] + self[:-n]

    def __repr__(self): return "deque(%s)" % list.__repr__(self)
    __hash__ = None


_deque_iterator = type(iter([]))


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        self.default_factory = default_factory
        dict.__init__(self, *args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def copy(self): return type(self)(self.default_factory, self)
    __copy__ = copy
    def __repr__(self): return "defaultdict(%r, %s)" % (self.default_factory, dict.__repr__(self))
    __class_getitem__ = classmethod(type(list[int]))


def _count_elements(mapping, iterable):
    for x in iterable:
        mapping[x] = mapping.get(x, 0) + 1


