# Runs files of CPython's own test suite under Coil (or under python3, to compare): `coil run.py LIB test_int test_list...`
#
#   LIB   the directory of CPython's standard library. Its pure-Python modules serve where Coil has none of its own.
#
# Tests that need a module that neither has are counted as skipped: such a module becomes a placeholder that raises SkipTest when used.
# The examples of a module that imports doctest run as well, a docstring counts as one test.
# Prints a line for each test that fails and, last, `NAME: N passed, N failed, N skipped`.
import builtins
import sys

here = __file__.rpartition("/")[0] or "."
very_verbose = "-vv" in sys.argv
verbose = very_verbose or "-v" in sys.argv
arguments = [a for a in sys.argv[1:] if a not in ("-v", "-vv")]
library, names = arguments[0], arguments[1:]
sys.path[:0] = [here + "/shim"]
import asyncio, concurrent.futures.thread, contextvars, gc, math, os, queue, signal, socket, threading, time, types, typing, unittest, warnings, weakref    # Coil's own, before CPython's can be found
try:
    import re    # there when Coil was built with PCRE2
except ImportError:
    pass
sys.path.append(library)
sys.modules["_weakref_native"] = weakref
if not hasattr(weakref, "WeakKeyDictionary"):    # CPython's, on what Coil has
    weakref = sys.modules["weakref"] = type(sys)("weakref")
    with open(library + "/weakref.py") as file:
        exec(compile(file.read(), library + "/weakref.py", "exec"), weakref.__dict__)
import _thread
names_of_shim = {}
with open(here + "/shim/_thread.py") as file:
    exec(file.read(), names_of_shim)
for name, value in names_of_shim.items():
    if not hasattr(_thread, name):
        setattr(_thread, name, value)
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
        if not lenient or name == "ssl" or (name == "_testcapi" and fromlist):    # tests know how to do without these
            raise
        if verbose:
            print("placeholder for", name, "-", error)
        package, _, submodule = name.partition(".")
        if not submodule or fromlist or package not in sys.modules:
            return Placeholder(name)
        module = sys.modules[package]
        setattr(module, submodule.partition(".")[0], Placeholder(package + "." + submodule.partition(".")[0]))
        return module
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


# ---- doctests: the examples in a module's __test__ and in docstrings


class Example:
    def __init__(self, source, want, line):
        self.source, self.want, self.line = source, want, line
        self.options = [word for part in source.replace("#doctest:", "# doctest:").split("# doctest:")[1:] for word in part.split("\n")[0].replace(",", " ").split()]


def examples_of(text):
    """Sources after `>>> ` and `... ` with the lines that are expected after them, up to a blank one or the next source."""
    lines, found, i = text.expandtabs().split("\n"), [], 0
    while i < len(lines):
        stripped = lines[i].lstrip(" ")
        indent = len(lines[i]) - len(stripped)
        if not (stripped.startswith(">>> ") or stripped == ">>>"):
            i += 1
            continue
        start, source, want = i, [stripped[4:]], []
        i += 1
        while i < len(lines) and lines[i][indent:indent + 3] == "..." and not lines[i][:indent].strip():
            source.append(lines[i][indent + 4:])
            i += 1
        while i < len(lines) and lines[i].strip() and not (lines[i] + " ").lstrip(" ").startswith(">>> "):
            want.append(lines[i][indent:])
            i += 1
        if any(line.strip() and not line.strip().startswith("#") for line in source):
            found.append(Example("\n".join(source) + "\n", "".join(line + "\n" for line in want), start + 1))
    return found


class Captured:
    encoding = "utf-8"
    def __init__(self): self.parts = []
    def write(self, text): self.parts.append(text)
    def flush(self): pass


def last_line(error):
    cls = type(error)
    name = cls.__qualname__ if cls.__module__ in ("builtins", "__main__") else cls.__module__ + "." + cls.__qualname__
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return name + (": " + str(text) if text else "") + "\n"


def matches(got, want, options):
    if "+NORMALIZE_WHITESPACE" in options:
        got, want = " ".join(got.split()), " ".join(want.split())
    if got == want or (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
        return True
    want = want.replace("<BLANKLINE>\n", "\n")
    if got == want or "+ELLIPSIS" not in options:
        return got == want
    pieces, at = want.split("..."), 0
    if not got.startswith(pieces[0]) or not got.endswith(pieces[-1]):
        return False
    for piece in pieces[:-1]:
        at = got.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at <= len(got) - len(pieces[-1])


def run_example(example, names):
    """None when the example does what it says, else what it did."""
    captured, old, error = Captured(), sys.stdout, None
    sys.stdout = captured
    try:
        exec(compile(example.source, "<doctest>", "single"), names)
    except unittest.SkipTest:
        raise
    except BaseException as raised:
        error = raised
    finally:
        sys.stdout = old
    got, want = "".join(captured.parts), example.want
    if got and not got.endswith("\n"):
        got += "\n"
    if error is None:
        return None if matches(got, want, example.options) else got
    head, mark, rest = want.partition("Traceback (most recent call last):\n")
    got = last_line(error)
    if not mark:
        return got
    lines = rest.splitlines(True)
    while len(lines) > 1 and not (lines[0][:1].isalnum() or lines[0][:1] == "_"):
        del lines[0]
    expected = "".join(lines)
    if "+IGNORE_EXCEPTION_DETAIL" in example.options:
        got, expected = (text.partition(":")[0].rpartition(".")[2].strip() for text in (got, expected))
    return None if matches(got, expected, example.options) else got


def docstrings_of(module):
    for key, value in getattr(module, "__test__", {}).items():
        yield "__test__." + key, value if isinstance(value, str) else value.__doc__
    yield "docstring", module.__doc__
    for key, value in list(vars(module).items()):
        if isinstance(value, (type, types.FunctionType)) and value.__module__ == module.__name__:
            yield key, value.__doc__
            for inner, method in list(vars(value).items()) if isinstance(value, type) else ():
                if isinstance(method, types.FunctionType):
                    yield key + "." + inner, method.__doc__


def run_doctests(module, counts):
    for title, text in docstrings_of(module):
        examples = examples_of(text) if isinstance(text, str) else []
        names, failed = dict(vars(module)), 0
        try:
            for example in examples:
                if very_verbose:
                    print("run", title, example.line, flush=True)
                got = run_example(example, names)
                if got is not None:
                    failed += 1
                    print("FAIL %s line %d: %r expected %r got %r" % (title, example.line, example.source[-200:], example.want[-300:], got[:300]), flush=True)
        except unittest.SkipTest:
            counts["skipped"] += 1
            continue
        if examples:
            counts["failed" if failed else "passed"] += 1


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
        if hasattr(module, "doctest"):
            run_doctests(module, counts)
    print("%s: %d passed, %d failed, %d skipped" % (name, counts["passed"], counts["failed"], counts["skipped"]), flush=True)
