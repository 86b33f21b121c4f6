try:
    from . import something
except ImportError as e:
    print(type(e).__name__, e)
try:
    from .x import y
except ImportError as e:
    print(type(e).__name__, e)
import rel
try:
    rel.beyond()
except ImportError as e:
    print(type(e).__name__, e)
try:
    rel.missing()
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0])
try:
    rel.missing_module()
except ImportError as e:
    print(type(e).__name__, e, e.name)
print(rel.fine(), rel.dots())
exec("from . import inner as found\nprint(found.__name__)", {"__package__": "rel", "__name__": "rel.fake"})
try:
    exec("from . import a", {"__name__": "lonely"})
except (ImportError, KeyError) as e:
    print(type(e).__name__, e)
