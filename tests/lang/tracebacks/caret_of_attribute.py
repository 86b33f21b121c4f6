class A:
    pass


a = A()
a.child = A()
a.child.value = 5
print(a.child.value)
print(a.child.missing.value)
