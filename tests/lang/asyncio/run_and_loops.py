import asyncio
async def main(x):
    loop = asyncio.get_running_loop()
    print(loop.is_running(), loop.is_closed(), asyncio.get_event_loop() is loop)
    return x * 2
print(asyncio.run(main(21)))
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(main(1)), loop.is_running(), loop.is_closed(), asyncio.get_event_loop() is loop)
try:
    asyncio.get_running_loop()
except RuntimeError as e:
    print(e)
async def nested():
    try:
        asyncio.run(c := main(1))
    except RuntimeError as e:
        print(e); c.close()
    try:
        loop.run_until_complete(f := loop.create_future())
    except RuntimeError as e:
        print(e)
loop.run_until_complete(nested())
f = loop.create_future()
loop.call_soon(f.set_result, "from a callback")
print(loop.run_until_complete(f))
async def fails(): raise LookupError("out of run")
for run in (asyncio.run, loop.run_until_complete):
    try:
        run(fails())
    except LookupError as e:
        print(e)
loop.call_soon(loop.stop)
loop.run_forever()
print("stopped")
try:
    loop.run_until_complete(5)
except TypeError as e:
    print(e)
try:
    asyncio.run(5)
except ValueError as e:
    print(e)
loop.close()
print(loop.is_closed())
try:
    loop.run_until_complete(m := main(1))
except RuntimeError as e:
    print(e); m.close()
try:
    loop.call_soon(print)
except RuntimeError as e:
    print(e)
