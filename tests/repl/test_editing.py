"""Editing keys: what is typed, and what is run."""
import os
import signal

from expecting import in_builtin, in_terminals
from terminal import Session

LEFT, RIGHT, UP, DOWN = '\x1b[D', '\x1b[C', '\x1b[A', '\x1b[B'
HOME, END, DELETE = '\x1b[H', '\x1b[F', '\x1b[3~'
WORD_LEFT, WORD_RIGHT = '\x1b[1;5D', '\x1b[1;5C'
CTRL = {letter: chr(ord(letter) - 64) for letter in 'ABDEFGKLNPRSTUWXY'}
ALT = '\x1b'

# keys, and the line that they make
KEYS = [
    ('abd' + LEFT + 'c', 'abcd'),
    ('bc' + HOME + 'a' + END + 'd', 'abcd'),
    ('bc' + CTRL['A'] + 'a' + CTRL['E'] + 'd', 'abcd'),
    ('abcd' + '\x7f\x7f', 'ab'),
    ('abcd' + LEFT + LEFT + DELETE, 'abd'),
    ('abcd' + CTRL['A'] + CTRL['D'], 'bcd'),
    ('a bc de' + WORD_LEFT + 'x', 'a bc xde'),
    ('a bc de' + HOME + WORD_RIGHT + 'x', 'ax bc de'),
    ('a bc de' + ALT + 'b' + ALT + 'b' + 'x', 'a xbc de'),
    ('one two' + CTRL['W'], 'one '),
    ('one two' + ALT + '\x7f', 'one '),
    ('one two' + HOME + ALT + 'd', ' two'),
    ('one two' + CTRL['A'] + ALT + 'f' + CTRL['K'], 'one'),
    ('one two' + LEFT + LEFT + LEFT + CTRL['U'], 'two'),
    ('abdc' + LEFT + CTRL['T'], 'abcd'[:2] + 'cd'),
    ('h\u00e9llo' + LEFT * 4 + DELETE, 'hllo'),
    ('\u65e5\u672c\u8a9e' + LEFT + '\x7f', '\u65e5\u8a9e'),
]


@in_terminals
def test_editing_keys(coil):
    s = coil.start()
    for keys, line in KEYS:
        s.send('#' + keys.replace(HOME, HOME + RIGHT).replace(CTRL['A'], CTRL['A'] + RIGHT) if CTRL['U'] not in keys else keys)
        wanted = ('>>> #' if CTRL['U'] not in keys else '>>> ') + line
        s.expect_end(wanted)
        s.send('\x03')
        s.prompt()


@in_builtin
def test_undo(coil):
    s = coil.start()
    s.send('one' + CTRL['W'] + 'two')
    s.expect_end('>>> two')
    s.send('\x1f\x1f')
    s.expect_end('>>> one')


@in_builtin
def test_yank(coil):
    s = coil.start()
    s.send('one two' + CTRL['W'] + CTRL['A'] + CTRL['Y'] + ' ')
    s.expect_end('>>> two one')
    s.send('\x03')
    s.prompt()
    # Kills in a row are one.
    s.send('one two three' + CTRL['W'] + CTRL['W'] + CTRL['A'] + CTRL['Y'])
    s.expect_end('>>> two threeone')


@in_builtin
def test_yank_older(coil):
    s = coil.start()
    s.send('one' + CTRL['U'] + 'two' + CTRL['U'] + CTRL['Y'])
    s.expect_end('>>> two')
    s.send(ALT + 'y')
    s.expect_end('>>> one')


@in_builtin
def test_words_change_case(coil):
    s = coil.start()
    s.send('ab cd EF' + HOME + ALT + 'u' + ALT + 'c' + ALT + 'l')
    s.expect_end('>>> AB Cd ef')


@in_builtin
def test_block_is_edited_as_one(coil):
    s = coil.start()
    s.send('def f(x):\r')
    s.expect_end('>>> def f(x):', '...')
    s.send('return x + 1\r')
    s.expect_end('...     return x + 1', '...')
    # Up twice, to the first line: the name is changed; then back down.
    s.send(UP + UP + HOME + WORD_RIGHT + WORD_RIGHT + 'oo' + DOWN + DOWN)
    s.expect('>>> def foo(x):')
    s.enter('')
    s.enter('foo(1)')
    s.expect_end('2', '>>>')


