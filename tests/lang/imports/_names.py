def info(): return __name__, __file__.split("/")[-1], __package__
def get_name(): return __name__
def read_main():
    import __main__
    return __main__.injected
def use_invented(): return invented
