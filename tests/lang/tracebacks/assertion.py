def check(values):
    assert len(values) == 3, f"got {len(values)} values"
    assert all(v > 0
               for v in values)


check([1, 2, 3])
check([1])
