class A:
    @property
    def p(self): raise AttributeError('x')
    def __getattr__(self, n): raise AttributeError('y')
class B:
    @property
    def p(self): raise AttributeError('x')
for f in (lambda: A().p, lambda: A().q, lambda: B().p, lambda: getattr(B(),'p')):
    try: f()
    except AttributeError as e: print(e, e.name, type(e.obj))
