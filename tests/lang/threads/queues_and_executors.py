# Queues between threads, and concurrent.futures.
import queue, threading, time
from concurrent.futures import ThreadPoolExecutor, wait, as_completed, FIRST_COMPLETED, FIRST_EXCEPTION, TimeoutError, CancelledError, Future
import concurrent.futures
q=queue.Queue(2)
got=[]
def cons():
    while (x:=q.get()) is not None:
        got.append(x); q.task_done()
    q.task_done()
t=threading.Thread(target=cons); t.start()
for i in range(50): q.put(i)
q.put(None); q.join(); t.join()
print(got==list(range(50)), q.qsize(), q.empty())
try: q.get_nowait()
except queue.Empty as e: print(repr(e))
try: q.get(timeout=0.01)
except queue.Empty as e: print(type(e).__name__)
p=queue.PriorityQueue()
for i in [3,1,2,5,4,0]: p.put(i)
print([p.get() for _ in range(6)])
with ThreadPoolExecutor(4) as ex:
    fs=[ex.submit(lambda i=i: i*i) for i in range(20)]
    print([f.result() for f in fs])
    print(list(ex.map(lambda a,b:a+b, range(5), range(5))))
    f=ex.submit(lambda: 1/0)
    print(repr(f.exception()))
    try: f.result()
    except ZeroDivisionError as e: print(e)
    d,nd=wait([ex.submit(time.sleep, 0.01), ex.submit(time.sleep, 0.2)], return_when=FIRST_COMPLETED)
    print(len(d),len(nd))
    print(sorted(f.result() for f in as_completed([ex.submit(lambda i=i:i) for i in range(5)])))
    g=ex.submit(time.sleep,0.2)
    try: g.result(timeout=0.01)
    except TimeoutError: print('timeout')
    ev=threading.Event()
    blocked=[ex.submit(ev.wait) for _ in range(4)]
    time.sleep(0.05)
    h=ex.submit(print,'never')
    print(h.cancel(), h.cancelled(), h.done(), h.running())
    ev.set()
try: ex.submit(print)
except RuntimeError as e: print(e)
f=Future()
print(f.done())
f.add_done_callback(lambda f: print('cb',f.result()))
f.set_result(5)
try: f.set_result(5)
except concurrent.futures.InvalidStateError as e: print(str(e)[:9])
# Ten at once, or none would go on.
barrier=threading.Barrier(10)
with ThreadPoolExecutor(10) as ex: print(sorted(ex.map(lambda i: barrier.wait(60),range(10))))
ex=ThreadPoolExecutor(2)
ex.submit(time.sleep,0.05)
print('end')
