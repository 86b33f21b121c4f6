# Of CPython's selectors: names of kinds. A loop here waits in one way only, so CPython's tests of its loops run once for each name.
class BaseSelector: pass
class SelectSelector(BaseSelector): pass
class PollSelector(BaseSelector): pass
class EpollSelector(BaseSelector): pass
class DefaultSelector(EpollSelector): pass
class SelectorKey(tuple): pass
EVENT_READ, EVENT_WRITE = 1, 2
