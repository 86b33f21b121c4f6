# A metaclass's mro() that meets classes which have no MRO yet, or that assigns to __bases__ meanwhile.

met = []


class M(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ == "Incomplete":
            try:
                type("Below", (cls,), {})
            except TypeError as error:
                print(error)
            try:
                super(cls, cls).x
            except AttributeError:
                print("no attribute")
            if cls not in met:
                met.append(cls)
                cls.__bases__ += ()
        return type.mro(cls)


class Incomplete(metaclass=M):
    pass


print(Incomplete.__mro__)

ready = False


class N(type):
    def mro(cls):
        if ready:
            if cls.__name__ == "B1":
                B2.__bases__ = (B1,)
            if cls.__name__ == "B2":
                B1.__bases__ = (B2,)
        return type.mro(cls)


class A(metaclass=N): pass
class B1(A): pass
class B2(A): pass


ready = True
try:
    B1.__bases__ += ()
except TypeError as error:
    print(error)
ready = False


class P(type):
    def mro(cls):
        global ready
        if ready and cls.__name__ == "C":
            ready = False
            C.__bases__ = (E,)
        return type.mro(cls)


class A(metaclass=P): pass
class D(A): pass
class E(A): pass
class C(A): pass


ready = True
C.__bases__ = (D,)
D.__bases__ = (C,)
print(C.__bases__, E.__subclasses__(), D.__subclasses__(), D.__bases__, C.__subclasses__())


class Elsewhere(type):
    def mro(cls):
        return (A,)


try:
    class Without(metaclass=Elsewhere):
        pass
except TypeError as error:
    print(error)
