class Outer:
    class Inner:
        def run(self):
            def local():
                return (lambda: list(x.nope for x in [1]))()
            return local()


Outer.Inner().run()
