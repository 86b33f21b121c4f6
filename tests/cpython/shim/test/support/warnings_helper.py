# Of CPython's test.support.warnings_helper: what tests of the language use.
import warnings


def check_syntax_warning(case, statement, errtext="", *, lineno=1, offset=None):
    with case.assertWarnsRegex(SyntaxWarning, errtext):
        compile(statement, "<testcase>", "exec")


class check_warnings:
    def __init__(self, *filters, quiet=True): pass

    def __enter__(self):
        self.catcher = warnings.catch_warnings(record=True)
        self.warnings = self.catcher.__enter__()
        warnings.simplefilter("always")
        return self

    def __exit__(self, *details): return self.catcher.__exit__(*details)


class check_no_warnings(check_warnings):
    def __init__(self, case=None, message="", category=Warning, force_gc=False): self.case = case

    def __exit__(self, *details):
        found = list(self.warnings)
        super().__exit__(*details)
        self.case.assertEqual(found, [])


class check_no_resource_warning(check_no_warnings): pass


class _Ignore:
    def __init__(self, category): self.category = category
    def __enter__(self):
        self.catcher = warnings.catch_warnings()
        self.catcher.__enter__()
        warnings.simplefilter("ignore", self.category)
    def __exit__(self, *details): return self.catcher.__exit__(*details)

    def __call__(self, function):
        def run(*args, **kwargs):
            with _Ignore(self.category):
                return function(*args, **kwargs)
        run.__name__ = function.__name__
        return run


def ignore_warnings(*, category): return _Ignore(category)
def save_restore_warnings_filters(): return warnings.catch_warnings()
