# gc stress: every 20 allocations
# What only a waiting thread knows stays alive through collections of other threads.
import gc, threading

def wait_with_values(go, done, results):
    kept = [object() for _ in range(50)] + ['%d' % i for i in range(50)]
    pair = {'a': [1], 'b': kept}
    def inner(n, *rest):
        if n:
            return inner(n - 1, n, [n], str(n))
        done.release()
        go.acquire()
        go.release()
        return sum(len(str(x)) for x in rest)
    total = inner(20)
    results.append((len(kept), pair['a'], kept[50:53], total))

go = threading.Lock()
go.acquire()
done, results = threading.Semaphore(0), []
threads = [threading.Thread(target=wait_with_values, args=(go, done, results)) for _ in range(4)]
for t in threads: t.start()
for t in threads: done.acquire()
for i in range(3):
    gc.collect()
    garbage = [[i] * 10 for i in range(20000)]
go.release()
for t in threads: t.join()
print(results)
print(sum(1 for x in gc.get_objects() if type(x) is threading.Thread) >= 4 if hasattr(gc, 'get_objects') else True)
