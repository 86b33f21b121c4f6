class A:
    @property
    def p(self):
        return self.q

    def __add__(self, other):
        return other.missing

    def __getattr__(self, name):
        if name == "q":
            return self + 1
        raise AttributeError(name)


A().p
