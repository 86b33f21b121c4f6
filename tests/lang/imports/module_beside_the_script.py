import _counter
import _counter as again
from _counter import bump, VALUE as renamed
print(_counter.VALUE, renamed, again is _counter, bump(), _counter.count, _counter.__name__, _counter.__doc__, _counter.__file__.split("/")[-1])
bump()
from _counter import count
print(count, _counter.count)
bump()
print(count, _counter.count)
_counter.count = 100
print(bump(), bump is _counter.bump)
import sys
print("_counter" in sys.modules, sys.modules["_counter"] is _counter, type(_counter).__name__, repr(_counter)[:18])
print(sorted(n for n in dir(_counter) if not n.startswith("__")), vars(_counter) is _counter.__dict__)
try:
    _counter.nope
except AttributeError as e:
    print(e)
_counter.added = 1
print(hasattr(_counter, "added"), _counter.added)
del _counter.added
print(hasattr(_counter, "added"))
def inside():
    import _counter as local
    from _counter import bump as b
    return local is _counter, b is bump
print(inside())
