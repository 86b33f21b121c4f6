// Every allocation may fail: small programs that between them visit the parser, the compiler, the loop, the built-in types, generators and
// asyncio, the modules of the library, threads and sockets are run again and again, each time with another allocation of an object or buffer
// failing (heap_set_failure). Each run ends with a result or an exception, the VM closes, and every byte comes back. (Threads are daemons and
// waits have an end: one that waits for another that had no memory to go on waits for ever, as in CPython.)
//
// The allocator hook, which sees regions, arenas and tables alone, is made to fail as well, at every request of such a run.
#include "vm/heap_internal.h"

#include <check.h>
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Program { const char *name, *source; } Program;

static const Program programs[] = {
    {"compiler",
     "class Shape:\n"
     "    sides: int = 0\n"
     "    def __init__(self, *args, name='shape', **rest): self.args, self.name, self.rest = args, name, rest\n"
     "    @property\n"
     "    def area(self): return sum(x * y for x, y in zip(self.args, self.args[1:]) if x)\n"
     "def outer(a, /, b=1, *, c: 'int' = 2):\n"
     "    def inner(n): nonlocal b; b += n; return lambda: (a, b, c, f'{a!r:>{b + 5}} {c=}')\n"
     "    return inner(3)()\n"
     "match [1, {'k': (2, 3)}, Shape(1, 2, name='s', z=4)]:\n"
     "    case [int(n), {'k': (x, *rest)}, Shape(name='s')] if n: t = (n, x, rest)\n"
     "    case _: t = None\n"
     "with open.__self__.__class__ and __import__('types').SimpleNamespace(__enter__=1) if 0 else memoryview(b'abc') as m: u = [*m, *{1: 2}]\n"
     "try: compile('def f(:\\n', 'x', 'exec')\n"
     "except SyntaxError as e: s = str(e)\n"
     "v = [(i, j) for i in range(4) for j in range(i) if i != j], {i: str(i) for i in range(5)}, {*'abc'}\n"
     "w = outer(1), Shape(1, 2, 3).area, eval('1 + 2 * 3 if v else 0'), exec('global z; z = 5')\n"},
    {"containers",
     "d = {str(i): [i] * 3 for i in range(60)}\n"
     "d.update(a=1, b=2); del d['3']; d.setdefault('x', []).append(d.pop('4'))\n"
     "s = ','.join(d); t = s.split(','); u = s.replace('1', 'one').upper().center(700, '*')\n"
     "l = sorted(t, key=lambda x: (len(x), x), reverse=True); l[2:9:2] = [1, 2, 3, 4]; l += [l.index('a')]; l.insert(3, None)\n"
     "f = {frozenset([i, i + 1]) for i in range(20)} - {frozenset([3, 4])} | {1, 2.5, None}\n"
     "b = bytearray(b'x' * 50); b[3:5] = b'hello'; c = bytes(b).hex().encode().decode('latin-1')\n"
     "r = repr([d, f, b, s, 1.5, 2j, range(3), slice(1, 2)]) + '%s %-5d %r' % ('a', 5, b) + '{:>{}} {!r}'.format('z', 9, l)\n"
     "n = 3 ** 500 // 7 ** 30 % 10 ** 90; m = int(str(n)) + n.bit_length() - round(1e300) + hash((n, r))\n"
     "e = 'äöü€' * 40; g = e[::-1].encode('utf-16')[5:], e.title(), e.find('ü', 50), [*map(ord, e[:5])]\n"
     "h = ''\n"
     "for i in range(300): h += 'abcdef'\n"},
    {"exceptions",
     "class E(Exception):\n"
     "    def __init__(self, a): super().__init__(a); self.a = a\n"
     "    def __str__(self): return f'E{self.a}'\n"
     "def f(n):\n"
     "    try:\n"
     "        if n == 0: raise E(5)\n"
     "        f(n - 1)\n"
     "    except E as e: raise ValueError(n) from e\n"
     "    except ValueError as e:\n"
     "        e.add_note('at %d' % n)\n"
     "        try: undefined_name\n"
     "        except NameError: pass\n"
     "        raise\n"
     "    finally: log.append(n)\n"
     "log = []\n"
     "try: f(5)\n"
     "except ValueError as e: x = e\n"
     "try: raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('h', [KeyError(3)])])\n"
     "except* ValueError as g: y = g\n"
     "except* (TypeError, KeyError) as g: z = g.exceptions\n"
     "class C:\n"
     "    def __enter__(self): return self\n"
     "    def __exit__(self, *a): return True\n"
     "    def __del__(self): log.append('del')\n"
     "with C(): [].missing\n"
     "C()\n"
     "import gc; gc.collect()\n"
     "def deep(n): return deep(n + 1)\n"
     "try: deep(0)\n"
     "except RecursionError: pass\n"
     "try: int('not a number')\n"
     "except ValueError: pass\n"},
    {"report",
     "def f(n):\n"
     "    try:\n"
     "        if n == 0: raise ValueError('\\u00e4\\ud800')\n"
     "        return f(n - 1)\n"
     "    except ValueError as e:\n"
     "        e.add_note('note %d\\nmore' % n)\n"
     "        raise ExceptionGroup('group', [e, TypeError(n), ExceptionGroup('inner', [KeyError(3)])]) from OSError(2, 'no', 'file')\n"
     "class A:\n"
     "    attribute = 1\n"
     "    def __del__(self): raise KeyError('unraisable')\n"
     "A(); import gc; gc.collect()\n"
     "try: f(1)\n"
     "except Exception as e: saved = e\n"
     "try: exec('x = (1,\\ny = 2')\n"
     "except SyntaxError as e: saved.__context__ = e\n"
     "try: A().atribute\n"
     "except AttributeError as e: e.__cause__ = saved; raise\n"},
    {"generators",
     "def g(n):\n"
     "    try:\n"
     "        for i in range(n): x = yield i, x if i else None\n"
     "    finally: log.append(n)\n"
     "def h(n): return (yield from g(n))\n"
     "log = []; it = h(5); next(it); it.send(4)\n"
     "try: it.throw(KeyError('k'))\n"
     "except KeyError: pass\n"
     "a = list(zip(g(3), map(str, h(4)), enumerate('abc'), reversed([1, 2, 3]))); del it\n"
     "b = dict(filter(None, ((i, j) for i, j in [(1, 2), (3, 4)]))); c = sum(x for x in range(50) if x % 3)\n"
     "half = g(9); next(half); del half\n"
     "class I:\n"
     "    def __iter__(self): self.n = 0; return self\n"
     "    def __next__(self):\n"
     "        self.n += 1\n"
     "        if self.n > 5: raise StopIteration\n"
     "        return self.n\n"
     "p, *q, r = I(); s = max(I(), key=lambda v: -v), any(I()), sorted(I(), reverse=True), [*I()], {*I()}, tuple(I())\n"},
    {"classes",
     "class Meta(type):\n"
     "    def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, dict(ns, made=True))\n"
     "    def __call__(cls, *a, **k): return super().__call__(*a, **k)\n"
     "class A(metaclass=Meta, extra=1):\n"
     "    __slots__ = ('x', 'y')\n"
     "    def __init__(self, x, y=2): self.x, self.y = x, y\n"
     "    def __add__(self, o): return type(self)(self.x + o.x)\n"
     "    def __eq__(self, o): return self.x == o.x\n"
     "    def __hash__(self): return hash(self.x)\n"
     "    def __getattr__(self, n): return n\n"
     "class B(A, dict if 0 else object):\n"
     "    @classmethod\n"
     "    def make(cls, *a): return cls(*a)\n"
     "    @staticmethod\n"
     "    def s(*a, **k): return a, k\n"
     "    def __init_subclass__(cls, **kw): cls.kw = kw\n"
     "    def __set_name__(self, o, n): pass\n"
     "class D(B, key=5): z = 1\n"
     "o = [D.make(i) for i in range(12)]; p = sum(o[1:], o[0]).x; q = {v: v.x for v in o}, o[0].nothing, D.s(1, *[2], **{'k': 3})\n"
     "for i in range(12): setattr(D, 'attr%d' % i, i); o[i].free = i\n"
     "r = D.__mro__, dir(o[0]), vars(D), isinstance(o[0], A), getattr(o[0], 'free'), repr(D), type('T', (D,), {'w': 1})(4).w\n"
     "import weakref; w = weakref.ref(o[3], lambda _: None); o.clear(); v = w()\n"
     "import math, types, typing, contextvars\n"
     "u = types.SimpleNamespace(a=1), list[int], int | None, math.factorial(30), contextvars.ContextVar('c', default=1).get()\n"},
    {"asyncio",
     "import asyncio\n"
     "async def work(n):\n"
     "    await asyncio.sleep(n / 1000)\n"
     "    if n == 3: raise ValueError(n)\n"
     "    return n\n"
     "async def agen(n):\n"
     "    try:\n"
     "        for i in range(n): yield i; await asyncio.sleep(0)\n"
     "    finally: await asyncio.sleep(0)\n"
     "async def main():\n"
     "    q = asyncio.Queue(2); lock = asyncio.Lock(); e = asyncio.Event()\n"
     "    async def put():\n"
     "        async with lock:\n"
     "            for i in range(4): await q.put(i)\n"
     "        e.set()\n"
     "    async def get(): return [await q.get() for _ in range(4)]\n"
     "    a = await asyncio.gather(put(), get(), *map(work, range(5)), return_exceptions=True)\n"
     "    b = [x async for x in agen(3)]\n"
     "    async for x in agen(5): break\n"
     "    try: await asyncio.wait_for(work(500), 0.001)\n"
     "    except asyncio.TimeoutError: pass\n"
     "    try:\n"
     "        async with asyncio.TaskGroup() as g: g.create_task(work(3)); g.create_task(work(9))\n"
     "    except* ValueError: pass\n"
     "    t = asyncio.create_task(work(5000)); await asyncio.sleep(0); t.cancel()\n"
     "    await e.wait()\n"
     "    asyncio.create_task(work(7000))\n"
     "    return a, b\n"
     "x = asyncio.run(main())\n"},
    {"tasks",
     "import asyncio, contextvars, warnings\n"
     "v = contextvars.ContextVar('v', default=0)\n"
     "async def step(n): v.set(n); await asyncio.sleep(n / 100); return v.get()\n"
     "class Lazy:\n"
     "    def __await__(self): yield from asyncio.sleep(0).__await__(); return 'lazy'\n"
     "async def main():\n"
     "    loop = asyncio.get_running_loop(); f = loop.create_future(); loop.call_later(0.01, f.set_result, 5)\n"
     "    a = await f, await Lazy(), await asyncio.shield(step(1))\n"
     "    done, pending = await asyncio.wait([asyncio.ensure_future(step(n)) for n in (1, 2, 50)], return_when=asyncio.FIRST_COMPLETED)\n"
     "    for p in pending: p.cancel()\n"
     "    b = [await c for c in asyncio.as_completed([step(3), step(1)])]\n"
     "    sem = asyncio.Semaphore(1); cond = asyncio.Condition()\n"
     "    async def guarded(n):\n"
     "        async with sem: await asyncio.sleep(0)\n"
     "        async with cond: cond.notify_all()\n"
     "    async with cond:\n"
     "        t = asyncio.create_task(guarded(1)); await cond.wait()\n"
     "    try:\n"
     "        async with asyncio.timeout(0.01): await step(90)\n"
     "    except TimeoutError: pass\n"
     "    loop.call_soon(lambda: 1 / 0); t.add_done_callback(print); loop.set_exception_handler(lambda l, c: None)\n"
     "    step(4)\n"
     "    q = asyncio.PriorityQueue(); [q.put_nowait(-i) for i in range(5)]\n"
     "    return a, b, [q.get_nowait() for i in range(5)], repr(t), repr(asyncio.all_tasks()), await asyncio.gather(guarded(2), step(0))\n"
     "x = asyncio.run(main(), debug=True)\n"
     "warnings.warn('careful')\n"},
    {"modules",
     "import queue, weakref, contextvars, warnings, typing, gc\n"
     "q = queue.Queue(2); p = queue.PriorityQueue(); l = queue.LifoQueue()\n"
     "for i in range(2): q.put_nowait(i); p.put((-i, str(i))); l.put([i])\n"
     "try: q.put('more', timeout=0.001)\n"
     "except queue.Full: pass\n"
     "a = q.get(), q.get_nowait(), p.get(), l.get(), q.qsize(), q.empty()\n"
     "try: q.get_nowait()\n"
     "except queue.Empty: pass\n"
     "v = contextvars.ContextVar('v', default=[]); c = contextvars.copy_context()\n"
     "def f(): t = v.set([1]); r = v.get(), [contextvars.copy_context().run(v.get) for i in range(5)]; v.reset(t); return r\n"
     "b = c.run(f), list(c.items()), v in c, len(c), c.get(v, 0), repr(v)\n"
     "class C:\n"
     "    def __del__(self): dead.append(1)\n"
     "dead = []; refs = [weakref.ref(C(), dead.append) for i in range(5)]; k = [C() for i in range(5)]; gc.collect()\n"
     "d = {weakref.ref(o): i for i, o in enumerate(k)}, [r() for r in refs], weakref.getweakrefcount(k[0]) if hasattr(weakref, 'getweakrefcount') else 0\n"
     "with warnings.catch_warnings(record=True) as log:\n"
     "    warnings.simplefilter('always'); warnings.filterwarnings('ignore', 'not this')\n"
     "    for i in range(5): warnings.warn(f'text {i}', DeprecationWarning); warnings.warn('not this one')\n"
     "    eval('0 is 0')\n"
     "e = [str(w) for w in log]; warnings.warn('shown', stacklevel=2)\n"
     "T = typing.TypeVar('T')\n"
     "class Box(typing.Generic[T]):\n"
     "    item: T\n"
     "    def get(self) -> typing.Optional[T]: return self.item\n"
     "g = Box[int], repr(Box[str]), dict[str, T][int], typing.Union[int, None, str], Box.__annotations__, Box.get.__annotations__\n"},
    {"threads",
     "import threading, queue\n"
     "lock = threading.Lock(); event = threading.Event(); own = threading.local(); own.x = 1; out = []\n"
     "def work(n):\n"
     "    own.x = n\n"
     "    with lock, threading.RLock(): out.append([own.x] * 20)\n"
     "    event.set()\n"
     "threads = [threading.Thread(target=work, args=(i,), daemon=True, name=f'worker {i}') for i in range(3)]\n"
     "for t in threads: t.start()\n"
     "event.wait(0.004); [t.join(0.004) for t in threads]\n"
     "a = len(out), own.x, threading.active_count(), repr(threads), repr(lock), threading.current_thread().name\n"
     "timer = threading.Timer(0, out.append, ['timer']); timer.daemon = True; timer.start(); timer.join(0.004)\n"
     "s = threading.Semaphore(1); s.acquire(); b = s.acquire(timeout=0.001); s.release()\n"},
    {"sockets",
     "import socket\n"
     "a, b = socket.socketpair(); a.settimeout(0.01); b.settimeout(0.01)\n"
     "with a, b:\n"
     "    a.sendall(b'x' * 1000); got = b''\n"
     "    while len(got) < 1000: got += b.recv(300)\n"
     "    into = bytearray(10); a.send(b'hello'); n = b.recv_into(into); a.shutdown(socket.SHUT_WR); end = b.recv(1)\n"
     "    try: a.recv(1)\n"
     "    except TimeoutError: pass\n"
     "    r = repr(a), a.getsockname(), a.fileno() > 0\n"
     "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.settimeout(0.05)\n"
     "c = socket.create_connection(s.getsockname(), 0.05); d, address = s.accept()\n"
     "f = c.makefile('rw') if hasattr(c, 'makefile') else None\n"
     "for x in (s, c, d): x.close()\n"
     "try: s.accept()\n"
     "except OSError as e: t = str(e)\n"},
    {"streams",
     "import asyncio\n"
     "async def serve(reader, writer):\n"
     "    writer.write((await reader.readline()).upper()); await writer.drain(); writer.close()\n"
     "async def main():\n"
     "    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
     "    async with server:\n"
     "        r, w = await asyncio.wait_for(asyncio.open_connection(*server.sockets[0].getsockname()), 5)\n"
     "        w.write(b'hello\\n'); await asyncio.wait_for(w.drain(), 5)\n"
     "        line = await asyncio.wait_for(r.read(), 5); w.close(); await asyncio.wait_for(w.wait_closed(), 5)\n"
     "    return line\n"
     "x = asyncio.run(main())\n"},
};
enum { PROGRAM_COUNT = sizeof programs / sizeof programs[0] };

