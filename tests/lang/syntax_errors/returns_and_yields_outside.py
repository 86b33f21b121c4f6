def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'return',
    'return 1',
    'yield',
    'yield 1',
    'await x',
    'x = yield',
    'class A: return',
    'class A: yield',
    'class A:\n x = yield',
    'lambda: (yield)',
    '[(yield) for x in y]',
    'def f(): [(yield) for x in y]',
    'def f(): ((yield) for x in y)',
    'def f(): {(yield): 1 for x in y}',
    'def f(): await x',
    'def f(): [await x for y in z]',
    'async def f(): yield\n',
    'async def f():\n yield 1\n return 2',
    'async def f(): yield from x',
    'async def f():\n def g(): await x',
    'def f(): async with a: pass',
    'def f():\n async with a: pass',
    'def f():\n async for a in b: pass',
    'async with a: pass',
    'async for a in b: pass',
    'def f(): return [x async for x in y]',
    '[x async for x in y]',
    'async def f(): [x async for x in y]',
    'async def f(): lambda: await x',
    'class A:\n await x',
    'def f(x=(yield)): pass',
    'def f():\n def g(x=(yield)): pass',
    'break',
    'continue',
    'if x: break',
    'while x: pass\nelse: break',
    'for x in y:\n def f(): break',
    'while 1:\n class A: continue',
    'def f(): break',
    'class A: break',
    'for x in y: continue',
    'try: break\nfinally: pass',
    'with a: continue',
    'async x',
    'async',
    'await',
    'def f(): async',
    'async def f(): await',
    'async lambda: 1',
):
    show(source)
