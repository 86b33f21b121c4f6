# Objects that work together: a small operating system with tasks, devices, queues of packets and priorities.
class Packet:
    def __init__(self, link, kind, owner):
        self.link, self.kind, self.owner = link, kind, owner
        self.datum, self.data = 0, [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, system, ident, priority, work):
        self.system, self.ident, self.priority, self.queue = system, ident, priority, work
        self.held, self.waiting, self.ready = False, work is None, work is not None
        system.add(self)

    def step(self):
        packet = None
        if self.queue is not None:
            packet, self.queue = self.queue, self.queue.link
            packet.link = None
        self.waiting = False
        self.ready = self.queue is not None
        return self.run(packet)

    def receive(self, packet, sender):
        self.queue = packet.append_to(self.queue)
        if not self.ready:
            self.ready = True
            if self.priority > sender.priority:
                return self
        return sender

    def wait(self):
        self.waiting = True
        return self

    def runnable(self):
        return not self.held and (not self.waiting or self.ready)


class Idle(Task):
    def __init__(self, system, count):
        super().__init__(system, 0, 0, None)
        self.waiting, self.control, self.count = False, 1, count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.system.hold(self)
        if self.control & 1:
            self.control = self.control // 2 ^ 0xD008
            return self.system.release(5)
        self.control //= 2
        return self.system.release(4)


class Worker(Task):
    def __init__(self, system, ident, priority, work):
        super().__init__(system, ident, priority, work)
        self.target, self.letter = 2, 0

    def run(self, packet):
        if packet is None:
            return self.wait()
        self.target = 5 - self.target
        packet.owner, packet.datum = self.target, 0
        for i in range(4):
            self.letter = self.letter % 26 + 1
            packet.data[i] = self.letter
        return self.system.send(packet, self)


class Handler(Task):
    def __init__(self, system, ident, priority, work, device):
        super().__init__(system, ident, priority, work)
        self.device, self.jobs, self.devices = device, None, None

    def run(self, packet):
        if packet is not None:
            if packet.kind == "work":
                self.jobs = packet.append_to(self.jobs)
            else:
                self.devices = packet.append_to(self.devices)
        job = self.jobs
        if job is not None:
            if job.datum == 4:
                self.jobs = job.link
                job.owner = 1
                return self.system.send(job, self)
            if self.devices is not None:
                packet, self.devices = self.devices, self.devices.link
                packet.datum = job.data[job.datum]
                job.datum += 1
                packet.owner = self.device
                return self.system.send(packet, self)
        return self.wait()


class Device(Task):
    def __init__(self, system, ident, priority, client):
        super().__init__(system, ident, priority, None)
        self.client, self.pending = client, None

    def run(self, packet):
        if packet is None:
            packet, self.pending = self.pending, None
            if packet is None:
                return self.wait()
            packet.owner = self.client
            return self.system.send(packet, self)
        self.pending = packet
        return self.system.hold(self)


class System:
    def __init__(self):
        self.tasks, self.order, self.sent, self.holds = {}, [], 0, 0

    def add(self, task):
        self.tasks[task.ident] = task
        self.order.append(task)
        self.order.sort(key=lambda t: -t.priority)

    def hold(self, task):
        self.holds += 1
        task.held = True
        return self.next(task)

    def release(self, ident):
        task = self.tasks[ident]
        task.held = False
        return task

    def send(self, packet, sender):
        self.sent += 1
        return self.tasks[packet.owner].receive(packet, sender)

    def next(self, after):
        for task in self.order:
            if task.runnable():
                return task
        return None

    def run(self):
        task = self.order[0]
        while task is not None:
            if task.runnable():
                task = task.step()
            else:
                task = self.next(task)


def simulate(count):
    system = System()
    Idle(system, count)
    Worker(system, 1, 1000, Packet(Packet(None, "work", 1), "work", 1))
    Handler(system, 2, 2000, Packet(Packet(Packet(None, "device", 4), "device", 4), "device", 4), 4)
    Handler(system, 3, 3000, Packet(Packet(Packet(None, "device", 5), "device", 5), "device", 5), 5)
    Device(system, 4, 4000, 2)
    Device(system, 5, 5000, 3)
    system.run()
    return system.sent, system.holds


print(*simulate(40000))
