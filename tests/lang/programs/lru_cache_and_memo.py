class Node:
    __slots__ = "key", "value", "before", "after"
    def __init__(self, key=None, value=None): self.key, self.value, self.before, self.after = key, value, self, self
class LRU:
    def __init__(self, size):
        self.size, self.nodes, self.root = size, {}, Node()
        self.hits = self.misses = 0
    def _unlink(self, n): n.before.after, n.after.before = n.after, n.before
    def _push(self, n):
        last = self.root.before
        last.after = self.root.before = n
        n.before, n.after = last, self.root
    def __getitem__(self, key):
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            raise KeyError(key)
        self.hits += 1
        self._unlink(node); self._push(node)
        return node.value
    def __setitem__(self, key, value):
        if key in self.nodes:
            self.nodes[key].value = value
            self[key]
            return
        if len(self.nodes) >= self.size:
            oldest = self.root.after
            self._unlink(oldest)
            del self.nodes[oldest.key]
        self.nodes[key] = node = Node(key, value)
        self._push(node)
    def __iter__(self):
        n = self.root.after
        while n is not self.root:
            yield n.key
            n = n.after
    def __len__(self): return len(self.nodes)
def cached(size):
    def deco(f):
        cache = LRU(size)
        def wrapper(*args):
            try: return cache[args]
            except KeyError:
                result = cache[args] = f(*args)
                return result
        wrapper.cache = cache
        return wrapper
    return deco
@cached(50)
def paths(r, c): return 1 if r == 0 or c == 0 else paths(r - 1, c) + paths(r, c - 1)
print(paths(16, 16), paths.cache.hits, paths.cache.misses, len(paths.cache))
c = LRU(3)
for k in "abcad": c[k] = k.upper()
print(list(c), len(c), c.nodes.keys() == set("cad"))
c["c"]; c["new"] = 1
print(list(c))
try: c["a"]
except KeyError as e: print("gone", e)
big = LRU(100)
for i in range(5000): big[i * 7 % 301] = i
print(len(big), sum(big[k] for k in list(big)), list(big)[:3], big.hits)
