import sys
for attempt in range(2):
    try:
        import _fails
    except ValueError as e:
        print("attempt", attempt, e, "_fails" in sys.modules)
try:
    import _syntax
except SyntaxError as e:
    print(e.msg, e.lineno, e.filename.split("/")[-1])
try:
    import _no_such_module
except ModuleNotFoundError as e:
    print(e, e.name, isinstance(e, ImportError))
try:
    from _no_such_module import x
except ModuleNotFoundError as e:
    print(e)
try:
    from sys import no_such_name
except ImportError as e:
    print(str(e).split(" (")[0])
try:
    import sys.path
except ModuleNotFoundError as e:
    print(e)
try:
    __import__("")
except ValueError as e:
    print(e)
try:
    __import__(5)
except TypeError as e:
    print(e)
sys.modules["_blocked"] = None
try:
    import _blocked
except ImportError as e:
    print(type(e).__name__, e)
sys.modules["_fake"] = "any object"
import _fake
print(_fake)
class Fake:
    attr = "from a class"
sys.modules["_fake2"] = Fake
from _fake2 import attr
print(attr)
try:
    from _fake2 import other
except ImportError as e:
    print(e)
