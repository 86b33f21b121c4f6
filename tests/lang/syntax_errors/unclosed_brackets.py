def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    '(',
    '[1,',
    '{1: 2',
    'f(1',
    'print(1\nx = 2',
    'x = (1,\n     [2,\n     3)\n',
    'a = ]',
    '(1]',
    '{(1}',
    'f(a, b]',
    'x = [1, 2\n}',
    '(\n\n\n',
    'def f(:\n pass',
    'foo(1, 2\nbar',
    "x = {'a': 1\ny = 2\nz = 3",
    "'a' + (",
    '[[[[',
    '}',
    'x)',
    '(()',
    'a[1:2',
    'lambda: (',
    "print('x' ",
    'f(a for b in c',
    '{**a',
    'class A(B:\n pass',
    'if (a:\n pass',
    'while (1:\n pass',
):
    show(source)
