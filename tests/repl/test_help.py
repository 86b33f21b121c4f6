"""What help() shows of functions, classes, properties and modules: laid out as by python3's pydoc."""
from test_command import check, run, write

MODULE = '''"""First line.

More about it.
"""
__version__ = '1.2'
__author__ = 'Ada'
CONST = 5
TEXT = 'x' * 100

def func(a, *, b: int = 2):
    "func doc"

class Base:
    "base doc"

    class Inner:
        "inner doc"

    @property
    def ro(self):
        "ro doc"

class Derived(Base):
    __slots__ = ()
'''


def test_modules(coil):
    write(coil, 'mod.py', MODULE)
    text = run(coil, '-c', 'import mod; help(mod)')[1]
    for part in ('NAME\n    mod - First line.\n\nDESCRIPTION\n    More about it.\n\n',
                 'CLASSES\n    builtins.object\n        Base\n            Derived\n    \n    class Base(builtins.object)\n',
                 'FUNCTIONS\n    func(a, *, b: int = 2)\n        func doc\n',
                 "DATA\n    CONST = 5\n    TEXT = '" + 'x' * 62 + '...\n',
                 'VERSION\n    1.2\n\nAUTHOR\n    Ada\n\nFILE\n    '):
        check(part in text, True, f'{part!r} in\n{text}')


def test_names(coil):
    write(coil, 'mod.py', MODULE)
    check(run(coil, '-c', 'help("mod.func")')[1], 'Help on function func in mod:\n\nmod.func = func(a, *, b: int = 2)\n    func doc\n\n')
    check(run(coil, '-c', 'import mod; help(mod.Base.ro)')[1], 'Help on property:\n\n    ro doc\n\n')
    text = run(coil, '-c', 'import mod; help(mod.Base)')[1]
    check(' |  Readonly properties defined here:\n |  \n |  ro\n |      ro doc\n' in text, True, text)
    check(" |  Inner = <class 'mod.Base.Inner'>\n |      inner doc\n" in text, True, text)
