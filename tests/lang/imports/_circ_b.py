print("b begins")
import _circ_a
seen = hasattr(_circ_a, "a_value")
b_value = "b"
print("b ends")
