def show(source):
    try:
        compile(source, "<test>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source))
        print(f"    {type(e).__name__}: {e.msg} at {e.lineno}:{e.offset} to {e.end_lineno}:{e.end_offset} {e.text!r}")


for source in (
    'import',
    'import a.',
    'import .a',
    'import a as',
    'import a as b.c',
    'import a, ',
    'import a,, b',
    'from',
    'from a',
    'from a import',
    'from a import *, b',
    'from a import (b, c',
    'from a import b,',
    'from a import (b,)',
    'from a import ()',
    'from a import b as',
    'from a import b as c.d',
    'from . import',
    'from .',
    'from .a import b',
    'from ... import a',
    'from .... import a',
    'from a.b import c.d',
    'from a import 1',
    'import 1',
    'import a b',
    'from a import b c',
    'from a import (b c)',
    'from a import b; c',
    'def f(): from a import *',
    'class A: from a import *',
    'def f():\n from a import *',
    'from __future__ import braces',
    'from __future__ import nope',
    'from __future__ import division, nope',
    'x = 1\nfrom __future__ import division',
    "'doc'\nfrom __future__ import division",
    'from __future__ import *',
    'import a as None',
    'from a import None',
    'import None',
    'from None import a',
    'from a import b as None',
    'from a import *\nimport b',
    'if x: from a import *',
):
    show(source)
