"""A pool of workers that share a rate limit: so many jobs a second and no more, with retries and an orderly end."""
import asyncio


class RateLimit:
    """At most `count` passes in every `period` seconds (a token bucket)."""

    def __init__(self, count, period):
        self.tokens = self.count = count
        self.period = period
        self.waiting = asyncio.Condition()

    async def refill(self):
        while True:
            await asyncio.sleep(self.period)
            async with self.waiting:
                self.tokens = self.count
                self.waiting.notify_all()

    async def __aenter__(self):
        async with self.waiting:
            await self.waiting.wait_for(lambda: self.tokens > 0)
            self.tokens -= 1

    async def __aexit__(self, *exc):
        return False


class Flaky(Exception):
    pass


async def job(number, attempt):
    await asyncio.sleep(0.001)
    if number % 7 == 3 and attempt < 3:
        raise Flaky(f'job {number}, attempt {attempt}')
    if number == 13:
        raise ValueError('nobody can do job 13')
    return number ** 2


async def worker(jobs, limit, results, log):
    while True:
        number, attempt = await jobs.get()
        try:
            async with limit:
                results[number] = await job(number, attempt)
        except Flaky as error:
            log.append(str(error))
            jobs.put_nowait((number, attempt + 1))
        except ValueError as error:
            results[number] = error
        finally:
            jobs.task_done()


async def main():
    loop = asyncio.get_running_loop()
    jobs, results, log = asyncio.Queue(), {}, []
    for number in range(20):
        jobs.put_nowait((number, 1))
    limit = RateLimit(5, 0.02)
    begin = loop.time()
    refilling = asyncio.create_task(limit.refill())
    workers = [asyncio.create_task(worker(jobs, limit, results, log)) for _ in range(4)]
    await jobs.join()
    seconds = loop.time() - begin
    for task in (refilling, *workers):
        task.cancel()
    ends = await asyncio.gather(refilling, *workers, return_exceptions=True)
    print('results:', [results[number] for number in range(20)])
    print('tried again:', sorted(log))
    print('rate kept:', seconds >= 0.08, '; all ended:', all(isinstance(end, asyncio.CancelledError) for end in ends))


asyncio.run(main())
