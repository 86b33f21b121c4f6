WORDS = "cat cot cog dog dot dig big bag bat hat hot hog log lot let set sat rat ran run sun son ton tan tin fin fun".split()
class Trie:
    def __init__(self): self.kids, self.end = {}, False
    def add(self, w):
        n = self
        for c in w: n = n.kids.setdefault(c, Trie())
        n.end = True
    def __contains__(self, w):
        n = self
        for c in w:
            n = n.kids.get(c)
            if n is None: return False
        return n.end
    def __iter__(self, prefix=""):
        if self.end: yield prefix
        for c in sorted(self.kids): yield from self.kids[c].__iter__(prefix + c)
    def starting(self, p):
        n = self
        for c in p:
            n = n.kids.get(c)
            if n is None: return []
        return list(n.__iter__(p))
    def match(self, pattern):
        if not pattern: return [""] if self.end else []
        heads = sorted(self.kids) if pattern[0] == "." else [pattern[0]]
        return [c + rest for c in heads if c in self.kids for rest in self.kids[c].match(pattern[1:])]
t = Trie()
for w in WORDS: t.add(w)
print("cat" in t, "ca" in t, "zzz" in t, t.starting("l"), t.match("..g"), t.match("h.t"), list(t) == sorted(set(WORDS)))
def neighbours(w):
    for i in range(len(w)):
        for x in t.match(w[:i] + "." + w[i + 1:]):
            if x != w: yield x
def ladder(a, b):
    before, queue = {a: None}, [a]
    for w in queue:
        if w == b:
            path = []
            while w: path.append(w); w = before[w]
            return path[::-1]
        for n in neighbours(w):
            if n not in before: before[n] = w; queue.append(n)
print(ladder("cat", "dog"), ladder("rat", "fin"), ladder("cat", "cat"), len(ladder("big", "fun")))
def anagrams(words):
    groups = {}
    for w in words: groups.setdefault("".join(sorted(w)), []).append(w)
    return sorted(g for g in groups.values() if len(g) > 1)
print(anagrams(WORDS + "tac god gid tea eat ate".split()))
def huffman(text):
    heap = sorted((text.count(c), c, c) for c in set(text))
    while len(heap) > 1:
        (n1, k1, a), (n2, k2, b) = heap[:2]
        heap = sorted(heap[2:] + [(n1 + n2, min(k1, k2), (a, b))], key=lambda x: x[:2])
    codes = {}
    def walk(n, code):
        if isinstance(n, str): codes[n] = code or "0"
        else: walk(n[0], code + "0"); walk(n[1], code + "1")
    walk(heap[0][2], "")
    return codes
codes = huffman("abracadabra alakazam")
bits = "".join(codes[c] for c in "abracadabra alakazam")
print({c: codes[c] for c in sorted(codes)}, len(bits))
back, word = {v: k for k, v in codes.items()}, ""
out = []
for b in bits:
    word += b
    if word in back: out.append(back[word]); word = ""
print("".join(out))
def soundex(w):
    code = {**dict.fromkeys("bfpv", "1"), **dict.fromkeys("cgjkqsxz", "2"), **dict.fromkeys("dt", "3"), "l": "4", **dict.fromkeys("mn", "5"), "r": "6"}
    out, last = w[0].upper(), code.get(w[0].lower())
    for c in w[1:].lower():
        d = code.get(c)
        if d and d != last: out += d
        if c not in "hw": last = d
    return (out + "000")[:4]
print([soundex(w) for w in ("Robert", "Rupert", "Rubin", "Ashcraft", "Tymczak", "Pfister")])