@in_builtin
def test_block_comes_back_from_the_history(coil):
    s = coil.start()
    s.send('if 1:\r    print("first")\r\r')
    s.expect_end('first', '>>>')
    s.send(UP)
    s.expect_end('>>> if 1:', '...     print("first")')
    s.send(LEFT * 7 + CTRL['K'] + 'second")')
    s.send('\r\r')
    s.expect_end('second', '>>>')


@in_terminals
def test_indentation_follows_blocks(coil):
    s = coil.start()
    s.send('def f():\r')
    s.expect_cursor(8)
    s.send('for i in range(3):\r')
    s.expect_cursor(12)
    s.send('return i\r')
    s.expect_cursor(8)
    s.send('\x7f')
    if coil.editor == 'builtin':
        s.expect_cursor(4)
    s.send('\x03')
    s.prompt()


@in_terminals
def test_tab_indents(coil):
    s = coil.start()
    s.send('if 1:\r')
    s.expect_cursor(8)
    s.send('\t')
    s.expect_cursor(12)
    s.send('\x03')
    s.prompt()


@in_terminals
def test_history(coil):
    s = coil.start()
    s.enter('first = 1')
    s.enter('second = 2')
    s.send(UP)
    s.expect_end('>>> second = 2')
    s.send(UP)
    s.expect_end('>>> first = 1')
    s.send(DOWN)
    s.expect_end('>>> second = 2')
    s.send(DOWN)
    s.prompt()


@in_terminals
def test_history_search(coil):
    s = coil.start()
    for line in ('alpha = 1', 'beta = 2', 'alphabet = 3'):
        s.enter(line)
    s.send(CTRL['R'] + 'alp')
    s.expect('alphabet = 3')
    s.send(CTRL['R'])
    s.wait(lambda: s.screen.lines()[-1].endswith('alpha = 1'), 'the older one')
    s.send('\r')
    s.expect_end('>>> alpha = 1', '>>>')
    s.enter('alpha')
    s.expect_end('1', '>>>')


@in_builtin
def test_search_can_be_given_up(coil):
    s = coil.start()
    s.enter('alpha = 1')
    s.send('typed')
    s.send(CTRL['R'] + 'alp')
    s.expect('alpha = 1')
    s.send(CTRL['G'])
    s.expect_end('>>> typed')
    s.send(CTRL['R'] + 'nothing')
    s.expect("(failed reverse-i-search)`nothing'")


@in_builtin
def test_history_by_prefix(coil):
    s = coil.start()
    for line in ('alpha = 1', 'beta = 2', 'alphabet = 3'):
        s.enter(line)
    s.send('be' + ALT + 'p')
    s.expect_end('>>> beta = 2')


@in_terminals
def test_history_is_kept_in_a_file(coil):
    path = os.path.join(coil.folder, 'history')
    one = coil.start(COIL_HISTORY=path)
    two = coil.start(COIL_HISTORY=path)
    one.enter('from_one = "a\\\\b"')
    two.enter('from_two = 2')
    one.enter('again = 1')
    for session in (one, two):
        session.send('\x04')
        session.finish()
    with open(path) as file:
        assert file.read() == 'from_one = "a\\\\\\\\b"\nfrom_two = 2\nagain = 1\n'
    assert os.stat(path).st_mode & 0o777 == 0o600
    three = coil.start(COIL_HISTORY=path)
    three.send(UP)
    three.expect_end('>>> again = 1')
    three.send(UP + UP)
    three.expect_end('>>> from_one = "a\\\\b"')


@in_terminals
def test_history_has_a_place_of_its_own(coil):
    s = coil.start(COIL_HISTORY=None, XDG_STATE_HOME=os.path.join(coil.folder, 'state'))
    s.enter('1')
    with open(os.path.join(coil.folder, 'state', 'coil', 'history')) as file:
        assert file.read() == '1\n'
    s = coil.start(COIL_HISTORY=None)
    s.enter('2')
    assert os.path.exists(os.path.join(coil.folder, '.local', 'state', 'coil', 'history'))


@in_terminals
def test_what_was_typed_ahead_is_not_lost(coil):
    s = coil.start()
    s.send('def f():\r    return 5\r\rf()\r')
    s.expect_end('5', '>>>')


@in_builtin
def test_bracketed_paste(coil):
    s = coil.start()
    s.send('\x1b[200~def f(x):\r\n    if x:\r\n        return 1\r\n    return 2\r\nf(0)\r\nf(1)\x1b[201~')
    s.expect_end('>>> def f(x):', '...     if x:', '...         return 1', '...     return 2', '... f(0)', '... f(1)')
    s.send('\r')
    s.expect_end('2', '1', '>>>')


