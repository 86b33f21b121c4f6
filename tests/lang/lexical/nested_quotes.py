# Every way to write a quote inside quotes.
print('"', "'", '\'', "\"", '''it's "quoted"''', """it's "quoted" too""")
print("a" 'b' """c""" '''d''', "" '' """""", ''''x'y''', """"x"y""")
print("""line one
line two \
joined
	tab""")
print('''ends with a quote\'''', """"starts with one""")
print(r'\n', r"\"", R'\'', r'''\
''', len(r'\\'))
print(b'abc', b"\x00\xff", B'\'', rb'\n', Rb"\x", bR'\\')
print(u'unicode', U"prefix", len(u'\u00e9'))
print('\a\b\f\v'.encode(), '\0'.encode(), '\012' == '\n', '\x41', '\101', '\u0041', '\U00000041', '\N{LATIN SMALL LETTER A}')
print("multi" \
      "line")
print(("brackets"
       " too"), ["x" "y", "z"])
print('tab\there', 'back\\slash', 'nul\x00l'.__len__(), repr('\r\n'))
