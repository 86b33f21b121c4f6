for s in "plain", "it's", 'say "hi"', "both ' and \"", "\n\t\r\\", "\x00\x1f\x7f\x80\x9f\xa0\xad", "é中😀", "\ud800x", "\u200b\u2028\ufeff\ue000\U000e0001\U0010ffff", "a\\'b", "{}%":
    print(ascii(repr(s)), ascii(s))
print(repr("a'b"), repr('a"b'), repr('\'"'), str("x"), repr(repr("q")), repr(""))
print(repr(b"it's"), repr(b'"'), repr(b"\x00\n\xff'\""))
print(["a", 'b"', "c'"], {"k'": "v\n"}, ("\\",))
class R:
    def __repr__(self): return "ré"
print(ascii(R()), [R()], f"{R()!a} {R()!r} {R()!s}", "%a %r" % (R(), R()))
class Bad:
    def __repr__(self): return 5
    def __str__(self): return b"x"
for f in repr, str, ascii, print, lambda x: f"{x}", lambda x: "%s" % x, lambda x: repr([x]):
    try:
        f(Bad())
    except TypeError as e:
        print(e)
