def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'def f():\n x = 1\n global x',
    'def f():\n print(x)\n global x',
    'def f(x):\n global x',
    'def f():\n global x\n x: int = 1',
    'def f():\n x: int\n global x',
    'nonlocal x',
    'def f():\n nonlocal x',
    'def f(x):\n nonlocal x',
    'class A:\n nonlocal x',
    'def f():\n x = 1\n class A:\n  nonlocal x',
    'def f():\n global x\n def g():\n  nonlocal x',
    'def f():\n x = 1\n def g():\n  global x\n  nonlocal x',
    'def f():\n x = 1\n def g():\n  x\n  nonlocal x',
    'def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x',
    'def f():\n x = 1\n def g(x):\n  nonlocal x',
    'global x\nglobal x',
    'x = 1\nglobal x',
    'print(x)\nglobal x',
    'global x\ndel x',
    'def f():\n for x in y: pass\n global x',
    'def f():\n with a as x: pass\n global x',
    'def f():\n import x\n global x',
    'def f():\n try: pass\n except A as x: pass\n global x',
    'def f():\n def x(): pass\n global x',
    'def f():\n class x: pass\n global x',
    'def f():\n [x for x in y]\n global x',
    'def f():\n (x := 1)\n global x',
    'def f():\n match a:\n  case x: pass\n global x',
    'lambda x: (global_ := x)',
    'def f():\n if 0:\n  x = 1\n global x',
    'def f():\n del x\n global x',
    'def f():\n x += 1\n global x',
    'def f():\n x.y = 1\n global x',
    'def f():\n x[0] = 1\n global x',
):
    show(source)
