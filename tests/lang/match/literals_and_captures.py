def f(x):
    match x:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5 | 2.5: return "half"
        case 1 + 2j: return "complex"
        case -3 - 4j: return "negative complex"
        case "a" | "b" as letter: return f"letter {letter}"
        case "multi" "part": return "joined"
        case b"bytes": return "bytes"
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case int(n) if n > 100: return f"big {n}"
        case str() as s: return f"str {s}"
        case (1 | 2) as small: return f"small {small}"
        case _: return "other"
for x in (0, 0.0, False, True, 1, 2, -1, 1.5, 2.5, 1 + 2j, -3 - 4j, "a", "b", "multipart", b"bytes", None, 101, 50, "text", [], 1.0): print(repr(x), f(x))
match 5:
    case x: print("captured", x)
match (1, 2):
    case x, y if x > y: print("greater")
    case x, y: print("bound by the last", x, y)
match 3:
    case 1: pass
    case 2: pass
print("no case matched is fine")
def guards(x):
    match x:
        case n if n < 0: return "negative"
        case n if (m := n * 2) > 10: return f"double {m}"
        case n: return n
print(guards(-1), guards(6), guards(3))
class K: ONE = 1; inner = None
K.inner = K
match 1:
    case K.inner.ONE: print("dotted value")
two = 2
match 7:
    case two: print("a bare name captures", two)
match x := 4:
    case 4: print("walrus subject", x)
match [1, 2], 3:
    case [a, b], c: print(a, b, c)
match *[1, 2], 3:
    case (a, b, c): print("starred subject", a, b, c)
for source in ("match x:\n case a: pass\n case b: pass", "match x:\n case a | b: pass", "match x:\n case (a, a): pass", "match x:\n case 1 | a: pass", "match x:\n case _: pass\n case 1: pass", "match x:\n case a | 1: pass", "match x:\n case {**r, 'a': 1}: pass", "match x:\n case [*a, *b]: pass", "match x:\n case f'{x}': pass", "match x:\n case -a: pass", "match x:\n case 1 + 2: pass", "match x:\n case C(a=1, a=2): pass", "match x:\n case C(a=1, 2): pass", "match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case a.b as _: pass", "match x:\n case 1 as x.y: pass", "match x:\n pass", "match x:\ncase 1: pass", "match x:\n case {**_}: pass", "match x:\n case {a: 1}: pass", "match x:\n case (1 as a) | (2 as b): pass", "match x:\n case *a: pass", "match x:\n case 1: pass\nelse: pass", "match x:\n case True + 1: pass", "match x:\n case 1j + 1: pass"):
    try:
        compile(source, "s", "exec")
        print(repr(source), "fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg, e.lineno)
