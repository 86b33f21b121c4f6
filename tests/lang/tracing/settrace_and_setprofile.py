# sys.settrace(): calls, lines, returns and exceptions, as a debugger or a coverage tool sees them.
import sys

events = []

def tracer(frame, event, arg):
    if event == 'exception':
        arg = arg[0].__name__
    if isinstance(arg, Thing):
        arg = 'a thing'
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg))
    return tracer

def show(title, function, *args, **kwargs):
    sys.settrace(tracer)
    try:
        function(*args, **kwargs)
    except Exception as e:
        caught = e
    finally:
        sys.settrace(None)
    print(title)
    for row in events:
        if row[0] != 'show' and row[:3] != ('catches', 'line', 1):   # a line with nothing but `try:` has no instruction
            print('  ', *row)
    events.clear()

def straight(a, b=2):
    c = a + b
    return c

def loop(n):
    total = 0
    for i in range(n):
        total += i
    while n:
        n -= 1
    return total

def inner(x):
    return 10 // x

def catches():
    try:
        inner(0)
    except ZeroDivisionError:
        result = 'caught'
    return result

def lets_go():
    inner(0)

def numbers():
    yield 1
    yield 2

def uses_generator():
    return sum(numbers())

class Thing:
    def __init__(self, value):
        self.value = value

    @property
    def twice(self):
        return self.value * 2

    def __add__(self, other):
        return Thing(self.value + other)

def uses_class():
    thing = Thing(4)
    thing = thing + 1
    return thing.twice

def with_manager():
    with Manager():
        total = 3
    return 1

class Manager:
    def __enter__(self): return 5
    def __exit__(self, *args): return False

def recursive(n):
    if n == 0:
        return 0
    return recursive(n - 1)

show('straight', straight, 1)
show('keywords', straight, a=1, b=3)
show('loop', loop, 2)
show('catches', catches)
show('lets_go', lets_go)
show('generator', uses_generator)
show('class', uses_class)
show('with', with_manager)
show('recursive', recursive, 2)

# The local trace function may end the lines of one frame, or be another one.
def only_calls(frame, event, arg):
    events.append((frame.f_code.co_name, event))

sys.settrace(only_calls)
loop(1)
straight(1)
sys.settrace(None)
print(events, sys.gettrace())
events.clear()

# A trace function that raises is taken out, and the exception goes to the program.
def raises(frame, event, arg):
    raise ValueError('from the tracer')

try:
    sys.settrace(raises)
    straight(1)
except ValueError as e:
    print('raised:', e, sys.gettrace())

def profiler(frame, event, arg):
    if event in ('call', 'return'):
        events.append((event, frame.f_code.co_name, str(type(arg)) if event == 'return' else None))

sys.setprofile(profiler)
uses_class()
sys.setprofile(None)
print(events, sys.getprofile())
