# The part of CPython's test.support that tests of the language use.
import sys
import unittest

MAX_Py_ssize_t = sys.maxsize
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 1 << 31, 1 << 32
_4G = 1 << 32
verbose = False
is_android = is_jython = is_emscripten = is_wasi = False
has_fork_support = False
has_subprocess_support = has_socket_support = True
Py_DEBUG = False
PGO = False
SHORT_TIMEOUT = LONG_TIMEOUT = LOOPBACK_TIMEOUT = 30.0
INTERNET_TIMEOUT = 60.0
NHASHBITS = sys.hash_info.width if hasattr(sys, "hash_info") else 64
TEST_MODULES_ENABLED = True
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True


class TestFailed(Exception): pass
class ResourceDenied(unittest.SkipTest): pass


def _same(thing): return thing
def cpython_only(function): return unittest.skip("CPython only")(function)
def impl_detail(*args, **kwargs): return unittest.skip("implementation detail")
def check_impl_detail(**guards): return guards.get("coil", False)
def bigmemtest(*args, **kwargs): return unittest.skip("needs much memory")
def bigaddrspacetest(function): return unittest.skip("needs much memory")(function)
def no_tracing(function): return function
def refcount_test(function): return unittest.skip("reference counts")(function)
def requires_docstrings(function): return function
def requires_resource(name): return unittest.skip("resource " + name)
def requires_IEEE_754(function): return function
def requires_mac_ver(*version): return _same
MS_WINDOWS = False
PIPE_MAX_SIZE = 4 * 1024 * 1024 + 1
def requires_subprocess(): return unittest.skip("subprocess")
def requires_fork(): return unittest.skip("fork")
def requires_working_socket(*, module=False): return None if module else _same
def requires_limited_api(function): return unittest.skip("C API")(function)
def requires_gil_enabled(message=""): return _same
def check_sanitizer(**kinds): return False
def skip_if_sanitizer(*args, **kwargs): return _same
def skip_if_buggy_ucrt_strfptime(function): return function
def skip_if_pgo_task(function): return function
def skip_emscripten_stack_overflow(): return _same
def skip_wasi_stack_overflow(): return _same
def no_color(): return _same
def requires_specialization(function): return function
def anticipate_failure(condition): return unittest.expectedFailure if condition else _same
def run_with_locale(*args): return unittest.skip("locales")
def run_with_tz(*args): return unittest.skip("time zones")
def set_recursion_limit(limit): return infinite_recursion(limit)
def is_resource_enabled(name): return False
def requires(name, message=None): raise ResourceDenied(name)
def reap_children(): pass
def get_c_recursion_limit(): return 1500
def flush_std_streams(): sys.stdout.flush()
def print_warning(message): print(message, file=sys.stderr)
def sortdict(d): return "{" + ", ".join("%r: %r" % pair for pair in sorted(d.items())) + "}"
def findfile(name, subdir=None): raise unittest.SkipTest("data files")
def args_from_interpreter_flags(): return []
def optim_args_from_interpreter_flags(): return []
def late_deletion(obj): pass
def run_unittest(*classes): pass
def run_doctest(*args, **kwargs): pass
def calcobjsize(fmt): raise unittest.SkipTest("sizes of objects")
calcvobjsize = calcobjsize
def check_sizeof(*args): raise unittest.SkipTest("sizes of objects")
def check_disallow_instantiation(case, cls, *args, **kwargs):
    case.assertRaises(TypeError, cls, *args, **kwargs)


def gc_collect():
    import gc
    for _ in range(3):
        gc.collect()


def check_syntax_error(case, statement, errtext="", *, lineno=None, offset=None):
    with case.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    case.assertIsNotNone(error.lineno)
    if lineno is not None:
        case.assertEqual(error.lineno, lineno)
    case.assertIsNotNone(error.offset)
    if offset is not None:
        case.assertEqual(error.offset, offset)


class _Manager:
    def __init__(self, enter=None, leave=None):
        self.enter, self.leave = enter, leave

    def __call__(self, function):
        def run(*args, **kwargs):
            with self:
                return function(*args, **kwargs)
        run.__name__ = function.__name__
        return run

    def __enter__(self):
        return self.enter() if self.enter else None

    def __exit__(self, *details):
        if self.leave:
            self.leave()
        return False


