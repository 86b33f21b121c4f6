# gc stress: every 20 allocations
# Threads: they overlap, share what they share, and end with the program.
import threading, time
together=threading.Barrier(10, timeout=60)
def meet():
    time.sleep(0.01)
    together.wait()
ts=[threading.Thread(target=meet) for _ in range(10)]
for t in ts: t.start()
for t in ts: t.join()
print(not together.broken, threading.active_count())
n=0
lock=threading.Lock()
def work():
    global n
    for i in range(500):
        with lock:
            n+=1
ts=[threading.Thread(target=work) for _ in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(n)
loc=threading.local()
loc.x=1
res=[]
def f(i):
    res.append(hasattr(loc,'x'))
    loc.x=i
    time.sleep(0.01)
    res.append(loc.x)
ts=[threading.Thread(target=f,args=(i,)) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(res, key=str), loc.x)
def bad():
    1/0
seen = []
threading.excepthook = lambda args: seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
t = threading.Thread(target=bad, name='Bad')
t.start()
t.join()
print(seen)
class L(threading.local):
    def __init__(self, v): self.v=[v]
l=L(3)
l.v.append(1)
out=[]
t=threading.Thread(target=lambda: out.append(l.v)); t.start(); t.join()
print(l.v,out)
def spin():
    s=0
    for i in range(20000): s+=i
    out.append(s)
ts=[threading.Thread(target=spin) for _ in range(3)]
for t in ts: t.start()
alloc=[[j] for j in range(2000)]
for t in ts: t.join()
print(len(out))
b=threading.Barrier(3)
r=[]
def bw(): r.append(b.wait())
ts=[threading.Thread(target=bw) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(r), b.n_waiting)
print(threading.main_thread().name, threading.current_thread() is threading.main_thread())
ev=threading.Event()
print(ev.wait(0.01))
tm=threading.Timer(0.01, ev.set); tm.start(); print(ev.wait(5))
t=threading.Thread(target=lambda: (time.sleep(0.05), print('late non-daemon')))
t.start()
d=threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int,1)], daemon=True); d.start()
