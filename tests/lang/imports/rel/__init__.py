def beyond():
    from ... import x
def missing():
    from .inner import nope
def missing_module():
    from .not_there import nope
def fine():
    from .inner import v
    return v
def dots():
    from . import inner
    from .inner import v as w
    return inner.v, w
