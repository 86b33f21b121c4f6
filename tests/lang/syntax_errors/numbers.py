def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    '1_',
    '1__0',
    '0b',
    '0b2',
    '0o',
    '0o8',
    '0x',
    '0xg',
    '012',
    '00012',
    '0_7',
    '1e',
    '1e+',
    '1.e',
    '1.5.5',
    '1..2',
    '1a',
    '1_a',
    '0b1a',
    '0o1z',
    '0xfg',
    '1.5j2',
    '1jj',
    '1 2',
    '0b1.5',
    '1e5x',
    '9e_1',
    '1_.0',
    '1._0',
    '0 1',
    '1if 2else 3',
    '1or 2',
    '0in x',
    '1 if 2 else3',
    '5abc',
    '1.abc',
    '0777',
    '08',
    '09.5',
    '1__',
    '100_',
    '2j_',
):
    show(source)
