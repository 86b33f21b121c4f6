def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    "'abc",
    '"abc',
    "'''abc",
    '"""abc\ndef',
    "x = 'a\ny = 1",
    'f("a)',
    "'\\",
    "b'abc",
    "r'abc\\'",
    "f'abc",
    "f'''{x}",
    "x = 'it's'",
    "print('a' 'b)",
    "'a\\\nb",
    "u'x",
    'rb"""x\n\ny',
    "'abc\n'",
    "x = '''a'' b\nc",
):
    show(source)
