# List, set and dict comprehensions have no frame of their own: their loops run in the function around them, as in
# Python 3.12 (PEP 709). A traceback shows no <listcomp>, and a variable of the function that is not yet bound is an
# UnboundLocalError inside too, not a NameError about a free variable. Scopes are as ever: the variables of the
# comprehension do not leak. Those in a class body, and those that call locals(), eval() and the like, are functions.
import sys

def depth():
    count, frame = 0, sys._getframe()
    while frame is not None:
        count, frame = count + 1, frame.f_back
    return count

def f():
    print([depth() for _ in range(1)][0] - depth())
    try:
        [later for _ in range(1)]
    except NameError as e:
        print(type(e).__name__, e)
    later = 1
    x = "kept"
    print([x for x in range(3)], x)

f()

class C:
    print([depth() for _ in range(1)][0] - depth())
