# CPython's pure-Python modules import the accelerator by this name.
from weakref import *
from weakref import ref, getweakrefcount, getweakrefs
import weakref

ReferenceType = ref
class ProxyType: pass
class CallableProxyType: pass
def proxy(*args): raise NotImplementedError("weakref.proxy")
def _remove_dead_weakref(d, key): d.pop(key, None)
