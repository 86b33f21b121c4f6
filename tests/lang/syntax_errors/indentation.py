def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    '  x = 1',
    'x = 1\n  y = 2',
    'if x:\n    a\n  b',
    'if x:\n  a\n    b',
    'if x:\n        a\n\tb',
    '\tif x:\n  a',
    'if x:\n\ta\n        b',
    'def f():\n    a\n   b\n  c',
    'if x:\n    if y:\n        z\n      w',
    'x = 1\n\ty = 2',
    'if 1:\n    x = 1\n     y = 2',
    'class A:\n  x = 1\n y = 2',
    'for x in y:\n    pass\n   else:\n    pass',
    'if x:\n    pass\n  elif y:\n    pass',
    '  # comment\n x',
    'if x: a\n  b',
    'try:\n    a\n  except: b',
):
    show(source)
