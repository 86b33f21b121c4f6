// Work in C that would take minutes or for ever in one built-in operation: what limits and interrupts have to hold in.
#ifndef LONG_WORK_H
#define LONG_WORK_H

// A statement that prepares (without limits), and the one that must not go on.
typedef struct Script { const char *before, *statement; } Script;

static const Script long_work[] = {
    // iterators without end
    {"", "list(iter(int, 1))"}, {"", "sum(iter(int, 1))"}, {"", "min(iter(int, 1))"}, {"", "any(iter(int, 1))"}, {"", "all(iter(object, 1))"},
    {"", "set(iter(int, 1))"}, {"", "dict.fromkeys(iter(int, 1))"}, {"", "tuple(iter(int, 1))"}, {"", "bytes(iter(int, 1))"}, {"", "sorted(iter(int, 1))"},
    {"", "''.join(iter(str, 1))"}, {"", "b''.join(iter(bytes, 1))"}, {"", "1 in iter(int, 1)"}, {"", "a, *b = iter(int, 1)"}, {"", "[*iter(int, 1)]"},
    {"", "print(*iter(int, 1))"}, {"", "bytearray().extend(iter(int, 1))"}, {"", "[].extend(iter(int, 1))"}, {"", "{1}.isdisjoint(iter(int, 1))"},
    {"", "{1}.update(iter(int, 1))"}, {"", "{1}.difference(iter(int, 1))"}, {"", "{1}.intersection(iter(int, 1))"}, {"", "next(filter(None, iter(int, 1)))"},
    {"", "list(map(int, iter(int, 1)))"}, {"", "list(zip(iter(int, 1), iter(int, 1)))"}, {"", "list(enumerate(iter(int, 1)))"}, {"", "[i for i in iter(int, 1)]"},
    {"", "{}.update(iter(tuple, 1))" /* TypeError, at once */}, {"", "dict(zip(range(10**12), range(10**12)))"}, {"", "sum(range(10**12))"},
    {"", "range(10**12).count(1.5)"}, {"", "max(range(10**12))"}, {"", "list(reversed(range(10**12)))"}, {"", "len(list(range(10**12)))"},
    {"import math", "math.fsum(iter(float, 1))"}, {"import math", "math.prod(iter(lambda: 1, 2))"}, {"import math", "math.lcm(*range(1, 10**5))"},
    {"", "(lambda *a: 0)(*iter(int, 1))"}, {"x = []", "x[1:2] = iter(int, 1)"}, {"", "'%s' % (list(iter(int, 1)),)"}, {"", "int.from_bytes(iter(int, 1), 'big')"},
    // nesting that multiplies
    {"x = ()\nfor i in range(60): x = (x, x)", "hash(x)"}, {"x, y = (), ()\nfor i in range(60): x, y = (x, x), (y, y)", "x == y"},
    {"x, y = [], []\nfor i in range(60): x, y = [x, x], [y, y]", "x == y"}, {"x, y = [], []\nfor i in range(60): x, y = [x, x], [y, y]", "x < y"},
    {"x, y = {}, {}\nfor i in range(60): x, y = {1: x, 2: x}, {1: y, 2: y}", "x == y"}, {"x = []\nfor i in range(60): x = [x, x]", "repr(x)"},
    {"x = {}\nfor i in range(60): x = {1: x, 2: x}", "str(x)"}, {"x = (str,)\nfor i in range(60): x = (x, x)", "isinstance(1, x)"},
    {"x = (str,)\nfor i in range(60): x = (x, x)", "issubclass(int, x)"}, {"x = frozenset()\nfor i in range(60): x = frozenset([x, (x, x)])", "hash((x, x))" /* cached below */},
    // large data
    {"x = [1] * 10**6", "while True: x.count(2)"}, {"x = [1] * 10**6", "while True: 2 in x"}, {"x = list(range(10**6))", "while True: x.reverse()"},
    {"x = [1] * 10**6", "while True: x == x[:]"}, {"x = list(range(2 * 10**5))", "x.sort(key=lambda v: -v)"}, {"x = [str(i * 7919 % 100003) for i in range(10**5)]", "while True: sorted(x)"},
    {"x = set(range(10**5))", "while True: x | x"}, {"x = dict.fromkeys(range(10**5))", "while True: dict(x) == x"}, {"x = 'ab' * 10**6", "while True: x.replace('a', 'cd')"},
    {"x = 'a ' * 10**6", "while True: x.split()"}, {"x = 'ab' * 10**6", "while True: x.upper()"}, {"x = '\\u00e9' * 10**6", "while True: x.lower()"},
    {"x = 'a' * 10**6", "while True: x.translate({97: 98})"}, {"x = 'ab' * 10**6; y = 'ba' * 5 * 10**5 + 'c'", "while True: x.find(y)"},
    {"x = b'ab' * 10**6; y = b'ba' * 5 * 10**5 + b'c'", "while True: x.rfind(y)"}, {"x = 'a' * 10**6", "while True: x.encode('utf-16').decode('utf-16')"},
    {"x = b'\\xff' * 10**6", "while True: x.decode('utf-8', 'replace')"}, {"x = bytes(10**6)", "while True: x.hex()"}, {"x = bytes(10**6)", "while True: repr(x)"},
    {"x = memoryview(bytes(10**6))", "while True: x[::2].tolist()"}, {"", "while True: bytearray(10**7)"}, {"", "while True: [None] * 10**6"},
    {"x = 'a' * 10**6", "while True: x + 'b' == x"}, {"import gc", "while True: gc.collect()"}, {"", "while True: type('C', (), {})"},
    {"", "c = object\nwhile True: c = type('C', (c,), {})"}, {"x = tuple(type('C', (), {}) for i in range(2000))", "type('C', x, {})"},
    {"x = '1 + ' * 10**6 + '1'", "exec(x)"}, {"x = 'x = 1\\n' * 10**6", "compile(x, '', 'exec')"}, {"", "while True: eval('1 + 2 * 3')"},
    {"class H(int):\n  def __hash__(s): return 1", "{H(i) for i in range(10**5)}"}, {"x = {i * (2**61 - 1) for i in range(300)}", "while True: x | x"},
    {"import weakref\nclass C: pass", "while True: weakref.ref(C())"}, {"x = [ValueError()] * 10**4\nx = ExceptionGroup('x', x)", "while True: x.split(TypeError)"},
    // big ints
    {"", "3 ** 10**8"}, {"x = 3 ** 100000", "while True: x = x * x"}, {"x = (1 << 10**7) - 1; y = (1 << 5 * 10**6) - 1", "x % y"}, {"x = 3 ** 20000", "pow(x, x, x + 2)"},
    {"import sys; sys.set_int_max_str_digits(0); x = 1 << 10**7", "str(x)"}, {"import sys; sys.set_int_max_str_digits(0); x = '7' * 10**6", "int(x)"},
    {"import math; x = 1 << 10**7", "math.isqrt(x + 1)"}, {"import math", "math.factorial(10**7)"}, {"import math", "math.comb(10**7, 5 * 10**6)"},
    {"import math; x = 3 ** 200000; y = 5 ** 150000", "while True: math.gcd(x, y)"}, {"x = 1 << 10**7", "while True: x >> 1"}, {"x = 1 << 10**7", "while True: x & x - 1"},
    // recursion through C, and waiting
    {"import time", "while True: time.sleep(0)"}, {"import asyncio", "asyncio.run(asyncio.sleep(0)) if False else [asyncio.run(asyncio.sleep(0)) for i in iter(int, 1)]"},
    {"def f():\n  try: f()\n  finally: f()", "f()"}, {"class C:\n  def __getattr__(s, n): return getattr(s, n + 'x')", "while True: getattr(C(), 'x', 0)"},
    {"import sys; sys.set_int_max_str_digits(0); x = 1 << 2 * 10**7; y = x - 12345", "while True: x * y"}, {"x = 3 ** 300000 | 1", "pow(7, -1, x)"},
    {"x = 1 << 5 * 10**6", "while True: divmod(x, 3 ** 9)"}, {"x = 1 << 10**7", "while True: int(hex(x), 16)"}, {"import math; x = 3 ** 100000", "math.lcm(*[x + i for i in range(500)])"},
    {"import math", "math.perm(10**7, 5 * 10**6)"}, {"x = 3 ** 50000 | 1", "pow(x - 1, x, x)"},
    // results and arguments that are large
    {"", "while True: [1, 2, 3] * 10**6"}, {"", "while True: (1, 2) * 10**6"}, {"", "while True: 'abc' * 10**7"}, {"", "while True: b'abc' * 10**7"}, {"", "while True: '{:>20000000}'.format('x')"},
    {"", "while True: '%20000000d' % 5"}, {"", "while True: f'{1.5:.20000000f}'"}, {"", "while True: format(5, '020000000,d')"}, {"", "while True: 'x'.center(10**7)"},
    {"x = 'a\\n' * 10**6", "while True: x.splitlines()"}, {"x = b'a\\n' * 10**6", "while True: x.splitlines()"}, {"x = b'a ' * 10**6", "while True: x.split()"},
    {"x = '\\t' * 1000", "while True: x.expandtabs(10000)"}, {"x = bytes(10**6); y = bytes(range(256))", "while True: x.translate(y)"},
    {"x = memoryview(bytes(8 * 10**5)).cast('d'); y = memoryview(bytes(8 * 10**5)).cast('d')", "while True: x == y"}, {"x = [3, 1, 2] * 10**5", "while True: sorted(x, key=abs)"},
    {"x = set(range(10**5)); y = set(range(10**5, 2 * 10**5))", "while True: x | y"}, {"x = dict.fromkeys(range(10**5)); y = dict.fromkeys(range(10**5, 2 * 10**5))", "while True: x | y"},
    {"x = ['ab'] * 10**6", "while True: ','.join(x)"}, {"x = 'ab' * 10**4", "while True: x.count('ab')"}, {"", "10**9 + 0.5 in range(10**12)"}, {"", "min(range(10**12), key=abs)"},
};

#endif
