# Form feeds reset the column, carriage returns end lines: through exec, so that this file stays plain.
source = "x = 1\r\nif x:\r\n    print('crlf')\r\n\r\nprint('end')\r\n"
exec(source)
source = "x = 2\rprint('cr', x)\r"
exec(source)
source = "\x0cprint('form feed')\nif 1:\n    \x0c    print('indent restarts')\n" if False else "\x0cprint('form feed')\n"
exec(source)
exec("if 1:\n\x0c    print('in block')\n    print('same block')\n")
exec("s = '''a\r\nb\rc\n'''\nprint(repr(s))")
exec("t = 'a\\\r\nb'\nprint(repr(t))")
exec("x = (1,\r\n  2)\r\nprint(x)")
exec("print('no newline at the end')")
exec("")
exec("\n\n\n")
exec("# only a comment")
exec("   \n\t\n  # indented comment\n")
print(eval("  1 + 1"), eval("\t2"), eval("3\n\n"), eval("(4,\n5)"))
try:
    eval("")
except SyntaxError as e:
    print(e.msg)
