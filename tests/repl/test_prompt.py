"""The prompt in every editor: statements, errors, interrupts, leaving."""
import os
import signal

from expecting import everywhere, in_builtin, in_terminals


@everywhere
def test_expressions_and_the_last_value(coil):
    s = coil.start()
    s.enter('6 * 7')
    s.expect_end('>>> 6 * 7', '42', '>>>')
    s.enter('_ + 1')
    s.expect_end('43', '>>>')
    s.enter('None')
    s.expect_end('>>> None', '>>>')


@everywhere
def test_banner(coil):
    s = coil.start('-E')
    s.expect('(Python 3.11)')
    s.expect('Type "help"')


@everywhere
def test_block_goes_on_until_an_empty_line(coil):
    s = coil.start()
    s.send('for i in range(2):\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    # Editors in terminals have indented already.
    s.send(('    ' if coil.editor == 'plain' else '') + 'print(i)\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...') and 'print(i)' in s.screen.lines()[-2], 'a continuation')
    s.send('\r')
    s.expect_end('0', '1', '>>>')


@everywhere
def test_brackets_and_strings_go_on(coil):
    s = coil.start()
    s.send('sum([1,\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('2])')
    s.expect_end('3', '>>>')
    s.send('"""a\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('b"""')
    s.expect_end("'a\\nb'", '>>>')


@everywhere
def test_errors_are_shown_and_the_prompt_goes_on(coil):
    s = coil.start()
    s.enter('1/0')
    s.expect_end('Traceback (most recent call last):', '  File "<stdin>", line 1, in <module>', 'ZeroDivisionError: division by zero', '>>>')
    s.enter('x = = 1')
    s.expect_end('    x = = 1', '        ^', 'SyntaxError: invalid syntax', '>>>')
    s.enter('pritn')
    s.expect_end("NameError: name 'pritn' is not defined. Did you mean: 'print'?", '>>>')
    s.enter('import sys; sys.last_value')
    s.expect_end('''NameError("name 'pritn' is not defined")''', '>>>')


@everywhere
def test_control_c_discards_what_is_typed(coil):
    s = coil.start()
    s.send('some_name')
    s.expect('>>> some_name')
    s.send('\x03')
    s.expect_end('KeyboardInterrupt', '>>>')
    s.enter('5')
    s.expect_end('5', '>>>')
    s.send('if 1:\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.send('\x03')
    s.expect_end('KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_a_loop(coil):
    s = coil.start()
    s.send('print("on"); [i for i in iter(int, 1)]\r')
    s.expect_end('on', '')
    s.send('\x03')
    s.expect_end('  File "<stdin>", line 1, in <module>', 'KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_native_work(coil):
    s = coil.start()
    s.send('print("on"); sum(range(10**15))\r')
    s.expect_end('on', '')
    s.send('\x03')
    s.expect_end('  File "<stdin>", line 1, in <module>', 'KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_a_regular_expression(coil):
    s = coil.start()
    s.enter('import re')
    if 'ImportError' in s.text():   # built without PCRE2
        return
    s.send('print("on"); re.search("(a|aa)+$", "a" * 100 + "b")\r')
    s.expect_end('on', '')
    s.send('\x03')
    s.expect_end('  File "<stdin>", line 1, in <module>', 'KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_sleep(coil):
    s = coil.start()
    s.send('import time; print("on"); time.sleep(1000)\r')
    s.expect_end('on', '')
    s.send('\x03')
    s.expect_end('KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_input(coil):
    s = coil.start()
    s.send('input("what? ")\r')
    s.expect_end('what? ')
    s.send('\x03')
    s.expect_end('KeyboardInterrupt', '>>>')


@everywhere
def test_control_c_interrupts_await(coil):
    s = coil.start()
    s.enter('import asyncio')
    s.send('print("on"); await asyncio.sleep(1000)\r')
    s.expect_end('on', '')
    s.send('\x03')
    s.expect_end('^CKeyboardInterrupt', '>>>')
    s.enter('len(asyncio.all_tasks())')
    s.expect_end('0', '>>>')


@everywhere
def test_control_d_leaves(coil):
    s = coil.start()
    s.send('\x04')
    assert s.finish() == 0


@everywhere
def test_control_d_typed_ahead_leaves(coil):
    s = coil.start()
    s.send('import time; print("on"); time.sleep(0.3)\r')
    s.expect_end('on', '')
    s.send('\x04')
    assert s.finish() == 0


@everywhere
def test_typed_ahead_lines_run(coil):
    s = coil.start()
    s.send('import time; print("on"); time.sleep(0.2)\r')
    s.expect_end('on', '')
    s.send('6 * 7\r[1,\r2]\r')
    s.wait(lambda: s.screen.lines()[-1] == '>>>' and s.screen.lines()[-2].endswith('[1, 2]'), 'the list')
    s.expect('42')


@everywhere
def test_exit_needs_no_parentheses(coil):
    for word in ('exit', 'quit'):
        s = coil.start()
        s.send(word + '\r')
        assert s.finish() == 0


@everywhere
def test_exit_with_a_status(coil):
    s = coil.start()
    s.send('exit(7)\r')
    assert s.finish() == 7
    s = coil.start()
    s.send('raise SystemExit("bye")\r')
    assert s.finish() == 1
    s.expect('bye')


@everywhere
def test_a_name_called_exit_is_a_name(coil):
    s = coil.start()
    s.enter('exit = 5')
    s.enter('exit')
    s.expect_end('5', '>>>')


@in_terminals
def test_prompts_can_be_changed(coil):
    s = coil.start()
    s.enter('import sys; sys.ps1')
    s.expect_end("'>>> '", '>>>')
    s.enter('sys.ps1 = "in: "', prompt='in:')
    s.enter('1', prompt='in:')
    s.enter('sys.ps2 = "     "', prompt='in:')
    s.send('(1,\r2)\r')
    s.expect_end('(1, 2)', 'in:')


@in_terminals
def test_prompt_objects_are_asked_each_time(coil):
    s = coil.start()
    s.send('class P:\r    n = 0\r    def __str__(self): self.n += 1; return f"{self.n}> "\r\r')
    s.prompt()
    s.enter('import sys; p = sys.ps1 = P()', prompt='1>')
    s.enter('5', prompt='2>')


@everywhere
def test_input_reads_from_the_terminal(coil):
    s = coil.start()
    s.send('name = input("who? ")\r')
    s.expect_end('who? ')
    s.enter('Ada')
    s.enter('name')
    s.expect_end("'Ada'", '>>>')


@in_terminals
def test_input_is_edited(coil):
    s = coil.start()
    s.send('name = input("who? ")\r')
    s.expect_end('who?')
    s.send('Aa\x1b[Dd\x05!')
    s.expect_end('who? Ada!')
    s.enter('')
    s.enter('name')
    s.expect_end("'Ada!'", '>>>')
    # Tab is a character, and what was answered is there again.
    s.send('input()\r')
    s.wait(lambda: s.screen.lines()[-1] == '', 'the question')
    s.send('a\tb\r')
    s.expect_end("'a\\tb'", '>>>')
    s.send('input("again ")\r')
    s.expect_end('again')
    s.send('\x1b[A\x1b[A')
    s.wait(lambda: s.screen.lines()[-1].startswith('again a ') and s.screen.lines()[-1].endswith(' b'), 'the answer')
    s.enter('')


@in_terminals
def test_part_of_a_line_is_a_prompt_for_input(coil):
    s = coil.start()
    s.send('print("Name: ", end=""); x = input()\r')
    s.expect_end('Name:')
    s.send('abc\x01\x04')
    s.expect_end('Name: bc')
    s.enter('')
    s.enter('x')
    s.expect_end("'bc'", '>>>')


@everywhere
def test_control_d_ends_input(coil):
    s = coil.start()
    s.send('input("more? ")\r')
    s.expect_end('more?')
    s.send('\x04')
    s.expect_end('EOFError: EOF when reading a line', '>>>')


@in_terminals
def test_answers_are_not_kept_in_the_file(coil):
    path = os.path.join(coil.folder, 'history')
    s = coil.start(COIL_HISTORY=path)
    s.send('secret = input("? ")\r')
    s.expect_end('?')
    s.enter('swordfish')
    s.send('\x04')
    s.finish()
    with open(path) as file:
        assert file.read() == 'secret = input("? ")\n'


@in_builtin
def test_pasted_lines_answer_one_after_the_other(coil):
    s = coil.start()
    s.send('[input("? ") for i in range(3)]\r')
    s.expect_end('?')
    s.send('\x1b[200~one\ntwo\nthree\x1b[201~\r')
    s.expect_end('? three', "['one', 'two', 'three']", '>>>')


@everywhere
def test_start_file(coil):
    path = os.path.join(coil.folder, 'start.py')
    with open(path, 'w') as file:
        file.write('answer = 42\nprint("ready")\n')
    s = coil.start(COILSTARTUP=path)
    s.expect('ready')
    s.enter('answer')
    s.expect_end('42', '>>>')
    s = coil.start('-qE', COILSTARTUP=path)
    s.enter('answer')
    s.expect("NameError: name 'answer' is not defined")
    s = coil.start(COILSTARTUP=path + 'x')
    s.expect('Could not open COILSTARTUP')


@everywhere
def test_inspect_after_a_script(coil):
    path = os.path.join(coil.folder, 'script.py')
    with open(path, 'w') as file:
        file.write('x = 5\n1/0\n')
    s = coil.start('-i', path)
    s.expect('ZeroDivisionError: division by zero')
    s.enter('x')
    s.expect_end('5', '>>>')


@everywhere
def test_command_lines_of_the_prompt(coil):
    s = coil.start()
    s.enter(':help')
    s.expect(':time  EXPR')
    s.enter(':time 1 + 1')
    s.expect_end('2', s.screen.lines()[-2], '>>>')
    assert s.screen.lines()[-2].split()[-1] in ('us', 'ms', 's')
    s.enter(':dis x')
    s.expect("LOAD_NAME          r0, 'x'")
    s.enter(':ast 1 + y')
    s.expect('left=Constant(value=1)')
    s.enter(':doc len')
    s.expect('len(obj, /)')
    s.enter(':tasks')
    s.expect('no tasks')
    s.enter('x = 1')
    s.enter(':reset')
    s.enter('x')
    s.expect("NameError: name 'x' is not defined")
    with open(os.path.join(coil.folder, 'more.py'), 'w') as file:
        file.write('y = 6\nprint("loaded")\n')
    s.enter(':load more.py')
    s.expect('loaded')
    s.enter('y')
    s.expect_end('6', '>>>')
    s.enter(':nonsense')
    s.expect('no command :nonsense')
    s.send(':quit\r')
    assert s.finish() == 0


@everywhere
def test_help(coil):
    s = coil.start()
    s.send('def f(a, b: int = 2): "what f does"\r\r')
    s.prompt()
    s.enter('help(f)')
    s.expect('f(a, b: int = 2)\n    what f does')
    s.enter('help')
    s.expect_end('Type help() for interactive help, or help(object) for help about object.', '>>>')
    s.send('help()\r')
    s.expect_end('help>')
    s.send('while\r')
    s.expect('A loop as long as a condition holds.')
    s.send('q\r')
    s.expect('Back at the prompt')
    s.enter('copyright')
    s.expect('The Coil authors')
    s.enter('license')
    s.expect_end('Type license() to see the full license text', '>>>')


@in_terminals
def test_long_help_is_paged(coil):
    s = coil.start(rows=12, PATH='/nonexistent')
    s.send('help(str)\r')
    s.expect('-- more')
    s.send(' ')
    s.wait(lambda: s.text().count('Methods defined here') == 1 and '-- more' in s.screen.lines()[-1], 'the next page')
    s.send('q')
    s.prompt()
    s = coil.start(rows=12, PAGER='sed s/str/STR/')
    s.enter('help(str)')
    s.expect('Return STR(self).')


@everywhere
def test_the_terminal_goes_away(coil):
    s = coil.start()
    os.kill(s.pid, signal.SIGHUP)
    assert s.finish() == -signal.SIGHUP


@in_builtin
def test_terminal_is_restored_when_killed(coil):
    s = coil.start()
    os.kill(s.pid, signal.SIGTERM)
    assert s.finish() == -signal.SIGTERM
    assert b'\x1b[?2004l' in s.raw


@everywhere
def test_handlers_of_the_program_stay(coil):
    s = coil.start()
    s.enter('import signal; handler = signal.signal(signal.SIGTERM, lambda *args: print("terminated"))')
    s.enter('1')
    os.kill(s.pid, signal.SIGTERM)
    s.send('for i in range(10**6): pass\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.send('\r')
    s.expect('terminated')
    s.prompt()


@everywhere
def test_output_without_newline_before_the_prompt(coil):
    s = coil.start()
    s.send('print("abc", end="")\r')
    if coil.editor == 'plain':
        s.expect_end('abc>>>')
    else:
        s.expect_end('abc', '>>>')
