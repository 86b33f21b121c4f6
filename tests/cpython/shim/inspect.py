# Of CPython's inspect: what tests of the language ask about functions, generators and coroutines.
import types

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(thing, prefix, kind):
    if getattr(thing, prefix + "_running"):
        return kind + "_RUNNING"
    if getattr(thing, prefix + "_suspended"):
        return kind + "_SUSPENDED"
    return kind + ("_CLOSED" if getattr(thing, prefix + "_frame") is None else "_CREATED")


def getgeneratorstate(generator): return _state(generator, "gi", "GEN")
def getcoroutinestate(coroutine): return _state(coroutine, "cr", "CORO")


def _has_flag(function, flag):
    while isinstance(function, types.MethodType):
        function = function.__func__
    return isinstance(function, types.FunctionType) and bool(function.__code__.co_flags & flag)


def isgeneratorfunction(function): return _has_flag(function, CO_GENERATOR)
def iscoroutinefunction(function): return _has_flag(function, CO_COROUTINE)
def isasyncgenfunction(function): return _has_flag(function, CO_ASYNC_GENERATOR)
def isgenerator(thing): return isinstance(thing, types.GeneratorType)
def iscoroutine(thing): return isinstance(thing, types.CoroutineType)
def isasyncgen(thing): return isinstance(thing, types.AsyncGeneratorType)
def isfunction(thing): return isinstance(thing, types.FunctionType)
def ismethod(thing): return isinstance(thing, types.MethodType)
def isbuiltin(thing): return isinstance(thing, types.BuiltinFunctionType)
def isclass(thing): return isinstance(thing, type)
def ismodule(thing): return isinstance(thing, types.ModuleType)


def isawaitable(thing):
    iterable = isinstance(thing, types.GeneratorType) and bool(thing.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return isinstance(thing, types.CoroutineType) or iterable or hasattr(type(thing), "__await__")


def isabstract(thing): return isinstance(thing, type) and bool(thing.__flags__ & 1 << 20)
def getmro(cls): return cls.__mro__
def currentframe(): return __import__("sys")._getframe(1)


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(thing):
    doc = getattr(thing, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def unwrap(function, *, stop=None):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
