# An interpreter for a small Lisp: reader, macros by pattern matching, closures, tail calls by trampoline, error reports.


class LispError(Exception):
    pass


class Symbol(str):
    __slots__ = ()

    def __repr__(self):
        return str(self)


def read(text):
    tokens = text.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()
    position = 0

    def form():
        nonlocal position
        if position >= len(tokens):
            raise LispError("the text ends within a form")
        token = tokens[position]
        position += 1
        match token:
            case "'":
                return [Symbol("quote"), form()]
            case ")":
                raise LispError("unexpected )")
            case "(":
                items = []
                while position < len(tokens) and tokens[position] != ")":
                    items.append(form())
                if position >= len(tokens):
                    raise LispError("missing )")
                position += 1
                return items
            case "#t" | "#f":
                return token == "#t"
        for convert in int, float, Symbol:
            try:
                return convert(token)
            except ValueError:
                pass

    while position < len(tokens):
        yield form()


def show(value):
    match value:
        case bool():
            return "#t" if value else "#f"
        case list():
            return "(" + " ".join(map(show, value)) + ")"
        case Lambda():
            return f"<function of {len(value.parameters)}>"
        case None:
            return "nil"
    return str(value)


class Environment:
    def __init__(self, names, outer=None):
        self.names, self.outer = names, outer

    def find(self, name):
        environment = self
        while environment:
            if name in environment.names:
                return environment.names
            environment = environment.outer
        raise LispError(f"unknown name {name}")


class Lambda:
    def __init__(self, parameters, body, environment):
        self.parameters, self.body, self.environment = parameters, body, environment

    def bind(self, arguments):
        if len(arguments) != len(self.parameters):
            raise LispError(f"expected {len(self.parameters)} arguments, got {len(arguments)}")
        return Environment(dict(zip(self.parameters, arguments)), self.environment)


def evaluate(form, environment):
    # A tail call does not recurse: it becomes the next round of this loop.
    while True:
        match form:
            case Symbol():
                return environment.find(form)[form]
            case int() | float() | None:
                return form
            case []:
                return None
            case ["quote", value]:
                return value
            case ["if", test, then, *rest]:
                form = then if evaluate(test, environment) not in (False, None) else (rest[0] if rest else None)
            case ["define", [Symbol() as name, *parameters], *body]:
                environment.names[name] = Lambda(parameters, body, environment)
                return name
            case ["define", Symbol() as name, value]:
                environment.names[name] = evaluate(value, environment)
                return name
            case ["set!", Symbol() as name, value]:
                environment.find(name)[name] = evaluate(value, environment)
                return None
            case ["lambda", [*parameters], *body]:
                return Lambda(parameters, body, environment)
            case ["let", [*bindings], *body]:
                form = [[Symbol("lambda"), [name for name, _ in bindings], *body], *(value for _, value in bindings)]
            case ["cond", [Symbol("else"), value], *_]:
                form = value
            case ["cond", [test, value], *rest]:
                form = [Symbol("if"), test, value, [Symbol("cond"), *rest]]
            case ["cond"]:
                return None
            case ["begin", *forms, last]:
                for inner in forms:
                    evaluate(inner, environment)
                form = last
            case [function, *arguments]:
                function = evaluate(function, environment)
                arguments = [evaluate(argument, environment) for argument in arguments]
                match function:
                    case Lambda(body=[*forms, last]):
                        environment = function.bind(arguments)
                        for inner in forms:
                            evaluate(inner, environment)
                        form = last
                    case _ if callable(function):
                        try:
                            return function(*arguments)
                        except (TypeError, IndexError, ZeroDivisionError) as error:
                            raise LispError(f"{type(error).__name__} in {show([arguments])}") from error
                    case _:
                        raise LispError(f"{show(function)} is no function")


def product(*numbers):
    result = 1
    for number in numbers:
        result *= number
    return result


GLOBALS = Environment({
    "+": lambda *numbers: sum(numbers), "*": product, "-": lambda a, *b: a - sum(b) if b else -a, "/": lambda a, b: a / b,
    "%": lambda a, b: a % b, "=": lambda a, b: a == b, "<": lambda a, b: a < b, "list": lambda *items: list(items),
    "cons": lambda head, tail: [head, *(tail or [])], "car": lambda items: items[0], "cdr": lambda items: items[1:] or None,
    "null?": lambda items: not items, "print": lambda *values: print(*map(show, values)), "nil": None,
})

PROGRAM = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 30)
(define (loop n sum) (if (= n 0) sum (loop (- n 1) (+ sum n))))
(loop 20000 0)
(define (map f items) (if (null? items) nil (cons (f (car items)) (map f (cdr items)))))
(define (range a b) (if (< a b) (cons a (range (+ a 1) b)) nil))
(map (lambda (n) (* n n)) (range 0 10))
(define (counter) (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
(define tick (counter))
(begin (tick) (tick) (list (tick) ((counter))))
(define (collatz n) (cond ((= n 1) '(1)) ((= (% n 2) 0) (cons n (collatz (/ n 2)))) (else (cons n (collatz (+ (* 3 n) 1))))))
(collatz 6)
(print 'hello '(a (b 1.5) #t) fact nil)
(let ((x 2) (y 3)) (let ((x 10)) (- (* x y) 0.5)))
(car nil)
(fact 1 2)
(undefined 1)
(/ 1 0)
((quote 5) 1)
(- 7)
"""

for form in read(PROGRAM):
    try:
        result = evaluate(form, GLOBALS)
        if not (isinstance(form, list) and form[0] in ("define", "print")):
            print(f"{show(form)[:60]:60} => {show(result)}")
    except LispError as error:
        cause = f" (from {error.__cause__!r})" if error.__cause__ else ""
        print(f"{show(form)[:60]:60} !! {error}{cause}")
for text in "(1 2", ")", "'":
    try:
        print(list(read(text)))
    except LispError as error:
        print(f"{text!r}: {error}")
