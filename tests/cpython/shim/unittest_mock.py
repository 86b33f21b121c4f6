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
    """(args, kwargs); those of a mock's attributes have the name as well."""

    def __new__(cls, args=(), kwargs=None, name=""):
        self = tuple.__new__(cls, (tuple(args), kwargs or {}))
        self.name = name
        return self

    def __eq__(self, other):
        if isinstance(other, _Call) and other.name != self.name:
            return False
        return len(other) == 2 and self[0] == tuple(other[0]) and self[1] == other[1] if isinstance(other, tuple) else NotImplemented
    __hash__ = None
    args = property(lambda self: self[0])
    kwargs = property(lambda self: self[1])
    def __repr__(self): return "call%s(%s)" % ("." + self.name if self.name else "", ", ".join([repr(a) for a in self[0]] + ["%s=%r" % pair for pair in self[1].items()]))


class _Calls:
    """call(1), call.name(1), call().name()"""

    def __init__(self, name=""): self._name = name
    def __call__(self, *args, **kwargs): return _NamedCall(args, kwargs, self._name)

    def __getattr__(self, name):
        if name.startswith("__") and name not in ("__enter__", "__exit__"):
            raise AttributeError(name)
        return _Calls(self._name + "." + name if self._name else name)


class _NamedCall(_Call):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Calls(self.name + "()." + name)


call = _Calls()


class Mock:
    def __new__(cls, *args, **kwargs):
        # A class of its own, for special methods that are set on the mock.
        return object.__new__(type(cls.__name__, (cls,), {}) if not cls.__dict__.get("_own") else cls)

    def __setattr__(self, name, value):
        if name.startswith("__") and name.endswith("__") and name != "__class__":
            self.__dict__[name] = value
            setattr(type(self), name, value if not callable(value) else lambda self, *args, **kwargs: value(*args, **kwargs))
        else:
            object.__setattr__(self, name, value)

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
            self.__dict__["_return"] = made = type(self).__mro__[1](name=(self._name or "") + "()")
            made.__dict__.update(_parent=self.__dict__.get("_parent"))
        return self._return

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_return"] = value

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__") or name.startswith("assert"):
            raise AttributeError(name)
        if name in self.__dict__.get("_deleted", ()):
            raise AttributeError(name)
        spec = self.__dict__.get("_spec")
        names = spec if isinstance(spec, (list, tuple)) else dir(spec) if spec is not None else None
        if names is not None and name not in names:
            raise AttributeError("Mock object has no attribute %r" % name)
        value = type(self).__mro__[1](name=name)
        value.__dict__.update(_parent=self)
        self.__dict__[name] = value
        return value

    def __repr__(self):
        return "<%s id='%d'>" % (type(self).__name__, id(self))

    def __delattr__(self, name):
        self.__dict__.pop(name, None)
        self.__dict__.setdefault("_deleted", set()).add(name)

    def __call__(self, *args, **kwargs):
        self.called = True
        self.call_count += 1
        self.call_args = _Call(args, kwargs)
        self.call_args_list.append(self.call_args)
        self.mock_calls.append(self.call_args)
        child, name = self, ""
        while child.__dict__.get("_parent") is not None:
            name = (child._name or "") + ("." + name if name else "")
            child = child._parent
            child.mock_calls.append(_Call(args, kwargs, name))
            if child.__dict__.get("_parent") is None or "." not in name:
                child.method_calls.append(_Call(args, kwargs, name))
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


def create_autospec(spec, spec_set=False, instance=False, **options):
    return MagicMock(spec=spec, **options)


class AsyncMock(MagicMock):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        import asyncio.coroutines
        self.__dict__["_is_coroutine"] = asyncio.coroutines._is_coroutine

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
