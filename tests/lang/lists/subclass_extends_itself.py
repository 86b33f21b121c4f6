# A list (or another container) of a subclass, extended by itself.
class L(list): pass
l = L([1,2]); l.extend(l); print(l); l += l; print(l); l[1:1] = l; print(l)
class D(dict): pass
d = D(a=1); d.update(d); print(d)
class S(set): pass
s = S([1]); s.update(s); print(s); s.difference_update(s); print(s)
