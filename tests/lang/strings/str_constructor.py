print(repr(str()), str(1), str(None), str([1, "a"]), str(b"x"), str(object=5), str(1.0), str(str), str("x"))
class A:
    def __str__(self): return "str of A"
class B:
    def __repr__(self): return "repr of B"
class C(str):
    def __str__(self): return "from C"
class D(str): pass
print(str(A()), str(B()), repr(B()), [str(C("c"))], type(str(D("d"))).__name__, repr(C("c")), f"{C('c')}", "%s" % C("c"), "".join([C("c")]), str.__str__(C("c")))
print(str(Exception("e")), str(ValueError()), str(KeyError("k")), str(type), str(len), str(Ellipsis), str(range(3)))
for bad in (lambda: str(1, 2), lambda: str(1, "utf-8"), lambda: str(b"a", "utf-8", "strict", 1), lambda: str(x=1), lambda: str("a", errors="x")):
    try:
        bad()
    except TypeError as e:
        print(e)
class E(str):
    def __new__(cls, value, extra): 
        self = super().__new__(cls, value)
        self.extra = extra
        return self
e = E("text", 5)
print(e, e.extra, e + "!", len(e), e.__dict__, isinstance(e, str), e == "text", {e: 1}["text"])
print("abc".__getitem__(1), "a".__lt__("b"), "a".__eq__(1), "a".__mod__(()), "%s".__mod__(5), "5".__rmod__("%s x") if False else "", "a".__hash__() == hash("a"))
