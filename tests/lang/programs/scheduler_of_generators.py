class Task:
    count = 0
    def __init__(self, gen, name=None):
        Task.count += 1
        self.gen, self.name, self.value, self.waiters, self.done = gen, name or f"t{Task.count}", None, [], False
class Kernel:
    def __init__(self): self.ready, self.sleeping, self.now, self.log, self.boxes = [], [], 0, [], {}
    def spawn(self, gen, name=None):
        t = Task(gen, name)
        self.ready.append((t, None, None))
        return t
    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda p: (p[0], p[1].name))
                self.now, t = self.sleeping.pop(0)
                self.ready.append((t, self.now, None))
            task, value, error = self.ready.pop(0)
            try: request = task.gen.throw(error) if error else task.gen.send(value)
            except StopIteration as e: self.finish(task, e.value, None); continue
            except Exception as e: self.finish(task, None, e); continue
            getattr(self, "do_" + request[0])(task, *request[1:])
    def finish(self, task, value, error):
        task.done, task.value = True, error or value
        self.log.append((self.now, task.name, repr(task.value)))
        for w in task.waiters: self.ready.append((w, value, error))
    def do_sleep(self, task, n): self.sleeping.append((self.now + n, task))
    def do_spawn(self, task, gen, name): self.ready.append((task, self.spawn(gen, name), None))
    def do_join(self, task, other):
        if other.done: self.ready.append((task, *((None, other.value) if isinstance(other.value, Exception) else (other.value, None))))
        else: other.waiters.append(task)
    def do_send(self, task, box, item):
        queue = self.boxes.setdefault(box, ([], []))
        if queue[1]: self.ready.append((queue[1].pop(0), item, None))
        else: queue[0].append(item)
        self.ready.append((task, None, None))
    def do_receive(self, task, box):
        queue = self.boxes.setdefault(box, ([], []))
        if queue[0]: self.ready.append((task, queue[0].pop(0), None))
        else: queue[1].append(task)
def sleep(n): return (yield "sleep", n)
def worker(name, n):
    for i in range(n):
        now = yield from sleep(i + 1)
        yield "send", "out", (name, i, now)
    return f"{name} done"
def failing():
    yield from sleep(2)
    raise ValueError("broken")
def main():
    a = yield "spawn", worker("a", 3), "A"
    b = yield "spawn", worker("b", 2), "B"
    f = yield "spawn", failing(), "F"
    for _ in range(5): print((yield "receive", "out"))
    print((yield "join", a), (yield "join", b))
    try: yield "join", f
    except ValueError as e: print("joined failure:", e)
    try: yield from sleep(1)
    finally: print("main leaves")
    return "end"
k = Kernel()
k.spawn(main(), "main")
k.run()
for entry in k.log: print(entry)
