# -*- coding: latin-1 -*-
# exec of bytes obeys a declaration; a str ignores it.
exec(b"# coding: latin-1\nprint(ascii('\xe9'), len('\xe9'))\n")
exec(b"# -*- coding: utf-8 -*-\nprint(ascii('\xc3\xa9'))\n")
exec(b"\xef\xbb\xbfprint('bom')\n")
exec("# coding: latin-1\nprint(ascii('\u20ac'))\n")
exec(b"#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nprint(ascii('\xa4'))\n")
exec(b"\n# coding: cp1252\nprint(ascii('\x80'))\n")
exec(b"x = 1\n# coding: latin-1\nprint(ascii('\xc3\xa9'))\n")
for source in (b"# coding: nonsense\n", b"'\xff'\n", b"\xef\xbb\xbf# coding: latin-1\n", b"# coding: ascii\n'\xc3\xa9'\n"):
    try:
        exec(source)
        print("fine")
    except SyntaxError as e:
        print(type(e).__name__, str(e).split(":")[0][:40])
