class Outer:
    class Error(Exception):
        def __str__(self):
            return "described by __str__"


class Quiet(Exception):
    pass


try:
    raise Quiet
except Quiet:
    raise Outer.Error(1, 2)
