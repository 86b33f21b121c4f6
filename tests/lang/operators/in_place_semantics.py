class Acc:
    def __init__(self): self.log = []
    def __iadd__(self, x): self.log.append(x); return self
    def __isub__(self, x): return "replaced"
a = Acc(); b = a
a += 1; a += 2
print(a is b, a.log)
a -= 1
print(a, b.log)
calls = []
class Box:
    def __init__(self): self.d = {"k": [1]}
    def __getitem__(self, k): calls.append(("get", k)); return self.d[k]
    def __setitem__(self, k, v): calls.append(("set", k, v)); self.d[k] = v
    def __getattr__(self, n): calls.append(("getattr", n)); return 10
def idx(): calls.append("idx"); return "k"
def box(): calls.append("box"); return x
x = Box()
box()[idx()] += [2]
print(calls); calls.clear()
box().zz += 5
print(calls, x.zz); calls.clear()
t = ([1],)
try:
    t[0] += [2]
except TypeError as e:
    print(e, t)
l = [1, 2]; m = l
l += (3,); l *= 2
print(m, m is l)
l = l + [9]
print(m is l)
s = "a"; u = s; s += "b"; print(u, s)
n = 5; o = n; n **= 2; print(n, o)
d = {"a": 1}; e = d; d |= {"b": 2}; print(e)
st = {1}; su = st; st -= {1}; print(su)
f = frozenset({1}); g = f; f |= {2}; print(g)
class C: v = 1
c = C(); c.v += 1
print(c.v, C.v)
def undefined():
    try:
        q += 1
    except UnboundLocalError as err: print(err)
undefined()
try:
    nope += 1
except NameError as err: print(err)
try:
    [].x += 1
except AttributeError as err: print(err)
try:
    {}["k"] += 1
except KeyError as err: print(repr(err))
z = [0] * 3
i = 0
z[i] += 1; i += 1; z[i] -= i; z[-1] |= 8; z[0] <<= 4
print(z)
a = b = c = []
a += [1]
print(b, c is a)
x = y = 0
x += 1
print(x, y)
z[0:2] += ["s"]
print(z)
z[1:1] *= 3
print(z)
v = 1
v += v + (v := 10)
print(v)
