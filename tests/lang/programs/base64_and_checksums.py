ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
def encode(data):
    out = []
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        n = int.from_bytes(chunk + bytes(3 - len(chunk)), "big")
        out += [ALPHABET[n >> s & 63] for s in (18, 12, 6, 0)][:len(chunk) + 1]
        out.append("=" * (3 - len(chunk)))
    return "".join(out)
def decode(text):
    text = text.rstrip("=")
    bits = "".join(f"{ALPHABET.index(c):06b}" for c in text)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) - len(bits) % 8, 8))
for s in b"", b"f", b"fo", b"foo", b"foob", b"\x00\xff\x80", "é€".encode():
    print(s, encode(s), decode(encode(s)) == s)
def crc32(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc ^= b
        for _ in range(8): crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
def adler(data):
    a, b = 1, 0
    for x in data: a = (a + x) % 65521; b = (b + a) % 65521
    return b << 16 | a
def fnv(data):
    h = 0xcbf29ce484222325
    for x in data: h = (h ^ x) * 0x100000001b3 & 0xFFFFFFFFFFFFFFFF
    return h
for s in b"", b"a", b"hello world", bytes(range(256)): print(f"{crc32(s):08x} {adler(s):08x} {fnv(s):016x}")
def rle(s):
    out = []
    for c in s:
        if out and out[-1][0] == c: out[-1][1] += 1
        else: out.append([c, 1])
    return "".join(f"{n if n > 1 else ''}{c}" for c, n in out)
print(rle("aaabccddddd"), rle(""), rle("abc"))
def caesar(s, k): return "".join(chr((ord(c) - b + k) % 26 + b) if (b := 97 if c.islower() else 65) and c.isalpha() else c for c in s)
print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3))
def rc4(key, data):
    s = list(range(256)); j = 0
    for i in range(256): j = (j + s[i] + key[i % len(key)]) % 256; s[i], s[j] = s[j], s[i]
    i = j = 0; out = bytearray()
    for b in data:
        i = (i + 1) % 256; j = (j + s[i]) % 256; s[i], s[j] = s[j], s[i]
        out.append(b ^ s[(s[i] + s[j]) % 256])
    return bytes(out)
print(rc4(b"Key", b"Plaintext").hex(), rc4(b"Key", rc4(b"Key", b"again")))
