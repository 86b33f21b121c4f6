from _star import *
print(public, _explicit, listed_function())
try:
    hidden
except NameError as e:
    print(e)
from _star_plain import *
print(plain, "_private" in globals(), "sys" in globals())
import _star_bad
try:
    from _star_bad import *
except AttributeError as e:
    print(e)
try:
    exec("def f():\n from _star import *")
except SyntaxError as e:
    print(e.msg)
class C:
    exec("from _star_plain import *")
print(C.plain)
