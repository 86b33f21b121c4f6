# A discrete-event simulation: an elevator serves passengers who arrive at random, from a seeded generator of our own,
# so that every run tells the same story.


class Random:
    """A linear congruential generator (Numerical Recipes' constants)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) % n


class EventQueue:
    """A binary heap of (time, number, action); the number keeps equal times in order of arrival."""

    def __init__(self):
        self.heap = []
        self.made = 0

    def add(self, time, action, *args):
        heap = self.heap
        heap.append((time, self.made, action, args))
        self.made += 1
        child = len(heap) - 1
        while child and heap[child][:2] < heap[(child - 1) // 2][:2]:
            heap[child], heap[(child - 1) // 2] = heap[(child - 1) // 2], heap[child]
            child = (child - 1) // 2

    def pop(self):
        heap = self.heap
        first, last = heap[0], heap.pop()
        if heap:
            heap[0] = last
            parent = 0
            while (child := 2 * parent + 1) < len(heap):
                if child + 1 < len(heap) and heap[child + 1][:2] < heap[child][:2]:
                    child += 1
                if heap[parent][:2] <= heap[child][:2]:
                    break
                heap[parent], heap[child] = heap[child], heap[parent]
                parent = child
        return first

    def __bool__(self):
        return bool(self.heap)


class Passenger:
    __slots__ = ("name", "origin", "goal", "arrived", "boarded")

    def __init__(self, name, origin, goal, arrived):
        self.name, self.origin, self.goal, self.arrived = name, origin, goal, arrived
        self.boarded = None

    def __repr__(self):
        return f"{self.name}({self.origin}->{self.goal})"


class Building:
    FLOORS = 7
    SECONDS_A_FLOOR = 3
    SECONDS_A_STOP = 5

    def __init__(self, seed, passengers):
        random = Random(seed)
        self.events = EventQueue()
        self.waiting = {floor: [] for floor in range(self.FLOORS)}
        self.riding = []
        self.floor, self.direction, self.idle = 0, 0, True
        self.waits, self.rides = [], []
        time = 0
        for i in range(passengers):
            time += random.below(20)
            origin = random.below(self.FLOORS)
            goal = (origin + 1 + random.below(self.FLOORS - 1)) % self.FLOORS
            self.events.add(time, self.arrive, Passenger(chr(ord("A") + i), origin, goal, time))

    def run(self):
        time = 0
        while self.events:
            time, _, action, args = self.events.pop()
            action(time, *args)
        return time

    def arrive(self, time, passenger):
        print(f"{time:4} s  {passenger} calls")
        self.waiting[passenger.origin].append(passenger)
        if self.idle:
            self.idle = False
            self.events.add(time, self.move)

    def wanted(self):
        return {p.goal for p in self.riding} | {floor for floor, queue in self.waiting.items() if queue}

    def move(self, time):
        floors = self.wanted()
        if not floors:
            self.idle, self.direction = True, 0
            print(f"{time:4} s  rests on floor {self.floor}")
            return
        if self.floor in floors:
            self.stop(time)
            self.events.add(time + self.SECONDS_A_STOP, self.move)
            return
        ahead = [floor for floor in floors if (floor - self.floor) * self.direction > 0]
        if not ahead:
            nearest = min(floors, key=lambda floor: (abs(floor - self.floor), floor))
            self.direction = 1 if nearest > self.floor else -1
        self.floor += self.direction
        self.events.add(time + self.SECONDS_A_FLOOR, self.move)

    def stop(self, time):
        leaving = [p for p in self.riding if p.goal == self.floor]
        self.riding = [p for p in self.riding if p.goal != self.floor]
        entering, self.waiting[self.floor] = self.waiting[self.floor], []
        for passenger in entering:
            passenger.boarded = time
            self.waits.append(time - passenger.arrived)
        for passenger in leaving:
            self.rides.append(time - passenger.boarded)
        self.riding += entering
        print(f"{time:4} s  floor {self.floor}: out {leaving}, in {entering}")


building = Building(seed=2024, passengers=12)
end = building.run()
print(f"\n{len(building.rides)} served in {end} s")
for what, values in ("waiting", building.waits), ("riding", building.rides):
    print(f"{what:8} mean {sum(values) / len(values):6.2f} s, longest {max(values)} s")
