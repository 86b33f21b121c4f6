"""The command line: what is run, what comes out, and how it ends."""
import os
import signal
import subprocess

from terminal import LIMIT_S, Failure

HERE = os.path.dirname(os.path.abspath(__file__))


def run(coil, *arguments, stdin='', **environment):
    """Status, standard output, standard error."""
    done = subprocess.run([coil.command, *arguments], input=stdin.encode(), capture_output=True, cwd=coil.folder, timeout=LIMIT_S,
                          env=coil.environment(**environment))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(actual, expected, what=''):
    if actual != expected:
        raise Failure(f'{what}: {actual!r} instead of {expected!r}')


def write(coil, name, text):
    path = os.path.join(coil.folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    return path


def test_transcripts_agree_with_python(coil):
    folder = os.path.join(HERE, 'transcripts')
    for name in sorted(os.listdir(folder)):
        if not name.endswith('.in'):
            continue
        with open(os.path.join(folder, name)) as typed, open(os.path.join(folder, name[:-3] + '.out')) as wanted:
            done = subprocess.run([coil.command, '-i', '-q', '-E'], stdin=typed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  timeout=LIMIT_S, env=coil.environment())
            ours, theirs = done.stdout.split('\n'), wanted.read().split('\n')
        for number, (left, right) in enumerate(zip(ours, theirs), 1):
            check(left, right, f'{name}, line {number}')
        check(len(ours), len(theirs), name)


def test_string(coil):
    check(run(coil, '-c', 'import sys; print(sys.argv)', '-x', 'b'), (0, "['-c', '-x', 'b']\n", ''))
    check(run(coil, '-cprint(1)'), (0, '1\n', ''))
    check(run(coil, '-Oc', 'assert 0; print(__debug__)')[0], 0)


def test_standard_input(coil):
    check(run(coil, stdin='print(1)\nprint(__name__)\n'), (0, '1\n__main__\n', ''))
    check(run(coil, '-', 'a', stdin='import sys; print(sys.argv)\n'), (0, "['-', 'a']\n", ''))
    check(run(coil, stdin='1/0')[0], 1)
    check(run(coil, stdin='def f(:\n')[2].split('\n')[-2], 'SyntaxError: invalid syntax')


def test_files(coil):
    write(coil, 'script.py', 'import sys, helper\nprint(sys.argv, helper.x, input())\n')
    write(coil, 'helper.py', 'x = 5\n')
    check(run(coil, 'script.py', 'a', '-q', stdin='line\n'), (0, "['script.py', 'a', '-q'] 5 line\n", ''))
    status, out, err = run(coil, 'missing.py')
    check((status, out), (2, ''))
    check(err, f"coil: can't open file '{coil.folder}/missing.py': [Errno 2] No such file or directory\n")


def test_checked_files(coil):
    write(coil, 'good.py', 'x = 1\n' * 1000)
    write(coil, 'large.py', 'x = [1, 2, {3: "four"}]\n' * 30000)   # more than one read, more than one chunk of memory
    write(coil, 'bad.py', 'x = 1\ndef f(:\n')
    write(coil, 'none.py', '')
    check(run(coil, '--check', 'good.py', 'none.py', 'large.py', 'good.py'), (0, '', ''))
    status, out, err = run(coil, '--check', 'large.py', 'bad.py', 'good.py')
    check((status, out), (1, ''))
    check(err, '  File "bad.py", line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax\n')
    check(run(coil, '--check', '-', stdin='1 +\n')[0], 1)
    os.mkdir(os.path.join(coil.folder, 'folder'))
    check(run(coil, '--check', 'folder', 'missing.py'),
          (2, '', "coil: can't read file 'folder': [Errno 21] Is a directory\n"
                  "coil: can't open file 'missing.py': [Errno 2] No such file or directory\n"))


def test_folders(coil):
    write(coil, 'app/__main__.py', 'import part; print(part.x, __name__)\n')
    write(coil, 'app/part.py', 'x = 6\n')
    check(run(coil, 'app'), (0, '6 __main__\n', ''))
    os.mkdir(os.path.join(coil.folder, 'empty'))
    status, out, err = run(coil, 'empty')
    check((status, out), (1, ''))
    check(err.endswith(f"can't find '__main__' module in '{coil.folder}/empty'\n"), True, err)


def test_modules(coil):
    write(coil, 'tool.py', 'import sys; print(__name__, sys.argv[1:])\n')
    write(coil, 'package/__init__.py', '')
    write(coil, 'package/__main__.py', 'print("main of", __package__)\n')
    check(run(coil, '-m', 'tool', 'a'), (0, "__main__ ['a']\n", ''))
    write(coil, 'where.py', 'import sys; print(__file__, sys.argv, sys.path[0])')
    check(run(coil, '-m', 'where'), (0, f"{coil.folder}/where.py ['{coil.folder}/where.py'] {coil.folder}\n", ''))
    check(run(coil, '-m', 'asyncio', '-q', stdin='await asyncio.sleep(0, 5)\n')[1], '5\n')
    check(run(coil, '-m', 'package'), (0, 'main of package\n', ''))
    check(run(coil, '-m', 'no_such_module'), (1, '', 'coil: No module named no_such_module\n'))
    write(coil, 'package/inner/__init__.py', '')
    for name, message in (('package.nope', 'No module named package.nope'), ('.tool', 'Relative module names not supported'), ('', 'No module named '),
                          ('sys', 'No code object available for sys'),
                          ('package.inner', "No module named package.inner.__main__; 'package.inner' is a package and cannot be directly executed")):
        check(run(coil, '-m', name), (1, '', f'coil: {message}\n'))
    check(run(coil, '-m', 'no.such')[2], "coil: Error while finding module specification for 'no.such' (ModuleNotFoundError: No module named 'no')\n")


def test_zip_archives_are_told_apart(coil):
    with open(os.path.join(coil.folder, 'app.zip'), 'wb') as file:
        file.write(b'PK\3\4rest')
    check(run(coil, 'app.zip'), (1, '', f"coil: '{coil.folder}/app.zip' is a zip archive: unpack it and run the folder\n"))


def test_safe_path(coil):
    write(coil, 'here.py', 'print("here")\n')
    write(coil, 'script.py', 'import here\n')
    check(run(coil, 'script.py'), (0, 'here\n', ''))
    for option in ('-P', '-I'):
        check(run(coil, option, 'script.py')[0], 1)
        check(run(coil, option, '-c', 'import here')[0], 1)
        check(run(coil, option, '-c', 'import sys; print("" in sys.path)'), (0, 'False\n', ''))


def test_environment(coil):
    write(coil, 'lib/other.py', 'print("found")\n')
    path = os.path.join(coil.folder, 'lib')
    check(run(coil, '-c', 'import other', COIL_PATH=path), (0, 'found\n', ''))
    for option in ('-E', '-I'):
        check(run(coil, option, '-c', 'import other', COIL_PATH=path)[0], 1)


def test_exit_statuses(coil):
    for source, status in (('exit(3)', 3), ('raise SystemExit', 0), ('raise SystemExit("text")', 1), ('1/0', 1), ('exit(True)', 1), ('exit(256)', 0),
                           ('exit(-1)', 255), ('x = = 1', 1)):
        check(run(coil, '-c', source)[0], status, source)
    check(run(coil, '-c', 'raise KeyboardInterrupt')[0], -signal.SIGINT)
    check(run(coil, '-c', 'exit("text")')[2], 'text\n')


def test_usage_errors(coil):
    for arguments, message in ((['-Z'], 'Unknown option: -Z'), (['--nonsense'], 'unknown option --nonsense'), (['-c'], 'Argument expected for the -c option'),
                               (['-m'], 'Argument expected for the -m option'), (['-W'], 'Argument expected for the -W option'),
                               (['--color=pink', '-c', '1'], '--color is one of auto, always, never; not pink')):
        status, out, err = run(coil, *arguments)
        check((status, out, err.split('\n')[0]), (2, '', message))
        check(err.split('\n')[1].startswith('usage: coil [option]'), True, err)


def test_version_and_help(coil):
    for option in ('-V', '--version'):
        status, out, err = run(coil, option)
        check((status, out.split()[0], out.split()[2:], err), (0, 'Coil', ['(Python', '3.11)'], ''))
    status, out, err = run(coil, '-h')
    check((status, err), (0, ''))
    for option in '-c cmd', '-i ', '-m mod', '--color', 'COILSTARTUP':
        check(option in out, True, option)
    check(max(map(len, out.split('\n'))) <= 120, True, 'lines of the help')


def test_flags(coil):
    source = 'import sys; f = sys.flags; print(f.inspect, f.quiet, f.optimize, f.isolated, f.ignore_environment, f.safe_path, f.dev_mode, f.verbose)'
    check(run(coil, '-c', source)[1], '0 0 0 0 0 False False 0\n')
    check(run(coil, '-OOqvv', '-X', 'dev', '-c', source)[1], '0 1 2 0 0 False True 2\n')
    check(run(coil, '-I', '-c', source)[1], '0 0 0 1 1 True False 0\n')


def test_x_options(coil):
    source = 'import sys; print(sys._xoptions, sys.get_int_max_str_digits())'
    check(run(coil, '-X', 'one', '-Xtwo=2', '-X', 'int_max_str_digits=1000', '-c', source)[1],
          "{'one': True, 'two': '2', 'int_max_str_digits': '1000'} 1000\n")
    check(run(coil, '-X', 'int_max_str_digits=5', '-c', '1')[0], 1)
    check(run(coil, '-X', 'virtual-time', '-c', 'import asyncio; asyncio.run(asyncio.sleep(10**6)); print("slept")')[1], 'slept\n')


def test_warnings(coil):
    source = 'import warnings; warnings.warn("careful", UserWarning); print("done")'
    check(run(coil, '-c', source)[1:], ('done\n', '<string>:1: UserWarning: careful\n'))
    check(run(coil, '-W', 'ignore', '-c', source)[1:], ('done\n', ''))
    check(run(coil, '-Werror', '-c', source)[:2], (1, ''))
    check(run(coil, '-Werror', '-c', source)[2].split('\n')[-2], 'UserWarning: careful')


def test_development_mode_shows_warnings(coil):
    check(run(coil, '-X', 'dev', '-W', 'error', '-c', 'import sys; print(sys.warnoptions)')[1], "['default', 'error']\n")
    source = 'def f(): import warnings; warnings.warn("old", DeprecationWarning)\nf()'
    check(run(coil, '-X', 'dev', '-c', source)[2], '<string>:1: DeprecationWarning: old\n')


def test_closed_pipe(coil):
    # The reader goes before the first byte comes: no traceback, and the program does not reach its end.
    for source in ('while True: print("x" * 1000)', 'print(1, flush=True)\nwhile True: print("y" * 100, flush=True)'):
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = subprocess.run([coil.command, '-c', source], stdout=write_end, stderr=subprocess.PIPE, env=coil.environment(), timeout=LIMIT_S)
        os.close(write_end)
        check((done.returncode, done.stderr), (1, b''), source)


def test_closed_pipe_can_be_caught(coil):
    read_end, write_end = os.pipe()
    os.close(read_end)
    source = 'import sys\ntry:\n    print("x", flush=True)\nexcept BrokenPipeError as e:\n    sys.stderr.write(f"{e}\\n")\n'
    done = subprocess.run([coil.command, '-c', source], stdout=write_end, stderr=subprocess.PIPE, env=coil.environment(), timeout=LIMIT_S)
    os.close(write_end)
    check(done.stderr, b'[Errno 32] Broken pipe\n')


def test_full_disk_is_told(coil):
    if not os.path.exists('/dev/full'):
        return
    with open('/dev/full', 'w') as full:
        done = subprocess.run([coil.command, '-c', 'print("x", flush=True)'], stdout=full, stderr=subprocess.PIPE, env=coil.environment(), timeout=LIMIT_S)
        check((done.returncode, done.stderr.split(b'\n')[-2]), (1, b'OSError: [Errno 28] No space left on device'))
        done = subprocess.run([coil.command, '-c', 'print("x")'], stdout=full, stderr=subprocess.PIPE, env=coil.environment(), timeout=LIMIT_S)
        check(done.returncode, 120)


def test_unbuffered(coil):
    # Both streams into one pipe: the order of writing is kept only without a buffer.
    source = 'import sys\nsys.stdout.write("a")\nsys.stderr.write("b")\nsys.stdout.write("c")\n'
    done = subprocess.run([coil.command, '-u', '-c', source], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=coil.environment(), timeout=LIMIT_S)
    check(done.stdout, b'abc')
    child = subprocess.Popen([coil.command, '-u', '-c', 'print("early", end="")\ninput()'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             env=coil.environment())
    check(os.read(child.stdout.fileno(), 100), b'early')
    child.communicate(b'\n')


def signalled(coil, source, number):
    child = subprocess.Popen([coil.command, '-u', '-c', source], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=coil.environment())
    check(child.stdout.readline(), b'ready\n')
    child.send_signal(number)
    out, err = child.communicate(timeout=LIMIT_S)
    return child.returncode, out, err


def test_signals(coil):
    status, _, err = signalled(coil, 'print("ready")\nwhile True: pass', signal.SIGINT)
    check((status, err.split(b'\n')[-2]), (-signal.SIGINT, b'KeyboardInterrupt'))
    status, out, err = signalled(coil, 'import time\ntry:\n  print("ready"); time.sleep(1000)\nexcept KeyboardInterrupt: print("caught")', signal.SIGINT)
    check((status, out, err), (0, b'caught\n', b''))
    status, out, err = signalled(coil, 'import asyncio\nasync def main():\n  try:\n    print("ready"); await asyncio.sleep(1000)\n  finally: print("finally")\n'
                                       'asyncio.run(main())', signal.SIGINT)
    check((status, out), (-signal.SIGINT, b'finally\n'))
    check(signalled(coil, 'print("ready")\nwhile True: pass', signal.SIGTERM)[0], -signal.SIGTERM)


def test_executable_scripts(coil):
    path = write(coil, 'tool', '#!/usr/bin/env coil\nimport sys\nprint("ran", sys.argv[1:])\n')
    os.chmod(path, 0o755)
    os.symlink(coil.command, os.path.join(coil.folder, 'coil'))
    done = subprocess.run([path, 'a'], capture_output=True, env=coil.environment(PATH=coil.folder + ':' + os.environ['PATH']), timeout=LIMIT_S)
    check((done.returncode, done.stdout, done.stderr), (0, b"ran ['a']\n", b''))


def test_stages(coil):
    write(coil, 'good.py', 'x = 1\n')
    write(coil, 'bad.py', 'x = = 1\n')
    check(run(coil, '--check', 'good.py'), (0, '', ''))
    status, out, err = run(coil, '--check', 'good.py', 'bad.py')
    check((status, err.split('\n')[-2]), (1, 'SyntaxError: invalid syntax'))
    check('NAME' in run(coil, '--tokens', 'good.py')[1], True)
    check('Assign(' in run(coil, '--ast', 'good.py')[1], True)
    check('STORE' in run(coil, '--dis', 'good.py')[1], True)


def test_executable_and_original_arguments(coil):
    source = 'import sys; print(sys.executable == sys.argv[1], sys.orig_argv[1:])'
    check(run(coil, '-q', '-c', source, coil.command)[1], f"True ['-q', '-c', {source!r}, {coil.command!r}]\n")


def test_any_locale_is_utf_8(coil):
    for locale in ('C', 'POSIX', 'C.UTF-8', None):
        check(run(coil, '-c', 'print("\u00e9\u65e5", len(input()))', stdin='\u00e9\n', LC_ALL=locale), (0, '\u00e9\u65e5 1\n', ''))


def test_help_is_plain_in_pipes(coil):
    check(run(coil, '-c', 'def f(a, *, b=1): "doc"\nhelp(f)')[1], 'Help on function f in module __main__:\n\nf(a, *, b=1)\n    doc\n\n')


def test_limits_are_those_of_each_statement(coil):
    status, out, err = run(coil, '-iq', '--max-instructions', '1M', stdin='while True: pass\n\n' * 3 + 'print("still here")\n')
    check((status, out, err.count('TimeoutError')), (0, 'still here\n', 3))


def test_interactive_from_a_pipe(coil):
    check(run(coil, '-ic', 'exit(3)')[2].split('\n')[-3:], ['SystemExit: 3', '>>> ', ''])
    status, out, err = run(coil, '-iq', stdin='x = 5\nx\nname = input()\nAda\nname\nexit(4)\n')
    check((status, out), (4, "5\n'Ada'\n"))
    check(err, '>>> >>> >>> >>> >>> ')
