import pkg
print(pkg.__name__, pkg.__package__, pkg.value, hasattr(pkg, "sub"), pkg.__path__[0].split("/")[-1])
import pkg.sub
print(pkg.sub.value, pkg.sub.__name__, pkg.sub.__package__)
import pkg.sub.deep.leaf
print(pkg.sub.deep.leaf.where, pkg.sub.deep.__name__)
import pkg.sub.deep.leaf as leaf
print(leaf.__name__, leaf.relatives)
from pkg import other
from pkg.sub import deep, value as sub_value
from pkg.sub.deep import leaf as same
print(other.name, deep.leaf is same, sub_value, same is leaf)
from pkg import sub as s, value
print(s is pkg.sub, value)
for name in "pkg.nope", "pkg.value.x", "nope.sub", "pkg.sub.deep.leaf.x":
    try:
        __import__(name)
    except ModuleNotFoundError as e:
        print(e, "|", e.name)
try:
    from pkg import nothing
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0], e.name)
print(__import__("pkg.sub.deep").__name__, __import__("pkg.sub", fromlist=["deep"]).__name__)
import sys
print(sorted(m for m in sys.modules if m.startswith("pkg")))
