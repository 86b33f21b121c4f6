__all__ = ["a1", "b1"]
a1 = 1
shadow = "a plain attribute"
def load():
    from . import m
