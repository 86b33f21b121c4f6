s = "aé€😀"
for codec in "utf-8", "UTF8", "latin-1", "ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig", "utf_8":
    try:
        print(codec, s.encode(codec))
    except UnicodeEncodeError as e:
        print(codec, e.encoding, e.start, e.end, e.reason, "|", ascii(str(e)))
for errors in "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace":
    print(errors, s.encode("ascii", errors))
print("\ud800a".encode("utf-8", "surrogatepass"), "\udcff".encode("utf-8", "surrogateescape"))
try:
    "a\ud800".encode()
except UnicodeEncodeError as e:
    print(ascii(str(e)))
for data in b"abc", b"\xc3\xa9", b"\xff", b"\xc3", b"\xe2\x82", b"\xe2\x82a", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"a\x80b":
    try:
        print(data, ascii(data.decode()))
    except UnicodeDecodeError as e:
        print(data, e.start, e.end, e.reason, "|", str(e))
    print("   ", ascii(data.decode("utf-8", "replace")), ascii(data.decode(errors="ignore")), ascii(data.decode("utf-8", "backslashreplace")), ascii(data.decode("utf-8", "surrogateescape")), ascii(data.decode("latin-1")))
print(b"\xff\xfea\x00".decode("utf-16"), b"a\x00".decode("utf-16-le"), str(b"abc", "ascii"), str(b"\xe9", "latin-1"), str(b"x", encoding="utf-8", errors="strict"))
for bad in (lambda: "a".encode("nope"), lambda: b"a".decode("nope"), lambda: b"\xff".decode("ascii"), lambda: "é".encode("ascii", "nope"), lambda: str("a", "utf-8"), lambda: str(b"a", 1)):
    try:
        bad()
    except (LookupError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
