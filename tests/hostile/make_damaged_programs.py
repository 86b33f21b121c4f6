# This program itself, cut off at many places, with characters deleted, doubled and replaced.
import asyncio


class Sample:
    """Something of everything."""

    async def method(self, a, b=1, *args, c: int = 2, **kw) -> "str":
        with open("x") as f, g as (h, *i):
            return [x async for x in y if x > 1] if a else {k: v for k, v in {**kw}.items()}

    async def gen(self):
        try:
            async with a as b, c:
                yield (await d)[1:2, ...]
        except* (ValueError, KeyError) as e:
            raise RuntimeError(f"{e!r:>{10}} {{}}") from None
        finally:
            del a.b, c[0]

    def matching(self, subject):
        match subject:
            case {"a": [1, *rest], **others} if rest:
                global G
                G = lambda x, /, *y: (yield)
            case Sample(x=1) | [_, (2 | 3)] | -1.5 | "s" "t" | None:
                nonlocal_ = not a < b is not c in d
            case _:
                while (n := n - 1) > 0x_FF ** ~1j:
                    break
                else:
                    assert 0, b'\x00\'' rb"\n"


def decorated():
    @decorator(1)
    def inner():
        return """triple
        quoted""" 'and' \
            f'''{1 +
        2}'''
    return inner


with open(__file__) as file:
    source = file.read()
state, finished = 99, 0


def pick(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def attempt(text):
    global finished
    try:
        compile(text, "damaged", "exec")
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
        pass
    finished += 1


for end in range(0, len(source), 7):
    attempt(source[:end])
    attempt(source[end:])
for _ in range(1500):
    i = pick(len(source))
    kind = pick(4)
    if kind == 0:
        attempt(source[:i] + source[i + 1 + pick(5):])
    elif kind == 1:
        attempt(source[:i] + source[i:i + pick(30)] * 2 + source[i:])
    elif kind == 2:
        attempt(source[:i] + "()[]{}:,'\"\\\n\t#=*@\x00é\ud800"[pick(20)] + source[i + 1:])
    else:
        j = pick(len(source))
        attempt(source[:i] + source[j:j + 20] + source[i:])
print(finished, "finished")
