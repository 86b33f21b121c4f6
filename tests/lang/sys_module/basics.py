import sys
print(sys.maxsize, sys.version_info[:2] >= (3, 11), sys.version_info.major, sys.byteorder, type(sys.version).__name__, sys.getrecursionlimit(), sys.maxunicode, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.hash_info.modulus)
print(isinstance(sys.argv, list), isinstance(sys.path, list), isinstance(sys.modules, dict), "sys" in sys.modules, sys.modules["sys"] is sys, isinstance(sys.platform, str), sys.intern("a" + "b") is sys.intern("ab"), sys.getsizeof([]) > 0, "builtins" in sys.builtin_module_names, isinstance(sys.executable, str))
sys.stdout.write("written\n")
print(sys.stderr.write("") , sys.stdout.fileno() if hasattr(sys.stdout, "fileno") else 1)
for code in (None, 0, 3, "text", [1], True, 2.5):
    try: sys.exit(code)
    except SystemExit as e: print(repr(e.code), e.args)
try: sys.exit(1, 2)
except TypeError as e: print(e)
print(sys.exc_info(), sys.implementation.name != "", sys.flags is not None, sys.getdefaultencoding())
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
print(f())
try: sys._getframe(1000)
except ValueError as e: print(e)
try: sys.intern(5)
except TypeError as e: print(e)
old = sys.stdout
class Tee:
    def __init__(self): self.n = 0
    def write(self, s): self.n += len(s); old.write(s.upper())
    def flush(self): pass
sys.stdout = t = Tee()
print("through a replaced stdout")
sys.stdout = old
print(t.n)
