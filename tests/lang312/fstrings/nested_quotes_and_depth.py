# PEP 701: the same quotes inside, any depth, backslashes and comments. The output is written by hand.
names = ["a", "b"]
d = {"key": "value", 'it"s': 1}
print(f"{d["key"]} {', '.join(names)} {", ".join(names)}")
print(f"{f"{f"{f"{1 + 1}"}"}"}")
print(f'{'single'} {"double"} {'''triple'''}')
print(f"{"\n".join(names)}")
print(f"{'\t'!r} {chr(10)!r} {"\\"}")
print(f"{
    1 +  # a comment with "quotes"
    2
}")
print(f"{d['it"s']} {"{}".format("braces")} {"{{}}"}")
print(f"{"a" if names else "b"} {[f"{n}" for n in names]} {(lambda: f"{"deep"}")()}")
width = 6
print(f"{"x":>{width}}|{"y":{"<"}{width}}|{3.14159:{width}.{2}f}")
print(f"""{"""nested triple"""} {f"{"""x"""}"}""")
print(rf"{"\d"}" + fr'{'\w'}')
print(f"{names=} {d["key"]=} {width = :>4}")
print(f"{{}} {{{"in braces"}}}")