@in_builtin
def test_pasted_errors_stop_what_follows(coil):
    s = coil.start()
    s.send('\x1b[200~a = 1\n1/0\na = 2\x1b[201~\r')
    s.expect_end('ZeroDivisionError: division by zero', '>>>')
    s.enter('a')
    s.expect_end('1', '>>>')


@in_terminals
def test_long_lines_wrap(coil):
    s = coil.start(columns=30)
    text = 'len("' + 'x' * 60 + '")'
    s.send(text)
    s.expect_end('>>> len("xxxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxx")')
    s.send(HOME + 'abs(' + END + ')')
    s.expect_end('>>> abs(len("xxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxx"))')
    s.send('\r')
    s.expect_end('60', '>>>')


@in_terminals
def test_wide_characters(coil):
    s = coil.start(columns=20)
    s.send('len("\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e")')
    s.expect_end('>>> len("\u65e5\u672c\u8a9e\u65e5\u672c', '\u8a9e\u65e5\u672c\u8a9e")')
    s.send(LEFT * 2 + '\x7f')
    s.expect_end('>>> len("\u65e5\u672c\u8a9e\u65e5\u672c', '\u8a9e\u65e5\u672c")')
    s.send('\r')
    s.expect_end('8', '>>>')


@in_builtin
def test_combining_characters_are_one(coil):
    s = coil.start()
    s.send('"ae\u0301\x7fb"')
    s.expect_end('>>> "ab"')


@in_builtin
def test_block_taller_than_the_terminal(coil):
    s = coil.start(rows=8)
    s.send('\x1b[200~x = [\n' + ''.join(f'    {i},\n' for i in range(20)) + ']; sum(x)\x1b[201~')
    s.expect_end('...     19,', '... ]; sum(x)')
    s.send(UP * 21)
    s.expect('>>> x = [')
    s.send(DOWN * 21 + END + '\r')
    s.expect_end('190', '>>>')


@in_builtin
def test_resize(coil):
    s = coil.start(columns=60)
    text = 'len("' + 'x' * 40 + '")'
    s.send(text)
    s.expect_end('>>> ' + text)
    s.resize(30, 24)
    s.expect_end('>>> len("' + 'x' * 21, 'x' * 19 + '")')
    s.send('\r')
    s.expect_end('40', '>>>')
    assert s.text().count('len(') == 1, s.picture()
    s.resize(100, 10)
    s.enter(text)
    s.expect_end('>>> ' + text, '40', '>>>')


@in_terminals
def test_clear_screen(coil):
    s = coil.start()
    s.enter('"something"')
    s.send('typed' + CTRL['L'])
    s.wait(lambda: [line for line in s.screen.lines()[-s.screen.rows:] if line][-1:] == ['>>> typed'] and s.screen.row == 0, 'an empty screen')


@in_terminals
def test_stop_and_continue(coil):

    s = coil.start()
    s.send('typed')
    s.expect_end('>>> typed')
    os.kill(s.pid, signal.SIGSTOP)
    os.kill(s.pid, signal.SIGCONT)
    s.send(' + 1')
    s.wait(lambda: s.screen.lines()[-1].endswith('typed + 1'), 'the line')


@in_terminals
def test_stopped_by_control_z_and_brought_back(coil):
    s = Session(['bash', '--norc', '-i'], 80, 24, coil.environment(PS1='$ '), coil.folder)
    coil.sessions.append(s)
    s.expect_end('$')
    s.send(coil.command + ' -q\r')
    s.expect_end('>>>')
    s.send('abc')
    s.expect_end('>>> abc')
    s.send('\x1a')
    s.expect('Stopped')
    s.expect_end('$')
    s.send('fg\r')
    s.expect_end('>>> abc')
    s.send(' = 5\r')
    s.expect_end('>>> abc = 5', '>>>')
    s.enter('abc')
    s.expect_end('5', '>>>')


@in_builtin
def test_thousands_of_pasted_lines(coil):
    s = coil.start()
    s.send('\x1b[200~' + ''.join(f'x{i} = {i}\r' for i in range(3000)) + '\x1b[201~\r')
    s.send('x2999 * 2\r')
    s.expect_end('>>> x2999 * 2', '5998', '>>>')


@in_terminals
def test_very_long_lines(coil):
    s = coil.start()
    s.send('len("' + 'x' * 10000 + '")\r')
    s.expect_end('10000', '>>>')
