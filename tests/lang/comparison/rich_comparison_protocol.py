log = []
class A:
    def __init__(self, v): self.v = v
    def __eq__(s, o): log.append("A.eq"); return NotImplemented
    def __lt__(s, o): log.append("A.lt"); return NotImplemented
    def __le__(s, o): log.append("A.le"); return "le result"
    def __gt__(s, o): log.append("A.gt"); return NotImplemented
class B(A):
    def __eq__(s, o): log.append("B.eq"); return NotImplemented
    def __gt__(s, o): log.append("B.gt"); return "B.gt result"
a, b, a2 = A(1), B(2), A(3)
for expr in "a == a2", "a == b", "a != b", "a == a", "a < b", "b > a", "a <= b", "a >= b", "a == 1", "1 == a", "b < a", "a != a2":
    log.clear()
    try:
        r = eval(expr)
    except TypeError as e:
        r = e
    print(expr, r, log)
class NE:
    def __ne__(self, o): return "ne only"
class EQ:
    def __eq__(self, o): return "truthy"
print(NE() != 1, NE() == NE(), EQ() == 1, EQ() != 1, 1 == EQ(), 1 != EQ(), EQ.__hash__, NE.__hash__ is not None)
class Empty: pass
e, f = Empty(), Empty()
print(e == e, e == f, e != f, e is e)
for op in "<", "<=", ">", ">=":
    for x, y in (("e", "f"), ("1", "'a'"), ("None", "None"), ("[]", "()"), ("{}", "{}"), ("1j", "2j"), ("int", "str"), ("object()", "1"), ("len", "len"), ("range(1)", "range(2)"), ("b''", "''")):
        try:
            eval(f"{x} {op} {y}")
            print(x, op, y, "fine")
        except TypeError as err:
            print(err)
class Total:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return self.v == o.v
print(Total(1) < Total(2), Total(1) > Total(2), Total(2) == Total(2), Total(1) != Total(2))
try:
    Total(1) <= Total(2)
except TypeError as err:
    print(err)
print(1 == 1.0 == True, "1" == 1, None == 0, [] == (), 1 is 1.0, {1: 2} == {1.0: 2.0}, (1,) == (1.0,), b"a" == "a", [1, [2]] == [1, [2.0]], float("nan") != float("nan"), 10**20 == 1e20, "" == None, NotImplemented == NotImplemented, ... is ..., type(1) == int, range(3) == range(0, 3, 1), {1, 2} == frozenset({2, 1}), object == object)
print(int.__eq__(1, 2), int.__eq__(1, "a"), object.__eq__(1, 1), object.__ne__(1, 1), str.__lt__("a", "b"), list.__lt__([1], (1,)), (1).__ne__(1), object().__lt__(1), float.__gt__(1.0, 2))
