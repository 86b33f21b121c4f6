class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise RuntimeError("from __exit__")


with Manager() as m:
    raise ValueError("from the body")
