"""Top-level await, and tasks that go on while one types."""
from expecting import everywhere, in_terminals

TICKER = '''async def tick(n):
    for i in range(n):
        await asyncio.sleep(0.05)
        print('tick', i)

'''


def start(coil):
    s = coil.start()
    s.enter('import asyncio')
    return s


@everywhere
def test_await(coil):
    s = start(coil)
    s.enter('await asyncio.sleep(0.01, "slept")')
    s.expect_end("'slept'", '>>>')
    s.enter('x = await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))')
    s.enter('x')
    s.expect_end('[1, 2]', '>>>')
    s.enter('await 5')
    s.expect("TypeError: object int can't be used in 'await' expression")


@everywhere
def test_async_for_and_with(coil):
    s = start(coil)
    s.send('async def numbers():\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.send(('    ' if coil.editor == 'plain' else '') + 'yield 1; yield 2\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...') and 'yield' in s.screen.lines()[-2], 'a continuation')
    s.enter('')
    s.enter('[n async for n in numbers()]')
    s.expect_end('[1, 2]', '>>>')
    for line, result in (('async for n in numbers(): print("got", n)', 'got 2'), ('async with asyncio.Lock() as lock: print("in")', 'in')):
        s.send(line + '\r')
        s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
        s.enter('')
        s.expect_end(result, '>>>')


@everywhere
def test_await_stays_an_error_in_plain_functions(coil):
    s = start(coil)
    s.send('def f(): await x\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('')
    s.expect("SyntaxError: 'await' outside async function")


@in_terminals
def test_tasks_go_on_while_one_types(coil):
    s = start(coil)
    s.send(TICKER.replace('\n', '\r'))
    s.prompt()
    s.enter('task = asyncio.create_task(tick(3))')
    s.send('1 + ')
    s.expect_end('tick 2', '>>> 1 +')
    s.enter('1')
    s.expect_end('>>> 1 + 1', '2', '>>>')
    s.enter('task.done()')
    s.expect_end('True', '>>>')


@in_terminals
def test_unfinished_output_of_a_task_is_kept(coil):
    s = start(coil)
    s.send('async def f():\r    await asyncio.sleep(0.05); print("half", end="")\r\r')
    s.prompt()
    s.enter('task = asyncio.create_task(f())')
    s.send('typed')
    s.expect_end('half', '>>> typed')


@everywhere
def test_error_in_a_task_is_told_once(coil):
    s = start(coil)
    s.send('async def fail(): 1/0\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('')
    s.send('task = asyncio.create_task(fail())\r')
    s.expect('ZeroDivisionError: division by zero')
    s.expect('Task exception was never retrieved')
    if coil.editor == 'plain':
        s.send('\r')
    s.prompt()
    s.enter('del task')
    s.enter('import gc; gc.collect() and None')
    assert s.text().count('ZeroDivisionError: division by zero') == 1, s.picture()
    assert s.text().count('never retrieved') == 1, s.picture()


@everywhere
def test_awaited_errors_are_shown_where_they_are_awaited(coil):
    s = start(coil)
    s.send('async def fail(): 1/0\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('')
    s.enter('task = asyncio.create_task(fail()); await asyncio.sleep(0.01); await task')
    s.expect('ZeroDivisionError: division by zero')
    assert 'never retrieved' not in s.text(), s.picture()


@everywhere
def test_asyncio_run_still_works(coil):
    s = start(coil)
    s.enter('asyncio.run(asyncio.sleep(0, 5))')
    s.expect_end('5', '>>>')
    s.enter('await asyncio.sleep(0, 6)')
    s.expect_end('6', '>>>')


@everywhere
def test_tasks_are_shown(coil):
    s = start(coil)
    s.enter('task = asyncio.create_task(asyncio.Event().wait(), name="waiter")')
    s.enter(':tasks')
    s.expect('waiter')
    s.enter(':reset')
    s.enter(':tasks')
    s.expect_end('no tasks', '>>>')


@everywhere
def test_leaving_cancels_tasks(coil):
    s = start(coil)
    s.send('async def f():\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.send(('    ' if coil.editor == 'plain' else '') + 'try: await asyncio.sleep(1000)\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...') and 'try' in s.screen.lines()[-2], 'a continuation')
    s.send(('    ' if coil.editor == 'plain' else '') + 'finally: print("cleaned up")\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...') and 'finally' in s.screen.lines()[-2], 'a continuation')
    s.enter('')
    s.enter('task = asyncio.create_task(f()); await asyncio.sleep(0)')
    s.send('exit\r')
    assert s.finish() == 0
    s.expect('cleaned up')


@everywhere
def test_a_busy_task_can_be_interrupted(coil):
    s = start(coil)
    s.send('async def spin(): print("spinning"); [i for i in iter(int, 1)]\r')
    s.wait(lambda: s.screen.lines()[-1].startswith('...'), 'a continuation')
    s.enter('')
    s.send('task = asyncio.create_task(spin())\r')
    s.wait(lambda: 'spinning' in s.screen.lines()[-1] or 'spinning' in s.screen.lines()[-2], 'the task')
    s.send('\x03')
    s.expect_end('KeyboardInterrupt', '>>>')
    s.enter('5')
    s.expect_end('5', '>>>')


@in_terminals
def test_threads_go_on_while_one_types(coil):
    s = coil.start()
    s.enter('import threading, time')
    s.send('def work(n):\r    for i in range(n): time.sleep(0.02); print("work", i)\r\r')
    s.prompt()
    s.enter('t = threading.Thread(target=work, args=(3,)); t.start()')
    s.send('1 + ')
    s.expect_end('work 2', '>>> 1 +')
    s.enter('1')
    s.expect_end('>>> 1 + 1', '2', '>>>')
    # While input() asks, too.
    s.send('t = threading.Thread(target=work, args=(5,)); t.start(); input("what? ")\r')
    s.expect('what?')
    s.send('abc')
    s.expect_end('work 4', 'what? abc')
    s.enter('')
    s.expect_end("'abc'", '>>>')


@in_terminals
def test_threads_wake_the_loop(coil):
    s = start(coil)
    s.enter('import time')
    s.enter('task = asyncio.create_task(asyncio.to_thread(time.sleep, 0.05)); task.add_done_callback(lambda t: print("done"))')
    s.send('typed')
    s.expect_end('done', '>>> typed')


@in_terminals
def test_control_c_with_threads(coil):
    s = coil.start()
    s.enter('import threading; e = threading.Event(); t = threading.Thread(target=e.wait); t.start()')
    for i in range(5):
        s.send('typed')
        s.expect_end('>>> typed')
        s.send('\x03')
        s.expect_end('KeyboardInterrupt', '>>>')
    s.enter('e.set()')
    s.send('\x04')
    assert s.finish() == 0