def infinite_recursion(max_depth=75):
    old = sys.getrecursionlimit()
    return _Manager(lambda: sys.setrecursionlimit(max_depth + 50), lambda: sys.setrecursionlimit(old))


def adjust_int_max_str_digits(digits):
    if not hasattr(sys, "set_int_max_str_digits"):
        return _Manager()
    old = sys.get_int_max_str_digits()
    return _Manager(lambda: sys.set_int_max_str_digits(digits), lambda: sys.set_int_max_str_digits(old))


def disable_gc():
    import gc
    return _Manager(gc.disable, gc.enable)


class _Text:
    def __init__(self): self.parts = []
    def write(self, text):
        self.parts.append(text)
        return len(text)
    def flush(self): pass
    def getvalue(self): return "".join(self.parts)


def _captured(name):
    old, text = getattr(sys, name), _Text()

    def enter():
        setattr(sys, name, text)
        return text
    return _Manager(enter, lambda: setattr(sys, name, old))


def captured_stdout(): return _captured("stdout")
def captured_stderr(): return _captured("stderr")
def captured_output(name): return _captured(name)
def captured_stdin(): raise unittest.SkipTest("stdin")


class _Swap:
    """swap_attr() and swap_item(): another value for a while."""
    missing = object()

    def __init__(self, get, put, delete, value):
        self.get, self.put, self.delete, self.value = get, put, delete, value

    def __enter__(self):
        self.old = self.get()
        self.put(self.value)
        return None if self.old is self.missing else self.old

    def __exit__(self, *details):
        self.delete() if self.old is self.missing else self.put(self.old)


def swap_attr(obj, name, value):
    return _Swap(lambda: getattr(obj, name, _Swap.missing), lambda v: setattr(obj, name, v), lambda: delattr(obj, name), value)


def swap_item(obj, key, value):
    return _Swap(lambda: obj.get(key, _Swap.missing), lambda v: obj.__setitem__(key, v), lambda: obj.pop(key, None), value)


def catch_unraisable_exception():
    return _CatchUnraisable()


class _CatchUnraisable:
    unraisable = None

    def hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self.old, sys.unraisablehook = sys.unraisablehook, self.hook
        return self

    def __exit__(self, *details):
        sys.unraisablehook = self.old
        self.unraisable = None


class _Always:
    def __init__(self, less): self.less = less
    def __eq__(self, other): return isinstance(other, _Always) and self.less == other.less
    def __lt__(self, other): return self.less
    def __gt__(self, other): return not self.less
    def __le__(self, other): return self.less
    def __ge__(self, other): return not self.less


LARGEST, SMALLEST = _Always(False), _Always(True)


class _AlwaysEqual:
    def __eq__(self, other): return True
    def __ne__(self, other): return False


class _NeverEqual:
    __hash__ = object.__hash__
    def __eq__(self, other): return False
    def __ne__(self, other): return True


ALWAYS_EQ, NEVER_EQ = _AlwaysEqual(), _NeverEqual()


class Matcher:
    pass


def run_in_subinterp(code): raise unittest.SkipTest("subinterpreters")
def skip_if_broken_multiprocessing_synchronize(): pass
def check__all__(*args, **kwargs): raise unittest.SkipTest("__all__")
def detect_api_mismatch(*args, **kwargs): raise unittest.SkipTest("api")
def patch(case, obj, name, value):
    old = getattr(obj, name)
    case.addCleanup(setattr, obj, name, old)
    setattr(obj, name, value)


def check_free_after_iterating(case, iterator_maker, cls, args=()):
    raise unittest.SkipTest("reference counts")


class Error(Exception): pass
def requires_debug_ranges(reason=""): return _same
def has_no_debug_ranges(): return False
class SuppressCrashReport(_Manager): pass
def open_urlresource(*args, **kwargs): raise ResourceDenied("network")
def requires_legacy_unicode_capi(function): return unittest.skip("C API")(function)


def __getattr__(name):
    # Rarer helpers skip the test that uses them.
    if name.startswith("__") or name.endswith("_helper"):
        raise AttributeError(name)

    def missing(*args, **kwargs):
        raise unittest.SkipTest("needs test.support." + name)
    return missing
