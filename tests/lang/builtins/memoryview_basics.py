m = memoryview(b"hello")
print(m[0], m[-1], bytes(m[1:3]), len(m), m.tolist(), m.readonly, m.nbytes, m.format, m.itemsize, m == b"hello", bytes(m), m.hex(), 104 in m.tolist())
b = bytearray(b"abc")
v = memoryview(b)
v[0] = 120
v[1:3] = b"yz"
print(b, v.readonly, v[::2].tolist())
try: b.append(1)
except BufferError as e: print(e)
v.release()
b.append(33)
print(b)
for f in (lambda: m.__setitem__(0, 1), lambda: memoryview("a"), lambda: m[10], lambda: memoryview(), lambda: v[0], lambda: memoryview(bytearray(b"ab")).__setitem__(slice(0, 1), b"xyz"), lambda: memoryview(bytearray(b"a")).__setitem__(0, 256)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
with memoryview(b"ctx") as w: print(w.tobytes())
print(list(memoryview(b"ab")), b"".join([memoryview(b"x"), b"y"]), memoryview(b"abc")[1:] == memoryview(b"bc"), bytes(memoryview(bytearray(b"q"))))
