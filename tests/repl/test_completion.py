"""Tab."""
import os

from expecting import in_builtin, in_terminals


@in_terminals
def test_names(coil):
    s = coil.start()
    s.enter('some_variable = 5')
    s.send('some_v\t')
    s.expect_end('>>> some_variable')
    s.enter('')
    s.expect_end('5', '>>>')
    s.send('isinst\t')
    s.expect_end('>>> isinstance(')
    s.send('\x03')
    s.prompt()
    s.send('lamb\t')
    s.expect_end('>>> lambda')


@in_terminals
def test_attributes(coil):
    s = coil.start()
    s.send('"a b".spli\t')
    s.expect('>>> "a b".split')
    s.send('\x03')
    s.prompt()
    s.enter('import sys; s = sys')
    s.send('s.byteor\t')
    s.expect_end('>>> s.byteorder')


@in_terminals
def test_the_common_part_comes_first(coil):
    s = coil.start()
    s.enter('value_one = 1; value_two = 2')
    s.send('val\t')
    s.expect_end('>>> value_')
    s.send('\t\t')
    s.expect('value_one')
    s.expect('value_two')
    s.send('t\t')
    s.wait(lambda: any(line.startswith('>>> value_two') for line in s.screen.lines()), 'value_two')


@in_builtin
def test_the_list_goes_with_the_next_key(coil):
    s = coil.start()
    s.enter('value_one = 1; value_two = 2')
    s.send('value_\t')
    s.expect_end('>>> value_', 'value_one  value_two')
    s.send('x')
    s.expect_end('>>> value_x')


@in_terminals
def test_dict_keys(coil):
    s = coil.start()
    s.enter('d = {"first key": 1, 7: 2}')
    s.send('d["fi\t')
    s.expect_end('>>> d["first key"]')
    s.enter('')
    s.expect_end('1', '>>>')
    s.send("d['fi\t")
    s.expect_end(">>> d['first key']")


@in_terminals
def test_modules(coil):
    os.mkdir(os.path.join(coil.folder, 'package_here'))
    for name in ('module_here.py', 'package_here/__init__.py', 'package_here/inner.py'):
        with open(os.path.join(coil.folder, name), 'w') as file:
            file.write('content = 1\n')
    s = coil.start()
    for typed, shown in (('import asynci\t', 'import asyncio'), ('import module_\t', 'import module_here'),
                         ('import package_here.inn\t', 'import package_here.inner'), ('from asyncio import sle\t', 'from asyncio import sleep'),
                         ('from asyncio imp\t', 'from asyncio import')):
        s.send(typed)
        s.expect_end('>>> ' + shown)
        s.send('\x03')
        s.prompt()


@in_terminals
def test_files_in_strings(coil):
    os.mkdir(os.path.join(coil.folder, 'some folder'))
    for name in ('some folder/a file.txt', 'other.txt'):
        open(os.path.join(coil.folder, name), 'w').close()
    s = coil.start()
    s.send('open("oth\t')
    s.expect_end('>>> open("other.txt')
    s.send('\x03')
    s.prompt()
    s.send('open("som\t')
    s.expect_end('>>> open("some folder/')
    s.send('\t')
    s.expect_end('>>> open("some folder/a file.txt')


@in_terminals
def test_commands(coil):
    s = coil.start()
    s.send(':tas\t')
    s.expect_end('>>> :tasks')


@in_terminals
def test_nothing_happens_without_completions(coil):
    s = coil.start()
    s.send('no_such_name_at_all\t.\tx')
    s.expect_end('>>> no_such_name_at_all.x')
