class Token:
    def __init__(self, kind, text, pos): self.kind, self.text, self.pos = kind, text, pos
    def __repr__(self): return f"{self.kind}:{self.text}@{self.pos}"
    def __eq__(self, other): return self.text == other if isinstance(other, str) else self is other
OPS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
def tokens(src):
    i = 0
    while i < len(src):
        c = src[i]
        if c in " \t\n": i += 1; continue
        start = i
        if c.isdigit():
            while i < len(src) and (src[i].isdigit() or src[i] == "."): i += 1
            yield Token("num", src[start:i], start)
        elif c.isalpha() or c == "_":
            while i < len(src) and (src[i].isalnum() or src[i] == "_"): i += 1
            yield Token("name", src[start:i], start)
        elif c == '"':
            i = src.index('"', i + 1) + 1
            yield Token("str", src[start + 1:i - 1], start)
        else:
            i += 2 if src[i:i + 2] in OPS else 1
            yield Token("op", src[start:i], start)
    yield Token("end", "", i)
class Interp:
    def __init__(self, src, env): self.t, self.i, self.env = list(tokens(src)), 0, env
    def peek(self): return self.t[self.i]
    def take(self, text=None):
        tok = self.t[self.i]
        if text is not None and tok != text: raise SyntaxError(f"expected {text} at {tok.pos}")
        self.i += 1
        return tok
    def expr(self, level=1):
        left = self.unary()
        while (p := OPS.get(self.peek().text, 0) if self.peek().kind == "op" else 0) >= level:
            op = self.take().text
            right = self.expr(p + 1)
            left = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right, "%": lambda: left % right, "<": lambda: left < right, ">": lambda: left > right, "<=": lambda: left <= right, ">=": lambda: left >= right, "==": lambda: left == right, "!=": lambda: left != right, "&&": lambda: left and right, "||": lambda: left or right}[op]()
        return left
    def unary(self):
        t = self.take()
        if t == "-": return -self.unary()
        if t == "!": return not self.unary()
        if t == "(":
            v = self.expr(); self.take(")")
        elif t == "[":
            v = []
            while self.peek() != "]":
                v.append(self.expr())
                if self.peek() == ",": self.take()
            self.take("]")
        elif t.kind == "num": v = float(t.text) if "." in t.text else int(t.text)
        elif t.kind == "str": v = t.text
        elif t.kind == "name": v = self.env[t.text]
        else: raise SyntaxError(f"unexpected {t}")
        while self.peek().text in ("(", "["):
            if self.take() == "(":
                args = []
                while self.peek() != ")":
                    args.append(self.expr())
                    if self.peek() == ",": self.take()
                self.take(")"); v = v(*args)
            else: v = v[self.expr()]; self.take("]")
        return v
env = {"x": 7, "max": max, "len": len, "pi": 3.25, "sq": lambda n: n * n}
for src in ["1 + 2 * 3", "(1 + 2) * 3", "-x + 10 % 4", "max(1, sq(x), 3) >= 49 && 1 < 2", '"ab" * 2 + "c"', "[1, 2, x * 2][2]", "len([1, [2, 3]])", "!(1 == 1) || 5", "1 - 2 - 3", "pi * 2", "2 < 1 || x != 7", "(1", "1 + + 2", "nope", "x(1)", "1 / 0", '[1][5]', "1 2", '"open']:
    try:
        it = Interp(src, env)
        v = it.expr()
        if it.peek().kind != "end": raise SyntaxError(f"left over {it.peek()}")
        print(src, "=", repr(v))
    except (SyntaxError, KeyError, TypeError, ZeroDivisionError, IndexError, ValueError) as e: print(src, "!", type(e).__name__, e)
