# Names and docstrings that a class may have.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def typedoc():
    each(lambda: type('A',(),{'__doc__':'x\udcdcy'}), lambda: type('A\udcdcB',(),{}), lambda: type('A\0B',(),{}), lambda: type('A',(),{'__doc__':'a\0b'}).__doc__, lambda: type(b'A',(),{}))
    A=type('A',(),{})
    def set1(): A.__name__='A\udcdcB'
    def set2(): A.__name__='A\0B'
    def set3(): A.__name__=b'A'
    def set4(): A.__doc__='x\udcdc'
    def set5(): A.__qualname__=b'x'
    each(set1,set2,set3,set4,set5, lambda: A.__name__, lambda: type('C',(),{'__qualname__':1}), lambda: type('C',(),{'__slots__':['a\udc80']}), lambda: type('C',(),{'__slots__':['1']}), lambda: type('C',(),{'__slots__':[1]}),lambda: type('C',(),{'__slots__':'a'}).a)
