# The limit on decimal digits holds for literals.
import sys


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def intlit():
    old=sys.get_int_max_str_digits(); sys.set_int_max_str_digits(700)
    try: compile("a=1\nb = "+'3'*701+"\nd=1", "<x>", "exec")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)
    try: eval('1'*800)
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
    eval('1'*700); eval('0x'+'1'*800); eval('1_'*699+'1')
    sys.set_int_max_str_digits(0); eval('1'*5000)
    sys.set_int_max_str_digits(old)
