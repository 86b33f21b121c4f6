# gc stress: every 20 allocations
# Sizes at which multiplication, division and conversion change their method.
import sys
sys.set_int_max_str_digits(0)
def pattern(limbs, seed):
    n = 0
    for i in range(limbs):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        n = n << 64 | (seed if seed % 5 else (2**64 - 1 if seed % 2 else 0))
    return n
for x in (1, 2, 35, 36, 37, 59, 71, 72, 73, 121, 240, 300):
    for y in (1, 2, 35, 36, 59, 60, 61, 72, 119, 121, 150):
        a, b, c = pattern(x, x * 7 + y), pattern(y, x + y * 11) | 1, pattern(x + y, x * y) | 1
        q, r = divmod(c, b)
        assert q * b + r == c and 0 <= r < b, (x, y)
        assert divmod(a * b, b) == (a, 0) and divmod(a * b - 1, b)[1] in (b - 1, 0), (x, y)
        assert (a + b) * (a - b) == a * a - b * b, (x, y)
        assert hash(a * b) == hash(hash(a) * hash(b)), (x, y)
        assert divmod(-c, b) == ((-q - 1, b - r) if r else (-q, 0)), (x, y)
# a quotient whose first guess is too large, and one whose limbs are all ones
b = (1 << 128 * 64) - 1
for d in (b, b >> 64 << 64 | 1, (1 << 128 * 64 - 1) + 1):
    for q in ((1 << 127 * 64) - 1, 1 << 126 * 64, (1 << 64 * 64) - 1):
        for r in (0, 1, d - 1):
            assert divmod(q * d + r, d) == (q, r)
for digits in (18, 19, 20, 38, 39, 700, 759, 760, 761, 800, 1600, 5000, 20000):
    for text in ("1" + "0" * (digits - 1), "9" * digits, ("1234567890" * digits)[:digits]):
        n = int(text)
        assert str(n) == text and str(-n) == "-" + text and int("-" + text) == -n, digits
        assert n == sum(int(text[max(0, i - 100):i]) * 10 ** (digits - i) for i in range(digits, 0, -100)), digits
for base, letters in ((2, "01"), (3, "012"), (8, "01234567"), (32, "0123456789abcdefghijklmnopqrstuv"), (36, "0123456789abcdefghijklmnopqrstuvwxyz")):
    text = (letters[1:] + letters) * (2000 // len(letters))
    n = 0
    for letter in text:
        n = n * base + letters.index(letter)
    assert int(text, base) == n, base
assert int(hex(pattern(77, 5)), 16) == pattern(77, 5) and int(oct(pattern(78, 6)), 8) == pattern(78, 6) and int(bin(pattern(79, 7)), 2) == pattern(79, 7)
class Sub(int): pass
s = Sub(2**100)
s.note = "kept"
t = Sub(7)
t.note = [1]
print(s, s.note, type(+s), type(abs(s)), s + 1, -s, s * t, t, t.note, type(int(s)), s == 2**100, hash(s) == hash(2**100), Sub(s) >> 90, type(Sub(s)), Sub(0), bool(Sub(0)), [Sub(True), ~t, t ** 3, s % t, divmod(s, t)])
print(pow(7, -1, 2**89 - 1), pow(-3, 10**30, 2**100 + 1), pow(5, 3**200, -10**40), pow(0, 0, 10**30), pow(10**50, 0, 10**30 + 1), pow(2**64, 2**64, 2**64), pow(3, 2**70, 2**61 - 2))
