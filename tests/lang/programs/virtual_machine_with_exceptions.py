class Halt(Exception): pass
class VMError(Exception):
    def __init__(self, pc, why): super().__init__(f"pc {pc}: {why}"); self.pc = pc
class Machine:
    def __init__(self, code, limit=10000):
        self.code, self.stack, self.calls, self.vars, self.out, self.pc, self.left = code, [], [], {}, [], 0, limit
    def run(self):
        try:
            while True: self.step()
        except Halt: return self.out
        except IndexError as e: raise VMError(self.pc, "stack underflow" if self.pc < len(self.code) else "ran off the end") from e
        except ZeroDivisionError as e: raise VMError(self.pc, str(e)) from None
    def step(self):
        if self.left == 0: raise VMError(self.pc, "out of fuel")
        self.left -= 1
        op, *args = self.code[self.pc]
        self.pc += 1
        handler = getattr(self, "op_" + op, None)
        if handler is None: raise VMError(self.pc - 1, f"no {op}")
        handler(*args)
    def op_push(self, v): self.stack.append(v)
    def op_pop(self): return self.stack.pop()
    def op_dup(self): self.stack.append(self.stack[-1])
    def op_swap(self): self.stack[-1], self.stack[-2] = self.stack[-2], self.stack[-1]
    def op_load(self, n):
        try: self.stack.append(self.vars[n])
        except KeyError: raise VMError(self.pc - 1, f"{n} is unset") from None
    def op_store(self, n): self.vars[n] = self.stack.pop()
    def op_print(self): self.out.append(self.stack.pop())
    def op_jmp(self, t): self.pc = t
    def op_jz(self, t):
        if not self.stack.pop(): self.pc = t
    def op_call(self, t): self.calls.append(self.pc); self.pc = t
    def op_ret(self):
        if not self.calls: raise Halt
        self.pc = self.calls.pop()
    def op_halt(self): raise Halt
for name, f in {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a // b, "lt": lambda a, b: a < b, "eq": lambda a, b: a == b}.items():
    def op(self, f=f):
        b, a = self.stack.pop(), self.stack.pop()
        self.stack.append(f(a, b))
    setattr(Machine, "op_" + name, op)
def assemble(text):
    labels, code = {}, []
    lines = [l.split("#")[0].split() for l in text.strip().splitlines()]
    for l in lines:
        if l and l[0].endswith(":"): labels[l.pop(0)[:-1]] = len(code)
        if l: code.append(l)
    return [(op, *(labels[a] if a in labels else int(a) if a.lstrip("-").isdigit() else a for a in args)) for op, *args in code]
programs = {
"factorial": "push 10\ncall fact\nprint\nhalt\nfact: dup\npush 2\nlt\njz rec\npop\npush 1\nret\nrec: dup\npush 1\nsub\ncall fact\nmul\nret",
"loop": "push 0\nstore i\ntop: load i\npush 5\nlt\njz end\nload i\ndup\nmul\nprint\nload i\npush 1\nadd\nstore i\njmp top\nend: halt",
"underflow": "push 1\nadd\nhalt", "division": "push 1\npush 0\ndiv", "unset": "load q", "endless": "top: jmp top", "unknown": "fly", "end": "push 1"}
for name, text in programs.items():
    try: print(name, Machine(assemble(text)).run())
    except VMError as e: print(name, "VMError", e, type(e.__cause__).__name__, e.__suppress_context__)
