def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'if x = 1:\n pass',
    'while x = 1: pass',
    'if x = 1 and y: pass',
    'elif_ = (x = 1)',
    'print(a = b = c)',
    'f(a.b=1)',
    'f(1=2)',
    "f('a'=1)",
    'f(a+b=1)',
    'f(True=1)',
    'f(a[0]=1)',
    'f(None=1)',
    'f(f()=1)',
    'if (a, b) = c: pass',
    'assert x = 1',
    'return_ = [a = 1]',
    '[a = 1]',
    '{a = 1}',
    '{a: b = 1}',
    'x = {1 = 2}',
    '(a = 1)',
    '(a, b = 1)',
    'lambda x: y = 1',
    'f(lambda: x=1)',
    'if not x = 1: pass',
    'while f() = 1: pass',
    'if x.y = 1: pass',
    'if x[0] = 1: pass',
    'print(x := 1)',
    'f(x := 1, y=2)',
    'f(not a=1)',
    'a if b = c else d',
):
    show(source)
