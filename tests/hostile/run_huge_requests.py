# Requests for absurd amounts: each is refused with an exception, at once, and nothing is left behind.
import sys

HUGE = sys.maxsize
requests = [
    "'x' * HUGE", "[0] * HUGE", "(0,) * HUGE", "b'x' * HUGE", "bytearray(HUGE)", "bytes(HUGE)", "[1, 2, 3] * (HUGE // 2)", "'ab' * (HUGE // 2 + 1)",
    "2 ** HUGE", "1 << HUGE", "(1 << 40) << HUGE", "10 ** 10 ** 12", "'%*d' % (HUGE, 1)", "'%.*f' % (2**31, 1.0)",
    "f'{1:{HUGE}}'", "'{:>99999999999999999999}'.format(1)", "'a'.center(HUGE)", "'a'.ljust(HUGE)", "'a'.zfill(HUGE)", "b'a'.rjust(HUGE)",
    "'\\t'.expandtabs(HUGE)", "'a' * (1 << 70)", "[0] * -1", "range(HUGE)[HUGE]", "('a' * 10**6).replace('a', 'b' * 10**8)",
    "(1).to_bytes(HUGE, 'big')", "pow(3, HUGE)", "bytearray(b'x') * HUGE",
     "' ' * 10**13", "int('9' * 10**8)", "str(10 ** 10**5)", "round(1.5, HUGE)",
    "round(10**5, -HUGE)", "float('1' * 10**7)", "eval('1' + '+1' * 10**5)", "1 / 0",
    "'%s' % ('x' * 10**13)", "format(1.0, '.999999999999f')", "format(5, '99999999999999d')", "b'%99999999999d' % 1", "memoryview(bytes(HUGE))",
]
for source in requests:
    try:
        eval(source)
    except (MemoryError, OverflowError, ValueError, IndexError, ZeroDivisionError, RecursionError, SyntaxError, TypeError):
        pass
print(len(requests), "finished")
