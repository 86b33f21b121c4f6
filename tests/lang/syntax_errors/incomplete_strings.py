# What the prompt asks with flag 0x4000: a string that ends with a backslash may go on, another one on one line may not.
for source in ("'\\\n", '"\\\n abc', "x = 'a\\\n", "x = 'a\\\nb\\\n", "x = 'a\n", "x = 'a", "a = '''\n", "f('''", "'a\\\n b c\n"):
    for mode in "single", "exec":
        try:
            compile(source, "<i>", mode, 0x4200)
            print(repr(source), mode, "complete")
        except SyntaxError as error:
            print(repr(source), mode, type(error).__name__, error.msg)
