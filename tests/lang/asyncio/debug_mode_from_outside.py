# Debug mode by -X dev or by the environment: slow callbacks and steps are reported.
import asyncio
import os
import sys

CODE = '''
import asyncio, time, sys
async def slow():
    time.sleep(0.12)
async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug(), asyncio.coroutines._is_debug_mode(), asyncio.new_event_loop().get_debug())
    loop.slow_callback_duration = 0.05
    await asyncio.create_task(slow(), name="slow one")
    loop.call_soon(time.sleep, 0.06)
    await asyncio.sleep(0.1)
asyncio.run(main())
'''


async def run(*args, **env):
    e = {k: v for k, v in os.environ.items() if 'ASYNCIODEBUG' not in k and 'ASYNCIO_DEBUG' not in k} | env
    p = await asyncio.create_subprocess_exec(sys.executable, *args, '-c', CODE, stdout=-1, stderr=-1, env=e)
    out, err = await p.communicate()
    lines = err.decode().splitlines()
    print(out.decode().strip(), [l.split(' took ')[0].split(' at ')[0].split(' created')[0] for l in lines if 'Task finished name=\'slow one' in l or 'Handle sleep(0.06)' in l], p.returncode)


async def main():
    await run()
    await run('-X', 'dev')
    await run(PYTHONASYNCIODEBUG='1', COIL_ASYNCIO_DEBUG='1')
    await run(PYTHONASYNCIODEBUG='', COIL_ASYNCIO_DEBUG='')
    await run('-E', PYTHONASYNCIODEBUG='1', COIL_ASYNCIO_DEBUG='1')


asyncio.run(main())
