def run(source):
    exec(compile(source, "<generated>", "exec"))


run("a = 1")
run("a = 1\nb = = 2\n")
