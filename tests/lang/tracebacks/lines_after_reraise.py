def inner():
    raise ValueError("v")


def outer():
    try:
        inner()
    except ValueError:
        print("cleaning")
        raise


try:
    outer()
except ValueError as e:
    saved = e
print("later")
raise saved
