# A randomised simulation on the virtual clock: `coil -X virtual-time simulation.py FIRST LAST [-v]` runs the seeds from FIRST to LAST - 1.
#
# Each seed is a random graph of tasks that sleep, queue, lock, wait with a limit, gather, shield and group, and get cancelled at every
# possible await. What is checked: nothing that was put is lost or got twice, nothing is held by the dead, every task ends, no wake-up is
# lost (the simulation would be a deadlock). The log of what happened, with the clock, must be the same on CPython: `python3 simulation.py`
# runs it there on a loop whose clock jumps, and prints the same digest for each seed.
import asyncio
import sys


class Random:
    """The same numbers everywhere."""

    def __init__(self, seed):
        self.state = (seed * 2654435761 + 12345) % 2 ** 32

    def below(self, n):
        self.state = (self.state * 1664525 + 1013904223) % 2 ** 32
        return (self.state >> 8) % n

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]


class World:
    def __init__(self, seed):
        self.random = Random(seed)
        self.log = []
        self.begun = asyncio.get_running_loop().time()
        self.queues = [asyncio.Queue(self.random.pick([0, 1, 2])) for _ in range(2)] + [asyncio.PriorityQueue(2)]
        self.put, self.got = [], []
        self.locks = [asyncio.Lock() for _ in range(2)]
        self.holders = [None, None]
        self.semaphore = asyncio.Semaphore(2)
        self.inside = 0
        self.condition = asyncio.Condition()
        self.flag = 0
        self.event = asyncio.Event()
        self.tasks = []
        self.alive = 0
        self.items = 0

    def note(self, *what):
        self.log.append((round((asyncio.get_running_loop().time() - self.begun) * 1000), *what))


# Times differ from each other, so that the order of what happens does not hang on how a loop breaks ties.
def moment(world):
    world.items += 1
    return world.random.below(40) / 100 + world.items ** 3 * 2654435761 % 2 ** 32 / 2 ** 39


async def act_sleep(world, me):
    await asyncio.sleep(0 if world.random.chance(30) else moment(world))


async def act_put(world, me):
    queue = world.random.pick(world.queues)
    world.items += 1
    item = (world.random.below(9), world.items)
    await queue.put(item)
    world.put.append(item)


async def act_get(world, me):
    queue = world.random.pick(world.queues)
    try:
        async with asyncio.timeout(moment(world)):
            item = await queue.get()
            world.got.append(item)
            world.note(me, 'got', item)
            queue.task_done()
    except TimeoutError:
        world.note(me, 'got nothing')


async def act_lock(world, me):
    which = world.random.below(2)
    async with world.locks[which]:
        assert world.holders[which] is None, 'two hold one lock'
        world.holders[which] = me
        try:
            await act_sleep(world, me)
        finally:
            assert world.holders[which] == me
            world.holders[which] = None


async def act_semaphore(world, me):
    async with world.semaphore:
        world.inside += 1
        assert world.inside <= 2, 'too many inside'
        try:
            await act_sleep(world, me)
        finally:
            world.inside -= 1


async def act_condition(world, me):
    if world.random.chance(50):
        async with world.condition:
            world.flag += 1
            world.condition.notify(world.random.below(3))
    else:
        try:
            async with asyncio.timeout(moment(world)):
                async with world.condition:
                    await world.condition.wait()
                    world.note(me, 'notified', world.flag)
        except TimeoutError:
            world.note(me, 'not notified')


async def act_event(world, me):
    if world.random.chance(40):
        world.event.set()
        world.event.clear()
    else:
        try:
            await asyncio.wait_for(world.event.wait(), moment(world))
            world.note(me, 'event')
        except TimeoutError:
            world.note(me, 'no event')


async def act_gather(world, me):
    parts = [step(world, f'{me}.{i}', 1) for i in range(1 + world.random.below(3))]
    world.note(me, 'gathered', len(await asyncio.gather(*parts, return_exceptions=True)))


# One child: a group of several cancels them in the order of a set, which is nobody's.
async def act_group(world, me):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(step(world, f'{me}:', 1))
            await act_sleep(world, me)
            if world.random.chance(15):
                raise ValueError(me)
    except* ValueError as errors:
        world.note(me, 'errors', len(errors.exceptions))


