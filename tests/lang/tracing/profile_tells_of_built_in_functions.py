import sys
events = []
def listen(frame, event, arg):
    if event in ('call', 'return'):
        arg = arg if event == 'return' else None
        events.append((event, frame.f_code.co_name, frame.f_lineno, arg))
    else:
        events.append((event, frame.f_code.co_name, frame.f_lineno, arg.__qualname__, type(arg).__name__))
def show(title):
    sys.setprofile(None)
    print('--', title)
    for e in events: print(e)
    events.clear()

sys.setprofile(listen)
show('nothing')

def f(items):
    items.append(1)
    n = len(items)
    return sorted(items, key=lambda x: -x)
sys.setprofile(listen)
f([3])
show('calls')

sys.setprofile(listen)
try:
    int('x')
    len(5)
except ValueError:
    pass
try:
    len(5)
except TypeError:
    pass
try:
    [].pop()
except IndexError:
    pass
show('exceptions')

sys.setprofile(listen)
list.append([], 2)
m = [].append
m(5)
'a'.join(['b'])
str.upper('x')
(5).__add__(6)
int.__add__(5, 6)
dict.fromkeys([1])
object.__new__(list) if 0 else None
str.maketrans('a', 'b')
len(*[[1]])
print(*['x'], sep='')
max(*[1, 2], **{'key': lambda v: v})
[].sort(key=lambda v: v)
int(3); str(4); range(5); type(6)
sys.intern('x')
object.__new__(object)
int.from_bytes(b'1', 'big')
show('kinds')

sys.setprofile(listen)
class C:
    def __len__(self): return abs(-3)
    @property
    def p(self): return abs(-4)
    @staticmethod
    def s(): return abs(-5)
len(C()); C().p; C.s()
isinstance(3, C)
show('classes')

def gen():
    yield abs(-1)
    yield abs(-2)
sys.setprofile(listen)
g = gen()
next(g); list(g)
show('generators')

def inner():
    sys.setprofile(listen)
    len('')
    return abs(-1)
inner()
hash(2)
show('begun inside')

def bad(frame, event, arg):
    if event == 'c_call' and arg is len:
        raise KeyError('from the listener')
sys.setprofile(bad)
try:
    len('x')
except KeyError as e:
    print('caught', e, sys.getprofile())

def bad(frame, event, arg):
    if event == 'c_return' and arg is len:
        raise KeyError('from the listener')
sys.setprofile(bad)
try:
    len('x')
except KeyError as e:
    print('caught', e, sys.getprofile())
def bad(frame, event, arg):
    if event == 'c_exception' and arg is len:
        raise KeyError('from the listener')
sys.setprofile(bad)
try:
    len(5)
except KeyError as e:
    print('caught', e, type(e.__context__), sys.getprofile())
print(sys.getprofile())
for i in range(3):
    sys.setprofile(listen)
    len([1])
    sys.setprofile(None)
print(len(events), events)
