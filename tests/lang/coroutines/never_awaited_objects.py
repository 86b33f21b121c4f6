async def f(): 
    print("never printed")
c = f()
print(type(c).__name__, c.__name__, c.cr_running, c.cr_await, c.cr_code.co_name)
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)
c2 = f()
try:
    c2.throw(ValueError("before start"))
except ValueError as e:
    print(e)
try:
    c2.send(None)
except RuntimeError as e:
    print(e)
class A:
    async def m(self): return self
    @staticmethod
    async def s(x): return x
    @classmethod
    async def k(cls): return cls.__name__
    async def __call__(self): return "called"
def run(c):
    try:
        c.send(None)
    except StopIteration as e:
        return e.value
a = A()
print(run(a.m()) is a, run(A.s(3)), run(A.k()), run(a()), A.m.__qualname__)
async def f2(): return "f2"
async def defaults(a, b=2, *c, d, **e): return a, b, c, d, e
print(run(defaults(1, d=4)), run(defaults(1, 2, 3, d=5, z=6)))
try:
    defaults()
except TypeError as e:
    print(e)
async def with_doc() -> int:
    "the doc"
    return 1
print(with_doc.__doc__, with_doc.__annotations__, run(with_doc()))
x = [f2() for _ in range(3)]
print([run(c) for c in x])
async def closure(n):
    async def inner():
        nonlocal n
        n += 1
        return n
    return await inner() + await inner()
print(run(closure(10)))
def reenter():
    class Me:
        def __await__(self):
            try:
                c.send(None)
            except ValueError as e:
                print(e)
            yield 1
    async def co(): await Me()
    c = co()
    c.send(None)
    c.close()
reenter()
