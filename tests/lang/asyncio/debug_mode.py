# Debug mode: where things were made, and callbacks that take long.
import asyncio, sys, time

class Out:
    def __init__(self): self.text = ''
    def write(self, text): self.text += text; return len(text)
    def flush(self): pass

def shown(text):
    lines = []
    for line in text.splitlines():
        words = line.split(' ')
        for i, word in enumerate(words):
            if '/' in word:
                words[i] = ('"' if word.startswith('"') else '') + word.rpartition('/')[2]
            if i > 0 and words[i - 1] == 'took':
                words[i] = 'T'
        lines.append(' '.join(words))
    return lines

def slow():
    time.sleep(0.06)

async def child():
    return 1

async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0.05
    print(loop.get_debug(), sys.get_coroutine_origin_tracking_depth() > 0)
    future = asyncio.Future()
    print(shown(repr(future)), [tuple(entry)[2] for entry in future._source_traceback][-1:])
    handle = loop.call_later(100, slow)
    print(shown(repr(handle))[0].rpartition('slow()')[2])
    handle.cancel()
    task = loop.create_task(child(), name='C')
    await task
    print(shown(repr(task))[0].rpartition('result')[2])
    coroutine = child()
    print(coroutine.cr_origin[0][2])
    await coroutine
    sys.stderr = out = Out()
    loop.call_soon(slow)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    sys.stderr = sys.__stderr__
    print(shown(out.text))

asyncio.run(main(), debug=True)
print(sys.get_coroutine_origin_tracking_depth())

sys.set_coroutine_origin_tracking_depth(2)
def make(): return child()
coroutine = make()
print([entry[2] for entry in coroutine.cr_origin], coroutine.cr_origin[0][1])
coroutine.close()
sys.set_coroutine_origin_tracking_depth(0)
coroutine = make()
print(coroutine.cr_origin)
coroutine.close()
