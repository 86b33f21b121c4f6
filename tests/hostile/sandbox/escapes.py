# The well-known ways out of a Python sandbox. In this VM none leads anywhere: no file, no bytecode, no address, no built-in module that was not granted.
import asyncio, gc, sys, types

problems = []

def refused(what, *kinds):
    try:
        what()
    except kinds or (Exception,):
        return
    except BaseException as e:
        problems.append((what.__code__.co_firstlineno, repr(e)))
        return
    problems.append((what.__code__.co_firstlineno, 'was not refused'))

def function(a, b=2):
    return a + b

# ---- files, modules and processes, by every name under which they might be found

def everything():
    seen = set()
    todo = [object]
    while todo:
        cls = todo.pop()
        if cls not in seen:
            seen.add(cls)
            todo.extend(type.__subclasses__(cls))
    return seen

names = {cls.__name__ for cls in everything()}
for gone in ('FileIO', 'Popen', 'zipimporter', 'FileLoader', 'SourceFileLoader', 'ExtensionFileLoader', 'BuiltinImporter', 'CDLL', 'Structure'):
    if gone in names:
        problems.append(gone)
for path in ('/etc/passwd', '/proc/self/environ', '/proc/self/maps', '/dev/zero', 'secret', '..', '.', '/', '', '\udcff', 'x' * 10000):
    refused(lambda: open(path), OSError, UnicodeError, ValueError)
    refused(lambda: open(path, 'w'), OSError, UnicodeError, ValueError)
refused(lambda: open('a\0b'), ValueError)
refused(lambda: open(0), OSError, TypeError)
refused(lambda: open(1, 'w'), OSError, TypeError)
for module in ('ctypes', '_ctypes', 'marshal', 'mmap', 'fcntl', '_posixsubprocess', 'imp', 'cffi', '/etc/passwd', '../x', 'x/y', '..'):
    refused(lambda: __import__(module), ImportError)
refused(lambda: __import__('sys', {'__package__': '/etc'}, None, (), 1), ImportError, KeyError)
import posix   # is there, and does nothing but name errors, put names together, and say what it says
for name in dir(posix):
    arguments = [(), (0,), ('/etc/passwd',), (0, 0), ('/etc/passwd', 0), ('a', 'b'), (0, b'x'), (0, 0, 0), (0, 0, 0, 0)]
    for given in arguments if type(getattr(posix, name)) is type(print) and name not in ('strerror', '_environ') else ():
        refused(lambda: getattr(posix, name)(*given), PermissionError, TypeError)
if posix._environ():
    problems.append('environment')
sys.path[:] = ['/', '/etc', '/tmp', '', '.', 5, None, '\0']
refused(lambda: __import__('passwd'), ImportError)
refused(lambda: [].__class__.__base__.__subclasses__()[0].__init__.__globals__['sys'], AttributeError, KeyError)

# ---- bytecode

code = function.__code__
refused(lambda: types.CodeType(1, 0, 0, 1, 1, 0, b'', (), (), (), '', '', '', 1, b'', b''), TypeError)
refused(lambda: object.__new__(types.CodeType), TypeError)
refused(lambda: code.replace(co_consts=(1,)), TypeError, AttributeError, NotImplementedError)
refused(lambda: code.co_code, AttributeError)
refused(lambda: setattr(code, 'co_consts', ()), AttributeError, TypeError)
refused(lambda: object.__setattr__(code, 'co_consts', ()), AttributeError, TypeError)
refused(lambda: code.__setstate__({}), AttributeError, TypeError)
refused(lambda: type(code).__init__(code, 1, 2, 3), TypeError)
refused(lambda: type('Code', (types.CodeType,), {}), TypeError)
refused(lambda: setattr(function, '__code__', object()), TypeError)
refused(lambda: setattr(function, '__code__', None), TypeError)
refused(lambda: exec(b'\x00\x01\x02'), SyntaxError, ValueError, TypeError)
refused(lambda: exec(memoryview(b'\x00'), {}), SyntaxError, ValueError, TypeError)
def closure():
    x = 1
    return lambda: x
function.__code__ = function.__code__
refused(lambda: setattr(function, '__code__', closure().__code__), ValueError)
types.FunctionType(code, {})
refused(lambda: types.FunctionType(code, 5), TypeError)
refused(lambda: types.FunctionType(5, {}), TypeError)
refused(lambda: types.FunctionType(code, {}, closure=(5,)), TypeError, ValueError)
refused(lambda: types.FunctionType(code, {}, argdefs=5), TypeError)
refused(lambda: types.FunctionType.__new__(types.FunctionType), TypeError)

# ---- types of the VM, changed or half made

