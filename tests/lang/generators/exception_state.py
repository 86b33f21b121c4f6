# Each generator carries its own handled exception.
import sys
def g():
    print("in g", sys.exc_info()[0])
    try:
        raise KeyError("inside")
    except KeyError:
        yield sys.exc_info()[0].__name__
        print("back", sys.exc_info()[0].__name__)
        try:
            raise
        except KeyError as e:
            print("reraised", e, repr(e.__context__))
    yield sys.exc_info()[0]
i = g()
try:
    raise ValueError("outside")
except ValueError:
    print(next(i), sys.exc_info()[0].__name__)
print(sys.exc_info()[0])
print(next(i), sys.exc_info())
def h():
    yield
    raise TypeError("from h")
j = h(); next(j)
try:
    try:
        raise ValueError("context")
    except ValueError:
        next(j)
except TypeError as e:
    print(repr(e.__context__))
def k():
    try:
        yield 1
    except ValueError as e:
        print("k:", repr(e), repr(e.__context__))
        raise KeyError("new")
m = k(); next(m)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        m.throw(ValueError("thrown"))
except KeyError as e:
    c = e
    while c:
        print(repr(c), end=" <- ")
        c = c.__context__
    print()
def reraises():
    try:
        yield
    except Exception:
        raise
r = reraises(); next(r)
try:
    r.throw(ValueError("same"))
except ValueError as e:
    print(e, e.__context__)
def bare():
    yield
    raise
b = bare(); next(b)
try:
    next(b)
except RuntimeError as e:
    print(e)