typedef struct Counter {
    size_t bytes;
    uint64_t requests, fail_from, fail_count;   // requests for more memory; those of these numbers are refused
} Counter;

static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Counter *counter = user;
    if (new_size == 0) {
        counter->bytes -= old_size;
        free(block);
        return NULL;
    }
    if (new_size > old_size && ++counter->requests >= counter->fail_from && counter->requests - counter->fail_from < counter->fail_count) return NULL;
    void *moved = realloc(block, new_size);
    if (moved != NULL) counter->bytes += new_size - old_size;
    return moved;
}

static uint64_t objects_made;   // by the last run

// One run with the failures asked for, its report and the end of the VM included. False: there was not even a VM.
static bool run(const Program *program, Counter *counter, uint64_t from, uint64_t count) {
    objects_made = 0;
    CoilVM *vm = coil_new(&(CoilConfig){.allocate = counted_resize, .user = counter, .hash_seed = 1, .virtual_time = true, .open_threads = true,
                                   .open_network = true, .open_clock = true});
    if (vm == NULL) {
        ck_assert_uint_eq(counter->bytes, 0);
        return false;
    }
    heap_set_failure((VM *)vm, from, count);
    CoilStatus status = coil_run(vm, program->source, strlen(program->source), "<test>", COIL_EXEC, 0);
    ck_assert(status == COIL_OK || status == COIL_RAISED);
    ck_assert_msg(coil_exception_pending(vm) == (status == COIL_RAISED), "%s: allocation %llu and %llu more fail: status %d, and an exception is %s",
                  program->name, (unsigned long long)from, (unsigned long long)count - 1, status, coil_exception_pending(vm) ? "pending" : "missing");
    objects_made = ((VM *)vm)->heap->allocations;
    if (status == COIL_RAISED) ck_assert_int_eq(coil_report(vm), 1);
    ck_assert(!coil_exception_pending(vm));
    coil_close(vm);
    ck_assert_uint_eq(counter->bytes, 0);
    return true;
}

