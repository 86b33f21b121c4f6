import sys
kind = type(sys).__name__
m = type(sys)("made", "doc of made")
print(m.__name__, m.__doc__, m, m.__dict__.get("__file__"))
m.f = lambda: 1
print(m.f())
sys.modules["made_up"] = m
