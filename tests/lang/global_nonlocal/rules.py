n = "global"
def a():
    n = "a"
    def b():
        def c():
            nonlocal n
            n = "set by c"
        c()
        return n
    return b(), n
print(a(), n)
def skips():
    n = "function"
    class K:
        n = "class"
        def m(self):
            nonlocal n
            n = "by method"
    K().m()
    return n, K.n
print(skips())
def g():
    global n
    n = "changed"
    def h():
        global n
        n += " twice"
    h()
g()
print(n)
def many():
    p = q = 0
    def f():
        nonlocal p, q
        p, q = q + 1, p + 2
        for p in range(3): pass
        return p, q
    return f(), p, q
print(many())
for source in ("def f():\n nonlocal x", "nonlocal x", "def f():\n x = 1\n global x", "def f():\n print(x)\n global x", "def f(x):\n global x", "def f(x):\n nonlocal x", "def f():\n global x\n nonlocal x", "def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x", "def f():\n x = 1\n def g():\n  print(x)\n  nonlocal x", "class C:\n nonlocal x", "def f():\n x: int = 1\n global x", "def f():\n global x\n x: int = 1", "def f():\n x = 1\n def g():\n  nonlocal x\n  x: int = 2", "global x\nx = 1", "x = 1\nglobal x", "def f():\n for x in y: pass\n global x", "def f():\n import x\n global x", "def f():\n def x(): pass\n global x", "def f():\n [x for x in y]\n global x"):
    try:
        compile(source, "s", "exec")
        print(repr(source), "fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg, e.lineno)
def deleting():
    v = 1
    def f():
        nonlocal v
        del v
    f()
    try: return v
    except NameError as e: return str(e)
print(deleting())
def gdel():
    global tmp
    tmp = 1
    del tmp
gdel()
print("tmp" in globals())
