# A change of __bases__ is seen by the subclasses as well: attribute hooks, special methods, pattern matching.
class Plain: pass
class Hooked:
    def __getattribute__(self, name): return 2 if name == 'a' else super().__getattribute__(name)
    def meth(self): return 1
class Fallback:
    def __getattr__(self, name): return 'fallback ' + name
class Setting:
    def __setattr__(self, name, value): print('set', name, value)
class D(Plain): pass
class E(D): pass
class F(E): pass
d, e, f = D(), E(), F()
D.__bases__ = (Hooked,)
print(d.meth(), e.meth(), f.meth(), d.a, e.a, f.a)
D.__bases__ = (Fallback,)
print(d.a, e.a, f.a, getattr(f, 'b'))
D.__bases__ = (Setting,)
d.x = e.x = f.x = 5
for o in d, e, f:
    try: o.a
    except AttributeError as error: print(error)
D.__bases__ = (Plain,)
e.x = 6
print(e.x, vars(f))

class Seq(list): pass
class Map(dict): pass
class Other: pass
class Seq2(Other, Seq): pass
def check(x):
    match x:
        case [*_]: return 'sequence'
        case {}: return 'mapping'
print(check(Seq()), check(Map()), check(Seq2()), check(Other()), check('text'), check(b''))
