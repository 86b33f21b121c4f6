import pkg2
print(hasattr(pkg2, "m"))
pkg2.load()
print(hasattr(pkg2, "m"), pkg2.m.x)
from pkg2 import shadow
print(shadow)
import pkg2.shadow
print(pkg2.shadow.__name__ if hasattr(pkg2.shadow, "__name__") else pkg2.shadow)
from pkg2 import shadow
print(type(shadow).__name__)
from pkg2.m import x as x1, y as y1; from pkg2.m import (
    x,
    y,
)
print(x1, y1, x, y)
import pkg2.m as mm, pkg2.shadow as ss
print(mm.x, ss.__name__)
import sys
del sys.modules["pkg2.m"]
import pkg2.m
print(pkg2.m is mm)
from pkg2 import *
print(sorted(n for n in globals() if n in ("a1", "m", "shadow", "load", "b1")))
print(b1.__name__)
