def same(a, b):
    one, other = [compile(s, 'file', 'exec') for s in (a, b)]
    return one == other, not (one != other), hash(one) == hash(other) or one != other
print(same('x = 1', 'x = 1'), same('x = 1', 'x = 2'), same('x = 1', 'y = 1'), same('x = 1', 'x = 1.0'), same('x = 1', 'x = True'))
print(same('x = 0.0', 'x = -0.0'), same('x = (1, 2)', 'x = (1, 2)'), same('x = (1, 2)', 'x = (1, 2.0)'), same('x', '\nx'))
print(same('def f(a): return a.b', 'def f(a): return a.b'), same('def f(a): pass', 'def f(b): pass'), same('def f(a): pass', 'def g(a): pass'))
print(same('def f(a, /): pass', 'def f(a): pass'), same('def f(*, a): pass', 'def f(a): pass'), same('x if y else z', 'x if y else w'))
print(same('try: a()\nfinally: b()', 'try: a()\nfinally: b()'), same('x = 1j', 'x = 1j'), same('x = "a"', 'x = b"a"'), same('a in {1, 2}', 'a in {1, 2}'))
one, other = compile('x = len([y])', 'a', 'exec'), compile('x = len([y])', 'b', 'exec')
for i in range(100): exec(one, {'y': 1})   # what an instruction has learned is no difference
print(one == other, len({one, other}), one in [other], {one: 1}[other], one == 1, one != None)
functions = [lambda self: self.x for _ in range(2)]
print(functions[0].__code__ == functions[1].__code__, functions[0].__code__ is functions[1].__code__)
def outer(free):
    def inner(): return free
    return inner
print(outer(1).__code__ == outer(2).__code__, outer.__code__ == outer.__code__, outer.__code__ == outer(1).__code__)