for cls in (int, str, list, dict, type, object, types.FunctionType, types.CodeType, type(sys._getframe()), type(iter([])), Exception, type(print)):
    refused(lambda: setattr(cls, '__add__', None), TypeError)
    refused(lambda: type.__setattr__(cls, 'new_name', None), TypeError)
    refused(lambda: cls.__dict__.__setitem__('x', 1), TypeError, AttributeError)
    refused(lambda: setattr(cls, '__bases__', (object,)), TypeError)
for value in (1, 'x', [], print, function(1, 1), None, code, sys._getframe()):
    refused(lambda: setattr(value, '__class__', type('C', (), {})), TypeError, AttributeError)
    refused(lambda: object.__setattr__(value, '__class__', list), TypeError, AttributeError)
class Plain: pass
class Slots: __slots__ = ('a', 'b')
refused(lambda: setattr(Plain(), '__class__', list), TypeError)
refused(lambda: setattr(Plain(), '__class__', Slots), TypeError)
refused(lambda: Slots.a.__get__(Plain()), TypeError)
refused(lambda: Slots.a.__set__([], 1), TypeError)
refused(lambda: type.__dict__['__dict__'].__get__(5), TypeError)
refused(lambda: list.append(5, 1), TypeError)
refused(lambda: dict.__setitem__([], 1, 2), TypeError)
refused(lambda: str.join.__get__(5, int)([]), TypeError)
for make in (lambda: type(iter([]))(), lambda: type(function).__new__(type(function)), lambda: type(sys._getframe())(),
             lambda: object.__new__(type(iter([]))), lambda: object.__new__(dict), lambda: list.__new__(dict), lambda: int.__new__(str),
             lambda: object.__new__(type((x for x in ()))), lambda: type(asyncio.sleep(0))(), lambda: type.__new__(int, 'x', (), {}),
             lambda: BaseException.__new__(int), lambda: tuple.__new__(list), lambda: type('X', (int, str), {}), lambda: type('X', (type(print),), {})):
    refused(make, TypeError)

# ---- frames: the host's are not there, and what is there is only to be looked at

frame = sys._getframe()
while frame.f_back is not None:
    frame = frame.f_back
if frame.f_code.co_name != '<module>':
    problems.append(frame)
refused(lambda: sys._getframe(100), ValueError)
refused(lambda: setattr(frame, 'f_back', None), AttributeError, TypeError)
refused(lambda: setattr(frame, 'f_globals', {}), AttributeError, TypeError)
refused(lambda: setattr(frame, 'f_code', code), AttributeError, TypeError)
refused(lambda: setattr(frame, 'f_lineno', 1), AttributeError, TypeError, ValueError)
frame.f_locals['open'] = None
frame.f_builtins.get('open')

# ---- text that walks attributes

for text in ('{0.__class__.__init__.__globals__}', '{0.__code__.co_code}', '{0.__globals__[open].x}', '{0[0].__class__}', '{0.f_back}'):
    refused(lambda: text.format(function), AttributeError, KeyError, TypeError, IndexError)
if '0x' in '{0.__globals__[function]}'.format(function).replace(hex(id(function)), '')[-1:]:
    problems.append('address')

# ---- addresses: numbers are serial, small and the same in every run

class C: pass
numbers = [id(C()) for i in range(3)] + [id(function), id(C), id(sys)]
if not all(0 < number < 2**48 for number in numbers):
    problems.append(numbers)

# ---- built-in functions taken away or replaced stay so, and break nothing

import builtins
def with_builtins(names):
    space = {'__builtins__': names}
    exec('def f():\n    class X: pass\n    return [i for i in (1, 2)], X, f"{1}"', space)
    return space['f']
refused(lambda: with_builtins({})(), NameError, ImportError, KeyError)
refused(lambda: eval('open', {'__builtins__': {}}), NameError)
refused(lambda: eval('__import__("sys")', {'__builtins__': {}}), NameError)
refused(lambda: exec('import sys', {'__builtins__': {}}), ImportError)
refused(lambda: exec('class X: pass', {'__builtins__': {}}), NameError)
for wrong in (5, None, [], 'x'):
    try:
        exec('len', {'__builtins__': wrong})
    except Exception:
        pass
saved = dict(vars(builtins))
for name in ('isinstance', 'type', 'object', 'Exception', 'BaseException', 'print', '__build_class__', '__import__', 'super', 'StopIteration', 'AttributeError'):
    setattr(builtins, name, 5)
    try:
        class Another:
            def method(self): return super().__init__()
        Another().method()
        getattr(Another(), 'nothing', None)
        list(x for x in range(3))
        import math
    except saved['BaseException']:
        pass
    setattr(builtins, name, saved[name])
for module in list(sys.modules):
    if module not in ('__main__', 'builtins', 'sys'):
        sys.modules[module] = None
sys.modules['builtins'] = 5
refused(lambda: __import__('math'), ImportError)
gc.collect()
print(problems if problems else 'done')
