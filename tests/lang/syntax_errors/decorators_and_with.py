def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    '@a\n',
    '@a\npass',
    '@a\nx = 1',
    '@1\ndef f(): pass',
    '@a +\ndef f(): pass',
    '@a, b\ndef f(): pass',
    '@yield\ndef f(): pass',
    '@a := b\ndef f(): pass',
    '@(a := b)\ndef f(): pass',
    '@a()\n\n\ndef f(): pass',
    '@a\n@b\n',
    'with a, : pass',
    'with : pass',
    'with a b: pass',
    'with (a, b) as c, d: pass',
    'with (a as b): pass',
    'with (a as b, c as d,): pass',
    'with (a as b, c as d,) as e: pass',
    'with (a as b), c: pass',
    'with a as b as c: pass',
    'with a as (b): pass',
    'with a as [b, c]: pass',
    'with a as b.c, d as e[0]: pass',
    'with (a, b as c): pass',
    'with (yield): pass',
    'with a if b else c as d: pass',
    'with a as b = c: pass',
    'with (a as b c): pass',
    'with (a as 1): pass',
    'with a as f(): pass',
    'with (,): pass',
    'with (): pass',
    'with a: b: pass',
    'with a as *b: pass',
    'with *a: pass',
    'with (*a,): pass',
    'with (*a): pass',
    'with a as b, c as 1: pass',
):
    show(source)
