def fail():
    raise ValueError("while importing")


fail()
