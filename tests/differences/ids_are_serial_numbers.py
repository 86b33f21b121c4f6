# id() and default reprs show serial numbers in Coil, given when somebody asks: no address ever reaches Python code, which would help an
# attacker and make two runs of one program differ.
class C:
    pass

a, b = C(), C()
print(id(a) < id(b), id(a) == id(a), hex(id(a)) in repr(a))
