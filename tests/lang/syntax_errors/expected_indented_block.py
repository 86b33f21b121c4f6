def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'if x:\npass',
    'if x:\n',
    'while x:\npass',
    'for x in y:\npass',
    'def f():\npass',
    'class A:\npass',
    'class A(B):\npass',
    'try:\npass',
    'try:\n pass\nexcept:\npass',
    'try:\n pass\nexcept A:\npass',
    'try:\n pass\nexcept A as e:\npass',
    'try:\n pass\nfinally:\npass',
    'try:\n pass\nexcept* A:\npass',
    'with a:\npass',
    'with a as b:\npass',
    'if x:\n pass\nelse:\npass',
    'if x:\n pass\nelif y:\npass',
    'for x in y:\n pass\nelse:\npass',
    'while x:\n pass\nelse:\npass',
    'match x:\ncase 1: pass',
    'match x:\n case 1:\n pass',
    'async def f():\npass',
    'async def f():\n async for x in y:\n pass',
    'async def f():\n async with a:\n pass',
    'def f():\n    if x:\n    y = 1',
    "def f():\n    '''doc'''\n   x = 1",
    'if x:\n    # only a comment\ny = 1',
    'def f():\n\n\nx = 1',
    'class A:\n    def f(self):\n    def g(self): pass',
    'try:\n    pass\nexcept A:\n    pass\nelse:\npass',
    'with (a, b):\npass',
):
    show(source)
