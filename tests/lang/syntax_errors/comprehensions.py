def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    '[x, y for x in z]',
    '[x for x in]',
    '[x for]',
    '[for x in y]',
    '[x for x y]',
    '[x for x in y if]',
    '[x for x in y else z]',
    '[x if y for x in z]',
    '[*x for x in y]',
    '{**x for x in y}',
    '{*x for x in y}',
    '{a: b for}',
    '{a: b, c for c in d}',
    '{a: *b for c in d}',
    '(x, y for x in z)',
    '(*x for x in y)',
    '[x for x in a, b]',
    '[x for x, in a]',
    '[x for 1 in a]',
    '[x for x() in a]',
    '[x async for x in y]',
    '[(x := 1) for x in y]',
    '[x for x in (y := z)]',
    '[(yield x) for x in y]',
    '[x for x in lambda: y, 1]',
    '[x for x in y for]',
    '[x for x in y if z else w]',
    '[not for x in y]',
    '[x in y for x]',
    '{x for x in y: z}',
    '[x := 1 for x in y]',
    '[x for x in x if x else]',
    'f(x, y for y in z)',
    '[i for i in range(3)',
    '[lambda: x for x in y]',
    '[x for lambda: y in z]',
    '[[x for x in y] for z]',
):
    show(source)
