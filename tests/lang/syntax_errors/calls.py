def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'f(a=1, 2)',
    'f(**a, b)',
    'f(a=1, a=2)',
    'f(a, a=1, *b, c)',
    'f(x for x in y, 1)',
    'f(1, x for x in y)',
    'f(x for x in y)',
    'f(x for x in y, z for z in w)',
    'f(*)',
    'f(**)',
    'f(a=)',
    'f(=1)',
    'f(a, , b)',
    'f(,)',
    'f(a,,)',
    'f(a:b)',
    'f(a; b)',
    'f(*a b)',
    'f(**a b)',
    'f(a)(b c)',
    'f(a b=1)',
    'f(*a=1)',
    'f(**a=1)',
    'f(a=b c)',
    'f(yield)',
    'f(return)',
    'f(a if b)',
    'f(import)',
    'f(a=*b)',
    'f(a := 1)',
    'f(a = b := 1)',
    'f((a := 1))',
    'f(a, b=c for c in d)',
    'class A(x for x in y): pass',
    'f(a=x for x in y)',
    'f(1 if 2 else)',
    'f(not)',
    'f(in)',
    'f(a.)',
    'f(a.1)',
    'f(.a)',
):
    show(source)
