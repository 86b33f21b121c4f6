class Tag(str):
    def __new__(cls, name, **attributes):
        self = super().__new__(cls, name)
        self.attributes = attributes
        return self
    def __add__(self, other):
        return Tag(str(self) + other, **self.attributes)
    def __contains__(self, item):
        return item in self.attributes or super().__contains__(item)
    def __len__(self):
        return 99
    def __getitem__(self, i):
        return "<" + super().__getitem__(i) + ">"
t = Tag("div", id="x")
print(t, repr(t), len(t), t[0], t[1:], "id" in t, "iv" in t, "zz" in t, t + "!", type(t + "!").__name__, t.attributes, t.upper(), str.__len__(t))
print([*t], t.join("ab"), "ab".join([t, t]), f"{t:>5}|", "%5s|" % t, t == "div", t.__eq__("div"), t.center(7, "*"))
print(isinstance(t, str), issubclass(Tag, str), Tag.__mro__, Tag.__base__.__name__)
d = {t: 1, "div": 2}
print(d, list(d)[0].attributes)
class Lower(str):
    __slots__ = ()
    def __eq__(self, other): return str(self).lower() == str(other).lower()
    def __hash__(self): return hash(str(self).lower())
print(Lower("A") == "a", "a" == Lower("A"), {Lower("KEY"): 1}["key"], Lower("A") != "b", "B" in [Lower("b")])
try:
    Lower("x").attr = 1
except AttributeError as e:
    print(e)
