"""Completion of the command in shells; a shell that is not here is left out."""
import os
import shutil
import subprocess
import sys

from terminal import Failure, Session

SHARE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'repl', 'share')

# What is typed before Tab, and what must be seen of it then.
LINES = [
    ('coil on', 'coil one.py'),
    ('coil --ver', 'coil --version'),
    ('coil --color=al', 'coil --color=always'),
    ('coil -W err', 'coil -W error'),
    ('coil -X virt', 'coil -X virtual-time'),
    ('coil --allow thr', 'coil --allow threads'),
    ('coil --allow read=fol', 'coil --allow read=folder/'),
    ('coil one.py tw', 'coil one.py two.txt'),
    ('coil --color=never --allow read=folder/ --sand', 'coil --color=never --allow read=folder/ --sandbox'),
]


def complete_all(coil, shell, arguments, environment, start):
    if shutil.which(shell) is None:
        print(f'repl: no {shell} here, its completion is left out', file=sys.stderr)
        return
    for name in 'one.py', 'two.txt', 'folder/three.py':
        path = os.path.join(coil.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, 'w').close()
    s = Session([shutil.which(shell), *arguments], 100, 24, coil.environment(PS1='$ ', **environment), coil.folder)
    coil.sessions.append(s)
    s.expect_end('$')
    for line in start:
        before = len(s.screen.lines())
        s.send(line + '\r')
        s.wait(lambda: len(s.screen.lines()) > before and s.screen.lines()[-1] == '$', 'a prompt')
    for typed, wanted in LINES:
        s.send(typed + '\t')
        s.wait(lambda: s.screen.lines()[-1].rstrip() == '$ ' + wanted, wanted)
        s.send('\x15')
        s.expect_end('$')


def test_bash(coil):
    complete_all(coil, 'bash', ['--norc', '--noprofile', '-i'], {}, [f'source {SHARE}/coil.bash'])


def test_zsh(coil):
    functions = os.path.join(coil.folder, '.functions')
    os.mkdir(functions)
    shutil.copy(os.path.join(SHARE, '_coil'), functions)
    # Its completion asks whether there is such a command.
    os.symlink(coil.command, os.path.join(functions, 'coil'))
    complete_all(coil, 'zsh', ['-f', '-i'], {'PATH': functions + ':' + os.environ['PATH']},
                 [f'fpath=({functions} $fpath)', 'autoload -Uz compinit; compinit -u -D', 'unsetopt beep'])


def test_zsh_tells_of_all_options(coil):
    """Options of `coil -h` are all known to both shells."""
    with open(os.path.join(SHARE, '_coil')) as file:
        zsh = file.read()
    with open(os.path.join(SHARE, 'coil.bash')) as file:
        bash = file.read()
    shown = subprocess.run([coil.command, '-h'], capture_output=True, text=True).stdout.split('Environment variables')[0]
    for word in shown.replace(',', ' ').split():
        if word.startswith('--') and len(word) > 2 and word.strip('-').replace('-', '').isalpha():
            for name, text in ('zsh', zsh), ('bash', bash):
                if word not in text:
                    raise Failure(f'{word} is missing in the completion of {name}')
