def f(n):
    try:
        if n == 0:
            raise ValueError("try")
    except ValueError:
        raise KeyError("except")
    else:
        raise TypeError("else")
    finally:
        if n == 2:
            raise OSError("finally")


for n in range(2):
    try:
        f(n)
    except Exception as e:
        print(repr(e), repr(e.__context__))
f(2)
