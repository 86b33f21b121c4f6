import sys
import _names
print(__name__, sys.modules["__main__"].__name__, __file__.split("/")[-1], __package__, __doc__, __spec__, __builtins__.__name__)
print(_names.info())
import __main__
__main__.injected = "through __main__"
print(injected, __main__ is sys.modules["__main__"])
print(_names.read_main())
if __name__ == "__main__":
    print("run as a script")
print(sys.argv[1:], sys.argv[0].split("/")[-1], sys.path[0] == __file__.rsplit("/", 1)[0])
_names.__name__ = "renamed"
print(_names.__name__, _names.get_name())
import builtins
print(builtins.len is len, builtins.__name__)
builtins.invented = 5
print(invented, _names.use_invented())
del builtins.invented
try:
    invented
except NameError as e:
    print(e)
