def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'if x\n pass',
    'if x pass',
    'while x\n pass',
    'for x in y\n pass',
    'def f()\n pass',
    'class A\n pass',
    'class A()\n pass',
    'try\n pass',
    'try: pass\nexcept\n pass',
    'try: pass\nexcept A\n pass',
    'try: pass\nfinally\n pass',
    'with a\n pass',
    'with a as b\n pass',
    'else\n',
    'if x: pass\nelse\n pass',
    'if x: pass\nelif y\n pass',
    'for x in y: pass\nelse\n pass',
    'match x\n case 1: pass',
    'match x:\n case 1\n  pass',
    'lambda x',
    'def f() -> int\n pass',
    'async def f()\n pass',
    'async with a\n pass',
    'while x = 1\n pass',
    'class A(B)\n pass',
    'if x: pass\nelif y = 1: pass',
    'with (a, b)\n pass',
    'try: pass\nexcept* A\n pass',
    'match x:\n case [a, b] if c\n  pass',
    'def f(a, b): int\n pass',
    'lambda',
    '{a}',
    'x = {a:}',
    '{1:, 2}',
    "{'a' 1}",
    '{1: *a}',
    '{1: 2, 3:}',
    '{1:2, 3}',
    '{a: b, c d}',
):
    show(source)
