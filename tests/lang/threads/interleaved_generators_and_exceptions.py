# Each thread has its own handled exception, generators, and recursion limit.
import sys, threading, time

def raiser(n, out):
    try:
        raise ValueError(n)
    except ValueError:
        for i in range(20):
            time.sleep(0.0005)
            if str(sys.exc_info()[1]) != str(n):
                out.append(('wrong', n))
        try:
            raise KeyError(n)
        except KeyError as e:
            time.sleep(0.001)
            out.append((n, str(e.__context__)))

def deep(n, out):
    def down(k):
        return 0 if k == 0 else 1 + down(k - 1)
    def numbers(k):
        for i in range(k):
            time.sleep(0)
            yield i
    out.append((n, down(500), sum(numbers(50))))
    try:
        down(10 ** 6)
    except RecursionError:
        out.append((n, 'RecursionError'))

for work in (raiser, deep):
    out = []
    threads = [threading.Thread(target=work, args=(n, out)) for n in range(5)]
    for t in threads: t.start()
    for t in threads: t.join()
    print(sorted(out, key=str))

def gen():
    while True:
        yield 1
g = gen()
errors = []
def use():
    for _ in range(2000):
        try:
            next(g)
        except ValueError as e:
            errors.append(str(e))
threads = [threading.Thread(target=use) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(set(errors) <= {'generator already executing'})
