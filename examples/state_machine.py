# State machines made of generators: each holds its state in where it stands. A protocol decoder, a traffic light,
# a tiny terminal, and a scheduler that runs them side by side.


def started(function):
    """Generators that are sent values must be run to their first yield."""

    def start(*args, **kwargs):
        generator = function(*args, **kwargs)
        next(generator)
        return generator

    return start


def read_exactly(count):
    data = bytearray()
    while len(data) < count:
        data.append((yield))
    return bytes(data)


def read_varint():
    value = shift = 0
    while True:
        byte = yield
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value


@started
def decoder(messages):
    """Frames: 0x7E, a varint length, the payload, a checksum; anything else is skipped until the next 0x7E."""
    skipped = 0
    while True:
        if (yield) != 0x7E:
            skipped += 1
            continue
        length = yield from read_varint()
        payload = yield from read_exactly(length)
        checksum = yield
        if checksum == sum(payload) % 256:
            messages.append((payload.decode(), skipped))
        else:
            messages.append(("damaged", skipped))
        skipped = 0


def frame(text):
    payload = text.encode()
    length, head = len(payload), []
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([0x7E, *head, length]) + payload + bytes([sum(payload) % 256])


messages = []
machine = decoder(messages)
broken = bytearray(frame("broken"))
broken[3] ^= 1
for byte in b"noise" + frame("hello") + bytes(broken) + b"??" + frame("é" * 100) + frame(""):
    machine.send(byte)
for text, skipped in messages:
    print(f"{text[:8]!r:12} of {len(text):3} after {skipped} bytes of noise")
machine.close()


def traffic_light():
    """Send it `True` when a pedestrian pushes the button, `None` for an ordinary second."""
    while True:
        waiting = False
        for _ in range(4):
            waiting |= bool((yield "green"))
        for _ in range(20):
            if waiting:
                break
            waiting |= bool((yield "green"))
        yield "yellow"
        for _ in range(3):
            yield "red"


light = traffic_light()
seconds = [next(light)] + [light.send(second in (2, 17)) for second in range(1, 30)]
print("".join(colour[0] for colour in seconds))


@started
def terminal(screen):
    """Characters and escape sequences: `\\x1b[NC` moves right, `\\x1b[K` clears to the end, `\\r` goes home."""
    column = 0
    try:
        while True:
            char = yield
            if char == "\r":
                column = 0
            elif char == "\x1b":
                if (yield) != "[":
                    continue
                number = ""
                while (char := (yield)).isdigit():
                    number += char
                if char == "C":
                    column += int(number or 1)
                elif char == "K":
                    del screen[column:]
            else:
                screen.extend(" " * (column + 1 - len(screen)))
                screen[column] = char
                column += 1
    finally:
        screen.append("|")


screen = []
device = terminal(screen)
for char in "loading 10%\rLoad\x1b[4C90\rdone\x1b[K!\x1b[3Cok":
    device.send(char)
device.close()
print("".join(screen))


def countdown(name, n):
    while n:
        wish = yield f"{name}{n}"
        n = n + wish if wish else n - 1
    return f"{name} lifts off"


def round_robin(*generators):
    """Runs machines side by side, a step each; what one returns is its last word."""
    alive = list(generators)
    while alive:
        for generator in alive[:]:
            try:
                yield next(generator)
            except StopIteration as stop:
                alive.remove(generator)
                yield stop.value.upper()


slow = countdown("c", 1)
print(next(slow), slow.send(2), end=" ")
print(*round_robin(countdown("a", 3), countdown("b", 1), slow), sep=" ")
