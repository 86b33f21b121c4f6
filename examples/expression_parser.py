# A calculator: tokens, a Pratt parser, a tree, its simplification, its derivative and its value.
import math


class ParseError(Exception):
    def __init__(self, message, position):
        super().__init__(message, position)
        self.message, self.position = message, position

    def __str__(self):
        return f"{self.message} at {self.position}"


def tokenize(source):
    position = 0
    while position < len(source):
        char = source[position]
        if char.isspace():
            position += 1
        elif char.isdigit() or char == ".":
            start = position
            while position < len(source) and (source[position].isdigit() or source[position] == "."):
                position += 1
            yield "number", source[start:position], start
        elif char.isalpha():
            start = position
            while position < len(source) and source[position].isalnum():
                position += 1
            yield "name", source[start:position], start
        elif char in "+-*/^(),!":
            yield char, char, position
            position += 1
        else:
            raise ParseError(f"unexpected {char!r}", position)
    yield "end", "", position


class Parser:
    # operator: (how tightly it binds, what it demands on its right)
    INFIX = {"+": (10, 11), "-": (10, 11), "*": (20, 21), "/": (20, 21), "^": (40, 39)}

    def __init__(self, source):
        self.tokens = list(tokenize(source))
        self.at = 0

    def next(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    @property
    def kind(self):
        return self.tokens[self.at][0]

    def expect(self, kind):
        found = self.next()
        if found[0] != kind:
            raise ParseError(f"expected {kind!r}, found {found[1] or found[0]!r}", found[2])

    def parse(self):
        tree = self.expression(0)
        self.expect("end")
        return tree

    def expression(self, least):
        left = self.prefix()
        while True:
            if self.kind == "!":
                self.next()
                left = ("call", "factorial", [left])
            elif self.kind in self.INFIX and self.INFIX[self.kind][0] >= least:
                operator = self.next()[0]
                left = (operator, left, self.expression(self.INFIX[operator][1]))
            else:
                return left

    def prefix(self):
        kind, text, position = self.next()
        match kind:
            case "number":
                try:
                    return ("number", float(text))
                except ValueError:
                    raise ParseError(f"bad number {text!r}", position) from None
            case "name" if self.kind == "(":
                self.next()
                arguments = [self.expression(0)]
                while self.kind == ",":
                    self.next()
                    arguments.append(self.expression(0))
                self.expect(")")
                return ("call", text, arguments)
            case "name":
                return ("name", text)
            case "-":
                return ("-", ("number", 0.0), self.expression(30))
            case "(":
                inside = self.expression(0)
                self.expect(")")
                return inside
        raise ParseError(f"unexpected {text or kind!r}", position)


FUNCTIONS = {"sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "max": max, "hypot": math.hypot,
             "factorial": lambda n: float(math.factorial(int(n)))}


def evaluate(tree, names):
    match tree:
        case ("number", value):
            return value
        case ("name", name):
            return names[name]
        case ("call", name, arguments):
            return FUNCTIONS[name](*(evaluate(argument, names) for argument in arguments))
        case (operator, left, right):
            a, b = evaluate(left, names), evaluate(right, names)
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__, "^": a.__pow__}[operator](b)


def derive(tree, x):
    match tree:
        case ("number", _):
            return ("number", 0.0)
        case ("name", name):
            return ("number", float(name == x))
        case ("+" | "-" as operator, u, v):
            return (operator, derive(u, x), derive(v, x))
        case ("*", u, v):
            return ("+", ("*", derive(u, x), v), ("*", u, derive(v, x)))
        case ("/", u, v):
            return ("/", ("-", ("*", derive(u, x), v), ("*", u, derive(v, x))), ("^", v, ("number", 2.0)))
        case ("^", u, ("number", n)):
            return ("*", ("*", ("number", n), ("^", u, ("number", n - 1))), derive(u, x))
        case ("call", "sin", [u]):
            return ("*", ("call", "cos", [u]), derive(u, x))
    raise NotImplementedError(f"derivative of {tree[0]}")


def simplify(tree):
    match tree:
        case ("call", name, arguments):
            return ("call", name, [simplify(argument) for argument in arguments])
        case (operator, left, right):
            match operator, simplify(left), simplify(right):
                case _, ("number", _) as a, ("number", _) as b if operator != "/":
                    return ("number", evaluate((operator, a, b), {}))
                case ("*", ("number", 0.0), _) | ("*", _, ("number", 0.0)):
                    return ("number", 0.0)
                case ("*", ("number", 1.0), kept) | ("*" | "/" | "^", kept, ("number", 1.0)):
                    return kept
                case ("+", ("number", 0.0), kept) | ("+" | "-", kept, ("number", 0.0)):
                    return kept
                case other:
                    return other
    return tree


def show(tree, outer=0):
    match tree:
        case ("number", value):
            return f"{value:g}"
        case ("name", name):
            return name
        case ("call", name, arguments):
            return f"{name}({', '.join(map(show, arguments))})"
        case (operator, left, right):
            own, demanded = Parser.INFIX[operator]
            text = f"{show(left, own)} {operator} {show(right, demanded)}"
            return f"({text})" if own < outer else text


for source in ("1 + 2 * 3", "2 ^ 3 ^ 2", "(1 + 2) * -3", "10 / 4 - 1", "5! / 3!", "hypot(3, 4) + max(1, 7, 3)",
               "sqrt(2) ^ 2", "1 +", "2 $ 3", "(4", "1.2.3", "1 / 0", "what"):
    try:
        tree = Parser(source).parse()
        print(f"{source:28} = {evaluate(tree, {'pi': math.pi}):.10g}")
    except ParseError as error:
        print(f"{source:28} ! {error}")
    except (ZeroDivisionError, KeyError) as error:
        print(f"{source:28} ! {type(error).__name__}: {error}")

print()
for source in ("x ^ 3 + 2 * x", "sin(x ^ 2) * x", "x / (x + 1)", "(x + 1) * (x - 1) + 0 * x"):
    tree = Parser(source).parse()
    derived = simplify(derive(tree, "x"))
    print(f"d/dx {show(tree)} = {show(derived)}; at 2: {evaluate(derived, {'x': 2.0}):.6f}")
