"""Warnings: which are shown, where, and how often."""
import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings", "catch_warnings"]

# Rows (action, message pattern or None, category, module pattern or None, line or 0), the first match decides. The patterns are
# objects with match(), as re.compile() makes them.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
defaultaction = _defaultaction = "default"
onceregistry = _onceregistry = {}
_filters_version = 1
_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    """What showwarning() is told, and what catch_warnings(record=True) collects."""
    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self._category_name, self.filename, self.lineno, self.line)


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Shows a warning on `file` (sys.stderr). A program may put a function of its own in this place."""
    _show(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The lines that showwarning() writes."""
    return _format(WarningMessage(message, category, filename, lineno, None, line))


_original_showwarning, _original_formatwarning = showwarning, formatwarning


def _format(msg):
    text = "%s:%s: %s: %s\n" % (msg.filename, msg.lineno, msg.category.__name__, msg.message)
    line = msg.line
    if line is None:
        line = _source_line(msg.filename, msg.lineno)
    line = line.strip() if line else ""
    return text + ("  %s\n" % line if line else "")


def _source_line(filename, lineno):
    from _warnings import source_line
    return source_line(filename, lineno)


def _show(msg):
    file = msg.file
    if file is None:
        from _warnings import tell
        if tell(msg.message, msg.category, msg.filename, msg.lineno):
            return
        file = sys.stderr
        if file is None:
            return
    if formatwarning is not _original_formatwarning:
        text = formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
    else:
        text = _format(msg)
    try:
        file.write(text)
    except OSError:
        pass


def _showwarnmsg(msg):
    """Whatever the program has put in the place of showwarning() is asked first."""
    if showwarning is _original_showwarning:
        _show(msg)
        return
    if not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)


class _Literal:
    """A pattern without special characters, so that plain filters do not need `re`."""

    def __init__(self, text, ignore_case, whole):
        self.text, self.ignore_case, self.whole = text.lower() if ignore_case else text, ignore_case, whole

    def __eq__(self, other):
        return type(other) is _Literal and self.__dict__ == other.__dict__

    def match(self, text):
        if self.ignore_case:
            text = text.lower()
        return text == self.text if self.whole else text.startswith(self.text)


def _pattern(text, ignore_case, whole=False):
    if not any(c in ".^$*+?{}[]\\|()" for c in text):
        return _Literal(text, ignore_case, whole)
    import re
    return re.compile(text + (r"\Z" if whole else ""), re.I if ignore_case else 0)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Adds a filter with patterns for the text and the module, before the others or, with append, behind them."""
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add_filter(action, _pattern(message, True) if message else None, category, _pattern(module, False) if module else None, lineno,
                append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Adds a filter that looks at category and line only."""
    assert action in _ACTIONS, "invalid action: %r" % (action,)
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add_filter(action, None, category, None, lineno, append=append)


def _add_filter(*row, append):
    if append:
        if row not in filters:
            filters.append(row)
    else:
        try:
            filters.remove(row)
        except ValueError:
            pass
        filters.insert(0, row)
    _filters_mutated()


def resetwarnings():
    """Takes all filters away."""
    filters[:] = []
    _filters_mutated()


def _filters_mutated():
    global _filters_version
    _filters_version += 1


class _OptionError(Exception):
    """A -W option that makes no sense."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as msg:
            print("Invalid -W option ignored:", msg, file=sys.stderr)


def _setoption(arg):
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError("too many fields (max 5): %r" % (arg,))
    action, message, category, module, lineno = (part.strip() for part in parts + [""] * (5 - len(parts)))
    action = _getaction(action)
    category = _getcategory(category)
    try:
        lineno = int(lineno) if lineno else 0
        if lineno < 0:
            raise ValueError
    except (ValueError, OverflowError):
        raise _OptionError("invalid lineno %r" % (lineno,)) from None
    _add_filter(action, _Literal(message, True, False) if message else None, category,
                _Literal(module, False, True) if module else None, lineno, append=False)


def _getaction(action):
    if not action:
        return "default"
    if action == "all":
        return "always"
    for a in _ACTIONS[3:4] + _ACTIONS[2:3] + _ACTIONS[1:2] + _ACTIONS[4:] + _ACTIONS[:1]:
        if a.startswith(action):
            return a
    raise _OptionError("invalid action: %r" % (action,))


def _getcategory(category):
    if not category:
        return Warning
    module_name, _, name = category.rpartition(".")
    try:
        found = getattr(__import__(module_name or "builtins", None, None, [name]), name)
    except ImportError:
        raise _OptionError("invalid module name: %r" % (module_name,)) from None
    except AttributeError:
        raise _OptionError("unknown warning category: %r" % (category,)) from None
    if not issubclass(found, Warning):
        raise _OptionError("invalid warning category: %r" % (category,))
    return found


def _is_internal_frame(frame):
    return "importlib" in frame.f_code.co_filename and "_bootstrap" in frame.f_code.co_filename


def _next_external_frame(frame):
    frame = frame.f_back
    while frame is not None and _is_internal_frame(frame):
        frame = frame.f_back
    return frame


def warn(message, category=None, stacklevel=1, source=None):
    """Gives a warning about the caller (stacklevel 1), its caller (2), ...: shown, ignored or raised, as the filters say."""
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    frame = sys._getframe(0)
    try:
        for _ in range(stacklevel if stacklevel > 0 else 1):
            frame = frame.f_back if stacklevel <= 1 else _next_external_frame(frame)
            if frame is None:
                raise ValueError
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    except ValueError:
        names, filename, lineno = sys.__dict__, "sys", 1
    registry = names.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, names.get("__name__") or "<string>", registry, names, source)


def _matches(row, text, category, module, lineno):
    _, message_pattern, wanted, module_pattern, line = row
    if message_pattern is not None and not message_pattern.match(text):
        return False
    if not issubclass(category, wanted):
        return False
    if module_pattern is not None:
        if module != module_pattern if isinstance(module_pattern, str) else not module_pattern.match(module):
            return False
    return line == 0 or lineno == line


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Gives a warning about a place that the caller names."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _filters_version:
        registry.clear()
        registry["version"] = _filters_version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action = next((row[0] for row in filters if _matches(row, text, category, module, lineno)), defaultaction)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if onceregistry.get((text, category)):
            return
        onceregistry[(text, category)] = 1
    elif action == "module":
        registry[key] = 1
        if registry.get((text, category, 0)):
            return
        registry[(text, category, 0)] = 1
    elif action == "default":
        registry[key] = 1
    elif action != "always":
        raise RuntimeError("Unrecognized action (%r) in warnings.filters:\n %s" % (action, filters))
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Puts filters and showwarning() back as they were when the block ends.

    With record=True, entering gives a list that the warnings shown inside are appended to."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append("module=%r" % self._module)
        return "%s(%s)" % (type(self).__name__, ", ".join(args))

    def __enter__(self):
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = self._filters[:]
        module._filters_mutated()
        self._showwarning, self._showwarnmsg = module.showwarning, module._show
        if self._filter is not None:
            simplefilter(*self._filter)
        if not self._record:
            return None
        log = []
        module._show = log.append
        module.showwarning = module._original_showwarning
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning, module._show = self._showwarning, self._showwarnmsg


def _warn_unawaited_coroutine(coro):
    warn("coroutine '%s' was never awaited" % coro.__qualname__, category=RuntimeWarning, stacklevel=2, source=coro)


_processoptions(sys.warnoptions)
