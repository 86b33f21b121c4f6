# How much a sleeping task takes: N tasks in asyncio.sleep(), then the resident memory a task.
# `sleeping_tasks.py 0` is the floor that bench/run subtracts.
import asyncio
import sys
import time


async def sleeper():
    await asyncio.sleep(3600)


async def main(n):
    tasks = [asyncio.create_task(sleeper()) for _ in range(n)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                print(n, line.split()[1])
    sys.stdout.flush()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100000))
