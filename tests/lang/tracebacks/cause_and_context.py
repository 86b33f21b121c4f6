def low():
    raise KeyError("low")


def middle():
    try:
        low()
    except KeyError as e:
        raise ValueError("middle") from e


def high():
    try:
        middle()
    except ValueError:
        raise TypeError("high")


high()