async def act_shield(world, me):
    inner = asyncio.ensure_future(step(world, f'{me}!', 1))
    world.tasks.append(inner)
    try:
        await asyncio.shield(inner)
    except asyncio.CancelledError:
        if inner.cancelled() and not asyncio.current_task().cancelling():
            world.note(me, 'the shielded one was cancelled')
        else:
            raise


async def act_fail(world, me):
    await act_sleep(world, me)
    raise ValueError(me)


async def act_cancel(world, me):
    victim = world.random.pick(world.tasks)
    if victim is not asyncio.current_task():
        victim.cancel()
    await asyncio.sleep(0)


ACTS = [act_sleep, act_put, act_put, act_get, act_get, act_lock, act_semaphore, act_condition, act_event, act_gather, act_group, act_shield, act_fail,
        act_cancel]


async def step(world, me, depth):
    world.alive += 1
    try:
        for _ in range(1 + world.random.below(3)):
            act = world.random.pick(ACTS if depth == 0 else ACTS[:9])
            try:
                await act(world, me)
                world.note(me, act.__name__)
            except asyncio.CancelledError:
                world.note(me, 'cancelled in', act.__name__)
                if world.random.chance(25) and depth == 0:
                    asyncio.current_task().uncancel()
                    continue
                raise
            except ValueError:
                world.note(me, 'failed in', act.__name__)
    finally:
        world.alive -= 1


# Getters and putters that nobody serves are served in the end.
async def settle(world):
    while world.alive > 0:
        for queue in world.queues:
            if queue.full():
                world.got.append(queue.get_nowait())
        await asyncio.sleep(0.05)


async def simulate(seed):
    world = World(seed)
    for number in range(2 + world.random.below(8)):
        world.tasks.append(asyncio.create_task(step(world, str(number), 0)))
    for _ in range(world.random.below(6)):
        await asyncio.sleep(moment(world))
        victim = world.random.pick(world.tasks)
        world.note('main cancels', world.tasks.index(victim), victim.done())
        victim.cancel()
    await asyncio.wait_for(settle(world), 1000)
    await asyncio.wait(world.tasks)
    for queue in world.queues:
        while not queue.empty():
            world.got.append(queue.get_nowait())
    assert sorted(world.put) == sorted(world.got), 'lost or doubled items'
    assert world.holders == [None, None] and world.inside == 0, 'held by the dead'
    assert not any(lock.locked() for lock in world.locks) and not world.condition.locked(), 'a lock is still locked'
    assert all(queue._unfinished_tasks >= 0 for queue in world.queues)
    await asyncio.wait_for(asyncio.gather(world.semaphore.acquire(), world.semaphore.acquire()), 1)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not left, f'left over: {left}'
    return world.log


def digest(log):
    total = 0
    for entry in log:
        for byte in repr(entry).encode():
            total = (total * 31 + byte) % 2 ** 61
    return total


def run(coroutine):
    if '.' not in sys.version.split()[0] or hasattr(asyncio, 'print_task_tree'):
        return asyncio.run(coroutine)
    return run_on_cpython(coroutine)


def run_on_cpython(coroutine):
    import selectors

    class Jumping(selectors.SelectSelector):
        def select(self, timeout=None):
            if timeout:
                loop.now += timeout
            return super().select(0)

    class Loop(asyncio.SelectorEventLoop):
        now = 0.0

        def time(self):
            return self.now

    loop = Loop(Jumping())
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


def main(first, last, verbose):
    total = 0
    for seed in range(first, last):
        try:
            log = run(simulate(seed))
        except BaseException:
            print('seed', seed)
            raise
        total = (total * 31 + digest(log)) % 2 ** 61
        if verbose:
            for entry in log:
                print(seed, *entry)
    print(f'seeds {first} to {last - 1}: {total}')


if __name__ == '__main__':
    arguments = [a for a in sys.argv[1:] if a != '-v']
    main(int(arguments[0]), int(arguments[1]), '-v' in sys.argv)
