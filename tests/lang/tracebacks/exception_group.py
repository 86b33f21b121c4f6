def fail(n):
    raise ValueError(f"number {n}")


def collect():
    errors = []
    for n in range(2):
        try:
            fail(n)
        except ValueError as e:
            errors.append(e)
    raise ExceptionGroup("several", errors + [KeyError("never raised")])


collect()
