for source in ('f"{}"', 'f"{ }"', 'f"{a b}"', 'f"{a"', 'f"}"', 'f"{a!x}"', 'f"{!r}"', 'f"{a:{b"', 'f"{*}"', 'f"{a.}"', 'f"{a!}"', 'f"{:x}"', 'f"{=}"', 'f"{a[}"', 'f"{(}"', 'f"{a $ b}"', 'f"{lambda x: 1}"', 'f"{a:{}}"', 'f"{1 = 2}"', 'f"{,}"', 'f"{a;b}"'):
    try:
        compile(source, "t", "eval")
        print(source, "fine")
    except SyntaxError as e:
        print(source, "SyntaxError")
for source in ('f"{undefined}"', 'f"{1/0}"', 'f"{[][0]}"', 'f"{None.x}"', 'f"{3:s}"', 'f"{len()}"'):
    try:
        eval(source)
    except Exception as e:
        print(source, type(e).__name__, e)
