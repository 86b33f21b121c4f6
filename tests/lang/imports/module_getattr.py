import _lazy
print(_lazy.computed, _lazy.real, _lazy.other)
try:
    _lazy.missing
except AttributeError as e:
    print(e)
from _lazy import via_from
print(via_from)
try:
    from _lazy import missing
except ImportError as e:
    print(str(e).split(" (")[0])
print(dir(_lazy))
print(hasattr(_lazy, "missing"), hasattr(_lazy, "x"), getattr(_lazy, "missing", "default"))
_lazy.x = "set"
print(_lazy.x)
import _types_of_module as t
print(t.kind)
