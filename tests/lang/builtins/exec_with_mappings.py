# exec() and eval() with subclasses of dict as globals, locals and __builtins__: their methods are asked.
class Asked(dict):
    def __getitem__(self, key): return 'asked for ' + key
class Missing(dict):
    def __missing__(self, key):
        if key.startswith('no'): raise KeyError(key)
        return 'missing ' + key
class Fails(dict):
    def __getitem__(self, key): raise ValueError(key)

def attempt(source, *namespaces):
    try:
        value = eval(source, *namespaces)
        print(value if not callable(value) else 'callable')
    except Exception as error:
        print(type(error).__name__, error)

for source in 'a', 'print', '(lambda: a)()', '(lambda: print)()':
    attempt(source, Asked())
    attempt(source, {}, Asked())
    attempt(source, Asked(a=1), {})
    attempt(source, Missing())
    attempt(source, Missing(a=2), {})
    attempt(source, {'__builtins__': {'print': 5}})
    attempt(source, {'__builtins__': {}})
    attempt(source, {'__builtins__': Missing(print=6)})
    attempt(source, {'__builtins__': Asked()})
    attempt(source, {'__builtins__': Fails()})
    attempt(source, {'__builtins__': __builtins__})
    attempt(source, Fails())
attempt('nothing', {'__builtins__': Missing()})
attempt('len([1])', {'__builtins__': Missing(len=len)})

class Log(dict):
    def __getitem__(self, key):
        print('get', key)
        return super().__getitem__(key)
    def __setitem__(self, key, value):
        print('set', key)
        super().__setitem__(key, value)
    def __delitem__(self, key):
        print('del', key)
        super().__delitem__(key)
log = Log()
exec('''
x = 1
y = x + len([])
del x
def f(): return y
z = f()
class C: w = y
''', {}, log)if False else exec('''
x = 1
y = x + 1
del x
''', {}, log)
print(dict(log))
code = compile('def f(n):\n    return [len, n]\nresult = f(1)', 'file', 'exec')
for builtins in {'len': 'first'}, Missing(len='second'), {'len': 'third'}, Missing():
    names = {'__builtins__': builtins}
    for i in range(3): exec(code, names)
    print(names['result'])
