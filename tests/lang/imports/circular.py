import _circ_a
print(_circ_a.a_value, _circ_a.get_b(), _circ_a._circ_b.b_value, _circ_a._circ_b.seen)
try:
    import _circ_from_a
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0].replace("most likely", "most likely"))
import sys
print("_circ_from_a" in sys.modules, "_circ_from_b" in sys.modules)
