# Runs files of CPython's own test suite under Coil (or under python3, to compare): `coil run.py LIB test_int test_list...`
#
#   LIB   the directory of CPython's standard library. Its pure-Python modules serve where Coil has none of its own.
#
# Tests that need a module that neither has are counted as skipped: such a module becomes a placeholder that raises SkipTest when used.
# Prints a line for each test that fails and, last, `NAME: N passed, N failed, N skipped`.
import builtins
import sys

here = __file__.rpartition("/")[0] or "."
very_verbose = "-vv" in sys.argv
verbose = very_verbose or "-v" in sys.argv
arguments = [a for a in sys.argv[1:] if a not in ("-v", "-vv")]
library, names = arguments[0], arguments[1:]
sys.path[:0] = [here + "/shim"]
import asyncio, contextvars, gc, math, time, types, typing, unittest, warnings, weakref    # Coil's own, before CPython's can be found
sys.path.append(library)
native_weakref = sys.modules.pop("weakref")
sys.modules["_weakref_native"] = native_weakref
weakref = sys.modules["weakref"] = type(sys)("weakref")    # CPython's, on what Coil has
with open(library + "/weakref.py") as file:
    exec(compile(file.read(), library + "/weakref.py", "exec"), weakref.__dict__)
import collections.abc, operator

real_import = builtins.__import__


class Placeholder(type(sys)):
    """Stands for a module that is not there."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(self.__name__ + "." + name)

    def __call__(self, *args, **kwargs):
        # A decorator lets its function be defined; used as anything else it skips the test.
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return Placeholder(self.__name__ + "()")

    def __getitem__(self, key):
        return Placeholder(self.__name__ + "[]")

    def __bool__(self):
        return True

    def skip(self, *args):
        raise unittest.SkipTest("needs " + self.__name__)

    for special in """enter exit iter len int float index round format fspath setitem delitem contains eq lt le gt ge add radd sub rsub
            mul rmul truediv rtruediv floordiv rfloordiv mod rmod divmod rdivmod pow rpow and rand xor rxor lshift rshift neg str""".split():
        locals()["__%s__" % special] = skip
    del special
    __hash__ = object.__hash__

    def __or__(self, other):
        return self
    __ror__ = __or__

    def __mro_entries__(self, bases):
        return ()


def lenient_import(name, globals=None, locals=None, fromlist=(), level=0):
    asker = (globals or {}).get("__name__", "")
    lenient = asker.startswith("test.") or asker == "__main__"
    try:
        module = real_import(name, globals, locals, fromlist, level)
    except (ImportError, SyntaxError, SystemError, AttributeError) as error:
        if not lenient:
            raise
        if verbose:
            print("placeholder for", name, "-", error)
        return Placeholder(name)
    if lenient:
        for attribute in fromlist or ():
            if attribute != "*" and not hasattr(module, attribute):
                try:
                    real_import(name + "." + attribute)
                except Exception as error:
                    if verbose:
                        print("placeholder for", name + "." + attribute, "-", error)
                    setattr(module, attribute, Placeholder(name + "." + attribute))
    return module


def test_classes(module):
    for value in list(vars(module).values()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == module.__name__:
            yield value


def report(kind, title, error):
    print("%s %s: %s: %s" % (kind, title, type(error).__name__, str(error)[:300].replace("\n", "\\n")), flush=True)
    if verbose:
        sys.excepthook(type(error), error, error.__traceback__)


def run_class(cls, counts):
    if getattr(cls, "__unittest_skip__", False):
        counts["skipped"] += sum(name.startswith("test") for name in dir(cls))
        return
    try:
        cls.setUpClass()
    except Exception as error:
        counts["skipped" if isinstance(error, unittest.SkipTest) else "failed"] += 1
        if not isinstance(error, unittest.SkipTest):
            report("FAIL", cls.__qualname__ + ".setUpClass", error)
        return
    for name in sorted(dir(cls)):
        if not name.startswith("test") or not callable(getattr(cls, name)):
            continue
        if very_verbose:
            print("run", cls.__qualname__ + "." + name, flush=True)
        try:
            cls(name).run_one()
        except unittest.SkipTest as error:
            counts["skipped"] += 1
            if verbose:
                print("skip", cls.__qualname__ + "." + name, error)
        except Exception as error:
            counts["failed"] += 1
            report("FAIL", cls.__qualname__ + "." + name, error)
        else:
            counts["passed"] += 1
    cls.tearDownClass()


builtins.__import__ = lenient_import
for name in names:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    try:
        module = real_import("test." + name, fromlist=("*",))
    except unittest.SkipTest as error:
        counts["skipped"] += 1
        report("SKIPPED", name, error)
    except Exception as error:
        counts["failed"] += 1
        report("CANNOT IMPORT", name, error)
    else:
        for cls in test_classes(module):
            run_class(cls, counts)
    print("%s: %d passed, %d failed, %d skipped" % (name, counts["passed"], counts["failed"], counts["skipped"]), flush=True)
