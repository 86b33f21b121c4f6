n = 7**150
text = str(n)
print(text, int(text) == n, len(text), hex(n), int(hex(n), 16) == n, oct(n)[:20], bin(n)[-30:], int(bin(n), 0) == n)
print(repr(-n)[:20], f"{n:e}", f"{n:.5g}", f"{n:,}"[:30], f"{n:_x}"[-30:], "%d" % n == text, "%x" % n == hex(n)[2:], f"{n:200}"[:80].strip() == "", f"{n:<200d}|"[-20:])
for base in (2, 3, 7, 16, 32, 36):
    digits = ""
    m = n
    while m:
        m, r = divmod(m, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[r] + digits
    print(base, int(digits, base) == n, len(digits))
print(int("-" + "9" * 50), int("0" * 100 + "5"), int("1_000_000_000_000_000_000_000_000"), int("  123456789012345678901234567890  "))
print((10**100).__str__()[:5], str(10**17), str(10**18), str(10**19), str(2**63), str(-(2**63)), str(2**62))
try:
    int("9" * 5000)
except ValueError as e:
    print(e)
try:
    str(10**5000)
except ValueError as e:
    print(e)
print(len(hex(10**5000)), int("f" * 5000, 16).bit_length(), (n).to_bytes(60, "big")[:10] == b"\0" * 10 or n.to_bytes(60, "big")[-3:], int.from_bytes(n.to_bytes(53, "little"), "little") == n)
import math
print(math.isqrt(n), math.gcd(n, 7**20 * 3), math.factorial(30), math.comb(100, 50), math.isqrt(10**40), math.gcd(10**30, 2**100), math.lcm(10**15, 3**20), math.perm(30, 10))
