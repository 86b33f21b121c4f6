"""Colours: where they are, and where they are not."""
import os

from expecting import everywhere, in_builtin, in_terminals


@in_terminals
def test_prompt_and_tracebacks_have_colors(coil):
    s = coil.start(NO_COLOR=None)
    assert s.screen.saw_color
    s.screen.saw_color = False
    s.enter('1/0')
    s.expect_end('ZeroDivisionError: division by zero', '>>>')
    assert b'\x1b[1;35mZeroDivisionError' in s.raw


@in_builtin
def test_input_is_highlighted(coil):
    s = coil.start(NO_COLOR=None)
    s.send('def f(): return "text" + 1  # note')
    s.expect('# note')
    s.send('\x0c')
    s.expect('# note')
    for piece in ('\x1b[1;34mdef', '\x1b[1;34mreturn', '\x1b[32m"text"', '\x1b[33m1', '\x1b[90m# note'):
        s.wait(lambda: piece.encode() in s.raw, repr(piece))


@everywhere
def test_no_colors_when_told_so(coil):
    for arguments, environment in ((['-q'], {'NO_COLOR': '1'}), (['-q', '--color=never'], {'NO_COLOR': None}), (['-q'], {'NO_COLOR': None, 'TERM': 'dumb'})):
        if environment.get('TERM') == 'dumb' and coil.editor == 'readline':
            continue
        s = coil.start(*arguments, **environment)
        s.enter('1/0')
        s.expect_end('ZeroDivisionError: division by zero', '>>>')
        assert not s.screen.saw_color, s.raw


@everywhere
def test_failing_expression_is_marked(coil):
    path = os.path.join(coil.folder, 'script.py')
    with open(path, 'w') as file:
        file.write('x = 0\nprint(1 + 2 / x)\n')
    s = coil.start(path, NO_COLOR=None, wait=False)
    s.finish()
    s.expect('          ~~^~~')
    assert b'\x1b[31m2 \x1b[0m\x1b[1;31m/' in s.raw, s.raw
