# help() of what a program defines, as pydoc lays it out.


class A:
    """A's doc.

    more"""
    x = 5
    __slots__ = ()

    def __init__(self, a, b=2):
        "init doc"

    def f(self):
        """doc f
        second"""

    async def co(self):
        pass

    @property
    def p(self):
        "prop"

    @staticmethod
    def s(q):
        "stat"

    @classmethod
    def c(cls):
        "cm"


class B(A):
    "B's own"
    __slots__ = ()

    def f(self):
        pass

    def g(self, z: int = 3) -> str:
        pass


def fn(a, *args, k=1, **kw):
    "fn doc"


def g(a, /, b: int = 3, *, d=4, **e) -> int:
    pass


def w(x: 'str', y: A = None):
    "one\n\n    two\n      three"


async def af(x):
    pass


help(fn)
help(A)
help(B)
help(af)
help(A(1).f)
help(g)
help(w)
help(lambda x, y=1: x)
help('nosuchthing')
print(repr(help))
print(repr(exit), repr(quit))
print(repr(license))
