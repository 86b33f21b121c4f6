# signal.signal(), raise_signal(), timers, and what is refused.
import signal
import time

print(int(signal.SIGINT), int(signal.SIGTERM), int(signal.SIGKILL), int(signal.SIG_DFL), int(signal.SIG_IGN), signal.NSIG)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, int(signal.getsignal(signal.SIGUSR1)))
events = []


def handler(number, frame):
    events.append((int(number), frame is not None))


print(int(signal.signal(signal.SIGUSR1, handler)))
print(signal.getsignal(signal.SIGUSR1) is handler)
signal.raise_signal(signal.SIGUSR1)
print(events)
signal.raise_signal(signal.SIGUSR1)
print(events)
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler)
signal.raise_signal(signal.SIGUSR1)
print(len(events), int(signal.getsignal(signal.SIGUSR1)))


def failing(number, frame):
    raise ValueError(f'signal {int(number)}')


signal.signal(signal.SIGUSR2, failing)
try:
    signal.raise_signal(signal.SIGUSR2)
except ValueError as error:
    print(error)
signal.signal(signal.SIGUSR2, signal.SIG_DFL)

signal.signal(signal.SIGALRM, handler)
events.clear()
print(signal.setitimer(signal.ITIMER_REAL, 0.01))
while not events:
    pass
print(events)
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.05)
print(len(events), signal.getitimer(signal.ITIMER_REAL), signal.alarm(0))
signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.pause()
print(len(events))

try:
    signal.raise_signal(signal.SIGINT)
    print('not reached')
except KeyboardInterrupt:
    print('KeyboardInterrupt')
signal.signal(signal.SIGINT, handler)
signal.raise_signal(signal.SIGINT)
print(events[-1])
signal.signal(signal.SIGINT, signal.default_int_handler)
for call in (lambda: signal.signal(9, handler), lambda: signal.signal(100, handler), lambda: signal.signal(15, 'x'),
             lambda: signal.getsignal(0), lambda: signal.raise_signal(100), lambda: signal.strsignal(100)):
    try:
        print(call())
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(signal.strsignal(2), 2 in signal.valid_signals(), 0 in signal.valid_signals())
