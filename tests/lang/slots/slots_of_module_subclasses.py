import types
class Slotted(types.ModuleType):
    __slots__ = ('a', 'b')
m = Slotted('m', 'doc')
m.a, m.c = 1, 2
print(m.a, m.c, sorted(m.__dict__)[-1], 'a' in m.__dict__, m.__name__, m.__doc__, hasattr(m, 'b'), Slotted.a.__class__.__name__)
del m.a
try: m.a
except AttributeError: print('gone')
class Below(Slotted):
    __slots__ = ['c']
    def __init__(self, name):
        super().__init__(name)
        self.c = self.b = 5
n = Below('n')
n.d = 7
print(n.b, n.c, n.d, 'c' in vars(n), 'd' in vars(n), repr(n))
import gc; gc.collect()
print(n.b + n.c + n.d)
