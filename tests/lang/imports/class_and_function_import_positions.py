def f():
    if True:
        import math
    for i in range(1):
        from math import floor as fl
    try:
        import _nope_
    except ImportError:
        _nope_ = None
    with_ = [math.ceil(0.5), fl(1.5), _nope_]
    return with_
print(f())
class C:
    import math
    from math import pi as p, tau
    def m(self): return self.math.floor(2.5), round(self.p, 3), self.tau > 6
print(C().m())
import math, sys as system, time
print(math.sqrt(16), system is sys if "sys" in globals() else system.__name__, time.__name__)
g = (lambda: __import__("math").gcd(12, 18))
print(g())
exec("import math as em")
print(em is math)
ns = {}
exec("from math import sqrt\nimport time", ns)
print(sorted(k for k in ns if not k.startswith("__")))
from math import (sqrt, floor as f2,)
print(sqrt(4), f2(1.9))
import math as a; import math as b; print(a is b)
for source in ("import", "import a as", "from x import", "from import y", "import a.b as c.d", "from . import *, a", "from x import (a, b", "from x import a, ", "import a, ", "from x import ()", "from .. import a as b.c", "import .a", "from x import a as 5", "import 5", "from x.y import a.b", "from x import * as y", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import braces"):
    try:
        compile(source, "s", "exec")
        print(source, "| fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
