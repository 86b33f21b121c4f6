# sys.unraisablehook is told of exceptions that cannot be raised anywhere.
import sys

class Delegate:
    def __repr__(self): return 'a Delegate'
    def __iter__(self): return self
    def __next__(self): return 1
    def __getattr__(self, name): raise KeyError(name)
def delegating(): yield from Delegate()
def close_one():
    g = delegating()
    next(g)
    g.close()   # looks for close() of the delegate
    print('closed')

sys.unraisablehook = lambda unraisable: print(unraisable.exc_type.__name__, unraisable.exc_value, type(unraisable.object).__name__,
                                              unraisable.err_msg, unraisable.exc_traceback.tb_frame.f_locals['name'])
close_one()

class Lines:
    text = ''
    def write(self, text): self.text += text
    def flush(self): pass
    def show(self):
        lines = self.text.splitlines()
        print(lines[0] if '0x' not in lines[0] else lines[0].partition(':')[0], '...', lines[-1])
        self.text = ''
stderr, sys.stderr = sys.stderr, Lines()
def through(unraisable):
    print('through')
    sys.__unraisablehook__(unraisable)
def fails(unraisable): raise OSError('in the hook')
for hook in through, sys.__unraisablehook__, None, fails:
    sys.unraisablehook = hook
    close_one()
    sys.stderr.show()
sys.stderr = stderr
