# There is no reference counting: `del` drops a name, and __del__ and the callbacks of weak references run when the collector finds
# the object dead (gc.collect(), some later collection, or the end of the program), where CPython runs them at once.
import gc
import weakref


class Resource:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalized", self.name)


resource = Resource("first")
del resource
print("after del")
gc.collect()

resource = Resource("second")
reference = weakref.ref(resource, lambda r: print("callback"))
del resource
print("still there:", reference() is not None)
gc.collect()
print("gone:", reference() is None)
kept = Resource("third")
print("end")
