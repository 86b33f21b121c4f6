# An interpreter in Python: a stack machine with a loop over instructions.
def assemble(source):
    labels, code = {}, []
    for line in source.splitlines():
        words = line.split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words[0][:-1]] = len(code)
        else:
            code.append((words[0], words[1] if len(words) > 1 else None))
    return [(op, labels[arg] if arg in labels else int(arg) if arg and arg.lstrip("-").isdigit() else arg) for op, arg in code]


def run(code):
    stack, names, pc, steps = [], {}, 0, 0
    push, pop = stack.append, stack.pop
    while True:
        op, arg = code[pc]
        pc += 1
        steps += 1
        if op == "push":
            push(arg)
        elif op == "load":
            push(names[arg])
        elif op == "store":
            names[arg] = pop()
        elif op == "add":
            b = pop()
            push(pop() + b)
        elif op == "mul":
            b = pop()
            push(pop() * b)
        elif op == "mod":
            b = pop()
            push(pop() % b)
        elif op == "less":
            b = pop()
            push(pop() < b)
        elif op == "jump":
            pc = arg
        elif op == "unless":
            if not pop():
                pc = arg
        elif op == "halt":
            return names, steps


PROGRAM = """
push 0
store i
push 1
store x
loop:
load i
push 180000
less
unless end
load x
push 1103515245
mul
push 12345
add
push 65536
mod
store x
load i
push 1
add
store i
jump loop
end:
halt
"""
names, steps = run(assemble(PROGRAM))
print(names["x"], names["i"], steps)
