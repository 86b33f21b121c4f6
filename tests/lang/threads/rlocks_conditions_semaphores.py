# RLock, Condition, Semaphore, Barrier: their rules and their texts.
import threading, time

def shown(x):
    words = []
    for word in repr(x).split(' '):
        bare = word.rstrip('>:)')
        if bare.startswith('0x') or bare.startswith('owner=') or bare.isdigit():
            word = 'N' + word[len(bare):]
        words.append(word)
    return ' '.join(words)

r = threading.RLock()
with r:
    with r:
        print(shown(r))
        out = []
        t = threading.Thread(target=lambda: out.append((r.acquire(False), r.acquire(timeout=0.01))))
        t.start(); t.join()
        print(out)
for wrong in (r.release, threading.Lock().release, lambda: threading.Lock().acquire(False, 1), lambda: threading.Lock().acquire(True, -2),
              lambda: threading.Condition().wait(), lambda: threading.Condition().notify(), lambda: threading.Semaphore(-1),
              lambda: threading.BoundedSemaphore(1).release(), lambda: threading.Semaphore().acquire(False, 1),
              lambda: threading.Thread(group=1), lambda: threading.Thread().join(), lambda: threading.current_thread().join(),
              lambda: threading.Semaphore().release(0)):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
print(shown(threading.Lock()), shown(threading.Semaphore(3)), shown(threading.BoundedSemaphore(2)), shown(threading.Event()), shown(threading.Barrier(2)))

box, full = [], threading.Condition()
def producer():
    for i in range(5):
        with full:
            full.wait_for(lambda: not box)
            box.append(i)
            full.notify_all()
def consumer(got):
    while len(got) < 5:
        with full:
            full.wait_for(lambda: box)
            got.append(box.pop())
            full.notify_all()
got = []
ts = [threading.Thread(target=producer), threading.Thread(target=consumer, args=(got,))]
for t in ts: t.start()
for t in ts: t.join()
print(got)
with full:
    print(full.wait(0.01), full.wait_for(lambda: False, 0.01))

# Re-entrant locks are let go of altogether while waiting.
c = threading.Condition()
def tell():
    with c:
        c.notify()
with c, c:
    threading.Thread(target=tell).start()
    print(c.wait(5))

most = 0
inside = 0
s = threading.BoundedSemaphore(3)
guard = threading.Lock()
three = threading.Barrier(3, timeout=60)
def visit():
    global inside, most
    with s:
        with guard:
            inside += 1
            most = max(most, inside)
        three.wait()
        with guard:
            inside -= 1
ts = [threading.Thread(target=visit) for _ in range(9)]
for t in ts: t.start()
for t in ts: t.join()
print(most, inside)

b = threading.Barrier(2, action=lambda: print('all there'), timeout=5)
def go(results):
    try:
        results.append(b.wait())
    except threading.BrokenBarrierError as e:
        results.append(type(e).__name__)
results = []
t = threading.Thread(target=go, args=(results,))
t.start(); go(results); t.join()
print(sorted(results), b.broken, b.parties)
t = threading.Thread(target=go, args=(results,))
t.start()
while b.n_waiting == 0: time.sleep(0.001)
b.abort(); t.join()
print(results[2:], b.broken)
b.reset()
print(b.broken)

t = threading.Thread(target=print, args=('run',), name='T')
print(shown(t), t.is_alive(), t.ident, t.daemon)
t.start(); t.join()
print(shown(t), t.is_alive())
try:
    t.start()
except RuntimeError as e:
    print(e)
print(threading.main_thread().ident == threading.get_ident(), [x.name for x in threading.enumerate()])
