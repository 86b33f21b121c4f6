# What CPython's weakref takes from C: Coil's own references, and proxies in Python.
import sys

native = sys.modules["_weakref_native"]
ref = ReferenceType = native.ref
getweakrefcount, getweakrefs = native.getweakrefcount, native.getweakrefs
def _remove_dead_weakref(d, key): d.pop(key, None)


class ProxyType:
    __slots__ = ("_referent", "__weakref__")

    def __init__(self, thing, callback=None):
        object.__setattr__(self, "_referent", ref(thing, callback and (lambda _: callback(self))))


class CallableProxyType(ProxyType):
    __slots__ = ()
    def __call__(self, *args, **kwargs): return _target(self)(*args, **kwargs)


def _target(proxy):
    thing = object.__getattribute__(proxy, "_referent")()
    if thing is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return thing


def _forward(name):
    def method(self, *args):
        target = _target(self)
        if not hasattr(target, name):
            raise TypeError("a weak proxy's object has no " + name)
        return getattr(target, name)(*args)
    return method


for _name in """lt le eq ne gt ge add radd iadd sub rsub isub mul rmul imul truediv rtruediv itruediv floordiv rfloordiv ifloordiv
        mod rmod imod pow rpow ipow and rand iand or ror ior xor rxor ixor lshift rlshift ilshift rshift rrshift irshift matmul rmatmul
        imatmul divmod rdivmod neg pos abs invert int float index bool len getitem setitem delitem contains iter next str bytes reversed
        enter exit setattr delattr""".split():
    setattr(ProxyType, "__%s__" % _name, _forward("__%s__" % _name))


def _getattribute(self, name):
    return getattr(_target(self), name)


ProxyType.__getattribute__ = _getattribute
ProxyType.__bool__ = lambda self: bool(_target(self))
ProxyType.__str__ = lambda self: str(_target(self))
ProxyType.__iter__ = lambda self: iter(_target(self))
ProxyType.__contains__ = lambda self, item: item in _target(self)
ProxyType.__hash__ = None
ProxyType.__repr__ = lambda self: "<weakproxy at 0x0 to %s>" % type(_target(self)).__name__


def proxy(thing, callback=None):
    return (CallableProxyType if callable(thing) else ProxyType)(thing, callback)


if hasattr(native, "proxy"):
    from _weakref_native import CallableProxyType, ProxyType, proxy
