for a in (0, 1, 5, -1, -6, 2**40, -(2**70)):
    print(a, ~a, a & 0xff, a | 0x0f, a ^ 0xff, a << 3, a >> 2, -a >> 1, a.bit_length(), a.bit_count())
print(1 << 100, -1 << 64, 1 << 0, 0 << 1000, 5 >> 1000, -5 >> 1000, 2**100 >> 98, -(2**100) >> 98, (1 << 62) >> 62, 1 << 61, 1 << 62, 1 << 63, -1 << 61, -1 << 62)
print(2**100 & 2**100 - 1, -(2**100) & 2**100 - 1, 2**100 | 1, -(2**65) | 1, -(2**65) ^ 2**65, ~(2**65), -1 & 2**70, 0 | -(2**80))
print(True & True, True | 2, True ^ True, ~True, 1 & True, type(1 & True).__name__, True << 2)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1.0 & 1, lambda: 1 | 1.0, lambda: ~1.5, lambda: 1 << 1.0, lambda: "a" & 1, lambda: 1 ^ None, lambda: (2**80) >> -1, lambda: 1 << (1 << 80), lambda: 0 << (1 << 80), lambda: 1 >> (1 << 80), lambda: -1 >> (1 << 80)):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError, MemoryError) as e:
        print(type(e).__name__, e)
print((5).bit_length(), (0).bit_length(), (-8).bit_length(), (2**64).bit_length(), (255).bit_count(), (-255).bit_count(), (2**100 - 1).bit_count())
print(bin(-5), hex(2**64), oct(8), bin(0), hex(-255), bin(True), hex(2**61), oct(-(2**63)))
x = 0xF0
x &= 0x3C; x |= 1; x ^= 0xFF; x <<= 70; x >>= 68
print(x)
