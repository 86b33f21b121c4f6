def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'try: pass',
    'try:\n pass\nx = 1',
    'try: pass\nelse: pass',
    'try: pass\nexcept: pass\nexcept A: pass',
    'try: pass\nexcept A: pass\nexcept* B: pass',
    'try: pass\nexcept* A: pass\nexcept B: pass',
    'try: pass\nexcept*: pass',
    'try: pass\nexcept A, B: pass',
    'try: pass\nexcept A, B as c: pass',
    'try: pass\nexcept (A, B) as c: pass',
    'try: pass\nexcept A as b.c: pass',
    'try: pass\nexcept A as (b): pass',
    'try: pass\nexcept A as b[0]: pass',
    'try: pass\nfinally: pass\nexcept: pass',
    'except: pass',
    'finally: pass',
    'try: pass\nexcept A: pass\nelse: pass\nexcept B: pass',
    'try: pass\nelse: pass\nexcept: pass',
    'try: pass\nfinally: pass\nfinally: pass',
    'try: pass\nexcept* (A, B): pass',
    'try: pass\nexcept *A: pass',
    'try: pass\nexcept as e: pass',
    'try: pass\nexcept A as: pass',
    'try: pass\nexcept* A, B: pass',
):
    show(source)
