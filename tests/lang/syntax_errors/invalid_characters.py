def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'a = 1 $ 2',
    'x ? y',
    'a`b',
    'é€',
    'x = “quoted”',
    'a × b',
    'a\xa0= 1',
    'a\u200b = 1',
    'x = 1 ; ;',
    '!',
    'a ! b',
    'a != = b',
    '@',
    '$',
    'x = ²',
    '\x01',
    'a \\ b',
    '\\',
    'a = \\x',
    'a \\\n',
    '€ = 1',
    'a.€',
    'print(«a»)',
    'x = 1\x0cy = 2',
    'a … b',
    '→ x',
    'a‚ b',
):
    show(source)
