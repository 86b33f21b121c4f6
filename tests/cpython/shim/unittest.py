# A small unittest for running CPython's own tests: only what they use, on nothing but built-ins. The runner is ../run.py.
import sys


class SkipTest(Exception):
    pass


class _Expect:
    """What assertRaises and its kin give to a with statement."""

    def __init__(self, case, expected, pattern=None, matcher=None):
        self.case, self.expected, self.pattern, self.matcher = case, expected, pattern, matcher
        self.msg = None

    def run(self, args, kwargs):
        if not args:
            self.msg = kwargs.pop("msg", None)
            return self
        function, *rest = args
        with self:
            function(*rest, **kwargs)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise self.case.failureException("%r not raised" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value.with_traceback(None)
        if self.pattern is not None and not _search(self.pattern, str(value)):
            raise self.case.failureException("%r does not match %r" % (self.pattern, str(value)))
        return True


class _ExpectWarning:
    def __init__(self, case, expected, pattern=None):
        self.case, self.expected, self.pattern = case, expected, pattern

    def run(self, args, kwargs):
        if not args:
            return self
        function, *rest = args
        with self:
            function(*rest, **kwargs)

    def __enter__(self):
        import warnings
        self.catcher = warnings.catch_warnings(record=True)
        self.warnings = self.catcher.__enter__()
        warnings.simplefilter("always")
        return self

    def __exit__(self, kind, value, traceback):
        import gc
        gc.collect()    # what CPython has dropped by now warns
        self.catcher.__exit__(kind, value, traceback)
        if kind is not None:
            return False
        for w in self.warnings:
            if issubclass(w.category, self.expected) and (self.pattern is None or _search(self.pattern, str(w.message))):
                self.warning, self.filename, self.lineno = w.message, w.filename, w.lineno
                return True
        raise self.case.failureException("%r not triggered" % (self.expected,))


def _search(pattern, text):
    try:
        import re
    except ImportError:
        return _small_search(getattr(pattern, "pattern", pattern), text)
    if isinstance(pattern, str) or isinstance(pattern, re.Pattern):
        return re.search(pattern, text)
    return _small_search(pattern.pattern, text)


# Without `re`: a backtracking matcher for the patterns that tests of error messages use.
def _small_search(pattern, text):
    if pattern.startswith("(?"):
        pattern = pattern[pattern.index(")") + 1:]
    node, at = _parse_alternatives(pattern, 0)
    return any(True for start in range(len(text) + 1) for _ in _match(node, text, start))


def _parse_alternatives(p, i):
    branches, items = [], []
    while i < len(p) and p[i] != ")":
        c = p[i]
        if c == "|":
            branches.append(items)
            items = []
            i += 1
            continue
        if c == "(":
            i += 1
            if p.startswith("?:", i):
                i += 2
            item, i = _parse_alternatives(p, i)
            i += 1
        elif c == "[":
            end = p.index("]", i + 2)
            item = ("set", p[i + 1:end])
            i = end + 1
        elif c == "\\":
            item = ("class", p[i + 1]) if p[i + 1] in "dDwWsSbB" else ("char", {"n": "\n", "t": "\t"}.get(p[i + 1], p[i + 1]))
            i += 2
        elif c in ".^$":
            item = (c,)
            i += 1
        else:
            item = ("char", c)
            i += 1
        if i < len(p) and p[i] in "*+?":
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[p[i]]
            item = ("repeat", item, low, high)
            i += 1
            if i < len(p) and p[i] == "?":
                i += 1
        elif i < len(p) and p[i] == "{" and "}" in p[i:]:
            end = p.index("}", i)
            low, _, high = p[i + 1:end].partition(",")
            if low.isdigit():
                item = ("repeat", item, int(low), int(high) if high else None if "," in p[i:end] else int(low))
                i = end + 1
        items.append(item)
    branches.append(items)
    return ("or", branches), i


def _in_class(c, kind):
    yes = {"d": c.isdigit(), "w": c.isalnum() or c == "_", "s": c.isspace()}[kind.lower()]
    return yes == kind.islower()


def _in_set(c, body):
    negated = body.startswith("^")
    if negated:
        body = body[1:]
    i, found = 0, False
    while i < len(body):
        if body[i] == "\\" and body[i + 1] in "dDwWsS":
            found |= _in_class(c, body[i + 1])
            i += 2
        elif i + 2 < len(body) and body[i + 1] == "-":
            found |= body[i] <= c <= body[i + 2]
            i += 3
        else:
            found |= body[i] == c
            i += 1
    return found != negated


def _match(node, text, at):
    kind = node[0]
    if kind == "or":
        for items in node[1]:
            yield from _match_items(items, 0, text, at)
    elif kind == "repeat":
        yield from _match_repeat(node, text, at, 0)
    elif kind == "^":
        if at == 0:
            yield at
    elif kind == "$":
        if at == len(text):
            yield at
    elif kind == "class" and node[1] in "bB":
        before = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
        after = at < len(text) and (text[at].isalnum() or text[at] == "_")
        if (before != after) == (node[1] == "b"):
            yield at
    elif at < len(text):
        c = text[at]
        if (kind == "char" and c == node[1] or kind == "." and c != "\n" or kind == "set" and _in_set(c, node[1])
                or kind == "class" and _in_class(c, node[1])):
            yield at + 1


def _match_items(items, i, text, at):
    if i == len(items):
        yield at
        return
    for end in _match(items[i], text, at):
        yield from _match_items(items, i + 1, text, end)


def _match_repeat(node, text, at, count):
    _, item, low, high = node
    if high is None or count < high:
        for end in _match(item, text, at):
            if end > at:
                yield from _match_repeat(node, text, end, count + 1)
    if count >= low:
        yield at


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = None
    _testMethodName = "runTest"

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []
        self._subtest_failures = []

    def setUp(self): pass
    def tearDown(self): pass
    @classmethod
    def setUpClass(cls): pass
    @classmethod
    def tearDownClass(cls): pass
    @classmethod
    def addClassCleanup(cls, function, *args, **kwargs): pass

    def id(self): return "%s.%s" % (type(self).__qualname__, self._testMethodName)
    def shortDescription(self): return None
    def addCleanup(self, function, *args, **kwargs): self._cleanups.append((function, args, kwargs))
    def addTypeEqualityFunc(self, kind, function): pass

    def enterContext(self, manager):
        result = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return result

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def skipTest(self, reason): raise SkipTest(reason)
    def fail(self, msg=None): raise self.failureException(msg)
    def subTest(self, msg=None, **params): return _SubTest(self, msg, params)

    def _check(self, truth, standard, msg):
        if not truth:
            raise self.failureException(standard if msg is None else "%s : %s" % (standard, msg))

    def assertTrue(self, x, msg=None): self._check(x, "%r is not true" % (x,), msg)
    def assertFalse(self, x, msg=None): self._check(not x, "%r is not false" % (x,), msg)
    def assertEqual(self, a, b, msg=None):
        if not a == b:    # large values are shown only then
            self._check(False, "%s != %s" % (_show(a), _show(b)), msg)
    def assertNotEqual(self, a, b, msg=None): self._check(a != b, "%s == %s" % (_show(a), _show(b)), msg)
    def assertIs(self, a, b, msg=None): self._check(a is b, "%r is not %r" % (a, b), msg)
    def assertIsNot(self, a, b, msg=None): self._check(a is not b, "unexpectedly identical: %r" % (a,), msg)
    def assertIsNone(self, a, msg=None): self._check(a is None, "%r is not None" % (a,), msg)
    def assertIsNotNone(self, a, msg=None): self._check(a is not None, "unexpectedly None", msg)
    def assertIn(self, a, b, msg=None): self._check(a in b, "%r not in %s" % (a, _show(b)), msg)
    def assertNotIn(self, a, b, msg=None): self._check(a not in b, "%r unexpectedly in %s" % (a, _show(b)), msg)
    def assertIsInstance(self, a, b, msg=None): self._check(isinstance(a, b), "%r is no instance of %r" % (a, b), msg)
    def assertNotIsInstance(self, a, b, msg=None): self._check(not isinstance(a, b), "%r is an instance of %r" % (a, b), msg)
    def assertLess(self, a, b, msg=None): self._check(a < b, "%r not less than %r" % (a, b), msg)
    def assertLessEqual(self, a, b, msg=None): self._check(a <= b, "%r not less than or equal to %r" % (a, b), msg)
    def assertGreater(self, a, b, msg=None): self._check(a > b, "%r not greater than %r" % (a, b), msg)
    def assertGreaterEqual(self, a, b, msg=None): self._check(a >= b, "%r not greater than or equal to %r" % (a, b), msg)

    def assertAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        close = a == b or (abs(a - b) <= delta if delta is not None else round(abs(a - b), places) == 0)
        self._check(close, "%r != %r" % (a, b), msg)

    def assertNotAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        close = a == b or (abs(a - b) <= delta if delta is not None else round(abs(a - b), places) == 0)
        self._check(not close, "%r == %r" % (a, b), msg)

    def assertSequenceEqual(self, a, b, msg=None, seq_type=None):
        self._check(len(a) == len(b) and all(x == y for x, y in zip(a, b)), "%s != %s" % (_show(a), _show(b)), msg)

    def assertCountEqual(self, a, b, msg=None):
        rest = list(b)
        for x in list(a):
            self._check(x in rest, "%r not in %s" % (x, _show(b)), msg)
            rest.remove(x)
        self._check(not rest, "more in the second: %s" % _show(rest), msg)

    assertListEqual = assertTupleEqual = assertSetEqual = assertDictEqual = assertMultiLineEqual = assertEqual

    def assertDictContainsSubset(self, a, b, msg=None):
        for key in a:
            self.assertEqual(a[key], b[key], msg)

    def assertRaises(self, expected, *args, **kwargs): return _Expect(self, expected).run(args, kwargs)
    def assertRaisesRegex(self, expected, pattern, *args, **kwargs): return _Expect(self, expected, pattern).run(args, kwargs)
    def assertWarns(self, expected, *args, **kwargs): return _ExpectWarning(self, expected).run(args, kwargs)
    def assertWarnsRegex(self, expected, pattern, *args, **kwargs): return _ExpectWarning(self, expected, pattern).run(args, kwargs)
    def assertRegex(self, text, pattern, msg=None): self._check(_search(pattern, text), "%r does not match %r" % (text, pattern), msg)
    def assertNotRegex(self, text, pattern, msg=None): self._check(not _search(pattern, text), "%r matches %r" % (text, pattern), msg)
    def assertLogs(self, logger=None, level=None): raise SkipTest("logging")
    def assertNoLogs(self, logger=None, level=None): raise SkipTest("logging")

    def _call(self, function):
        return function()

    def run_one(self):
        """Runs the method with set-up and clean-up; raises what it raises."""
        try:
            self._call(self.setUp)
            try:
                self._call(getattr(self, self._testMethodName))
            finally:
                self._call(self.tearDown)
        finally:
            self.doCleanups()
        if self._subtest_failures:
            raise self._subtest_failures[0]


class IsolatedAsyncioTestCase(TestCase):
    async def asyncSetUp(self): pass
    async def asyncTearDown(self): pass
    def addAsyncCleanup(self, function, *args, **kwargs): self._async_cleanups.append((function, args, kwargs))

    def run_one(self):
        import asyncio
        self._async_cleanups = []

        async def whole():
            try:
                self.setUp()
                await self.asyncSetUp()
                try:
                    result = getattr(self, self._testMethodName)()
                    if result is not None:
                        await result
                finally:
                    await self.asyncTearDown()
                    self.tearDown()
            finally:
                while self._async_cleanups:
                    function, args, kwargs = self._async_cleanups.pop()
                    await function(*args, **kwargs)
                self.doCleanups()
        with asyncio.Runner(debug=True) as runner:
            runner.run(whole())
        if self._subtest_failures:
            raise self._subtest_failures[0]


class _SubTest:
    def __init__(self, case, msg, params):
        self.case, self.msg, self.params = case, msg, params

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None or not issubclass(kind, Exception):
            return False
        if issubclass(kind, SkipTest):
            return True
        value.add_note("in subtest %s %r" % (self.msg or "", self.params))
        self.case._subtest_failures.append(value)
        return True


def _show(value):
    text = repr(value)
    return text if len(text) < 400 else text[:400] + "..."


def skip(reason=""):
    def decorate(thing):
        if isinstance(thing, type):
            thing.__unittest_skip__ = reason or True
            return thing

        def skipped(*args, **kwargs):
            raise SkipTest(reason)
        skipped.__name__ = getattr(thing, "__name__", "skipped")
        return skipped
    return decorate(reason) if callable(reason) else decorate


def skipIf(condition, reason=""): return skip(reason) if condition else lambda thing: thing
def skipUnless(condition, reason=""): return skipIf(not condition, reason)


def expectedFailure(function):
    # What CPython is known to get wrong may be right here.
    def run(*args, **kwargs):
        try:
            function(*args, **kwargs)
        except Exception:
            pass
    run.__name__ = function.__name__
    return run


class TestSuite:
    def __init__(self, tests=()): self.tests = list(tests)
    def addTest(self, test): self.tests.append(test)
    def addTests(self, tests): self.tests.extend(tests)


class TestLoader:
    def loadTestsFromTestCase(self, case): return TestSuite()
    def loadTestsFromModule(self, module): return TestSuite()


defaultTestLoader = TestLoader()
def makeSuite(case): return TestSuite()


def main(*args, **kwargs):
    """The runner looks at the module's classes by itself."""


import unittest_mock as mock
sys.modules["unittest.mock"] = mock
