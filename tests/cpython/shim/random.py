# A small random: a 64-bit xorshift generator behind the methods that tests use.
class Random:
    def __init__(self, x=None):
        self.seed(x)

    def seed(self, a=None, version=2):
        self.state = (hash(a) ^ 0x9E3779B97F4A7C15) & (2**64 - 1) or 1

    def getstate(self): return self.state
    def setstate(self, state): self.state = state

    def getrandbits(self, k):
        result = 0
        for _ in range((k + 31) // 32):
            x = self.state
            x ^= x << 13 & (2**64 - 1)
            x ^= x >> 7
            x ^= x << 17 & (2**64 - 1)
            self.state = x
            result = result << 32 | x >> 32
        return result >> -k % 32

    def random(self): return self.getrandbits(53) * 2.0**-53
    def _below(self, n): return self.getrandbits(n.bit_length() + 16) % n

    def randrange(self, start, stop=None, step=1):
        choices = range(start) if stop is None else range(start, stop, step)
        first, last, step = choices.start, choices.stop, choices.step
        count = (last - first + step - (1 if step > 0 else -1)) // step
        if count <= 0:
            raise ValueError("empty range for randrange()")
        return first + step * self._below(count)

    def randint(self, a, b): return self.randrange(a, b + 1)
    def uniform(self, a, b): return a + (b - a) * self.random()
    def choice(self, seq): return seq[self._below(len(seq))]
    def choices(self, population, *, k=1): return [self.choice(population) for _ in range(k)]
    def randbytes(self, n): return self.getrandbits(n * 8).to_bytes(n, "little")
    def expovariate(self, rate=1.0): return self.random() / rate
    def gauss(self, mu=0.0, sigma=1.0): return mu + sigma * (self.random() + self.random() + self.random() - 1.5)
    normalvariate = gauss

    def shuffle(self, x):
        for i in reversed(range(1, len(x))):
            j = self._below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k):
        rest = list(population)
        self.shuffle(rest)
        return rest[:k]


SystemRandom = Random
_shared = Random(1)
for _name in dir(Random):
    if not _name.startswith("_"):
        globals()[_name] = getattr(_shared, _name)
