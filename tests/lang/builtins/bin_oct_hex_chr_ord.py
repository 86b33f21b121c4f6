class I:
    def __index__(self): return 255
print(bin(5), bin(-5), bin(0), oct(64), oct(-8), hex(255), hex(-255), hex(I()), bin(I()), oct(I()), hex(2**70), bin(2**65), hex(True))
print(chr(65), chr(0x20ac), ord("a"), ord("€"), ord("😀"), chr(ord("x")), ord(b"z"), ascii(chr(0)), ascii(chr(0xd800)), chr(I()), ord("\0"))
for f in (lambda: hex(1.5), lambda: bin("1"), lambda: oct(None), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: chr(2**40), lambda: ord(""), lambda: ord("ab"), lambda: ord(5), lambda: ord(b"ab"), lambda: chr(1.0), lambda: hex(), lambda: chr(-2**70)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print([f(10) for f in (bin, oct, hex, chr)] == ["0b1010", "0o12", "0xa", "\n"], int(hex(12345), 16), int(oct(9), 8))
