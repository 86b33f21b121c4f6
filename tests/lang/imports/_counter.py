"""A module that counts."""
print("executing", __name__)
VALUE = 42
count = 0
def bump():
    global count
    count += 1
    return count
