# match, case, type and _ are ordinary names wherever they do not begin a statement of their own.
match = 5
case = 6
type_ = type
_ = 7
print(match, case, _)
match[0:1] if isinstance(match, list) else print("no list")
print(match + case, match * 2, -match)
match = [1, 2, 3]
match[1] = 20
print(match[1], match [0])
def case(x): return x * 2
print(case(4), case (5))
match = lambda *a: ("called", a)
print(match(1, 2))
print(match (1))
class type_holder:
    match = 1
    case = 2
    type = 3
print(type_holder.match, type_holder.case, type_holder.type)
match = {"a": 1}
match["b"] = 2
print(match)
match match:
    case {"a": case}:
        print("inside", case)
    case _:
        print("never")
match: int = 4
print(match)
match -4:
    case -4:
        print("unary subject")
print(case)
def f(match, case=2, *, type=3): return match, case, type
print(f(match=1), f(1, type=0))
for match in range(2): print(match)
import time as match
print(match.__name__)
