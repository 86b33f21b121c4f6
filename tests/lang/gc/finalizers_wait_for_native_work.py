# A collection in the middle of a long join finds garbage whose finalizer changes what is being joined: it has to wait.
import gc
class Clears:
    def __init__(self, target): self.me, self.target = self, target
    def __del__(self):
        self.target.clear()
        self.target.extend([b"z"] * 3)
def garbage(target):
    for i in range(5): Clears(target)
texts = [c * 1000000 for c in "abcdefghij" * 3]
chunks = [bytes(1000000) for i in range(30)]
for items, joined in (texts, ""), (chunks, b""):
    gc.collect()
    garbage(items)
    filler = "x" * 12000000     # makes a collection due
    joined = joined.join(items)
    print(len(joined), joined[::3000001])
