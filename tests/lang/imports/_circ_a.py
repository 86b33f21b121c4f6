print("a begins")
import _circ_b
a_value = "a"
def get_b(): return _circ_b.b_value
print("a ends")
