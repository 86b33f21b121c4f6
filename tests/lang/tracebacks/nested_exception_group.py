def make():
    try:
        raise OSError("os")
    except OSError as e:
        os_error = e
    inner = ExceptionGroup("inner", [os_error, TypeError("t")])
    try:
        raise inner
    except ExceptionGroup as e:
        return e


try:
    raise ValueError("first")
except ValueError:
    raise ExceptionGroup("outer", [make(), ValueError("v")])