// Of each program and each way to fail; CFLAGS=-DRUNS=1000000 tries every allocation. Sanitizers make a run many times slower.
#ifndef RUNS
#if defined(__SANITIZE_ADDRESS__)
#define RUNS 8
#else
#define RUNS 30
#endif
#endif

// From where on to fail, spread over a whole run; a run's first allocations differ from its later ones, so they are tried one by one.
static uint64_t next_failure(uint64_t at, uint64_t total) {
    uint64_t step = total / RUNS;
    return at + (at < 10 || step == 0 ? 1 : step);
}

static void fail_objects(const Program *program, uint64_t failures) {
    Counter counter = {.fail_from = UINT64_MAX};
    ck_assert(run(program, &counter, UINT64_MAX, 1));
    uint64_t total = objects_made;
    ck_assert_uint_gt(total, 100);
    for (uint64_t at = 1; at <= total; at = next_failure(at, total)) {
        ck_assert(run(program, &counter, at, failures));
    }
}

START_TEST(one_allocation_fails) { fail_objects(&programs[_i], 1); }
END_TEST

START_TEST(some_allocations_in_a_row_fail) { fail_objects(&programs[_i], 12); }
END_TEST

START_TEST(all_further_allocations_fail) { fail_objects(&programs[_i], UINT64_MAX); }
END_TEST

START_TEST(the_allocator_refuses) {
    Counter counter = {.fail_from = UINT64_MAX};
    ck_assert(run(&programs[_i], &counter, 0, 0));
    uint64_t total = counter.requests;
    for (uint64_t at = 1; at <= total; at = next_failure(at, total)) {
        for (int all = 0; all < 2; all++) {
            Counter failing = {.fail_from = at, .fail_count = all ? UINT64_MAX : 1};
            (void)run(&programs[_i], &failing, 0, 0);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("allocation failures");
    TCase *tests = tcase_create("programs");
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, one_allocation_fails, 0, PROGRAM_COUNT);
    tcase_add_loop_test(tests, some_allocations_in_a_row_fail, 0, PROGRAM_COUNT);
    tcase_add_loop_test(tests, all_further_allocations_fail, 0, PROGRAM_COUNT);
    tcase_add_loop_test(tests, the_allocator_refuses, 0, PROGRAM_COUNT);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
