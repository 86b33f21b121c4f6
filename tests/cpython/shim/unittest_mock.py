# A small unittest.mock for running CPython's own tests.
import sys


class _Any:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __repr__(self): return "<ANY>"


ANY = _Any()
DEFAULT = object()


class _Sentinels:
    def __getattr__(self, name):
        value = _Sentinel(name)
        setattr(self, name, value)
        return value


class _Sentinel:
    def __init__(self, name): self.name = name
    def __repr__(self): return "sentinel." + self.name


sentinel = _Sentinels()


class _Call(tuple):
    """(args, kwargs)"""

    def __new__(cls, args=(), kwargs=None): return tuple.__new__(cls, (tuple(args), kwargs or {}))
    args = property(lambda self: self[0])
    kwargs = property(lambda self: self[1])
    def __repr__(self): return "call(%s)" % ", ".join([repr(a) for a in self[0]] + ["%s=%r" % pair for pair in self[1].items()])


def call(*args, **kwargs):
    return _Call(args, kwargs)


class Mock:
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, **attributes):
        self.__dict__.update(_spec=spec, side_effect=side_effect, _return=return_value, _wraps=wraps, _name=name, called=False, call_count=0,
                             call_args=None, call_args_list=[], mock_calls=[], method_calls=[])
        for key, value in attributes.items():
            target, parts = self, key.split(".")
            for part in parts[:-1]:
                target = getattr(target, part)
            setattr(target, parts[-1], value)

    @property
    def __class__(self):
        spec = self.__dict__.get("_spec")
        return spec if isinstance(spec, type) else type(self) if spec is None or isinstance(spec, (list, tuple)) else type(spec)

    @property
    def return_value(self):
        if self._return is DEFAULT:
            self.__dict__["_return"] = type(self)()
        return self._return

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_return"] = value

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") or name.startswith("assert") or name == "_asyncio_future_blocking":
            raise AttributeError(name)
        spec = self.__dict__.get("_spec")
        names = spec if isinstance(spec, (list, tuple)) else dir(spec) if spec is not None else None
        if names is not None and name not in names:
            raise AttributeError("Mock object has no attribute %r" % name)
        value = type(self)(name=name)
        self.__dict__[name] = value
        return value

    def __repr__(self):
        return "<%s id='%d'>" % (type(self).__name__, id(self))

    def __call__(self, *args, **kwargs):
        self.called = True
        self.call_count += 1
        self.call_args = _Call(args, kwargs)
        self.call_args_list.append(self.call_args)
        self.mock_calls.append(self.call_args)
        effect = self.side_effect
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
                return self.return_value if result is DEFAULT else result
            if not hasattr(effect, "__next__"):
                effect = self.side_effect = iter(effect)
            result = next(effect)
            if isinstance(result, BaseException):
                raise result
            return result
        if self._wraps is not None and self._return is DEFAULT:
            return self._wraps(*args, **kwargs)
        return self.return_value

    def reset_mock(self, **kwargs):
        self.called, self.call_count, self.call_args = False, 0, None
        del self.call_args_list[:], self.mock_calls[:]

    def _must(self, truth, text):
        if not truth:
            raise AssertionError(text)

    def assert_called(self): self._must(self.called, "not called")
    def assert_not_called(self): self._must(not self.called, "called: %r" % self.call_args_list)
    def assert_called_once(self): self._must(self.call_count == 1, "called %d times" % self.call_count)
    def assert_called_with(self, *args, **kwargs):
        self._must(self.call_args == (args, kwargs), "expected %r, got %r" % (_Call(args, kwargs), self.call_args))
    def assert_called_once_with(self, *args, **kwargs):
        self.assert_called_once()
        self.assert_called_with(*args, **kwargs)
    def assert_any_call(self, *args, **kwargs): self._must((args, kwargs) in self.call_args_list, "no such call")
    def assert_has_calls(self, calls, any_order=False):
        self._must(all(c in self.mock_calls for c in calls), "calls %r, expected %r" % (self.mock_calls, calls))


class MagicMock(Mock):
    def __enter__(self): return self
    def __exit__(self, *args): return False
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __bool__(self): return True


class AsyncMock(MagicMock):
    async def __call__(self, *args, **kwargs):
        return Mock.__call__(self, *args, **kwargs)


class _Patch:
    def __init__(self, find, name, new, options):
        self.find, self.name, self.new, self.options = find, name, new, options

    def __enter__(self):
        target = self.find()
        self.target = target
        self.local = self.name in getattr(target, "__dict__", {})
        self.old = getattr(target, self.name)
        new = MagicMock(**self.options) if self.new is DEFAULT else self.new
        setattr(target, self.name, new)
        return new

    def __exit__(self, *error):
        if self.local or not isinstance(self.target, type) and not hasattr(type(self.target), self.name):
            setattr(self.target, self.name, self.old)
        else:
            delattr(self.target, self.name)
            if not hasattr(self.target, self.name):
                setattr(self.target, self.name, self.old)
        return False

    def start(self): return self.__enter__()
    def stop(self): return self.__exit__()

    def __call__(self, function):
        if isinstance(function, type):
            for name in dir(function):
                if name.startswith("test"):
                    setattr(function, name, self(getattr(function, name)))
            return function

        def patched(*args, **kwargs):
            with self as new:
                return function(*args, *([new] if self.new is DEFAULT else []), **kwargs)
        patched.__name__ = function.__name__
        return patched


def _find(path):
    parts = path.split(".")
    module = __import__(parts[0])
    for i, part in enumerate(parts[1:], 2):
        try:
            module = getattr(module, part)
        except AttributeError:
            __import__(".".join(parts[:i]))
            module = getattr(module, part)
    return module


def patch(target, new=DEFAULT, **options):
    where, _, name = target.rpartition(".")
    options.pop("autospec", None)
    return _Patch(lambda: _find(where), name, new, options)


def _patch_object(target, name, new=DEFAULT, **options):
    options.pop("autospec", None)
    return _Patch(lambda: target, name, new, options)


class _PatchDict:
    def __init__(self, target, values=(), clear=False): self.target, self.values, self.clear = target, values, clear
    def __enter__(self):
        self.old = dict(self.target)
        if self.clear:
            self.target.clear()
        self.target.update(self.values)
        return self.target
    def __exit__(self, *error):
        self.target.clear()
        self.target.update(self.old)


patch.object = _patch_object
patch.dict = _PatchDict
NonCallableMock = Mock
PropertyMock = Mock
