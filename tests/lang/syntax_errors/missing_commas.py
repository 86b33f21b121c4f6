def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'f(a b)',
    '[1 2]',
    '(1 2)',
    '{1 2}',
    '{1: 2 3: 4}',
    'f(a, b c)',
    '[a b, c]',
    'x = (a, b c)',
    "f(1 'a')",
    "['a' b]",
    'f(a=1 b=2)',
    'f(x y=1)',
    '[1, 2 3, 4]',
    '(a b)',
    'f(a.b c)',
    'f(a() b())',
    '[x for x in y z]',
    "f('a' 'b' c)",
    'foo(a, b for b in c)',
    'foo(a, b for b in (c))',
    '{a b}',
    'print(a b)',
    'd[a b]',
    'd[a, b c]',
    '(a, b\nc, d)',
    '[\n 1\n 2\n]',
    'f(a\n  b)',
    'a b',
    'a b c',
    'f(a) b',
    'x = a b',
):
    show(source)
