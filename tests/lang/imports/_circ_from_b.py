from _circ_from_a import x
y = 2
