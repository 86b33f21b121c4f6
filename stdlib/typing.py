"""Type variables, generic classes and the names that annotations use.

What the syntax of type parameters (PEP 695) makes comes from here. Annotations are never checked: the special forms only keep what
they were given, so that programs written with annotations run.
"""

TYPE_CHECKING = False


class _Parameter:
    """What TypeVar, ParamSpec and TypeVarTuple share: a name and a way to show it."""

    def __init__(self, name):
        self.__name__ = name

    def __repr__(self):
        return self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class TypeVar(_Parameter):
    """A type that stands for any, within its bound or its constraints."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        super().__init__(name)
        self._bound = bound
        self._constraints = constraints
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self._prefix = "+" if covariant else "-" if contravariant else "~"

    def __repr__(self):
        return self._prefix + self.__name__

    def __typing_subst__(self, arg):
        if isinstance(arg, tuple):
            raise TypeError(f"Parameters to generic types must be types. Got {arg!r:.100}.")
        return type(None) if arg is None else arg

    @property
    def __bound__(self):
        if self._lazy_bound is not None:
            self._bound = self._lazy_bound()
            self._lazy_bound = None
        return self._bound

    @property
    def __constraints__(self):
        if self._lazy_constraints is not None:
            self._constraints = self._lazy_constraints()
            self._lazy_constraints = None
        return self._constraints

    _lazy_bound = _lazy_constraints = None


def _type_var(name, bound, constraints):
    """The TypeVar of `[name: ...]`; bound and constraints are functions that compute them, or None."""
    variable = TypeVar(name)
    variable._lazy_bound = bound
    variable._lazy_constraints = constraints
    variable._prefix = ""
    return variable


class ParamSpec(_Parameter):
    """Stands for the parameters of a callable."""

    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


class TypeVarTuple(_Parameter):
    """Stands for any number of types."""

    def __iter__(self):
        yield self


class TypeAliasType:
    """What `type X = ...` makes: the value is computed when it is asked for."""

    def __init__(self, name, type_params, compute):
        self.__name__ = name
        self.__type_params__ = type_params
        self._compute = compute

    @property
    def __value__(self):
        if self._compute is not None:
            self._value = self._compute()
            self._compute = None
        return self._value

    def __repr__(self):
        return self.__name__

    def __getitem__(self, arguments):
        return _Alias(self, arguments)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def _show(item):
    if isinstance(item, type):
        return item.__qualname__ if item.__module__ == "builtins" else f"{item.__module__}.{item.__qualname__}"
    return "..." if item is ... else repr(item)


class _Alias:
    """origin[arguments]: usable as a base class, called as the origin."""

    def __init__(self, origin, arguments, name=None):
        self.__origin__ = origin
        self.__args__ = arguments if isinstance(arguments, tuple) else (arguments,)
        self._name = name

    @property
    def __parameters__(self):
        found = []
        for item in self.__args__:
            for parameter in [item] if isinstance(item, _Parameter) else getattr(item, "__parameters__", ()):
                if parameter not in found:
                    found.append(parameter)
        return tuple(found)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __getitem__(self, arguments):
        return _Alias(self.__origin__, arguments, self._name)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __eq__(self, other):
        return isinstance(other, _Alias) and (self.__origin__, self.__args__) == (other.__origin__, other.__args__)

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"{self._name or _show(self.__origin__)}[{', '.join(map(_show, self.__args__))}]"


class Generic:
    """Base of classes with type parameters."""

    __slots__ = ()

    def __class_getitem__(cls, arguments):
        return _Alias(cls, arguments, "typing.Generic" if cls is Generic else None)


class Protocol(Generic):
    """Base of structural types; isinstance() with them is not supported."""

    __slots__ = ()


class _Form:
    """A special form such as Any or Optional."""

    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __getitem__(self, arguments):
        return _Alias(self.__origin__ or self, arguments, f"typing.{self._name}")

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate {self!r}")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if self.__origin__ is not None else ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"typing.{self._name}"


class _UnionForm(_Form):
    def __getitem__(self, arguments):
        arguments = arguments if isinstance(arguments, tuple) else (arguments,)
        flat = []
        for item in arguments:
            item = type(None) if item is None else item
            for part in item.__args__ if isinstance(item, _Alias) and item.__origin__ is self else [item]:
                if part not in flat:
                    flat.append(part)
        return flat[0] if len(flat) == 1 else _Alias(self, tuple(flat), "typing.Union")


class _OptionalForm(_Form):
    def __getitem__(self, argument):
        return Union[argument, None]


Any = _Form("Any")
Union = _UnionForm("Union")
Optional = _OptionalForm("Optional")
for _name in ("Annotated", "ClassVar", "Concatenate", "Final", "Literal", "LiteralString", "Never", "NoReturn", "NotRequired", "Required",
              "Self", "TypeAlias", "TypeGuard", "Unpack", "Callable", "Type", "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator",
              "AsyncGenerator", "Iterable", "Iterator", "Generator", "Reversible", "Container", "Collection", "Sized", "Hashable",
              "Sequence", "MutableSequence", "Mapping", "MutableMapping", "AbstractSet", "MutableSet", "ByteString", "IO", "TextIO",
              "BinaryIO", "ContextManager", "AsyncContextManager", "SupportsInt", "SupportsFloat", "SupportsIndex", "SupportsAbs",
              "SupportsRound", "SupportsBytes", "SupportsComplex"):
    globals()[_name] = _Form(_name)
for _name, _origin in (("List", list), ("Dict", dict), ("Set", set), ("FrozenSet", frozenset), ("Tuple", tuple)):
    globals()[_name] = _Form(_name, _origin)
del _name, _origin
Text = str
AnyStr = TypeVar("AnyStr", bytes, str)


def cast(typ, val):
    """Gives val; for type checkers only."""
    return val


def _unchanged(argument):
    return argument


final = no_type_check = override = overload = runtime_checkable = assert_type = reveal_type = _unchanged


def dataclass_transform(**arguments):
    return _unchanged


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def get_origin(tp):
    return getattr(tp, "__origin__", None)


def get_args(tp):
    return getattr(tp, "__args__", ())


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations; those that are text are evaluated in the object's module."""
    namespace = globalns if globalns is not None else getattr(obj, "__globals__", {})
    hints = {}
    for base in reversed(obj.__mro__) if isinstance(obj, type) else [obj]:
        for name, hint in getattr(base, "__annotations__", {}).items():
            hints[name] = eval(hint, namespace, localns) if isinstance(hint, str) else type(None) if hint is None else hint
    return hints


class NewType:
    """A type of its own for type checkers; at run time the function that gives back its argument."""

    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, value):
        return value

    def __repr__(self):
        return f"{self.__module__}.{self.__name__}"
